"""Dates that belong together: booked by a rule, changed on one date, from one on, or altogether."""

from collections.abc import Iterable
from datetime import date, datetime

from ._base import Base
from ._lower import lower
from .civil import date_to_day, datetime_to_minute
from .date_change import DateChange
from .series import SeriesBooked, SeriesInfo, Which
from .wanted import Wanted


class Series(Base):
    """Series: each date is a request of its own."""

    async def book_series(self, wanted: Wanted, rrule: str, leaving_out: Iterable[date] = ()) -> SeriesBooked:
        """Books again and again by an RRULE value (RFC 5545), at most 60 dates: ``FREQ=WEEKLY;BYDAY=TU;COUNT=12``.

        The first date of ``wanted`` gives the time and the length.
        """
        raw = lower(Wanted, wanted, await self._zone())
        days = [date_to_day(day) for day in leaving_out]
        booked = await self._call(self._raw.book_series, self._now(), raw, rrule, days)
        return await self._lifted(SeriesBooked, booked)  # type: ignore[no-any-return]

    async def join_series(self, series: int, wanted: Wanted) -> SeriesBooked:
        """Books further dates of a series: for one that was refused, and is wanted at another time."""
        raw = lower(Wanted, wanted, await self._zone())
        booked = await self._call(self._raw.join_series, self._now(), series, raw)
        return await self._lifted(SeriesBooked, booked)  # type: ignore[no-any-return]

    async def series(self, series: int) -> SeriesInfo | None:
        """One series of this device; none when it has no such series."""
        raw = await self._call(self._raw.series, series)
        return await self._lifted(SeriesInfo | None, raw)  # type: ignore[no-any-return]

    async def cancel_dates(self, booking: int, which: Which) -> tuple[DateChange, ...]:
        """Withdraws dates of a series."""
        raw = await self._call(self._raw.cancel_dates, self._now(), booking, which)
        return await self._lifted(tuple[DateChange, ...], raw)  # type: ignore[no-any-return]

    async def move_dates(self, booking: int, which: Which, to: Wanted) -> tuple[DateChange, ...]:
        """Asks for another time or place instead: ``to`` is for the date named, the others move by as much."""
        wanted = lower(Wanted, to, await self._zone())
        raw = await self._call(self._raw.move_dates, self._now(), booking, which, wanted)
        return await self._lifted(tuple[DateChange, ...], raw)  # type: ignore[no-any-return]

    async def extend_dates(self, booking: int, which: Which, end: datetime) -> tuple[DateChange, ...]:
        """Asks to stay until ``end`` on the date named, and as much longer or shorter on the others."""
        minute = datetime_to_minute(end, await self._zone())
        raw = await self._call(self._raw.extend_dates, self._now(), booking, which, minute)
        return await self._lifted(tuple[DateChange, ...], raw)  # type: ignore[no-any-return]
