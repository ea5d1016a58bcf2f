"""The hall sees the scene that the desk has switched to; a stream gets the question alone."""

from components import screen
from dialogue.roles import Place

screen.show(Place.PROJECTOR)
