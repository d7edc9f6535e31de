"""Events and seats at them."""

from collections.abc import AsyncIterator

from ._base import PAGE, Base
from ._lower import lower
from .booking import BookingKey
from .cause import Cause
from .event import EventInfo, EventOutcome, EventProposal, SeatRequest


class Events(Base):
    """Events: proposed from anywhere, let through by the office. ``cancel`` withdraws what one asked for."""

    async def propose_event(self, proposal: EventProposal) -> EventOutcome:
        """Proposes an event; with no network if there is none.

        The office says yes or no by the catalogue's policy; what a member of staff proposes needs nobody's leave.
        """
        raw = lower(EventProposal, proposal, await self._zone())
        outcome = await self._call(self._raw.propose_event, self._now(), raw)
        return await self._lifted(EventOutcome, outcome)  # type: ignore[no-any-return]

    async def ask_for_seats(self, event: BookingKey, seats: int = 1, *, date: int = 0) -> EventOutcome:
        """Asks for seats on a date of an event, all together or none; the first date is 0."""
        key = lower(BookingKey, event, await self._zone())
        outcome = await self._call(self._raw.ask_for_seats, self._now(), key, date, seats)
        return await self._lifted(EventOutcome, outcome)  # type: ignore[no-any-return]

    async def events(self) -> tuple[EventInfo, ...]:
        """Events, by date: the programme, and whatever this device proposed, was let in to or has asked for seats at.

        The office's devices see all.
        """
        raw = await self._pages(lambda after: self._raw.events(after, PAGE), lambda last: last.key)
        return await self._lifted(tuple[EventInfo, ...], raw)  # type: ignore[no-any-return]

    def watch_events(self) -> AsyncIterator[tuple[EventInfo, ...]]:
        """Events: now, and whenever they are different."""
        return self._watch(self.events, lambda changes: True)

    async def event(self, event: BookingKey) -> EventInfo | None:
        """One event; none when it is not known, or not for this device to see."""
        key = lower(BookingKey, event, await self._zone())
        raw = await self._call(self._raw.event, key)
        return await self._lifted(EventInfo | None, raw)  # type: ignore[no-any-return]

    async def seat_requests(self, event: BookingKey) -> tuple[SeatRequest, ...]:
        """Who asks for seats at an event, by ticket: for the office's devices."""
        key = lower(BookingKey, event, await self._zone())
        raw = await self._pages(lambda after: self._raw.seat_requests(key, after, PAGE), lambda last: last.key)
        return await self._lifted(tuple[SeatRequest, ...], raw)  # type: ignore[no-any-return]

    async def organiser_card(self) -> bytes:
        """The payload of the code by which this device is let in to write the text of another's event.

        It has a key made for this alone, another for each event. Whoever proposed the event scans it; for a week this
        device looks for that event.
        """
        raw = await self._call(self._raw.organiser_card, self._now())
        return bytes(raw)

    async def add_organiser(self, event: BookingKey, card: bytes) -> None:
        """Lets the device that has shown that code write the text of an event that this one proposed.

        It can do nothing else: not withdraw it, nor see who comes. Nothing takes that back but calling the event off.
        """
        key = lower(BookingKey, event, await self._zone())
        await self._call(self._raw.add_organiser, self._now(), key, card)

    async def edit_event(self, event: BookingKey, text: str) -> None:
        """Writes the text of an event anew, the title on the first line.

        Whoever proposed it does, those they let in, and staff. What several people write far apart is all there when they meet.
        """
        key = lower(BookingKey, event, await self._zone())
        await self._call(self._raw.edit_event, self._now(), key, text)

    async def approve_event(self, event: BookingKey) -> None:
        """Lets an event take place. Its room is held as soon as whoever has custody of it hears of that."""
        key = lower(BookingKey, event, await self._zone())
        await self._call(self._raw.approve_event, self._now(), key)

    async def call_off_event(self, event: BookingKey, cause: Cause) -> None:
        """Refuses an event, or calls it off: its room comes free, and whoever has a seat is told.

        With ``cause.Guidelines`` its text is erased, here and wherever that is heard.
        """
        zone = await self._zone()
        key, why = lower(BookingKey, event, zone), lower(Cause, cause, zone)
        await self._call(self._raw.call_off_event, self._now(), key, why)
