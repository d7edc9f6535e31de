"""What an admin has decreed: what the holder of the recovery key reads to choose between branches."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from .role import Role


@dataclass(frozen=True, slots=True)
class DeviceCertified:
    """A device became one of the office's."""

    device: str
    role: Role


@dataclass(frozen=True, slots=True)
class DeviceReplaced:
    """A device's certificate was taken back; ``successor``: who took over, if somebody was named."""

    device: str
    successor: str | None


@dataclass(frozen=True, slots=True)
class SuccessorNamed:
    """Somebody took over from a device that had been replaced before."""

    device: str
    successor: str


@dataclass(frozen=True, slots=True)
class UnitsAssigned:
    """Units got the device that decides about them first."""

    units: tuple[int, ...]
    device: str


@dataclass(frozen=True, slots=True)
class AdminHandedOver:
    """The admin key's powers went to another device."""

    admin: str


@dataclass(frozen=True, slots=True)
class OfficeRecovered:
    """The recovery key made a device the admin."""

    admin: str


@dataclass(frozen=True, slots=True)
class CataloguePublished:
    """A catalogue was published."""

    version: int


@dataclass(frozen=True, slots=True)
class MonthsDropped:
    """What ended before a day was dropped."""

    before: date


@dataclass(frozen=True, slots=True)
class RulesActivated:
    """Later rules were put in force."""

    version: int
    first: date


@dataclass(frozen=True, slots=True)
class Later:
    """Something of a later version."""

    number: int


Decree: TypeAlias = (
    DeviceCertified
    | DeviceReplaced
    | SuccessorNamed
    | UnitsAssigned
    | AdminHandedOver
    | OfficeRecovered
    | CataloguePublished
    | MonthsDropped
    | RulesActivated
    | Later
)


@dataclass(frozen=True, slots=True)
class AdminBranch:
    """One of the branches that contend; keeping ``keeps`` lets all that it ``said`` stand."""

    keeps: str
    said: tuple[Decree, ...]
