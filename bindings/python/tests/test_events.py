"""Events: proposed, let through, asked for seats at, called off."""

import pathlib

import pytest
from world import WHOLE, World, at, opened

from allkontor import (
    BookingKey,
    Device,
    EventProposal,
    ExactlyUnit,
    Interval,
    RefusedError,
    SeatsWanted,
    cause,
    event,
    scanned,
)
from allkontor import stage as booking_stage

SEATS = SeatsWanted(5, 4)
EVENING = Interval(at(18, days=2), at(20, days=2))
READING = EventProposal("Högläsning\nVi läser Ferlin.", (EVENING,), room=ExactlyUnit(1), seats=SEATS)


async def proposed(world: World, anna: Device) -> tuple[int, BookingKey]:
    """An event that takes place: Anna's booking, and its key."""
    made = await anna.propose_event(READING)
    assert isinstance(made, event.Asked)
    await world.meet(anna)
    (found,) = await world.kiosk.events()
    await world.kiosk.approve_event(found.key)
    await world.meet(anna)
    return made.booking, found.key


async def asked(phone: Device, key: BookingKey, seats: int) -> int:
    """A booking of so many seats."""
    made = await phone.ask_for_seats(key, seats)
    assert isinstance(made, event.Asked)
    return made.booking


async def stage(phone: Device, booking: int) -> booking_stage.Stage:
    """How a booking stands."""
    found = await phone.booking(booking)
    assert found is not None
    return found.stage


async def test_e1_an_event_is_proposed_offline_and_holds_its_room_once_let_through(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna, bo = await world.phone("anna"), await world.phone("bo")
        made = await anna.propose_event(READING)
        assert isinstance(made, event.Asked)
        (own,) = await anna.events()
        assert (own.stage, own.title, own.own) == (event.Proposed(), "Högläsning", made.booking)
        await world.meet(anna)
        await world.meet(bo)
        assert await bo.events() == ()

        (found,) = await world.kiosk.events()
        await world.kiosk.approve_event(found.key)
        await world.meet(anna)
        await world.meet(bo)
        (seen,) = await bo.events()
        assert (seen.stage, seen.rooms, seen.own) == (event.Open(), (1,), None)
        assert seen.text == READING.text
        assert seen.dates == (event.EventDate(EVENING, 0, 0, 0, 4),)
        words = await bo.words("sv")
        said = "Högläsning: torsdag 26 november kl. 18.00–20.00. Det blir av. 4 platser kvar."
        assert words.event(seen) == said
        assert isinstance(await stage(anna, made.booking), booking_stage.Confirmed)
        assert await world.agree(anna, bo)


async def test_e1_an_event_called_off_frees_the_room_and_tells_whoever_comes(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna, bo = await world.phone("anna"), await world.phone("bo")
        booking, key = await proposed(world, anna)
        await world.meet(bo)
        seats = await asked(bo, key, 2)
        await world.meet(bo)
        await world.meet(bo)
        await world.kiosk.call_off_event(key, cause.Guidelines())
        await world.meet(anna)
        await world.meet(bo)
        assert await stage(anna, booking) == booking_stage.Released(cause.Guidelines())
        assert await stage(bo, seats) == booking_stage.Released(cause.CalledOff())
        (told,) = await bo.events()
        assert (told.stage, told.text, told.mine) == (event.CalledOff(cause.Guidelines()), None, (seats,))
        free = await world.kiosk.free(EVENING.start, EVENING.end, class_id=1)
        assert 1 in [unit.unit for unit in free]


async def test_e2_groups_wait_for_seats_and_strangers_see_how_many_are_left(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna, bo, cleo = [await world.phone(name) for name in ("anna", "bo", "cleo")]
        _, key = await proposed(world, anna)
        await world.meet(bo)
        await world.meet(cleo)
        first = await asked(bo, key, 3)
        await world.meet(bo)
        await world.meet(bo)
        assert isinstance(await stage(bo, first), booking_stage.Confirmed)
        second = await asked(cleo, key, 2)
        await world.meet(cleo)
        await world.meet(cleo)
        assert await stage(cleo, second) == booking_stage.Waiting(1)

        (seen,) = await world.kiosk.events()
        assert seen.dates == (event.EventDate(EVENING, 3, 0, 2, 1),)
        requests = await world.kiosk.seat_requests(key)
        assert sorted(request.seats for request in requests) == [2, 3]
        with pytest.raises(RefusedError) as refused:
            await anna.seat_requests(key)
        assert refused.value.code == "not_a_steward"
        with pytest.raises(RefusedError) as too_many:
            await anna.ask_for_seats(key, 5)
        assert too_many.value.code == "too_few_seats"

        await bo.cancel(first)
        await world.meet(bo)
        await world.meet(cleo)
        assert isinstance(await stage(cleo, second), booking_stage.Confirmed)


async def test_e3_two_write_in_the_same_paragraph_offline_and_both_are_heard(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna, bo = await world.phone("anna"), await world.phone("bo")
        _, key = await proposed(world, anna)
        await anna.edit_event(key, "Högläsning\nVi läser Ferlin och Boye.")
        await world.kiosk.edit_event(key, "Högläsning\nVi läser dikter av Ferlin.")
        await world.meet(anna)
        await world.meet(bo)
        texts = {(found.text if found else None) for found in [await d.event(key) for d in (world.kiosk, anna, bo)]}
        assert texts == {"Högläsning\nVi läser dikter av Ferlin och Boye."}
        with pytest.raises(RefusedError) as refused:
            await bo.edit_event(key, "Något annat")
        assert refused.value.code == "not_an_organiser"


async def test_e3_a_second_phone_is_let_in_finds_the_event_and_both_write_it_offline(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna, bo = await world.phone("anna"), await world.phone("bo")
        # In spring, in a month that Bo's phone does not follow of itself.
        spring = Interval(at(18, days=120), at(20, days=120))
        await anna.propose_event(EventProposal("Vårfest\nVi grillar korv.", (spring,)))
        await world.meet(anna)
        await world.meet(anna)
        (proposed,) = await anna.events()
        card = await bo.organiser_card()
        assert await bo.read_code(card) == scanned.Organiser()
        await anna.add_organiser(proposed.key, card)
        await world.meet(anna)
        await world.meet(bo)
        (found,) = await bo.events()
        assert (found.organises, found.own, found.stage) == (True, None, event.Proposed())

        await anna.edit_event(proposed.key, "Vårfest\nVi grillar korv och halloumi.")
        await bo.edit_event(proposed.key, "Vårfest\nVi grillar vegansk korv.")
        await world.meet(bo)
        await world.meet(anna)
        await world.meet(bo)
        for device in (world.kiosk, anna, bo):
            seen = await device.event(proposed.key)
            assert seen is not None
            assert seen.text == "Vårfest\nVi grillar vegansk korv och halloumi."
        with pytest.raises(RefusedError) as refused:
            await bo.add_organiser(proposed.key, card)
        assert refused.value.code == "not_the_proposer"
        with pytest.raises(RefusedError) as unseen:
            await bo.seat_requests(proposed.key)
        assert unseen.value.code == "not_a_steward"
