"""The hall sees the scene that the desk has switched to; a stream gets the question alone."""

from components.hall import screen
from dialogue.roles import Place

screen.show(Place.PROJECTOR)
