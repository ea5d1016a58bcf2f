"""What the chair's page does over HTTP."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.chair import commands
from components.commands import endpoint


async def lead_the_day(request: Request) -> Response:
    """Do what somebody presses on the chair's page."""
    return await endpoint.answer(request, commands.read, say=commands.say)


routes = [Route("/commands/{slug}/chair", lead_the_day, methods=["POST"])]
