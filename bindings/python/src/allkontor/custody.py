"""Which of the office's devices decides what, and when each was last heard of."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from .role import Role


@dataclass(frozen=True, slots=True)
class Steward:
    """A device of the office; ``heard_at``: when it last wrote something that has come here."""

    device: str
    role: Role
    heard_at: datetime | None
    revoked: bool


@dataclass(frozen=True, slots=True)
class Here:
    """This device decides."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another device decides."""

    steward: Steward


@dataclass(frozen=True, slots=True)
class InFlight:
    """On its way: nobody may decide until that device takes it."""

    steward: Steward


@dataclass(frozen=True, slots=True)
class Nobody:
    """The unit was never assigned, or is of a later version's devices."""


Custody: TypeAlias = Here | Elsewhere | InFlight | Nobody


@dataclass(frozen=True, slots=True)
class UnitCustody:
    """Who may decide about a unit."""

    unit: int
    custody: Custody


@dataclass(frozen=True, slots=True)
class PassedTicket:
    """A ticket whose deciding right is on its way to a device."""

    ticket: str
    steward: Steward


@dataclass(frozen=True, slots=True)
class CustodyDay:
    """Who may decide what on one day; every unit that is booked by the day, and every device of the office."""

    day: date
    units: tuple[UnitCustody, ...]
    passed: tuple[PassedTicket, ...]
    stewards: tuple[Steward, ...]
