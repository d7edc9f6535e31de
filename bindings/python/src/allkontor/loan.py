"""Things handed out and in, and units opened without their renters."""

from dataclasses import dataclass
from datetime import datetime

from .booking import BookingKey
from .cause import Cause


@dataclass(frozen=True, slots=True)
class Loan:
    """A thing that is out, with the booking of whoever has it.

    ``hand_out`` is the statement that it went out; ``condition`` what was said of it then: numbers of the catalogue.
    """

    hand_out: str
    booking: BookingKey
    unit: int
    since: datetime
    due: datetime
    is_late: bool
    condition: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OwnLoan:
    """A thing that was handed out to a booking of this device."""

    booking: int
    loan: Loan


@dataclass(frozen=True, slots=True)
class Opening:
    """A unit that was opened without its renter: when, why, and the device that says so."""

    unit: int
    at: datetime
    cause: Cause
    device: str
