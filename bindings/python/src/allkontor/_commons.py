"""Suggestions and the notice board."""

from collections.abc import AsyncIterator
from datetime import date

from ._base import PAGE, Base
from ._lower import lower
from .cause import Cause
from .civil import date_to_day
from .commons import CommonsCounts, NoticeAnswers, NoticeInfo, NoticeKind, SuggestionInfo, Unsaid, Verdict


class Commons(Base):
    """What people say to the office and to one another. Who said something is known to nobody."""

    async def suggest(self, text: str) -> None:
        """Suggests something to the office, in at most 2 000 bytes; with no network if there is none."""
        await self._call(self._raw.suggest, self._now(), text)

    async def support_suggestion(self, suggestion: str) -> None:
        """Supports a suggestion. It counts once, however often it is said."""
        await self._call(self._raw.support_suggestion, self._now(), suggestion)

    async def unsupport_suggestion(self, suggestion: str) -> None:
        """Supports a suggestion no longer."""
        await self._call(self._raw.unsupport_suggestion, self._now(), suggestion)

    async def post_notice(self, kind: NoticeKind, text: str, last: date, answers: NoticeAnswers) -> None:
        """Offers or asks for help on the notice board, in at most 2 000 bytes, until that day, which is the last.

        Nobody is told how to reach the writer but by what the text says.
        """
        zone = await self._zone()
        what, how = lower(NoticeKind, kind, zone), lower(NoticeAnswers, answers, zone)
        await self._call(self._raw.post_notice, self._now(), what, text, date_to_day(last), how)

    async def take_back(self, of: str) -> None:
        """Takes back a suggestion or notice of this device: its text is erased, here and wherever that is heard."""
        await self._call(self._raw.take_back, self._now(), of)

    async def discard_unsaid(self, number: int) -> None:
        """Gives up what waits for a ticket."""
        await self._call(self._raw.discard_unsaid, self._now(), number)

    async def answer_suggestion(self, suggestion: str, verdict: Verdict, text: str = "") -> None:
        """Says what comes of a suggestion, and why; a no needs its reason. On a device of the office."""
        said = lower(Verdict, verdict, await self._zone())
        await self._call(self._raw.answer_suggestion, self._now(), suggestion, said, text)

    async def erase_text(self, of: str, cause: Cause) -> None:
        """Erases the text of a suggestion, notice or answer, here and wherever that is heard.

        What is left is its hash, its length, and why. On a device of the office.
        """
        why = lower(Cause, cause, await self._zone())
        await self._call(self._raw.erase_text, self._now(), of, why)

    async def review_text(self, of: str) -> None:
        """Notes that somebody at the office has read a suggestion or notice, and lets it stand."""
        await self._call(self._raw.review_text, self._now(), of)

    async def suggestions(self) -> tuple[SuggestionInfo, ...]:
        """Suggestions, those with most support first.

        The office's devices and whoever suggested it also see what stands no more.
        """
        raw = await self._pages(lambda after: self._raw.suggestions(after, PAGE), lambda last: last.id)
        return await self._lifted(tuple[SuggestionInfo, ...], raw)  # type: ignore[no-any-return]

    def watch_suggestions(self) -> AsyncIterator[tuple[SuggestionInfo, ...]]:
        """Suggestions: now, and whenever they are different."""
        return self._watch(self.suggestions, lambda changes: True)

    async def notices(self) -> tuple[NoticeInfo, ...]:
        """The notice board, the newest first.

        The office's devices and whoever posted it also see what stands no more.
        """
        raw = await self._pages(lambda after: self._raw.notices(self._now(), after, PAGE), lambda last: last.id)
        return await self._lifted(tuple[NoticeInfo, ...], raw)  # type: ignore[no-any-return]

    def watch_notices(self) -> AsyncIterator[tuple[NoticeInfo, ...]]:
        """The notice board: now, and whenever it is different."""
        return self._watch(self.notices, lambda changes: True)

    async def unsaid(self) -> tuple[Unsaid, ...]:
        """What this device has written that waits for a ticket, oldest first."""
        raw = await self._pages(lambda after: self._raw.unsaid(after, PAGE), lambda last: last.number)
        return await self._lifted(tuple[Unsaid, ...], raw)  # type: ignore[no-any-return]

    async def commons_left(self) -> int | None:
        """How often this device can still suggest, support and post this year; none before there is a ticket."""
        return await self._call(self._raw.commons_left, self._now())

    async def commons_counts(self) -> CommonsCounts:
        """How much there is, and how much of it somebody should look at: for the office's devices."""
        raw = await self._call(self._raw.commons_counts, self._now())
        return await self._lifted(CommonsCounts, raw)  # type: ignore[no-any-return]
