"""Staff show a visitor round, which unlocks what the office reserves for such people."""

import copy
import pathlib

import pytest
from allkontor import MissingError, RefusedError, cause, outcome, rule, stage
from test_people import tablet
from world import CATALOGUE, at, opened, room

HOUSE = copy.deepcopy(CATALOGUE)
HOUSE["classes"]["1"]["rules"]["introduced_only"] = True  # type: ignore[index]


async def test_e4_staff_show_a_visitor_round_and_what_is_reserved_can_be_booked(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=HOUSE) as world:
        staff = await tablet(world)
        anna, bo = [await world.phone(name) for name in ("anna", "bo")]

        async def everybody() -> None:
            for _ in range(2):
                await world.meet(staff)
                for phone in (anna, bo):
                    await world.meet(phone)
                    await world.meet(phone, staff)

        office = await anna.office("en")
        assert office is not None
        assert [known.rules.introduced_only for known in office.classes] == [True, False]
        (refused,) = await anna.book(room(10))
        assert isinstance(refused, outcome.Refused)
        reserved = rule.IntroducedOnly(office.classes[0].id)
        assert refused.refusal.rule == reserved
        swedish = await anna.words("sv")
        assert swedish.rule(reserved) == (
            f"{office_name(HOUSE)}: bara för den som personalen har visat runt. Be personalen visa dig runt. "
            "Har de gjort det, möt kontoret en gång till och försök igen."
        )
        said = swedish.cause(cause.ByRule(refused.refusal.number, "introduction"))
        assert said == "bara för den som personalen har visat runt"
        (refused,) = await bo.book(room(12))
        assert isinstance(refused, outcome.Refused)
        await world.meet(anna)
        holder = await anna.public_key()
        with pytest.raises(RefusedError) as at_kiosk:
            await world.kiosk.introduce(holder)
        assert at_kiosk.value.code == "staff_only"
        with pytest.raises(MissingError) as unknown:
            await staff.retract_introduction(holder)
        assert unknown.value.code == "not_introduced"
        await staff.introduce(holder)
        assert await staff.introduction(holder) == at(8)
        await everybody()
        assert (await anna.is_introduced(), await bo.is_introduced()) == (True, False)
        (made,) = await anna.book(room(10))
        assert isinstance(made, outcome.Requested)
        await everybody()
        booking = await anna.booking(made.booking)
        assert booking is not None and isinstance(booking.status.stage, stage.Confirmed)
        (still,) = await bo.book(room(12))
        assert isinstance(still, outcome.Refused) and still.refusal.rule == reserved
        with pytest.raises(RefusedError):
            await bo.introduction(holder)
        await staff.retract_introduction(holder)
        assert await staff.introduction(holder) is None


def office_name(house: dict[str, object]) -> str:
    """The class of the rooms, in Swedish."""
    return str(house["classes"]["1"]["name"]["sv"])  # type: ignore[index]
