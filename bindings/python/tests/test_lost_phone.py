"""A visitor's phone is gone: what it was promised goes on on slips, and whoever has it gets nothing by it."""

import pathlib

import pytest
from allkontor import RefusedError, cause, outcome, people, stage
from world import opened, room


async def test_b7_a_lost_phone_is_reported_and_its_booking_goes_on_on_a_slip(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path) as world:
        kiosk = world.kiosk
        anna, bo = [await world.phone(name) for name in ("anna", "bo")]
        (made,) = await anna.book(room(10))
        assert isinstance(made, outcome.Requested)
        await world.meet(anna)
        await world.meet(anna)
        booking = await anna.booking(made.booking)
        assert booking is not None and booking.key is not None
        assert isinstance(booking.status.stage, stage.Confirmed)
        holder = await kiosk.holder_of(booking.key)
        assert holder is not None
        with pytest.raises(RefusedError) as on_phone:
            await bo.report_lost(holder)
        assert on_phone.value.code == "not_a_steward"

        lost = await kiosk.report_lost(holder)
        (reissued,) = lost.reissued
        assert (reissued.before, lost.left, lost.waiting) == (booking.key, (), ())

        # Whoever found it cancels, and asks for more.
        await anna.cancel(made.booking)
        (more,) = await anna.book(room(14))
        assert isinstance(more, outcome.Requested)
        await world.meet(anna)
        await world.meet(anna)
        on_paper = await kiosk.find_slip(reissued.slip.code)
        assert on_paper is not None and isinstance(on_paper.status.stage, stage.Confirmed)
        assert on_paper.status.stage.holds == booking.status.stage.holds
        refused = await anna.booking(more.booking)
        assert refused is not None and refused.status.stage == stage.Declined(cause.Staff())
        told = await anna.suspension()
        assert told is not None and told.ground == people.LostKeys()
        said = (await anna.words("sv")).own_suspension(told)
        assert "telefonen är anmäld som borttappad; det som var bokat gäller vidare på papper" in said

        # Once more, at the same desk, changes nothing.
        again = await kiosk.report_lost(holder)
        assert (again.suspension, again.reissued) == (lost.suspension, ())
