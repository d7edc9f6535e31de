"""Iterators that the doorbell feeds."""

import asyncio
from collections.abc import AsyncIterator
from typing import TypeVar

import pytest
from allkontor import ArgumentError, Delivery, stage, stream
from world import TUESDAY, World, room

T = TypeVar("T")


async def following(iterator: AsyncIterator[T]) -> T:
    """What comes next, within a time that no machine needs."""
    return await asyncio.wait_for(anext(iterator), 60)


async def test_an_agenda_follows_what_happens(office: World) -> None:
    phone = await office.phone("anna")
    agendas = phone.watch_agenda()
    assert await following(agendas) == ()
    await phone.book(room(10))
    (booking,) = await following(agendas)
    assert isinstance(booking.stage, stage.Likely)
    await office.meet(phone)
    seen = await following(agendas)
    while not isinstance(seen[0].stage, stage.Confirmed):
        seen = await following(agendas)
    assert seen[0].status.delivery is Delivery.RECEIVED


async def test_a_day_is_told_of_its_own_changes_only(office: World) -> None:
    phone = await office.phone("anna")
    days = phone.watch_day(TUESDAY.date())
    assert await following(days) == ()
    await phone.book(room(10, days=1))
    await phone.book(room(12))
    (entry,) = await following(days)
    assert entry.interval.start.hour == 12
    # What a slow reader misses comes together.
    for hour in (14, 16, 18):
        await phone.book(room(hour))
    seen = await following(days)
    while len(seen) < 4:
        seen = await following(days)


async def test_what_cannot_be_read_is_read_again_at_the_next_ring(office: World) -> None:
    phone = await office.phone("anna")
    agendas = phone.watch_agenda()
    place, away = office.place("anna"), office.folder / "away"
    await phone.suspend()
    place.rename(away)
    waiting = asyncio.ensure_future(anext(agendas))
    for _ in range(4):  # In its turn, the watcher looks in between.
        with pytest.raises(ArgumentError, match="expected a folder that exists"):
            await phone.agenda()
    assert not waiting.done()
    away.rename(place)
    await phone.book(room(10))
    seen = await asyncio.wait_for(waiting, 60)
    while not seen:
        seen = await following(agendas)
    assert isinstance(seen[0].stage, stage.Likely)


async def test_one_booking_and_the_office_are_followed(office: World) -> None:
    phone = await office.phone("anna", met=False)
    offices = phone.watch_office("sv")
    assert await following(offices) is None
    await office.meet(phone)
    info = await following(offices)
    assert info is not None and info.name == "Kontoret"
    await office.meet(phone)
    await phone.book(room(10))
    (booking,) = await phone.agenda()
    bookings = phone.watch_booking(booking.id)
    assert await following(bookings) == booking
    await phone.book(room(12))
    await office.meet(phone)
    seen = await following(bookings)
    while seen is None or not isinstance(seen.stage, stage.Confirmed):
        seen = await following(bookings)
    assert seen.id == booking.id


async def test_watchers_end_when_the_device_closes(office: World) -> None:
    phone = await office.phone("anna")

    async def watch() -> int:
        return len([agenda async for agenda in phone.watch_agenda()])

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0.05)
    await phone.close()
    assert await asyncio.wait_for(watching, 60) == 1


async def test_devices_meet_over_sockets(office: World) -> None:
    anna, bo = [await office.phone(name, met=False) for name in ("anna", "bo")]
    async with stream.listening(office.kiosk) as port:
        for phone in (anna, bo):
            await asyncio.wait_for(stream.dial(phone, "127.0.0.1", port), 60)
            await phone.book(room(10))
        # One that stays connected hears of the decision when it is made.
        agendas = anna.watch_agenda()
        staying = asyncio.create_task(stream.dial(anna, "127.0.0.1", port, stay=True))
        seen = await following(agendas)
        while not isinstance(seen[0].stage, stage.Confirmed):
            seen = await following(agendas)
        await asyncio.wait_for(stream.dial(bo, "127.0.0.1", port), 60)
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)
        await asyncio.wait_for(stream.dial(anna, "127.0.0.1", port), 60)
        await asyncio.wait_for(stream.dial(bo, "127.0.0.1", port), 60)
        assert await office.agree(anna, bo)
        assert (await anna.sync_state()).connections == ()


async def test_a_stranger_on_the_line_harms_nobody(office: World) -> None:
    phone = await office.phone("anna")
    async with stream.listening(office.kiosk) as port:
        for junk in (b"", b"GET / HTTP/1.1\r\n\r\n", b"\x00\x00\x00\x05hello", b"\xff\xff\xff\xff", b"\x00\x00\x01"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(junk)
            writer.write_eof()
            await asyncio.wait_for(reader.read(), 60)
            writer.close()
        await phone.book(room(10))
        await asyncio.wait_for(stream.dial(phone, "127.0.0.1", port), 60)
        await asyncio.wait_for(stream.dial(phone, "127.0.0.1", port), 60)
    (booking,) = await phone.agenda()
    assert isinstance(booking.stage, stage.Confirmed)
