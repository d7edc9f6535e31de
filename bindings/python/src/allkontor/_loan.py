"""What is handed out and in."""

from collections.abc import AsyncIterator, Iterable

from ._base import PAGE, Base
from ._lower import lower
from .booking import BookingKey
from .cause import Cause
from .loan import Loan, Opening, OwnLoan, ThingEntry


class Lending(Base):
    """Things in people's hands, and units opened without their renters."""

    async def hand_out(
        self, booking: BookingKey, unit: int, condition: Iterable[int] = (), *, remark: str | None = None
    ) -> None:
        """Hands a thing to whoever has a booking, whichever thing it was promised. They came: they are checked in.

        ``remark`` is what is to be said of it in free text, to the office's devices alone.
        """
        key = lower(BookingKey, booking, await self._zone())
        await self._call(self._raw.hand_out, self._now(), key, unit, list(condition), remark)

    async def hand_in(self, unit: int, condition: Iterable[int] = (), *, remark: str | None = None) -> None:
        """A thing is back."""
        await self._call(self._raw.hand_in, self._now(), unit, list(condition), remark)

    async def things_said(self, unit: int) -> tuple[ThingEntry, ...]:
        """What was said of a thing when it went out and came back, the latest last: for the office's devices."""
        raw = await self._pages(lambda after: self._raw.things_said(unit, after, PAGE), lambda last: last.id)
        return await self._lifted(tuple[ThingEntry, ...], raw)  # type: ignore[no-any-return]

    async def erase_remark(self, of: str, cause: Cause) -> None:
        """Erases what was remarked of a thing, by the statement that has it: here and wherever that is heard.

        That it was there, and how long it was, stays.
        """
        why = lower(Cause, cause, await self._zone())
        await self._call(self._raw.erase_remark, self._now(), of, why)

    async def desk_loans(self) -> tuple[Loan, ...]:
        """Things that are out, by unit: for the desk."""
        raw = await self._call(self._raw.desk_loans, self._now())
        return await self._lifted(tuple[Loan, ...], raw)  # type: ignore[no-any-return]

    async def loans(self) -> tuple[OwnLoan, ...]:
        """What was handed out to this device's bookings and is not back."""
        raw = await self._call(self._raw.loans, self._now())
        return await self._lifted(tuple[OwnLoan, ...], raw)  # type: ignore[no-any-return]

    def watch_loans(self) -> AsyncIterator[tuple[OwnLoan, ...]]:
        """What was handed out to this device's bookings: now, and whenever it is different."""
        return self._watch(self.loans, lambda changes: bool(changes.bookings))

    async def conditions(self) -> tuple[int, ...]:
        """What can be noted of a thing's condition; ``Words.condition`` says it."""
        return tuple(await self._call(self._raw.conditions))

    async def open_unit(self, unit: int, cause: Cause, *, remark: str | None = None) -> None:
        """Notes that a unit was opened without its renter, who is told that, and not what was remarked."""
        why = lower(Cause, cause, await self._zone())
        await self._call(self._raw.open_unit, self._now(), unit, why, remark)

    async def openings(self, unit: int) -> tuple[Opening, ...]:
        """When a unit was opened without its renter, the latest last.

        Everything for the desk, for a visitor what happened while the unit was theirs.
        """
        raw = await self._pages(lambda after: self._raw.openings(unit, after, PAGE), lambda last: last.id)
        return await self._lifted(tuple[Opening, ...], raw)  # type: ignore[no-any-return]
