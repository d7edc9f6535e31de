"""What came of moving or extending."""

from dataclasses import dataclass
from typing import TypeAlias

from .rule import Rule


@dataclass(frozen=True, slots=True)
class Requested:
    """Asked for. What is held stays held until the office confirms the new wish."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule of the office forbids it; the booking is as it was."""

    rule: Rule
    number: int


ChangeOutcome: TypeAlias = Requested | Refused
