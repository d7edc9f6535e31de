"""Guidelines and their acceptance, and who may not book for a time."""

import secrets
from datetime import date, datetime

from ._base import PAGE, Base
from ._lower import lower
from .backup import Backup, OwnKeys
from .booking import BookingKey
from .civil import date_to_day
from .lost_phone import LostPhone
from .people import Amendment, Ground, OwnSuspension, Suspension


class People(Base):
    """What the office asks of people, and knows of them by their pseudonyms."""

    async def backup(self) -> Backup:
        """A backup of a visitor's keys, to print or photograph: good for all that is booked later too.

        Not in it are drafts, and what nobody has been told. The keys of the office's devices exist once: such a device is
        refused, and one whose keys were backed up does not become one of the office's.
        """
        raw = await self._call(self._raw.backup)
        return Backup(raw.payload, raw.code)

    async def own_keys(self) -> OwnKeys:
        """How this device shares its keys with others of the same person."""
        raw = await self._call(self._raw.own_keys)
        return OwnKeys(raw.copied, raw.others, raw.moved, raw.seeks)

    async def guidelines_in_force(self) -> int | None:
        """The version of the guidelines that holds now; none where there are none. ``office`` has the text."""
        return await self._call(self._raw.guidelines_in_force, self._now())

    async def accepted_guidelines(self) -> int | None:
        """The newest version of the guidelines that the person with this device has accepted."""
        return await self._call(self._raw.accepted_guidelines)

    async def accept_guidelines(self, version: int) -> None:
        """The person has read the guidelines of that version and accepts them: said with each request from now on."""
        await self._call(self._raw.accept_guidelines, self._now(), version)

    async def holder_of(self, booking: BookingKey) -> str | None:
        """The pseudonym of whoever has a booking.

        None where another device issued its ticket, and for what was booked at the desk.
        """
        key = lower(BookingKey, booking, await self._zone())
        return await self._call(self._raw.holder_of, key)

    async def introduce(self, holder: str) -> None:
        """Somebody was shown round: what the office reserves for such people is theirs to book.

        It counts for tickets issued from now on. Their device shows its ``public_key``; ``holder_of`` knows whose a
        booking is. On an admin's or staff's device.
        """
        await self._call(self._raw.introduce, self._now(), holder)

    async def retract_introduction(self, holder: str) -> None:
        """Takes an introduction back: it counts for no ticket issued from now on.

        Those at hand expire within a week. On an admin's or staff's device.
        """
        await self._call(self._raw.retract_introduction, self._now(), holder)

    async def introduction(self, holder: str) -> datetime | None:
        """When a holder was shown round; None when they were not. For the office's devices."""
        raw = await self._call(self._raw.introduction, holder)
        return await self._lifted(datetime | None, raw)  # type: ignore[no-any-return]

    async def is_introduced(self) -> bool:
        """Whether a ticket of this device says that its holder was shown round."""
        return await self._call(self._raw.is_introduced, self._now())

    async def suspend_holder(self, holder: str, until: date, ground: Ground) -> str:
        """Somebody may not book until that day, which is the last.

        No tickets are issued to them, and what they ask for under those they have is refused. It is over by itself. On
        an admin's or staff's device.
        """
        why = lower(Ground, ground, await self._zone())
        return await self._call(
            self._raw.suspend_holder, self._now(), holder, date_to_day(until), why
        )

    async def report_lost(self, holder: str, lost_seed: bytes | None = None) -> LostPhone:
        """Somebody has lost their phone, or their keys: what they were promised goes on on slips to be printed.

        Nobody comes in between, and the keys are suspended for a year, so that whoever has them gets nothing by them. On
        an admin's, staff's or kiosk's device; ``holder_of`` knows whose a booking is. Only what this device issued the
        tickets for is known to be theirs: it is to be reported at other desks too. ``lost_seed`` is drawn unless given.
        """
        seed = lost_seed if lost_seed is not None else secrets.token_bytes(32)
        raw = await self._call(self._raw.report_lost, self._now(), holder, seed)
        return await self._lifted(LostPhone, raw)  # type: ignore[no-any-return]

    async def amend_suspension(self, suspension: str, amendment: Amendment) -> None:
        """Notes that whoever is suspended has appealed, or takes a suspension back."""
        await self._call(self._raw.amend_suspension, self._now(), suspension, amendment)

    async def suspensions(self) -> tuple[Suspension, ...]:
        """Suspensions that are not over, by their last day: for the office's devices."""
        raw = await self._pages(lambda after: self._raw.suspensions(self._now(), after, PAGE), lambda last: last.id)
        return await self._lifted(tuple[Suspension, ...], raw)  # type: ignore[no-any-return]

    async def suspension(self) -> OwnSuspension | None:
        """What this device was told of a suspension of its own; none when nothing stands."""
        raw = await self._call(self._raw.suspension, self._now())
        return await self._lifted(OwnSuspension | None, raw)  # type: ignore[no-any-return]
