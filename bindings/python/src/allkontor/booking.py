"""A booking and how it stands."""

from dataclasses import dataclass

from ._engine import Delivery
from .cause import Cause
from .place import Hold, Wish
from .stage import Stage

__all__ = ["Booking", "BookingKey", "Delivery", "Replaced", "Status"]


@dataclass(frozen=True, slots=True)
class BookingKey:
    """A booking as everybody but its own device knows it: by its ticket, and which of the ticket's bookings it is."""

    ticket: str
    slot: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """A promise that another took the place of; ``cause`` when it was released, none when the booking just moved."""

    holds: tuple[Hold, ...]
    cause: Cause | None


@dataclass(frozen=True, slots=True)
class Status:
    """How a booking stands: how far the request has come, what is known of it, and what is held now.

    ``holding`` is held whatever is asked for instead; ``before`` is what it held before another place took its place;
    ``outdated``: the first statement about it that this app is too old to follow.
    """

    delivery: Delivery
    stage: Stage
    holding: tuple[Hold, ...]
    before: Replaced | None
    outdated: str | None


@dataclass(frozen=True, slots=True)
class Booking:
    """One of this device's bookings. ``wanted`` is what was asked for first; ``key`` is there once it has a ticket.

    ``series`` is what it is a date of; ``instead_of`` is cancelled when this one is confirmed: the time it moved from,
    in another month.
    """

    id: int
    series: int | None
    instead_of: int | None
    key: BookingKey | None
    wanted: tuple[Wish, ...]
    status: Status

    @property
    def stage(self) -> Stage:
        """What is known of it."""
        return self.status.stage

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Where the person would go: what is promised or expected."""
        return tuple(getattr(self.stage, "holds", ()))
