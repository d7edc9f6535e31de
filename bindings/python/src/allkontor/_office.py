"""What an office is, and what this device is to it."""

from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime

from ._base import Base
from ._lower import lower
from .civil import date_to_day
from .elsewhere import Elsewhere, HostOffice
from .office import DateHours, OfficeInfo, WeekdayHours
from .place import Interval
from .standing import Standing
from .wanted import What
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

    def watch_office(self, language: str = "en") -> AsyncIterator[OfficeInfo | None]:
        """What the office is: now (none before it has come), and whenever another catalogue is in force."""
        return self._watch(lambda: self.office(language), lambda changes: changes.catalogue)

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

    async def agree_to_host(
        self,
        guest: str,
        classes: Iterable[int],
        *,
        until: date | None = None,
        reach: Iterable[str] = (),
        website: str = "",
    ) -> bytes:
        """This office's word, signed, that it takes the people of office ``guest`` when that is closed.

        For its admin to put into their catalogue: ``{"hosts": [{"agreement": word.hex(), "classes": {"1": 2}}]}`` says
        that class 2 here is for class 1 there. ``until`` is the last day. On the admin's device.
        """
        last = None if until is None else date_to_day(until)
        return await self._call(self._raw.agree_to_host, guest, list(classes), last, list(reach), website)

    async def hosts(self, language: str = "en") -> tuple[HostOffice, ...]:
        """The offices that have agreed to take this one's people when it is closed."""
        raw = await self._call(self._raw.hosts, language)
        return await self._lifted(tuple[HostOffice, ...], raw)  # type: ignore[no-any-return]

    async def elsewhere(self, booking: int, language: str = "en") -> tuple[Elsewhere, ...]:
        """Where the person can go instead, when the office closed on a booking or is closed when they asked to come.

        Offices that have agreed to it and have something for all of it. Asking there is asking like anybody else.
        """
        raw = await self._call(self._raw.elsewhere, booking, language)
        return await self._lifted(tuple[Elsewhere, ...], raw)  # type: ignore[no-any-return]

    async def elsewhere_for(self, what: What, date: Interval, language: str = "en") -> tuple[Elsewhere, ...]:
        """The same for what somebody would like on a date, whether it was asked for or not."""
        zone = await self._zone()
        raw = await self._call(
            self._raw.elsewhere_for, lower(What, what, zone), lower(Interval, date, zone), language
        )
        return await self._lifted(tuple[Elsewhere, ...], raw)  # type: ignore[no-any-return]

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
