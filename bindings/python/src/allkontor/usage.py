"""How an office was used, for those who run and fund it: counts, and nothing about a person."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "YearMonth":
        """The month of a day."""
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True)
class UsagePattern:
    """When in the day and in the week."""

    hours: tuple[int | None, ...]
    """24, from midnight on, on the office's clock: places count in every hour that they touch."""
    weekdays: tuple[int | None, ...]
    """7, from Monday on: the office day on which they begin."""


@dataclass(frozen=True, slots=True)
class ClassUsage:
    """How the places of one class were used: asked = booked + cancelled + unmet + waiting."""

    class_id: int | None
    """None for places that are not in the catalogue any more."""
    name: str
    bookable_minutes: int
    """Minutes for which its places could be booked, all together."""
    booked_minutes: int | None
    """Minutes for which they were: those of ``booked``."""
    asked: int | None
    booked: int | None
    """Places that somebody had: came + held + no_show."""
    came: int | None
    """Checked in."""
    held: int | None
    """Not checked in, and not given to others."""
    no_show: int | None
    """Given back because nobody came."""
    cancelled: int | None
    """Withdrawn by those who asked."""
    unmet: int | None
    """Demand that could not be met: declined + displaced."""
    declined: int | None
    """The office said no."""
    displaced: int | None
    """Confirmed, then taken back by the office, and not placed again."""
    waiting: int | None
    """Not decided."""
    use_by: UsagePattern
    """When places were had."""
    unmet_by: UsagePattern
    """When demand could not be met."""
    waited: tuple[int | None, ...]
    """Bookings, by how long their people waited: at most a quarter of an hour, an hour, a day, longer."""


@dataclass(frozen=True, slots=True)
class EventCounts:
    """Events of those months: ``held`` are those let through that nobody called off."""

    held: int
    dates: int
    """Dates of those held."""
    by_partners: int
    """Of those held: by partners in the house."""
    called_off: int
    """Let through, and called off or withdrawn."""
    seats: int
    """Seats that people could ask for, on each date of those held."""


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """What was charged in one month."""

    month: YearMonth
    quantity: int | None
    ore: int | None


@dataclass(frozen=True, slots=True)
class LineMoney:
    """What was charged by one line of the tariff, paid or not; deposits are none."""

    line: int
    name: str
    quantity: int | None
    """How many: pages, months, pieces."""
    ore: int | None
    """What they came to, corrections included."""
    months: tuple[MonthMoney, ...]
    """The same in each month."""


@dataclass(frozen=True, slots=True)
class UsageReport:
    """How an office was used, whole months at a time.

    Counts of places: four desks booked together are four. A figure that is ``None`` is withheld: it would tell of fewer
    bookings than the smallest group, or let that be worked out.
    """

    first: YearMonth
    last: YearMonth
    smallest_group: int
    missing: tuple[YearMonth, ...]
    """Months of which nothing is here: dropped, or before the office's first."""
    events: EventCounts
    """Whom they reached, the classes of seats tell."""
    classes: tuple[ClassUsage, ...]
    money: tuple[LineMoney, ...]
    """What was charged, by line of the tariff. Lines add up to nothing that is told."""
    csv: str
    """The same as CSV (RFC 4180), a figure a row."""
    json: str
    """The same as JSON, ``null`` for what is withheld."""
