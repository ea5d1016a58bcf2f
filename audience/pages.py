"""The phone page."""

from starlette.routing import Route

from audience.catalogue import Catalogue
from audience.intake import Intake


class AskPages:
    """The pages."""

    def __init__(self, intake: Intake, catalogue: Catalogue) -> None:
        """Serve."""
        self._intake = intake
        self._catalogue = catalogue

    @property
    def routes(self) -> list[Route]:
        """The routes."""
        return []
