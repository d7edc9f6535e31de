"""When units are taken and free; never by whom."""

from dataclasses import dataclass
from typing import TypeAlias

from .cause import Cause
from .place import Interval


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Promised."""


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """Promised, and the person came."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The booking moved elsewhere; the place is not given back yet."""


@dataclass(frozen=True, slots=True)
class Occupied:
    """Physically taken."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class Expected:
    """Asked for and not decided."""


EntryKind: TypeAlias = Confirmed | CheckedIn | Leaving | Occupied | Expected


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A time at which a unit is taken, or expected to be; ``blocked`` has the buffers included."""

    unit: int
    interval: Interval
    blocked: Interval
    kind: EntryKind


@dataclass(frozen=True, slots=True)
class FreeUnit:
    """A unit that is free, its features beyond those needed, and how many others hope to have it.

    ``introduced_only``: it is for those alone whom the staff have shown round.
    """

    unit: int
    surplus: int
    expected: int
    introduced_only: bool
