"""What a catalogue forbids: the rule and its numbers. ``Words.rule`` puts it into a person's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from ._engine import LimitKind as LimitKind
from .place import Interval


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """The catalogue has no such unit."""

    unit: int


@dataclass(frozen=True, slots=True)
class NotBookable:
    """The unit is listed, not booked."""

    unit: int


@dataclass(frozen=True, slots=True)
class ClosedThatDay:
    """The office does not open that day."""

    day: date


@dataclass(frozen=True, slots=True)
class OutsideHours:
    """Some of it is outside opening hours."""

    day: date
    open: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class ClosedFor:
    """The unit or the office is closed; ``reason`` as the office wrote it, by language tag."""

    closed: Interval
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TooShort:
    """Shorter than the class allows, in minutes."""

    least: int
    got: int


@dataclass(frozen=True, slots=True)
class TooLong:
    """Longer than the class allows, in minutes."""

    most: int
    got: int


@dataclass(frozen=True, slots=True)
class OffRaster:
    """It starts between two possible starts, which are ``raster`` minutes apart, counted from midnight."""

    raster: int
    start: datetime


@dataclass(frozen=True, slots=True)
class TooSoon:
    """It starts sooner than can still be asked for."""

    earliest: datetime


@dataclass(frozen=True, slots=True)
class BeyondHorizon:
    """It ends on a day that is too far ahead, which opens for booking at ``opens``."""

    last_day: date
    opens: datetime


@dataclass(frozen=True, slots=True)
class DatesOpenAt:
    """Its day opens for booking later today."""

    opens: datetime


@dataclass(frozen=True, slots=True)
class PartyTooSmall:
    """Too few people ask."""

    least: int
    got: int


@dataclass(frozen=True, slots=True)
class SkippedHour:
    """It starts or ends in the hour that the clocks skip in spring."""

    minute: datetime


@dataclass(frozen=True, slots=True)
class CrossesDay:
    """It runs past the end of its office day."""

    day_ends: datetime


@dataclass(frozen=True, slots=True)
class CrossesYear:
    """It runs past the end of its year."""

    year_ends: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """It has ended."""

    end: datetime


@dataclass(frozen=True, slots=True)
class TooFewUnits:
    """The class has fewer units with what is needed than were asked for at once."""

    class_id: int
    asked: int
    of: int


@dataclass(frozen=True, slots=True)
class OtherUse:
    """The ticket was issued for other classes of unit."""

    class_id: int


@dataclass(frozen=True, slots=True)
class IntroducedOnly:
    """The class is for those alone whom the staff have shown round."""

    class_id: int


@dataclass(frozen=True, slots=True)
class GuidelinesFirst:
    """The guidelines are to be accepted first, in that version; ``accepted`` is the one that was, if any."""

    version: int
    accepted: int | None


@dataclass(frozen=True, slots=True)
class LimitReached:
    """The holder's share is used up; ``next_at``: when more is left."""

    limit: LimitKind
    allowed: int
    used: int
    next_at: datetime | None


Rule: TypeAlias = (
    UnknownUnit
    | NotBookable
    | ClosedThatDay
    | OutsideHours
    | ClosedFor
    | TooShort
    | TooLong
    | OffRaster
    | TooSoon
    | BeyondHorizon
    | DatesOpenAt
    | PartyTooSmall
    | SkippedHour
    | CrossesDay
    | CrossesYear
    | Over
    | TooFewUnits
    | OtherUse
    | IntroducedOnly
    | GuidelinesFirst
    | LimitReached
)
