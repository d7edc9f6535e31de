"""What an undecided booking waits for, the first thing first."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from .custody import Steward


@dataclass(frozen=True, slots=True)
class Delivery:
    """No device of the office has it, as far as is known here."""


@dataclass(frozen=True, slots=True)
class Update:
    """The app must be updated before it can tell."""

    since: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place that frees. ``number``: the place in the queue, from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class WindowOpens:
    """The office decides about that day from then on, among all who asked."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """The person: the place is given to who says that they came."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The device that decides about it."""

    steward: Steward


@dataclass(frozen=True, slots=True)
class Custodians:
    """The device that decides about it, and those that hold its place, to come together."""

    steward: Steward
    holders: tuple[Steward, ...]


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nobody can decide about the place: only staff can help."""


Awaits: TypeAlias = Delivery | Update | Place | WindowOpens | Arrival | Decision | Custodians | Nobody
