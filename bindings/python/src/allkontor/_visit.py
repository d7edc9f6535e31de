"""What visitors do, and what they see. All of it works with no network."""

from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime

from ._base import PAGE, Base
from ._lower import lower
from .booking import Booking
from .change import ChangeOutcome
from .civil import date_to_day, datetime_to_minute
from .day import DayEntry, FreeUnit
from .desk import Allowance
from .explanation import Explanation
from .outcome import DateOutcome
from .place import Interval
from .wanted import Wanted


class Visit(Base):
    """Booking, and looking."""

    async def book(self, wanted: Wanted) -> tuple[DateOutcome, ...]:
        """Books, with no network if there is none: one outcome a date, in order."""
        zone = await self._zone()
        made = await self._call(self._raw.book, self._now(), lower(Wanted, wanted, zone))
        return tuple([await self._lifted(DateOutcome, outcome) for outcome in made])

    async def repeat(self, first: Interval, rrule: str, leaving_out: Iterable[date] = ()) -> tuple[Interval, ...]:
        """The dates of a series, at most 60: ``first`` again and again by an RRULE value (RFC 5545).

        ``FREQ=WEEKLY;BYDAY=TU;COUNT=12``, for example: daily, weekly or monthly.
        """
        zone = await self._zone()
        days = [date_to_day(day) for day in leaving_out]
        dates = await self._call(self._raw.repeat_dates, lower(Interval, first, zone), rrule, days)
        return await self._lifted(tuple[Interval, ...], dates)  # type: ignore[no-any-return]

    async def cancel(self, booking: int) -> None:
        """Withdraws a booking."""
        await self._call(self._raw.cancel, self._now(), booking)

    async def move(self, booking: int, to: Wanted) -> ChangeOutcome:
        """Asks for another time or place instead; the first date of ``to`` counts."""
        raw = lower(Wanted, to, await self._zone())
        outcome = await self._call(self._raw.move_to, self._now(), booking, raw)
        return await self._lifted(ChangeOutcome, outcome)  # type: ignore[no-any-return]

    async def extend(self, booking: int, end: datetime) -> ChangeOutcome:
        """Asks to stay until ``end``, longer or shorter, in the same place."""
        minute = datetime_to_minute(end, await self._zone())
        outcome = await self._call(self._raw.extend, self._now(), booking, minute)
        return await self._lifted(ChangeOutcome, outcome)  # type: ignore[no-any-return]

    async def arrive(self, booking: int) -> None:
        """\"I am here.\""""
        await self._call(self._raw.arrive, self._now(), booking)

    async def allowances_left(self, class_id: int, day: date) -> tuple[Allowance, ...]:
        """What is left of this person's share of a class for a booking on ``day``, as far as is known here."""
        raw = await self._call(self._raw.own_allowances, self._now(), class_id, date_to_day(day))
        return await self._lifted(tuple[Allowance, ...], raw)  # type: ignore[no-any-return]

    async def agenda(self) -> tuple[Booking, ...]:
        """This device's bookings, in the order in which they were made."""
        raw = await self._pages(lambda after: self._raw.agenda(after, PAGE), lambda last: last.id)
        return await self._lifted(tuple[Booking, ...], raw)  # type: ignore[no-any-return]

    async def booking(self, booking: int) -> Booking | None:
        """One of this device's bookings; none when there is no such booking."""
        raw = await self._call(self._raw.booking, booking)
        return await self._lifted(Booking | None, raw)  # type: ignore[no-any-return]

    async def explain(self, booking: int) -> Explanation | None:
        """Why a booking stands as it does, and what is near and free; none while it is a draft."""
        raw = await self._call(self._raw.explain, self._now(), booking)
        return await self._lifted(Explanation | None, raw)  # type: ignore[no-any-return]

    async def free(
        self,
        start: datetime,
        end: datetime,
        class_id: int | None = None,
        needs: Iterable[int] = (),
    ) -> tuple[FreeUnit, ...]:
        """Units free for the whole time, fewest surplus features first."""
        at = lower(Interval, Interval(start, end), await self._zone())
        raw = await self._call(self._raw.free, class_id, list(needs), at)
        return await self._lifted(tuple[FreeUnit, ...], raw)  # type: ignore[no-any-return]

    async def day(self, day: date) -> tuple[DayEntry, ...]:
        """When any unit is taken on a day, or expected to be, by unit, then by time."""
        number = date_to_day(day)
        raw = await self._pages(lambda after: self._raw.day(number, after, PAGE), lambda last: last)
        return await self._lifted(tuple[DayEntry, ...], raw)  # type: ignore[no-any-return]

    def watch_agenda(self) -> AsyncIterator[tuple[Booking, ...]]:
        """The agenda: now, and whenever it is different."""
        return self._watch(self.agenda, lambda changes: bool(changes.bookings))

    def watch_booking(self, booking: int) -> AsyncIterator[Booking | None]:
        """One of this device's bookings: now, and whenever it stands in another way."""
        return self._watch(lambda: self.booking(booking), lambda changes: booking in changes.bookings)

    def watch_day(self, day: date) -> AsyncIterator[tuple[DayEntry, ...]]:
        """A day: now, and whenever it is different."""
        return self._watch(lambda: self.day(day), lambda changes: day in changes.days)
