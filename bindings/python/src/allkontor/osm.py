"""An office's hours as OpenStreetMap writes them: ``opening_hours`` and ``service_times``."""

from dataclasses import dataclass

from . import _engine
from .errors import translated


@dataclass(frozen=True, slots=True)
class OsmHours:
    """``opening_hours``: when the office is open. ``service_times``: when it is staffed; empty when nobody promised it."""

    opening_hours: str
    service_times: str = ""


def from_catalogue(catalogue: bytes, language: str = "en") -> OsmHours:
    """The hours of a catalogue (JSON), to be put on a map; notes in a language."""
    with translated():
        raw = _engine.osm_hours(catalogue, language)
    return OsmHours(raw.opening_hours, raw.service_times)


def into_catalogue(catalogue: bytes, hours: OsmHours, language: str = "en") -> bytes:
    """A catalogue (JSON) with these hours instead of its own, to found or publish with.

    Its calendar stays, and says which days ``PH`` means. Weeks, dates with their year, public holidays, spans past
    midnight, comments (in that language) and ``off`` are read; what cannot be said exactly is an :class:`ArgumentError`
    that names the rule and the reason.
    """
    raw = _engine.OsmHours(opening_hours=hours.opening_hours, service_times=hours.service_times)
    with translated():
        return _engine.with_osm_hours(catalogue, raw, language)
