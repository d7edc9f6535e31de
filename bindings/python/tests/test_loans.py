"""Computers: handed out, handed in, late; and a locker opened without its renter."""

import pathlib

import pytest
from world import LOCKER, WHOLE, World, at, on, opened

from allkontor import BookingKey, Device, MissingError, RefusedError, Remark, Wanted, cause, outcome, stage


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


async def test_l2_what_staff_remark_of_a_thing_is_theirs_alone_and_can_be_erased(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna = await world.phone("anna")
        _, key = await booked(world, anna, Wanted.unit(51, at(9), at(10)))
        world.time = at(9)
        await world.kiosk.hand_out(key, 51, remark="Sladden är lagad med tejp.")
        await world.meet(anna)
        (out,) = await world.kiosk.desk_loans()
        assert out.remark == Remark("Sladden är lagad med tejp.", None)
        (own,) = await anna.loans()
        assert own.loan.remark is None
        with pytest.raises(RefusedError) as refused:
            await anna.things_said(51)
        assert refused.value.code == "not_a_steward"
        world.time = at(10)
        await world.kiosk.hand_in(51, [1], remark="Kalle spillde kaffe på den.")
        went, came = await world.kiosk.things_said(51)
        assert (went.is_back, went.id, came.is_back, came.condition) == (False, out.hand_out, True, (1,))
        assert came.remark == Remark("Kalle spillde kaffe på den.", None)

        await world.kiosk.erase_remark(came.id, cause.Staff())
        _, came = await world.kiosk.things_said(51)
        assert came.remark == Remark(None, cause.Staff())
        with pytest.raises(MissingError) as unknown:
            await world.kiosk.erase_remark(key.ticket, cause.Staff())
        assert unknown.value.code == "no_such_remark"
        with pytest.raises(RefusedError) as too_long:
            await world.kiosk.open_unit(41, cause.Lost(), remark="x" * 1001)
        assert too_long.value.code == "remark_too_long"
        for file in tmp_path.rglob("*"):
            bytes_there = file.read_bytes() if file.is_file() else b""
            assert "Kalle spillde".encode() not in bytes_there
