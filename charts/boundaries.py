"""Boundaries as a figure needs them: GeoJSON polygons laid flat.

They are drawn on plain axes. Plotly's own map subplot asks a server on the internet for the
outlines of the world, also where it shows none of them, and stays empty when it gets no answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any


@dataclass(frozen=True, slots=True)
class Outline:
    """The rings of one district in degrees, a None between two rings, and where its label goes."""

    lon: list[float | None]
    lat: list[float | None]
    label: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Extent:
    """The edges of all outlines in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def stretch(self) -> float:
        """Return how much longer a degree of latitude is here than one of longitude."""
        return 1 / cos(radians((self.south + self.north) / 2))


def outlines(boundaries: Mapping[str, Any]) -> dict[str, Outline]:
    """Return the outline of each feature by its property `code`; features without one are left."""
    found = {}
    for feature in boundaries["features"]:
        rings = list(_rings(feature.get("geometry") or {}))
        properties = feature.get("properties") or {}
        if rings and "code" in properties:
            found[properties["code"]] = _outline(rings, properties)
    return found


def extent(several: Iterator[Outline]) -> Extent:
    """Return the edges of some outlines, of at least one."""
    kept = list(several)
    lon = [each for outline in kept for each in outline.lon if each is not None]
    lat = [each for outline in kept for each in outline.lat if each is not None]
    return Extent(west=min(lon), south=min(lat), east=max(lon), north=max(lat))


def _rings(geometry: Mapping[str, Any]) -> Iterator[list[list[float]]]:
    if geometry.get("type") == "Polygon":
        yield from geometry["coordinates"]
    if geometry.get("type") == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon


def _outline(rings: list[list[list[float]]], properties: Mapping[str, Any]) -> Outline:
    lon: list[float | None] = []
    lat: list[float | None] = []
    for ring in rings:
        if lon:
            lon.append(None)
            lat.append(None)
        lon += [point[0] for point in ring]
        lat += [point[1] for point in ring]
    return Outline(lon=lon, lat=lat, label=_label(properties))


def _label(properties: Mapping[str, Any]) -> tuple[float, float] | None:
    lon, lat = properties.get("label_lon"), properties.get("label_lat")
    return None if lon is None or lat is None else (lon, lat)
