"""Why a place was given back, a request refused, or a unit taken."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person cancelled."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The booking moved."""


@dataclass(frozen=True, slots=True)
class NoShow:
    """Nobody came within the grace time."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The room or the office is closed."""


@dataclass(frozen=True, slots=True)
class Override:
    """Staff needed the place."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The thing is lost or broken."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The visit ended."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit per person is reached."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The office's rules do not allow it."""


@dataclass(frozen=True, slots=True)
class Uses:
    """The ticket is not for this class of unit."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Staff said no."""


@dataclass(frozen=True, slots=True)
class Present:
    """Someone is physically there."""


@dataclass(frozen=True, slots=True)
class Late:
    """What was to be back is not: it is still out, or its renter has not left."""


@dataclass(frozen=True, slots=True)
class Transferred:
    """It went on to another renter."""


@dataclass(frozen=True, slots=True)
class Taken:
    """It is promised to somebody else."""


@dataclass(frozen=True, slots=True)
class CalledOff:
    """The event does not take place."""


@dataclass(frozen=True, slots=True)
class Guidelines:
    """Its text breaks the guidelines, and is erased."""


@dataclass(frozen=True, slots=True)
class ByRule:
    """A rule of the catalogue; ``key`` is its word, none for a rule of a later version."""

    number: int
    key: str | None


@dataclass(frozen=True, slots=True)
class Later:
    """A cause of a later version."""

    number: int


Cause: TypeAlias = (
    Cancelled
    | Moved
    | NoShow
    | Closed
    | Override
    | Lost
    | Ended
    | Limit
    | Rules
    | Uses
    | Staff
    | Present
    | Late
    | Transferred
    | Taken
    | CalledOff
    | Guidelines
    | ByRule
    | Later
)
