"""An office's hours as schema.org writes them: ``OpeningHoursSpecification`` in the JSON-LD of a web page."""

from . import _engine
from .errors import translated


def from_catalogue(catalogue: bytes, language: str = "en") -> str:
    """The hours of a catalogue (JSON) as JSON-LD, to be put into a web page; notes in a language.

    A span of a day or more, which schema.org has no words for, is an :class:`ArgumentError`.
    """
    with translated():
        return _engine.schema_hours(catalogue, language)


def into_catalogue(catalogue: bytes, json_ld: str, language: str = "en") -> bytes:
    """A catalogue (JSON) with the hours of a page instead of its own, to found or publish with.

    Its calendar stays, and says which days ``PublicHolidays`` are. What cannot be said exactly is an
    :class:`ArgumentError` that names the specification and the reason.
    """
    with translated():
        return _engine.with_schema_hours(catalogue, json_ld, language)
