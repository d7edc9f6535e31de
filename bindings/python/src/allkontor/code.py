"""Codes of locks: what they open by, and which are to be changed."""

from dataclasses import dataclass, field
from datetime import datetime

from ._engine import CodeDueBy
from .booking import BookingKey

__all__ = ["CodeDue", "CodeDueBy", "LockCode", "OwnLockCode"]


@dataclass(frozen=True, slots=True)
class LockCode:
    """What a lock opens by: its ``generation``-th code, issued at ``since``. Not shown by ``repr``.

    ``is_due``: the lock was opened without its renter, and the office is to change the code.
    """

    unit: int
    code: str = field(repr=False)
    generation: int
    since: datetime
    is_due: bool


@dataclass(frozen=True, slots=True)
class OwnLockCode:
    """The code of something that this device rents, and its booking."""

    booking: int
    code: LockCode


@dataclass(frozen=True, slots=True)
class CodeDue:
    """A lock whose code is to be changed, and why. ``renter`` rents it now, and is to be told the next code."""

    unit: int
    why: CodeDueBy
    renter: BookingKey | None
