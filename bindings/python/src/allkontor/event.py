"""Events: what is proposed, how far it has come, and the seats there."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from .booking import BookingKey, Status
from .cause import Cause
from .place import Interval
from .rule import Rule
from .wanted import What


@dataclass(frozen=True, slots=True)
class SeatsWanted:
    """So many seats of a class."""

    class_id: int
    count: int


@dataclass(frozen=True, slots=True)
class EventProposal:
    """An event that somebody proposes.

    The first line of ``text`` is its title. ``dates`` are of one month. ``room``: what it needs of the office, held on
    all dates or not at all, with the features ``needs``, for a ``party`` of so many. ``seats`` are those that people
    ask for; without, whoever comes just comes. ``listed``: whether it stands in the programme. ``partner``: who in the
    house holds it.
    """

    text: str
    dates: tuple[Interval, ...]
    room: What | None = None
    needs: tuple[int, ...] = ()
    seats: SeatsWanted | None = None
    listed: bool = True
    partner: int | None = None
    party: int = 1

    @classmethod
    def on(cls, text: str, start: datetime, end: datetime) -> "EventProposal":
        """On one date."""
        return cls(text, (Interval(start, end),))


@dataclass(frozen=True, slots=True)
class Asked:
    """Asked for; the agenda says how it stands. ``cancel`` withdraws the booking."""

    booking: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule of the office forbids it."""

    rule: Rule
    number: int


EventOutcome: TypeAlias = Asked | Refused


@dataclass(frozen=True, slots=True)
class Proposed:
    """The office has not said yes."""


@dataclass(frozen=True, slots=True)
class Approved:
    """The office has said yes, and the room that the event needs is not held."""


@dataclass(frozen=True, slots=True)
class Open:
    """It takes place; people can ask for seats."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Whoever proposed it has withdrawn it."""


@dataclass(frozen=True, slots=True)
class CalledOff:
    """The office refused it or called it off."""

    cause: Cause


EventStage: TypeAlias = Proposed | Approved | Open | Withdrawn | CalledOff


@dataclass(frozen=True, slots=True)
class EventDate:
    """One date of an event: seats ``taken``, ``expected`` to be given, asked for by those ``waiting``, and ``left``."""

    interval: Interval
    taken: int
    expected: int
    waiting: int
    left: int


@dataclass(frozen=True, slots=True)
class EventInfo:
    """An event, as everybody sees it: how many come, and never who.

    Without ``text`` it has not come, or was erased. ``seats`` are those on each date. ``own`` is this device's booking
    of the room, if it proposed the event, ``mine`` are its bookings of seats there. It ``organises`` when it was let in to
    write the text; ``organisers`` were let in beside whoever proposed it.
    """

    key: BookingKey
    stage: EventStage
    title: str | None
    text: str | None
    dates: tuple[EventDate, ...]
    seats: int | None
    listed: bool
    partner: int | None
    rooms: tuple[int, ...]
    own: int | None
    mine: tuple[int, ...]
    organises: bool
    organisers: int


@dataclass(frozen=True, slots=True)
class SeatRequest:
    """A request for seats, as the desk sees it: a ticket, and nobody's name."""

    key: BookingKey
    interval: Interval
    seats: int
    status: Status
