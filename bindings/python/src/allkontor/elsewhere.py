"""Offices that take one another's people."""

from dataclasses import dataclass
from datetime import date

from .directory import ListedOffice
from .wanted import Wanted


@dataclass(frozen=True, slots=True)
class HostClass:
    """What another office has, ``there``, for a class of this one."""

    class_id: int
    there: int
    name: str


@dataclass(frozen=True, slots=True)
class HostOffice:
    """An office that takes this one's people when it is closed, until that day if there is one."""

    office: ListedOffice
    classes: tuple[HostClass, ...]
    until: date | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a person can ask another office for, in place of what this one's closing took.

    ``office.invitation`` is what :meth:`Device.join` takes, and each of ``stays`` what :meth:`Device.book` takes there.
    """

    office: ListedOffice
    stays: tuple[Wanted, ...]
