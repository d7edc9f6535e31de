"""What the office's devices do."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from ._base import PAGE, Base
from ._lower import lower
from .booking import BookingKey
from .cause import Cause
from .civil import date_to_day
from .desk import Allowance, Closed, DeskBooking, DeskTime, TicketOrder, TicketOutcome, WalkInOutcome
from .explanation import Explanation
from .ledger import Ledger
from .place import Interval
from .usage import UsageReport, YearMonth
from .wanted import Wanted


class Desk(Base):
    """Deciding, closing, publishing."""

    async def desk_bookings(self, ledger: Ledger) -> tuple[DeskBooking, ...]:
        """Bookings of a month or year, by ticket and slot."""
        where = lower(Ledger, ledger, await self._zone())
        raw = await self._pages(lambda after: self._raw.desk_bookings(where, after, PAGE), lambda last: last.key)
        return await self._lifted(tuple[DeskBooking, ...], raw)  # type: ignore[no-any-return]

    async def desk_day(self, day: date) -> tuple[DeskTime, ...]:
        """What is taken on a day and by which booking, by unit, then by time."""
        number = date_to_day(day)
        raw = await self._pages(lambda after: self._raw.desk_day(number, after, PAGE), lambda last: last)
        return await self._lifted(tuple[DeskTime, ...], raw)  # type: ignore[no-any-return]

    async def report(
        self, first: YearMonth, last: YearMonth, *, smallest_group: int = 5, language: str = "en"
    ) -> UsageReport:
        """How the office was used from ``first`` to ``last``, both included: for stewards.

        What says something about fewer than ``smallest_group`` bookings is withheld; 1 withholds nothing.
        """
        zone = await self._zone()
        start, end = lower(YearMonth, first, zone), lower(YearMonth, last, zone)
        raw = await self._call(self._raw.report, start, end, smallest_group, language)
        return await self._lifted(UsageReport, raw)  # type: ignore[no-any-return]

    async def explain_at_desk(self, booking: BookingKey) -> Explanation | None:
        """Why any booking stands as it does; none when it is not known here."""
        key = lower(BookingKey, booking, await self._zone())
        raw = await self._call(self._raw.explain_at_desk, self._now(), key)
        return await self._lifted(Explanation | None, raw)  # type: ignore[no-any-return]

    async def confirm(self, booking: BookingKey) -> None:
        """Confirms a request now, where the forecast places it."""
        key = lower(BookingKey, booking, await self._zone())
        await self._call(self._raw.confirm, self._now(), key)

    async def decline(self, booking: BookingKey, cause: Cause) -> None:
        """Refuses a request, for good."""
        zone = await self._zone()
        key, why = lower(BookingKey, booking, zone), lower(Cause, cause, zone)
        await self._call(self._raw.decline, self._now(), key, why)

    async def release(self, booking: BookingKey, cause: Cause) -> None:
        """Gives a promised place back, for good."""
        zone = await self._zone()
        key, why = lower(BookingKey, booking, zone), lower(Cause, cause, zone)
        await self._call(self._raw.release, self._now(), key, why)

    async def check_in(self, booking: BookingKey) -> None:
        """The person is here."""
        key = lower(BookingKey, booking, await self._zone())
        await self._call(self._raw.check_in, self._now(), key)

    async def close_places(self, start: datetime, end: datetime, cause: Cause, units: Iterable[int] = ()) -> Closed:
        """Closes units for a time, or the office when no unit is named.

        Everybody affected is moved or put first in line.
        """
        zone = await self._zone()
        at, why = lower(Interval, Interval(start, end), zone), lower(Cause, cause, zone)
        raw = await self._call(self._raw.close_places, self._now(), list(units), at, why)
        return await self._lifted(Closed, raw)  # type: ignore[no-any-return]

    async def reopen(self, statement: str) -> None:
        """Opens again what was closed: ``statement`` as in :class:`DeskTime`."""
        await self._call(self._raw.reopen, self._now(), statement)

    async def walk_in(self, wanted: Wanted, slip_seed: bytes | None = None) -> tuple[WalkInOutcome, ...]:
        """Books for somebody without a phone, who leaves with a slip."""
        raw = lower(Wanted, wanted, await self._zone())
        seed = slip_seed if slip_seed is not None else secrets.token_bytes(16)
        made = await self._call(self._raw.walk_in, self._now(), raw, seed)
        return await self._lifted(tuple[WalkInOutcome, ...], made)  # type: ignore[no-any-return]

    async def issue_ticket(self, order: TicketOrder) -> TicketOutcome:
        """Issues a ticket to a key, or says what is left of the holder's share."""
        raw = lower(TicketOrder, order, await self._zone())
        outcome = await self._call(self._raw.issue_ticket, self._now(), raw)
        return await self._lifted(TicketOutcome, outcome)  # type: ignore[no-any-return]

    async def allowances(self, holder: str, class_id: int, day: date) -> tuple[Allowance, ...]:
        """What is left of a holder's share of a class for a booking on ``day``."""
        raw = await self._call(self._raw.allowances, self._now(), holder, class_id, date_to_day(day))
        return await self._lifted(tuple[Allowance, ...], raw)  # type: ignore[no-any-return]

    async def publish(self, catalogue: bytes) -> None:
        """Publishes a catalogue, given as JSON."""
        await self._call(self._raw.publish, self._now(), catalogue)

    async def drop_before(self, day: date) -> None:
        """Drops the bookings of months that end before a day, here and on every device that hears of it."""
        await self._call(self._raw.drop_before, self._now(), date_to_day(day))
