"""Bookings, busy times and hours as iCalendar."""

from datetime import date

from ._base import Base
from ._engine import IcsUse
from .civil import date_to_day
from .ics import Import


class Calendar(Base):
    """Files for calendars, and feeds that they can follow. Their texts are in ``language``."""

    async def booking_ics(self, booking: int, language: str = "en") -> bytes | None:
        """One of this device's bookings as an iCalendar file.

        None when there is no such booking, or when the office has not given it a ticket yet. Its UID stays whatever
        becomes of it and its SEQUENCE rises, so that a calendar that has it takes a later file as news of the same
        event, also that it is cancelled.
        """
        return await self._call(self._raw.booking_ics, self._now(), booking, language)

    async def agenda_ics(self, language: str = "en") -> bytes:
        """All of this device's bookings as one iCalendar feed: the person's own, for nobody else to see."""
        return await self._call(self._raw.agenda_ics, self._now(), language)

    async def unit_ics(self, unit: int, first: date, days: int = 62, language: str = "en") -> bytes:
        """When a unit is taken in ``days`` days from ``first`` on, at most 400, as an iCalendar feed; never by whom."""
        return await self._call(self._raw.unit_ics, self._now(), unit, date_to_day(first), days, language)

    async def office_ics(self, first: date, days: int = 62, language: str = "en") -> bytes:
        """What everybody may know of ``days`` days from ``first`` on, at most 400, as an iCalendar feed for the web.

        When units are taken, what is closed, and dates with hours of their own; never who. Rentals are left out.
        """
        return await self._call(self._raw.office_ics, self._now(), date_to_day(first), days, language)

    async def import_ics(self, ics: bytes, use: IcsUse, unit: int | None = None) -> Import:
        """Takes in an iCalendar file: closings, the office's own events, or bookings.

        An event is at the unit that its LOCATION names, else at ``unit``. Each date is taken in whole or not at all, and
        none stops another. What was taken in is remembered under the file's UID on this device: the same file again
        changes nothing, a later version of an event moves what was made of it, a cancelled one takes it back.
        """
        raw = await self._call(self._raw.import_ics, self._now(), ics, use, unit)
        return await self._lifted(Import, raw)  # type: ignore[no-any-return]
