"""Suggestions and the notice board: what people say to the office and to one another."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from .cause import Cause


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody offers help, or what they can do."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody asks for help."""


@dataclass(frozen=True, slots=True)
class Later:
    """One of a later version."""

    number: int


NoticeKind: TypeAlias = Offer | Ask | Later


@dataclass(frozen=True, slots=True)
class AsWritten:
    """A notice is answered as its text says."""


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A notice is answered by leaving word at the desk, under its number."""


NoticeAnswers: TypeAlias = AsWritten | AtDesk | Later


@dataclass(frozen=True, slots=True)
class Considered:
    """A suggestion is being looked at."""


@dataclass(frozen=True, slots=True)
class Planned:
    """It will be done."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is done."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """It will not be done."""


Verdict: TypeAlias = Considered | Planned | Done | Rejected | Later


@dataclass(frozen=True, slots=True)
class Carried:
    """No device of the office has it."""


@dataclass(frozen=True, slots=True)
class Received:
    """The office has it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The office has answered."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Shown:
    """It is on the board."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """It is of a day that has not come."""


@dataclass(frozen=True, slots=True)
class Over:
    """Its last day is over."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Whoever wrote it has taken it back."""


@dataclass(frozen=True, slots=True)
class Erased:
    """The office has erased its text."""

    cause: Cause


SuggestionStage: TypeAlias = Carried | Received | Answered | TakenBack | Erased
NoticeStage: TypeAlias = Carried | Shown | Ahead | Over | TakenBack | Erased


@dataclass(frozen=True, slots=True)
class TextTrace:
    """What there is of a text in any case, erased or not: its SHA-256 in hexadecimal, and how many bytes it has."""

    hash: str
    length: int


@dataclass(frozen=True, slots=True)
class SuggestionAnswer:
    """What the office said to a suggestion. Without ``text`` nothing was, or it has not come, or was ``erased``."""

    id: str
    verdict: Verdict
    text: str | None
    at: datetime
    erased: Cause | None


@dataclass(frozen=True, slots=True)
class SuggestionInfo:
    """A suggestion, as everybody sees it: how many ``support`` it, and never who.

    Without ``text`` it has not come, or was erased. The latest of the ``answers`` is the last.
    """

    id: str
    text: str | None
    trace: TextTrace
    at: datetime
    stage: SuggestionStage
    support: int
    answers: tuple[SuggestionAnswer, ...]
    is_own: bool
    is_supported: bool
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class NoticeInfo:
    """A notice on the board, until its ``last`` day. ``number`` is what it goes by at the desk.

    Without ``text`` it has not come, or was erased.
    """

    id: str
    number: str
    kind: NoticeKind
    text: str | None
    trace: TextTrace
    answers: NoticeAnswers
    at: datetime
    last: date
    stage: NoticeStage
    is_own: bool
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What a person has written that waits for a ticket: a text, or the support of a suggestion."""

    number: int
    text: str | None
    supports: str | None
    notice: NoticeKind | None


@dataclass(frozen=True, slots=True)
class CommonsCounts:
    """How much there is, and how much of it somebody should look at.

    ``unanswered`` are those of the ``suggestions``, ``unread`` what nobody at the office has read of all that stands.
    """

    suggestions: int
    unanswered: int
    offers: int
    asks: int
    unread: int
    erased: int
