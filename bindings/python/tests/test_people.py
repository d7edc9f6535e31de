"""Guidelines that are accepted before the first booking, and people who may not book for a time."""

import copy
import pathlib
from datetime import date, timedelta

import pytest
from allkontor import Device, MissingError, RefusedError, cause, outcome, people, rule, stage
from allkontor.role import Staff
from world import CATALOGUE, World, at, opened, room

HOUSE = copy.deepcopy(CATALOGUE)
HOUSE["classes"]["1"]["rules"]["accepted_guidelines"] = True  # type: ignore[index]
HOUSE["guidelines"] = {
    "version": 2,
    "text": {"sv": "Var snäll.", "en": "Be kind."},
    "earlier": [],
    "appeal": {"sv": "Skriv till nämnden.", "en": "Write to the board."},
}


async def tablet(world: World) -> Device:
    """A device of the staff."""
    device = await world.phone("tablet")
    await world.kiosk.certify(await world.kiosk.scan_enrolment(await device.enrolment()), Staff())
    await world.meet(device)
    await world.meet(device)
    return device


async def test_p5_guidelines_are_accepted_before_the_first_booking(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=HOUSE) as world:
        anna = await world.phone("anna")
        assert (await anna.guidelines_in_force(), await anna.accepted_guidelines()) == (2, None)
        (refused,) = await anna.book(room(10))
        assert isinstance(refused, outcome.Refused)
        assert refused.refusal.rule == rule.GuidelinesFirst(2, None)
        words = await anna.words("sv")
        assert words.rule(refused.refusal.rule) == "Läs och godkänn riktlinjerna först, version 2."
        said = words.cause(cause.ByRule(refused.refusal.number, "guidelines"))
        assert said == "riktlinjerna, version 2, ska godkännas först"
        with pytest.raises(MissingError) as unknown:
            await anna.accept_guidelines(7)
        assert unknown.value.code == "no_such_guidelines"
        await anna.accept_guidelines(2)
        assert await anna.accepted_guidelines() == 2
        (made,) = await anna.book(room(10))
        assert isinstance(made, outcome.Requested)
        await world.meet(anna)
        await world.meet(anna)
        booking = await anna.booking(made.booking)
        assert booking is not None and isinstance(booking.status.stage, stage.Confirmed)
        office = await anna.office("en")
        assert office is not None and office.guidelines is not None
        assert office.guidelines.text == "Be kind."
        assert [known.rules.accepted_guidelines for known in office.classes] == [True, False]


async def test_p5_a_suspension_is_told_to_whom_it_concerns_and_ends_by_itself(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=HOUSE) as world:
        staff = await tablet(world)
        anna, bo = [await world.phone(name, met=False) for name in ("anna", "bo")]

        async def meet(*phones: Device) -> None:
            for phone in (*phones, *phones):
                await world.meet(phone, staff)

        await meet(anna, bo)
        await anna.accept_guidelines(2)
        (made,) = await anna.book(room(10))
        assert isinstance(made, outcome.Requested)
        await meet(anna)
        booking = await anna.booking(made.booking)
        assert booking is not None and booking.key is not None
        holder = await staff.holder_of(booking.key)
        assert holder is not None
        until = date(2026, 11, 26)
        with pytest.raises(RefusedError) as at_kiosk:
            await world.kiosk.suspend_holder(holder, until, people.Damage())
        assert at_kiosk.value.code == "staff_only"
        told = await staff.suspend_holder(holder, until, people.Damage())
        (known,) = await staff.suspensions()
        assert (known.id, known.holder, known.until) == (told, holder, until)
        english = await staff.words("en")
        assert english.suspension(known) == (
            "Suspended until Thursday 26 November: something was damaged or is gone."
        )
        (asked,) = await anna.book(room(12))
        assert isinstance(asked, outcome.Requested)
        await meet(anna, bo)
        refused = await anna.booking(asked.booking)
        assert refused is not None and refused.status.stage == stage.Declined(cause.Staff())
        own = await anna.suspension()
        assert own == people.OwnSuspension(until, people.Damage())
        assert (await anna.words("en")).own_suspension(own) == (
            "You cannot book until Thursday 26 November has passed: something was damaged or is gone. "
            "You can appeal: Write to the board."
        )
        assert await bo.suspension() is None
        with pytest.raises(RefusedError):
            await bo.suspensions()
        await staff.amend_suspension(told, people.Amendment.APPEALED)
        (known,) = await staff.suspensions()
        assert known.is_appealed
        world.time = at(9) + timedelta(days=3)
        await staff.tick()
        assert await staff.suspensions() == ()
        assert await anna.suspension() is None
        (again,) = await anna.book(room(12, days=3))
        assert isinstance(again, outcome.Requested)
        await meet(anna)
        allowed = await anna.booking(again.booking)
        assert allowed is not None and isinstance(allowed.status.stage, stage.Confirmed)


async def test_p5_whoever_has_no_ticket_is_told_until_when_and_why_and_how_to_appeal(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=HOUSE) as world:
        staff = await tablet(world)
        anna, bo = [await world.phone(name, met=False) for name in ("anna", "bo")]
        until = date(2026, 11, 26)
        told = await staff.suspend_holder(await bo.public_key(), until, people.Conduct())
        for phone in (anna, bo, anna, bo):
            await world.meet(phone, staff)
        assert await anna.suspension() is None
        own = await bo.suspension()
        assert own == people.OwnSuspension(until, people.Conduct())
        said = (await bo.words("sv")).own_suspension(own)
        assert "torsdag 26 november" in said
        assert said.endswith("Du kan överklaga: Skriv till nämnden.")
        # It is remembered, and forgotten when a ticket comes.
        await bo.close()
        bo = await Device.open(world.place("bo"), clock=world.clock)
        world.devices.append(bo)
        assert await bo.suspension() == own
        await staff.amend_suspension(told, people.Amendment.LIFTED)
        world.time = at(9)
        await world.meet(bo, staff)
        await world.meet(bo, staff)
        assert await bo.suspension() is None
