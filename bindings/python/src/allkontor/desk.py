"""What the office's devices see and say."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ._engine import LimitKind
from .booking import BookingKey, Status
from .day import DayEntry
from .ledger import Ledger
from .outcome import DateOutcome
from .place import Hold
from .role import Role


@dataclass(frozen=True, slots=True)
class DeskBooking:
    """A booking as the desk sees it. Nobody's name."""

    key: BookingKey
    status: Status


@dataclass(frozen=True, slots=True)
class DeskTime:
    """A time at which a unit is taken, and by which booking; none when it is physically taken without one.

    ``statement`` is the promise, or the closing that ``reopen`` undoes; ``arrived``: the person says they have come.
    """

    entry: DayEntry
    booking: BookingKey | None
    statement: str
    arrived: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """Bookings that had a place where it was closed, and those of them that have another now.

    ``elsewhere``: another device has custody of their place, and moves them when it hears.
    """

    affected: tuple[BookingKey, ...]
    moved: tuple[BookingKey, ...]
    elsewhere: tuple[BookingKey, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A booking on paper. Whoever holds it holds the booking: print it, and keep no copy.

    ``payload`` is what its QR code says, ``code`` what is typed by hand.
    """

    payload: bytes
    code: str


@dataclass(frozen=True, slots=True)
class Requested:
    """One date of a walk-in, asked for and decided, if it could be."""

    booking: BookingKey
    slip: Slip


@dataclass(frozen=True, slots=True)
class Refused:
    """One date of a walk-in that a rule forbids."""

    outcome: DateOutcome


WalkInOutcome: TypeAlias = Requested | Refused


@dataclass(frozen=True, slots=True)
class TicketOrder:
    """A ticket to be issued by hand: whose limits count, whose key, where, for what, and for how many bookings."""

    holder: str
    key: str
    ledger: Ledger
    uses: tuple[int, ...] = ()
    slots: int = 1


@dataclass(frozen=True, slots=True)
class Issued:
    """The ticket."""

    ticket: str


@dataclass(frozen=True, slots=True)
class QuotaReached:
    """The holder has as many as one may have."""

    left: int
    next_at: datetime | None


TicketOutcome: TypeAlias = Issued | QuotaReached


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a person's share: n left, the next one frees at ``next_at``."""

    limit: LimitKind
    allowed: int
    left: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Promise:
    """What a certificate shows: that a device certified by this office promised this."""

    booking: BookingKey
    key: str
    device: str
    role: Role
    party: int
    holds: tuple[Hold, ...]
    confirm: str
