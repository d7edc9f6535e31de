"""What is rented by the year."""

import secrets
from collections.abc import AsyncIterator
from datetime import date, datetime

from ._base import PAGE, Base
from ._lower import lower
from .booking import BookingKey
from .change import ChangeOutcome
from .civil import date_to_day, datetime_to_minute
from .desk import WalkInOutcome
from .outcome import DateOutcome
from .rental import Heir, OwnRental, Rental, Transferred
from .wanted import What


class Renting(Base):
    """Lockers and storage rooms: until a date, or without an end. ``cancel`` gives back at once what one rents."""

    async def rent(self, what: What, start: datetime, until: datetime | None = None) -> tuple[DateOutcome, ...]:
        """Rents until then, or without an end; with no network if there is none."""
        zone = await self._zone()
        raw, begin, end = lower(What, what, zone), datetime_to_minute(start, zone), lower(datetime | None, until, zone)
        made = await self._call(self._raw.rent, self._now(), raw, begin, end)
        return tuple([await self._lifted(DateOutcome, outcome) for outcome in made])

    async def keep_until(self, booking: int, until: datetime | None) -> ChangeOutcome:
        """Asks to keep a rental until then, longer or shorter, or without an end."""
        end = lower(datetime | None, until, await self._zone())
        outcome = await self._call(self._raw.keep_until, self._now(), booking, end)
        return await self._lifted(ChangeOutcome, outcome)  # type: ignore[no-any-return]

    async def rentals(self) -> tuple[OwnRental, ...]:
        """What this device rents now."""
        raw = await self._call(self._raw.rentals, self._now())
        return await self._lifted(tuple[OwnRental, ...], raw)  # type: ignore[no-any-return]

    def watch_rentals(self) -> AsyncIterator[tuple[OwnRental, ...]]:
        """What this device rents: now, and whenever it is different."""
        return self._watch(self.rentals, lambda changes: bool(changes.bookings))

    async def desk_rentals(self) -> tuple[Rental, ...]:
        """Everything that is rented, by unit."""
        raw = await self._pages(lambda after: self._raw.desk_rentals(self._now(), after, PAGE), lambda last: last.key)
        return await self._lifted(tuple[Rental, ...], raw)  # type: ignore[no-any-return]

    async def rent_at_desk(
        self,
        what: What,
        start: datetime,
        until: datetime | None = None,
        slip_seed: bytes | None = None,
    ) -> tuple[WalkInOutcome, ...]:
        """Rents to somebody without a phone, who leaves with a slip."""
        zone = await self._zone()
        raw, begin, end = lower(What, what, zone), datetime_to_minute(start, zone), lower(datetime | None, until, zone)
        seed = slip_seed if slip_seed is not None else secrets.token_bytes(16)
        made = await self._call(self._raw.rent_at_desk, self._now(), raw, begin, end, seed)
        return await self._lifted(tuple[WalkInOutcome, ...], made)  # type: ignore[no-any-return]

    async def slip_rental(self, code: str) -> Rental | None:
        """What is rented by a slip's code; none when it is nothing, or not known here."""
        raw = await self._call(self._raw.slip_rental, self._now(), code)
        return await self._lifted(Rental | None, raw)  # type: ignore[no-any-return]

    async def keep_slip_until(self, code: str, until: datetime | None) -> ChangeOutcome:
        """Whoever holds the slip asks to keep what it is for until then, or without an end."""
        end = lower(datetime | None, until, await self._zone())
        outcome = await self._call(self._raw.keep_slip_until, self._now(), code, end)
        return await self._lifted(ChangeOutcome, outcome)  # type: ignore[no-any-return]

    async def prolong(self, booking: BookingKey, until: datetime | None) -> ChangeOutcome:
        """Lengthens or shortens a rental at the desk. ``release`` ends it."""
        zone = await self._zone()
        key, end = lower(BookingKey, booking, zone), lower(datetime | None, until, zone)
        outcome = await self._call(self._raw.prolong, self._now(), key, end)
        return await self._lifted(ChangeOutcome, outcome)  # type: ignore[no-any-return]

    async def drop_years_before(self, day: date) -> None:
        """Drops the rentals of years that end before a day, here and on every device that hears of it.

        None that stands may be in them alone.
        """
        await self._call(self._raw.drop_years_before, self._now(), date_to_day(day))

    async def transfer(self, booking: BookingKey, heir: Heir) -> Transferred:
        """Gives what somebody rents on to another, at once: nobody who waits for it comes in between."""
        zone = await self._zone()
        key, to = lower(BookingKey, booking, zone), lower(Heir, heir, zone)
        raw = await self._call(self._raw.transfer, self._now(), key, to)
        return await self._lifted(Transferred, raw)  # type: ignore[no-any-return]
