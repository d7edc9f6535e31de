"""What a certified device is."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Admin:
    """Signs what the office is made of; decides where assigned."""


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff's device."""


@dataclass(frozen=True, slots=True)
class Kiosk:
    """The screen at the entrance."""


@dataclass(frozen=True, slots=True)
class Hub:
    """An always-on machine that relays, and decides only where assigned."""


@dataclass(frozen=True, slots=True)
class Later:
    """A role of a later version."""

    number: int


Role: TypeAlias = Admin | Staff | Kiosk | Hub | Later
