"""What somebody wants to book, and when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from .place import Interval


@dataclass(frozen=True, slots=True)
class UnitOrEqual:
    """One unit, or its equal at the same time."""

    unit: int


@dataclass(frozen=True, slots=True)
class ExactlyUnit:
    """This unit and no other."""

    unit: int


@dataclass(frozen=True, slots=True)
class Places:
    """Any units of a class, all at once or none."""

    class_id: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Together:
    """What the catalogue books together: a whole room, a room with its projector."""

    bundle: int


What: TypeAlias = UnitOrEqual | ExactlyUnit | Places | Together


@dataclass(frozen=True, slots=True)
class Wanted:
    """What, and when: one date, or those of a series, each a request of its own.

    ``alternatives`` are other times that would do on the first date; they move with the dates of a series. A time
    without a zone is what the office's wall clock shows.
    """

    what: What
    dates: tuple[Interval, ...]
    alternatives: tuple[Interval, ...] = ()
    needs: tuple[int, ...] = ()
    party: int = 1

    @classmethod
    def of(cls, what: What, start: datetime, end: datetime) -> "Wanted":
        """On one date."""
        return cls(what, (Interval(start, end),))

    @classmethod
    def unit(cls, unit: int, start: datetime, end: datetime) -> "Wanted":
        """One unit, or its equal at the same time."""
        return cls.of(UnitOrEqual(unit), start, end)

    def or_at(self, start: datetime, end: datetime) -> "Wanted":
        """This time would do as well; the first named is preferred."""
        return replace(self, alternatives=(*self.alternatives, Interval(start, end)))

    def on(self, dates: Iterable[Interval]) -> "Wanted":
        """On these dates instead: ``Device.repeat`` writes a series out."""
        return replace(self, dates=tuple(dates))

    def needing(self, *features: int) -> "Wanted":
        """Only with these features."""
        return replace(self, needs=(*self.needs, *features))

    def for_party(self, people: int) -> "Wanted":
        """So many people come."""
        return replace(self, party=people)
