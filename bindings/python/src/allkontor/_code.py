"""Codes of locks."""

import secrets
from collections.abc import AsyncIterator

from ._base import Base
from ._lower import lower
from .booking import BookingKey
from .code import CodeDue, LockCode, OwnLockCode


class Locks(Base):
    """What locks open by: for whoever rents them, and nobody else."""

    async def issue_code(self, booking: BookingKey, unit: int, code: str, code_seed: bytes | None = None) -> None:
        """Tells the renter of a lock what it opens by from now on; nobody else can read it, this device included."""
        key = lower(BookingKey, booking, await self._zone())
        seed = code_seed if code_seed is not None else secrets.token_bytes(32)
        await self._call(self._raw.issue_code, self._now(), key, unit, code, seed)

    async def codes(self) -> tuple[OwnLockCode, ...]:
        """What the locks open by that this device rents."""
        raw = await self._call(self._raw.codes, self._now())
        return await self._lifted(tuple[OwnLockCode, ...], raw)  # type: ignore[no-any-return]

    def watch_codes(self) -> AsyncIterator[tuple[OwnLockCode, ...]]:
        """What the locks open by that this device rents: now, and whenever it is different."""
        return self._watch(self.codes, lambda changes: bool(changes.bookings))

    async def slip_codes(self, code: str) -> tuple[LockCode, ...]:
        """What the locks open by that are rented by a slip, to be read out to whoever holds it.

        On an admin's or staff's device: a screen in the room shows nobody's.
        """
        raw = await self._call(self._raw.slip_codes, self._now(), code)
        return await self._lifted(tuple[LockCode, ...], raw)  # type: ignore[no-any-return]

    async def codes_due(self) -> tuple[CodeDue, ...]:
        """Locks whose codes are to be changed, by unit: for the desk."""
        raw = await self._call(self._raw.codes_due, self._now())
        return await self._lifted(tuple[CodeDue, ...], raw)  # type: ignore[no-any-return]
