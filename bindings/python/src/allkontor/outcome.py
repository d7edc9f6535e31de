"""What came of a booking: one outcome a date, in order."""

from dataclasses import dataclass
from typing import TypeAlias

from .place import Interval
from .rule import Rule


@dataclass(frozen=True, slots=True)
class Refusal:
    """A date that a rule forbids, the rule's stable number, and the nearest times that would do."""

    interval: Interval
    rule: Rule
    number: int
    nearest: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Requested:
    """Asked for; the agenda says how it stands. ``booking`` is its number on this device."""

    booking: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule of the office forbids it."""

    refusal: Refusal


DateOutcome: TypeAlias = Requested | Refused
