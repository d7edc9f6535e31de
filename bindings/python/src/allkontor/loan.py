"""Things handed out and in, and units opened without their renters."""

from dataclasses import dataclass
from datetime import datetime

from .booking import BookingKey
from .cause import Cause


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark in free text about a thing. Without ``text`` it has not come, or was ``erased``, and why."""

    text: str | None
    erased: Cause | None


@dataclass(frozen=True, slots=True)
class Loan:
    """A thing that is out, with the booking of whoever has it.

    ``hand_out`` is the statement that it went out; ``condition`` what was said of it then: numbers of the catalogue.
    ``remark`` is for the office's devices.
    """

    hand_out: str
    booking: BookingKey
    unit: int
    since: datetime
    due: datetime
    is_late: bool
    condition: tuple[int, ...]
    remark: Remark | None


@dataclass(frozen=True, slots=True)
class OwnLoan:
    """A thing that was handed out to a booking of this device."""

    booking: int
    loan: Loan


@dataclass(frozen=True, slots=True)
class Opening:
    """A unit that was opened without its renter: the statement, when, why, and the device that says so.

    ``remark`` is for the office's devices.
    """

    id: str
    unit: int
    at: datetime
    cause: Cause
    device: str
    remark: Remark | None


@dataclass(frozen=True, slots=True)
class ThingEntry:
    """That a thing went out, or ``is_back``: the statement, when, its condition, a remark, and the device that says so."""

    id: str
    at: datetime
    is_back: bool
    condition: tuple[int, ...]
    remark: Remark | None
    device: str
