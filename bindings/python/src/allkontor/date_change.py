"""What came of changing a date of a series. What stops one does not stop the others."""

from dataclasses import dataclass
from typing import TypeAlias

from .outcome import Refusal
from .place import Interval


@dataclass(frozen=True, slots=True)
class Requested:
    """Asked for. ``booking`` is a new one when the new time is filed in another month (``Booking.instead_of``)."""

    booking: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """It is cancelled."""

    booking: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule of the office forbids it: the booking stays as it was."""

    booking: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Kept:
    """It cannot be changed so, and stays as it was. ``code``: an error's stable code."""

    booking: int
    code: str


DateChange: TypeAlias = Requested | Withdrawn | Refused | Kept
