"""A second screen, or a district's video site, reads the newest and most supported questions."""

from components.hall import screen
from dialogue.roles import Place

screen.show(Place.DISPLAY)
