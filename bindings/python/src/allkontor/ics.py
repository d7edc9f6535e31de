"""iCalendar files of others: what came of each date. Made for ``match``: ``case ics.Booked(booking, slip): ...``."""

from dataclasses import dataclass
from typing import TypeAlias

from . import _engine
from ._engine import IcsUse
from .booking import BookingKey
from .desk import Slip
from .errors import translated
from .place import Interval
from .rule import Rule

__all__ = [
    "Booked",
    "Clash",
    "Entry",
    "IcsUse",
    "Import",
    "Known",
    "Left",
    "NoPlace",
    "Outcome",
    "Proposed",
    "Refused",
    "RefusedLine",
    "Taken",
    "Unsuitable",
    "Withdrawn",
    "into_catalogue",
]


@dataclass(frozen=True, slots=True)
class Known:
    """It was here before. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The units are closed, or taken. ``affected``: bookings that had a place there: moved, or first in line."""

    affected: tuple[BookingKey, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    """Asked for and decided, if it could be. What stood under that name at another time is cancelled."""

    booking: BookingKey
    slip: Slip


@dataclass(frozen=True, slots=True)
class Proposed:
    """Proposed as an event; the agenda says how ``booking`` stands. What stood under that name is withdrawn."""

    booking: int


@dataclass(frozen=True, slots=True)
class Unsuitable:
    """No event can be made of it: why as a stable code, and in English."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The file cancels it, and so it was taken back here."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule of the office forbids it; ``number`` is the rule's stable number."""

    rule: Rule
    number: int


@dataclass(frozen=True, slots=True)
class Clash:
    """The unit is taken then, or somebody who asked before hopes for it."""


@dataclass(frozen=True, slots=True)
class NoPlace:
    """Its location names no unit of the office, and none was given."""


@dataclass(frozen=True, slots=True)
class Left:
    """More than one import takes in: import the same file again."""


Outcome: TypeAlias = (
    Known | Taken | Booked | Proposed | Unsuitable | Withdrawn | Refused | Clash | NoPlace | Left
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of an event. ``line``: where the event begins; ``unit``: none for the whole office, or for no place.

    ``summary`` is its title, for whoever looks at the outcome. It is kept nowhere, but as an event's.
    """

    line: int
    uid: str
    summary: str
    interval: Interval
    unit: int | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """Something that is not taken from a file: where, the event if it has a name, and why, in English."""

    line: int
    uid: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Import:
    """Every date that could be read, by line, then by time; and what could not be read.

    ``gone``: dates that events of the file have no more since the version that was taken in before; they were taken back.
    """

    entries: tuple[Entry, ...]
    refused: tuple[RefusedLine, ...]
    gone: tuple[Interval, ...]


def into_catalogue(catalogue: bytes, ics: bytes, language: str = "en") -> tuple[bytes, tuple[RefusedLine, ...]]:
    """A catalogue (JSON) with what an iCalendar file closes, and what of the file could not be read.

    Whole days of the office become dates with no hours, anything else a closure with the event's title for its reason;
    ``language`` is the one that the titles are in. What the file cancels is taken out; the same file again changes
    nothing. People who have booked are not moved by a catalogue: ``Device.import_ics`` closes the units as well.
    """
    with translated():
        raw = _engine.with_ics_closures(catalogue, ics, language)
    return raw.catalogue, tuple(RefusedLine(line.line, line.uid, line.why) for line in raw.refused)
