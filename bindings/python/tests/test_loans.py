"""Computers: handed out, handed in, late; and a locker opened without its renter."""

import pathlib

from world import LOCKER, WHOLE, World, at, on, opened

from allkontor import BookingKey, Device, Wanted, cause, outcome, stage


async def booked(world: World, phone: Device, wanted: Wanted) -> tuple[int, BookingKey]:
    """A booking that the kiosk has."""
    (made,) = await phone.book(wanted)
    assert isinstance(made, outcome.Requested)
    await world.meet(phone)
    await world.meet(phone)
    booking = await phone.booking(made.booking)
    assert booking is not None and booking.key is not None
    return made.booking, booking.key


async def test_l2_who_is_next_is_moved_when_a_computer_is_late(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna, bo = await world.phone("anna"), await world.phone("bo")
        first, key = await booked(world, anna, Wanted.unit(51, at(9), at(10)))
        second, _ = await booked(world, bo, Wanted.unit(51, at(10, 15), at(12)))

        world.time = at(9)
        await world.kiosk.hand_out(key, 51)
        await world.meet(anna)
        (own,) = await anna.loans()
        assert (own.booking, own.loan.unit, own.loan.due, own.loan.is_late) == (first, 51, at(10), False)
        assert (await anna.words("sv")).loan(own.loan).startswith("Dator 51: ska vara tillbaka")
        booking = await anna.booking(first)
        assert booking is not None and isinstance(booking.stage, stage.CheckedIn)

        world.time = at(10, 2)
        await world.kiosk.tick()
        await world.meet(bo)
        moved = await bo.booking(second)
        assert moved is not None and isinstance(moved.stage, stage.Confirmed)
        assert moved.stage.holds[0].unit == 52
        assert moved.status.before is not None and moved.status.before.cause == cause.Late()
        assert (await bo.words("sv")).cause(cause.Late()) == "den är kvar hos någon annan"
        (late,) = await world.kiosk.desk_loans()
        assert late.is_late and late.booking == key

        assert await world.kiosk.conditions() == (1,)
        assert (await world.kiosk.words("sv")).condition(1) == "repad"
        await world.kiosk.hand_in(51, [1])
        assert await world.kiosk.desk_loans() == ()
        await world.meet(anna)
        assert await anna.loans() == ()


async def test_l1_the_renter_reads_that_a_locker_was_opened_and_no_stranger_does(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna, bo = await world.phone("anna"), await world.phone("bo")
        await anna.rent(LOCKER, at(8))
        await world.meet(anna)
        await world.meet(anna)
        world.time = on(2026, 12, 1)
        await world.kiosk.open_unit(41, cause.Lost())
        for phone in (anna, bo):
            await world.meet(phone)
        (opening,) = await anna.openings(41)
        assert (opening.at, opening.cause) == (on(2026, 12, 1), cause.Lost())
        said = (await anna.words("sv")).opening(opening)
        assert said == "Skåp 41 öppnades tisdag 1 december kl. 12.00: den är borta eller trasig."
        assert await world.kiosk.openings(41) == (opening,)
        assert await bo.openings(41) == ()
