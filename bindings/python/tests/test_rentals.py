"""Lockers: rented, kept, overdue, given on, carried into the next year."""

import pathlib

from world import LOCKER, WHOLE, World, at, on, opened

from allkontor import cause, change, desk, outcome, rental, stage


async def steps(world: World) -> list[rental.RentalStep]:
    """How far each rental has come, for the desk."""
    return [rented.step for rented in await world.kiosk.desk_rentals()]


async def test_l1_a_locker_is_rented_kept_longer_and_given_back(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna = await world.phone("anna")
        (made,) = await anna.rent(LOCKER, at(8), on(2026, 12, 10))
        assert isinstance(made, outcome.Requested)
        await world.meet(anna)
        await world.meet(anna)
        (own,) = await anna.rentals()
        assert own.booking == made.booking
        assert (own.rental.units, own.rental.due, own.rental.step) == ((41,), on(2026, 12, 10), rental.Runs())

        world.time = on(2026, 12, 8)
        await world.kiosk.tick()
        assert await steps(world) == [rental.DueSoon(2)]
        (own,) = await anna.rentals()
        words = await anna.words("sv")
        assert words.rental(own.rental) == "Skåp 41: hyrs till torsdag 10 december 2026 kl. 12.00. 2 dagar kvar."

        # The wish is good long after the ticket was.
        assert await anna.keep_until(made.booking, None) == change.Requested()
        (asking,) = await anna.rentals()
        assert asking.rental.asked == rental.AskedUntil(None, None)
        await world.meet(anna)
        world.time = on(2027, 3, 1)
        await world.kiosk.tick()
        await world.meet(anna)
        (own,) = await anna.rentals()
        assert (own.rental.due, own.rental.since, own.rental.asked) == (None, at(8), None)

        await anna.cancel(own.booking)
        await world.meet(anna)
        assert await anna.rentals() == ()
        assert await steps(world) == []
        assert await world.agree(anna)


async def test_l1_an_overdue_locker_is_nobody_elses_until_staff_give_it_on(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        (made,) = await world.kiosk.rent_at_desk(LOCKER, at(8), on(2026, 12, 10), slip_seed=bytes([5]) * 16)
        assert isinstance(made, desk.Requested)
        world.time = on(2026, 12, 13)
        await world.kiosk.tick()
        assert await steps(world) == [rental.Overdue(3)]

        bo = await world.phone("bo")
        (wanted,) = await bo.rent(LOCKER, on(2026, 12, 13), on(2026, 12, 20))
        assert isinstance(wanted, outcome.Requested)
        await world.meet(bo)
        await world.meet(bo)
        waiting = await bo.booking(wanted.booking)
        assert waiting is not None and waiting.key is not None
        assert waiting.stage == stage.Waiting(1)

        given = await world.kiosk.transfer(made.booking, rental.WaitingInLine(waiting.key))
        assert given == rental.Transferred(waiting.key, None)
        await world.meet(bo)
        (own,) = await bo.rentals()
        assert own.rental.due == on(2026, 12, 20)
        found = await world.kiosk.find_slip(made.slip.code)
        assert found is not None and found.status.stage == stage.Released(cause.Transferred())
        assert await world.kiosk.slip_rental(made.slip.code) is None


async def test_l1_a_slip_is_all_it_takes_to_keep_a_locker(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        (made,) = await world.kiosk.rent_at_desk(LOCKER, at(8), on(2026, 12, 10))
        assert isinstance(made, desk.Requested)
        code = made.slip.code
        refused = await world.kiosk.keep_slip_until(code, on(2031, 12, 10))
        assert isinstance(refused, change.Refused)
        assert await world.kiosk.keep_slip_until(code, on(2027, 1, 20)) == change.Requested()
        kept = await world.kiosk.slip_rental(code)
        assert kept is not None and kept.due == on(2027, 1, 20)
        assert await world.kiosk.prolong(made.booking, on(2026, 12, 20)) == change.Requested()
        kept = await world.kiosk.slip_rental(code)
        assert kept is not None and kept.due == on(2026, 12, 20)
        await world.kiosk.cancel_slip(code)
        assert await world.kiosk.slip_rental(code) is None
