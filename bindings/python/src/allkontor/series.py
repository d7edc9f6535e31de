"""Dates that belong together."""

from dataclasses import dataclass

from ._engine import Which
from .booking import Booking
from .outcome import DateOutcome

__all__ = ["SeriesBooked", "SeriesInfo", "Which"]


@dataclass(frozen=True, slots=True)
class SeriesBooked:
    """A series booked: its number on this device, and what came of each date, in order."""

    series: int | None
    dates: tuple[DateOutcome, ...]


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """A series of this device: the RRULE that it was asked for by, if any, and its bookings in order of time."""

    id: int
    rrule: str | None
    dates: tuple[Booking, ...]
