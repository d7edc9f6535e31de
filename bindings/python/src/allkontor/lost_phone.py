"""A phone that is gone, and what becomes of what it was promised."""

from dataclasses import dataclass

from ._engine import LeftBecause
from .booking import BookingKey
from .desk import Slip

__all__ = ["LeftBecause", "LeftBooking", "LostPhone", "Reissued"]


@dataclass(frozen=True, slots=True)
class Reissued:
    """A booking that goes on under the key of a slip.

    ``before`` was the lost phone's and is released, ``booking`` is the slip's, for the same places and times.
    """

    before: BookingKey
    booking: BookingKey
    slip: Slip


@dataclass(frozen=True, slots=True)
class LeftBooking:
    """A booking that was not put on a slip, and why."""

    booking: BookingKey
    because: LeftBecause


@dataclass(frozen=True, slots=True)
class LostPhone:
    """What became of the bookings of whoever lost their phone, as far as this device knows that they are theirs.

    ``suspension`` makes the keys useless, ``reissued`` goes on on slips, ``left`` stands as it stood, and ``waiting`` is to
    be asked for anew.
    """

    suspension: str
    reissued: tuple[Reissued, ...]
    left: tuple[LeftBooking, ...]
    waiting: tuple[BookingKey, ...]
