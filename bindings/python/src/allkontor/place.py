"""Units at times."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Interval:
    """Half-open: it ends before ``end`` begins. In the office's zone."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """A unit wanted for a time."""

    unit: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Hold:
    """A unit held for a time, with minutes kept free before and after."""

    unit: int
    interval: Interval
    before: int
    after: int
