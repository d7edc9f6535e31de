"""How people are reached."""

import secrets

from ._base import PAGE, Base
from ._lower import lower
from .booking import BookingKey
from .roster import ContactCard, Person


class Roster(Base):
    """How people are reached: written at any of the office's devices, read by the staff's alone."""

    async def write_contact(self, holder: str, card: ContactCard, contact_seed: bytes | None = None) -> None:
        """Writes down how somebody is reached, for the staff alone: what a kiosk has written it cannot read again.

        An empty card hides what was written before. It goes with the month: see ``drop_before``. A kiosk that knows no
        key of this month answers :class:`MissingError` ``no_roster_key`` and keeps nothing of what was typed: it has to
        meet a device of the staff. ``contact_seed`` is drawn unless given.
        """
        raw = lower(ContactCard, card, await self._zone())
        seed = contact_seed if contact_seed is not None else secrets.token_bytes(32)
        await self._call(self._raw.write_contact, self._now(), holder, raw, seed)

    async def person(self, holder: str) -> Person | None:
        """How a holder is reached; None when nothing is known, or it was hidden. On an admin's or staff's device."""
        raw = await self._call(self._raw.person, holder)
        return await self._lifted(Person | None, raw)  # type: ignore[no-any-return]

    async def person_of(self, booking: BookingKey) -> Person | None:
        """How whoever has a booking is reached; None also where ``holder_of`` is. On an admin's or staff's device."""
        key = lower(BookingKey, booking, await self._zone())
        raw = await self._call(self._raw.person_of, key)
        return await self._lifted(Person | None, raw)  # type: ignore[no-any-return]

    async def find_people(self, text: str = "") -> tuple[Person, ...]:
        """Everybody whose contact or note has that text in it, in whatever case, by their contacts.

        No text finds everybody. On an admin's or staff's device.
        """
        raw = await self._pages(lambda after: self._raw.find_people(text, after, PAGE), lambda last: last.holder)
        return await self._lifted(tuple[Person, ...], raw)  # type: ignore[no-any-return]
