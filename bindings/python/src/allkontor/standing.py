"""What a device is to its office, and what somebody there has to see to."""

from dataclasses import dataclass
from typing import TypeAlias

from .role import Role


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visitor's phone, or a relay."""


@dataclass(frozen=True, slots=True)
class Steward:
    """Certified: it may decide what it has custody of."""

    role: Role


@dataclass(frozen=True, slots=True)
class Recovering:
    """Certified, and restored from a backup or copied: it decides nothing until ``renew`` and a new certificate."""


Standing: TypeAlias = Visitor | Steward | Recovering


@dataclass(frozen=True, slots=True)
class SomethingRefused:
    """A certified device sent something that no honest device sends. ``what``: its SHA-256."""

    signer: str | None
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Fork:
    """Two statements of one device stand at one place: it was cloned, or restored from a backup. Replace it."""

    device: str
    document: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Cloned:
    """Somebody else signs with this device's key: it decides nothing until it has another."""

    device: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """A promise of a replaced device came up that the office had not heard of, and nobody has vouched for it."""

    device: str
    document: str
    confirm: str


@dataclass(frozen=True, slots=True)
class AdminFork:
    """The office's own chain forked: nothing after this statement applies until the recovery key decides."""

    after: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """There is a statement that this version of the app is too old to follow."""

    since: str


Alarm: TypeAlias = SomethingRefused | Fork | Cloned | Orphan | AdminFork | Outdated
