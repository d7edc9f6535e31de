"""How people are reached: written at the kiosk, read by the staff, gone with the month."""

import copy
import pathlib
from datetime import date

import pytest
from allkontor import MissingError, RefusedError, outcome
from allkontor.roster import ContactCard
from test_people import tablet
from world import CATALOGUE, at, on, opened, room

HOUSE = copy.deepcopy(CATALOGUE)
HOUSE["roster"] = True
ANNA = ContactCard("Anna Ek, 070-174 06 05", "Behöver hiss")


async def test_d3_a_contact_is_written_at_the_kiosk_and_read_by_the_staff_alone(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=HOUSE) as world:
        anna = await world.phone("anna")
        holder = await anna.public_key()
        office = await anna.office("en")
        assert office is not None and office.keeps_roster
        with pytest.raises(MissingError) as no_key:
            await world.kiosk.write_contact(holder, ANNA)
        assert (no_key.value.code, no_key.value.retry) == ("no_roster_key", True)
        said = no_key.value.text("sv")
        assert said.startswith("Det kan inte skrivas upp här just nu, och inget av det har sparats.")
        staff = await tablet(world)
        await world.meet(staff)
        await world.kiosk.write_contact(holder, ContactCard("Anna E"))
        await world.kiosk.write_contact(holder, ANNA)
        await world.meet(staff)
        person = await staff.person(holder)
        assert person is not None and person.latest.card == ANNA
        assert (person.latest.at, person.latest.device) == (at(8, 1), await world.kiosk.public_key())
        assert [entry.card for entry in person.earlier] == [ContactCard("Anna E")]
        assert "Anna" not in repr(person)
        assert await staff.find_people("HISS") == (person,)
        assert await staff.find_people("trappa") == ()
        # By the booking that the desk looks at.
        eva = await world.phone("eva", met=False)
        for _ in range(2):
            await world.meet(eva, staff)
        (made,) = await eva.book(room(10))
        assert isinstance(made, outcome.Requested)
        await world.meet(eva, staff)
        booking = await eva.booking(made.booking)
        assert booking is not None and booking.key is not None
        assert await staff.person_of(booking.key) is None
        await staff.write_contact(await eva.public_key(), ContactCard("Eva"))
        known = await staff.person_of(booking.key)
        assert known is not None and known.latest.card == ContactCard("Eva")
        for device, code in ((world.kiosk, "staff_only"), (anna, "not_a_steward")):
            with pytest.raises(RefusedError) as refused:
                await device.person(holder)
            assert refused.value.code == code
        with pytest.raises(RefusedError) as long:
            await staff.write_contact(holder, ContactCard("x" * 501))
        assert long.value.code == "contact_too_long"
        await world.kiosk.write_contact(holder, ContactCard())
        await world.meet(staff)
        assert await staff.person(holder) is None


async def test_d3_contacts_go_with_their_month(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=HOUSE) as world:
        staff = await tablet(world)
        await world.meet(staff)
        await world.kiosk.write_contact("0a" * 32, ANNA)
        await world.meet(staff)
        world.time = on(2026, 12, 1)
        await world.meet(staff)
        assert [person.latest.card for person in await staff.find_people()] == [ANNA]
        await world.kiosk.drop_before(date(2026, 12, 1))
        await world.meet(staff)
        assert await staff.find_people() == ()


async def test_d3_an_office_that_keeps_no_roster_writes_nothing_down(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path) as world:
        office = await world.kiosk.office("en")
        assert office is not None and not office.keeps_roster
        with pytest.raises(MissingError) as none:
            await world.kiosk.write_contact("0a" * 32, ANNA)
        assert none.value.code == "no_roster"
