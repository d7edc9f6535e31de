"""What is known of a booking. Made for ``match``: ``case stage.Confirmed(holds): ...``."""

from dataclasses import dataclass
from typing import TypeAlias

from .cause import Cause
from .place import Hold


@dataclass(frozen=True, slots=True)
class Asked:
    """Nothing but that it was asked for."""


@dataclass(frozen=True, slots=True)
class Likely:
    """What was asked for first fits; nobody has decided."""

    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """An alternative or an equal unit fits; nobody has decided."""

    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing fits. ``number``: the place in the queue, from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The office has promised it."""

    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The person came."""

    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """It moved to another booking, in another month or year."""


@dataclass(frozen=True, slots=True)
class Released:
    """Its place was given back."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class Declined:
    """It was refused."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The office took back what it had promised; it is asked for again, before all others.

    ``cause`` is none when the promising device had lost its certificate.
    """

    cause: Cause | None
    outlook: "Outlook"


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person withdrew it."""


Outlook: TypeAlias = Likely | Alternative | Waiting
Stage: TypeAlias = (
    Asked
    | Likely
    | Alternative
    | Waiting
    | Confirmed
    | CheckedIn
    | Moved
    | Released
    | Declined
    | Withdrawn
    | Cancelled
)
