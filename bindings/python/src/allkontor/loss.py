"""When a device of the office is lost: what replacing it means, and what it had promised."""

from dataclasses import dataclass
from datetime import datetime

from ._engine import Worth as Worth
from .booking import BookingKey
from .ledger import Ledger
from .role import Role

__all__ = ["Honoured", "LeftBehind", "Replacement", "Worth"]


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a device leaves in one month or year, as far as is known here.

    ``stands`` is kept; ``undecided`` it may have promised unheard; nobody decides about ``units`` before somebody takes
    over. ``known``: how many of its statements have come here, the last one written at ``last_heard``. ``lost``: how
    many this very device has signed and has no more.
    """

    ledger: Ledger
    known: int
    last_heard: datetime | None
    stands: tuple[BookingKey, ...]
    undecided: tuple[BookingKey, ...]
    units: tuple[int, ...]
    in_flight: tuple[str, ...]
    lost: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is known here of a device, and so what replacing it now would mean.

    ``heirs`` could take over: this device first, then those that decide without being assigned, hubs last. In
    ``left_out`` what the device promised would be void. ``revoked`` and ``successor``: it was replaced already.
    """

    device: str
    role: Role
    revoked: str | None
    successor: str | None
    left: tuple[LeftBehind, ...]
    heirs: tuple[str, ...]
    left_out: tuple[Ledger, ...]


@dataclass(frozen=True, slots=True)
class Honoured:
    """What came of a promise that somebody showed; no booking while its request is not here."""

    booking: BookingKey | None
    worth: Worth
