"""What is handed out and in."""

from collections.abc import AsyncIterator, Iterable

from ._base import Base
from ._lower import lower
from .booking import BookingKey
from .cause import Cause
from .loan import Loan, Opening, OwnLoan


class Lending(Base):
    """Things in people's hands, and units opened without their renters."""

    async def hand_out(self, booking: BookingKey, unit: int, condition: Iterable[int] = ()) -> None:
        """Hands a thing to whoever has a booking, whichever thing it was promised. They came: they are checked in."""
        key = lower(BookingKey, booking, await self._zone())
        await self._call(self._raw.hand_out, self._now(), key, unit, list(condition))

    async def hand_in(self, unit: int, condition: Iterable[int] = ()) -> None:
        """A thing is back."""
        await self._call(self._raw.hand_in, self._now(), unit, list(condition))

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

    async def open_unit(self, unit: int, cause: Cause) -> None:
        """Notes that a unit was opened without its renter, who is told."""
        why = lower(Cause, cause, await self._zone())
        await self._call(self._raw.open_unit, self._now(), unit, why)

    async def openings(self, unit: int) -> tuple[Opening, ...]:
        """When a unit was opened without its renter, the latest last.

        Everything for the desk, for a visitor what happened while the unit was theirs.
        """
        raw = await self._call(self._raw.openings, unit)
        return await self._lifted(tuple[Opening, ...], raw)  # type: ignore[no-any-return]
