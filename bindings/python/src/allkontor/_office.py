"""What an office is, and what this device is to it."""

from datetime import date, datetime

from ._base import Base
from .civil import date_to_day
from .office import DateHours, OfficeInfo, WeekdayHours
from .standing import Standing
from .words import Words


class Office(Base):
    """Looking at the office."""

    async def office_id(self) -> str:
        """The office's id, which phones join by."""
        return await self._call(self._raw.office_id)

    async def office(self, language: str = "en") -> OfficeInfo | None:
        """The published catalogue with its names in a language, or the nearest there is; none before it has come."""
        raw = await self._call(self._raw.office, language)
        return await self._lifted(OfficeInfo | None, raw)  # type: ignore[no-any-return]

    async def catalogue_json(self) -> bytes | None:
        """The published catalogue as JSON, byte for byte; none before it has come."""
        return await self._call(self._raw.catalogue_json)

    async def week(self) -> tuple[WeekdayHours, ...] | None:
        """The ordinary week, Monday first; none before the catalogue has come."""
        raw = await self._call(self._raw.week)
        return await self._lifted(tuple[WeekdayHours, ...] | None, raw)  # type: ignore[no-any-return]

    async def hours(self, first: date, days: int = 7, language: str = "en") -> tuple[DateHours, ...] | None:
        """The hours of ``days`` days from ``first`` on, at most 62; none before the catalogue has come."""
        raw = await self._call(self._raw.hours, date_to_day(first), days, language)
        return await self._lifted(tuple[DateHours, ...] | None, raw)  # type: ignore[no-any-return]

    async def partner_hours(
        self, partner: int, first: date, days: int = 7, language: str = "en"
    ) -> tuple[DateHours, ...] | None:
        """The hours of a partner in the same house, as ``hours`` gives the office's; none when there is no such partner."""
        raw = await self._call(self._raw.partner_hours, partner, date_to_day(first), days, language)
        return await self._lifted(tuple[DateHours, ...] | None, raw)  # type: ignore[no-any-return]

    async def words(self, language: str) -> Words:
        """Words in a language, or English when there is none of that tag, with the office's own names."""
        raw = await self._call(self._raw.words, language)
        return Words(raw, await self._zone())

    async def now(self) -> datetime:
        """What the office's wall clock shows."""
        raw = await self._call(self._raw.civil, self._now())
        return await self._lifted(datetime, raw)  # type: ignore[no-any-return]

    async def standing(self) -> Standing:
        """What this device is to its office."""
        raw = await self._call(self._raw.standing)
        return await self._lifted(Standing, raw)  # type: ignore[no-any-return]

    async def outdated(self) -> str | None:
        """The first statement that this app is too old to follow; none when it follows everything."""
        return await self._call(self._raw.outdated)

    async def public_key(self) -> str:
        """The key that others know this device by. A visitor's is different at every office."""
        return await self._call(self._raw.public_key)

    async def tick(self) -> None:
        """Lets time pass: an office's device decides what is ripe. Call it once a minute."""
        await self._call(self._raw.tick, self._now())

    async def confirm_clock(self) -> None:
        """A person has looked: the clock is right."""
        await self._call(self._raw.confirm_clock, self._now())

    async def clock_is_believed(self) -> bool:
        """Whether the clock can be believed: without that nothing is freed, expired or stamped automatically."""
        return await self._call(self._raw.clock_is_believed, self._now())

    async def digest(self) -> str:
        """One hash of everything: equal on devices with the same statements."""
        return await self._call(self._raw.digest)
