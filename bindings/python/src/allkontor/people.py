"""Guidelines, and who may not book for a time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from ._engine import Amendment

__all__ = [
    "Amendment",
    "Conduct",
    "Damage",
    "Ground",
    "Later",
    "LostKeys",
    "NoShows",
    "Owing",
    "OwnSuspension",
    "Suspension",
]


@dataclass(frozen=True, slots=True)
class Conduct:
    """Against the guidelines, towards others."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Things were damaged or are gone."""


@dataclass(frozen=True, slots=True)
class NoShows:
    """Places were taken and not used, again and again."""


@dataclass(frozen=True, slots=True)
class Owing:
    """Something is owed, or was not given back."""


@dataclass(frozen=True, slots=True)
class LostKeys:
    """Their keys were lost, and somebody else may have them."""


@dataclass(frozen=True, slots=True)
class Later:
    """A reason of a later version."""

    number: int


Ground: TypeAlias = Conduct | Damage | NoShows | Owing | LostKeys | Later


@dataclass(frozen=True, slots=True)
class Suspension:
    """Somebody may not book for a time, as the office's devices know it.

    ``id`` is the statement that says so, ``holder`` the pseudonym, ``until`` the last day: it is over by itself.
    """

    id: str
    holder: str
    from_day: date
    until: date
    ground: Ground
    at: datetime
    is_appealed: bool


@dataclass(frozen=True, slots=True)
class OwnSuspension:
    """What a suspended person is told, on their own device: the last day, and why."""

    until: date
    ground: Ground
