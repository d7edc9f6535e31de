"""What an office is, with every name in one language: enough to draw a screen."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ._engine import Cells, Holiday, Kind, OperatorKind
from .place import Interval

__all__ = [
    "AfterStart",
    "BeforeStart",
    "Bundle",
    "Cells",
    "ClassInfo",
    "ClockSpan",
    "ClosureInfo",
    "CommonsInfo",
    "DateHours",
    "FeatureInfo",
    "Guidelines",
    "Holiday",
    "Kind",
    "LimitSet",
    "Notice",
    "OfficeInfo",
    "OnSight",
    "OperatorKind",
    "PartnerInfo",
    "Permanence",
    "Permanent",
    "Policy",
    "RuleSet",
    "Temporary",
    "UnitInfo",
    "WeekdayHours",
    "Window",
]


@dataclass(frozen=True, slots=True)
class Permanent:
    """No last day is known."""


@dataclass(frozen=True, slots=True)
class Temporary:
    """Closed before the first day and after the last."""

    first: date
    last: date


Permanence: TypeAlias = Permanent | Temporary


@dataclass(frozen=True, slots=True)
class BeforeStart:
    """A booking may be asked for at least that many minutes before its start."""

    minutes: int


@dataclass(frozen=True, slots=True)
class AfterStart:
    """A booking may be asked for even after its start."""

    minutes: int


Notice: TypeAlias = BeforeStart | AfterStart


@dataclass(frozen=True, slots=True)
class OnSight:
    """The office decides as soon as it sees what is asked for."""


@dataclass(frozen=True, slots=True)
class Window:
    """The office decides when a date has been open that long, among all that were asked for."""

    minutes: int


Policy: TypeAlias = OnSight | Window


@dataclass(frozen=True, slots=True)
class Guidelines:
    """A code of conduct, to be shown before the first booking; ``version`` rises when it must be accepted anew."""

    version: int
    text: str


@dataclass(frozen=True, slots=True)
class FeatureInfo:
    """Something a unit offers, or a person needs. ``key``: a stable word for pictograms, such as ``hearing_loop``."""

    id: int
    key: str
    name: str
    accessibility: bool


@dataclass(frozen=True, slots=True)
class LimitSet:
    """One person's share of a class; none is no limit."""

    at_once: int | None
    per_day: int | None
    per_week: int | None
    per_month: int | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What a booking of a class must satisfy."""

    min_minutes: int
    max_minutes: int
    raster: int
    notice: Notice
    horizon_days: int
    dates_open_at: int
    before: int
    after: int
    policy: Policy
    grace_minutes: int
    min_party: int
    limits: LimitSet
    accepted_guidelines: bool
    introduced_only: bool


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """Units that can stand in for one another and follow the same rules."""

    id: int
    name: str
    kind: Kind
    cells: Cells
    rules: RuleSet


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """One thing that one party can hold at a time."""

    id: int
    name: str
    class_id: int
    features: tuple[int, ...]
    bookable: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """Units booked together, all or nothing."""

    id: int
    name: str
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClosureInfo:
    """A dated shutting of a unit, or of the whole office when ``unit`` is none."""

    interval: Interval
    unit: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class PartnerInfo:
    """Somebody in the same house with hours of their own: the café next door, a clothes library."""

    id: int
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class CommonsInfo:
    """How often a person can suggest, support and post in a year, and for how many days a notice may stand."""

    share: int
    notice_days: int


@dataclass(frozen=True, slots=True)
class OfficeInfo:
    """An office as published. ``day_start``: the minute after midnight at which an office day begins."""

    version: int
    name: str
    street: str
    postcode: str
    city: str
    country: str
    languages: tuple[str, ...]
    zone: str
    day_start: int
    operator: OperatorKind
    commissioned_by: str | None
    permanence: Permanence
    guidelines: Guidelines | None
    features: tuple[FeatureInfo, ...]
    classes: tuple[ClassInfo, ...]
    units: tuple[UnitInfo, ...]
    bundles: tuple[Bundle, ...]
    closures: tuple[ClosureInfo, ...]
    partners: tuple[PartnerInfo, ...]
    """Who else is in the house. ``Device.partner_hours`` says when."""
    commons: CommonsInfo | None
    """Suggestions and the notice board, where there are any."""
    keeps_roster: bool
    """Whether the office keeps how people are reached who want to be, for the staff alone."""


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """Part of a day, in minutes after its midnight; it may end beyond 1 440, in the next night."""

    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True)
class WeekdayHours:
    """The ordinary hours of one weekday: 1 is Monday, 7 is Sunday."""

    weekday: int
    open: tuple[ClockSpan, ...]
    staffed: tuple[ClockSpan, ...]


@dataclass(frozen=True, slots=True)
class DateHours:
    """The hours of one office day, with exceptions, holidays and closures counted in."""

    day: date
    open: tuple[Interval, ...]
    staffed: tuple[Interval, ...]
    holiday: Holiday | None
    note: str | None
