"""Why a booking stands as it does: reasons as data. ``Words.explanation`` puts them into a person's language."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from .awaits import Awaits
from .booking import Status
from .cause import Cause
from .day import FreeUnit
from .place import Interval, Wish
from .rule import Rule


@dataclass(frozen=True, slots=True)
class Victim:
    """They lost a promised place through no doing of theirs."""


@dataclass(frozen=True, slots=True)
class RevokedSigner:
    """This booking's ticket was signed by a device that is no longer trusted."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """They asked in an earlier quarter of an hour; ``last_contact``: ours counts from the office's last contact."""

    theirs: datetime
    ours: datetime
    last_contact: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """The same quarter of an hour: a draw."""


Decider: TypeAlias = Victim | RevokedSigner | Earlier | Draw


@dataclass(frozen=True, slots=True)
class NotBookable:
    """The time is outside the unit's bookable hours, or there is no such unit."""

    unit: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Confirmed to someone else."""

    unit: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Occupied:
    """Physically taken."""

    unit: int
    interval: Interval
    cause: Cause


@dataclass(frozen=True, slots=True)
class RankedBefore:
    """Someone ranked before is expected to get it."""

    unit: int
    interval: Interval
    by: Decider


Obstacle: TypeAlias = NotBookable | Confirmed | Occupied | RankedBefore


@dataclass(frozen=True, slots=True)
class OptionReport:
    """One option: what was asked for, what stands in the way, and the rules that it breaks."""

    wishes: tuple[Wish, ...]
    obstacles: tuple[Obstacle, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class NearTimes:
    """The nearest times at which the same units are free together, at most 5."""

    units: tuple[int, ...]
    wanted: Interval
    times: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class EqualUnits:
    """Units of the same class that are free at the same time."""

    class_id: int
    interval: Interval
    wanted: int
    units: tuple[FreeUnit, ...]


@dataclass(frozen=True, slots=True)
class Unheard:
    """Its device was replaced before the office heard of it; ``honoured``: somebody there has vouched for it."""

    honoured: bool


@dataclass(frozen=True, slots=True)
class Contradicted:
    """Its device acted on what did not stand, or contradicted itself."""


BrokenBy: TypeAlias = Unheard | Contradicted


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that a device of the office gave and that does not hold; its certificate can be shown at the desk."""

    confirm: str
    why: BrokenBy


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a booking stands, what it waits for, what is in the way of each option, and what is near and free.

    ``broken``: promises that were given and do not hold, while the booking has no other.
    """

    status: Status
    awaits: Awaits | None
    options: tuple[OptionReport, ...]
    nearest: tuple[NearTimes, ...]
    equals: tuple[EqualUnits, ...]
    broken: tuple[Broken, ...]
