"""What is rented by the year: how a rental stands, and whom it is given on to."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from .booking import BookingKey
from .cause import Cause
from .desk import Slip


@dataclass(frozen=True, slots=True)
class Runs:
    """It goes on."""


@dataclass(frozen=True, slots=True)
class DueSoon:
    """It ends in so many days."""

    days: int


@dataclass(frozen=True, slots=True)
class DueToday:
    """Today is its last day."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """It is over, and the renter has not left. ``days`` since the last one; 0 on the day itself."""

    days: int


@dataclass(frozen=True, slots=True)
class MayBeOpened:
    """It is over for so long that staff may open it. ``days`` since the last one."""

    days: int


RentalStep: TypeAlias = Runs | DueSoon | DueToday | Overdue | MayBeOpened


@dataclass(frozen=True, slots=True)
class AskedUntil:
    """A wish to keep what is rented: until when, none is without an end; and why the office said no, if it did."""

    until: datetime | None
    refused: Cause | None


@dataclass(frozen=True, slots=True)
class Rental:
    """Something rented. It is the renter's until the office gives it back, however late that is.

    ``confirm`` is the promise, ``since`` when it began, in whatever year; without ``due`` it has no end. ``asked`` is
    the wish to keep it until another time that nobody has granted.
    """

    key: BookingKey
    confirm: str
    units: tuple[int, ...]
    since: datetime
    due: datetime | None
    step: RentalStep
    asked: AskedUntil | None


@dataclass(frozen=True, slots=True)
class OwnRental:
    """A rental of this device, and its booking."""

    booking: int
    rental: Rental


@dataclass(frozen=True, slots=True)
class WaitingInLine:
    """Somebody whose wish for it waits."""

    booking: BookingKey


@dataclass(frozen=True, slots=True)
class WithoutPhone:
    """Somebody without a phone, who leaves with a slip. Without ``until``: as long as it was rented before."""

    slip_seed: bytes
    until: datetime | None = None


Heir: TypeAlias = WaitingInLine | WithoutPhone


@dataclass(frozen=True, slots=True)
class Transferred:
    """The rental of whoever has it now, and what they leave with if they have no phone."""

    booking: BookingKey
    slip: Slip | None
