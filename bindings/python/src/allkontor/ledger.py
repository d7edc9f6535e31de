"""Where bookings are filed."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class OfMonth:
    """Bookings of one month's days."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "OfMonth":
        """The month of a day."""
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True)
class OfYear:
    """Rentals of one year."""

    year: int


Ledger: TypeAlias = OfMonth | OfYear
