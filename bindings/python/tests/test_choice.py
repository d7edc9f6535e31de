"""What can be asked for: the places of an office, alone and together, by what they offer, and for groups."""

import pathlib

from allkontor import Device, Interval, Places, Together, UnitOrEqual, Wanted, day, stage
from world import CATALOGUE, TUESDAY, World, at, opened, room

ROOM, DESK = 1, 2
HEARING_LOOP = 1
# Besides two rooms and desk 3: two desks more, a projector, and room 1 with the projector.
OFFICE = {
    **CATALOGUE,
    "classes": {
        **CATALOGUE["classes"],  # type: ignore[dict-item]
        "3": {"name": {"sv": "Projektor", "en": "Projector"}, "kind": "equipment"},
    },
    "units": {
        **CATALOGUE["units"],  # type: ignore[dict-item]
        "4": {"name": {"sv": "Bord 4", "en": "Desk 4"}, "class": 2},
        "5": {"name": {"sv": "Bord 5", "en": "Desk 5"}, "class": 2},
        "9": {"name": {"sv": "Projektor", "en": "Projector"}, "class": 3},
    },
    "composites": {"1": {"name": {"sv": "Rum 1 med projektor", "en": "Room 1 with projector"}, "units": [1, 9]}},
}


async def decided(world: World, phone: Device, wanted: Wanted) -> stage.Stage:
    """What becomes of a wish at the office."""
    await phone.book(wanted)
    for _ in range(2):
        await world.meet(phone)
    return (await phone.agenda())[-1].stage


def units(of: stage.Stage) -> list[int]:
    """Where somebody would go."""
    return sorted(hold.unit for hold in getattr(of, "holds", ()))


async def test_p3_a_room_and_its_projector_are_had_together_or_not_at_all(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=OFFICE) as world:
        anna, bo = [await world.phone(name) for name in ("anna", "bo")]
        both = Wanted.of(Together(1), at(10), at(11))
        assert units(await decided(world, anna, both)) == [1, 9]
        assert isinstance(await decided(world, bo, both), stage.Waiting)
        await world.meet(anna)
        taken = {(entry.unit, entry.kind) for entry in await anna.day(TUESDAY.date())}
        assert (9, day.Confirmed()) in taken, "the projector is gone with the room"


async def test_p4_who_needs_a_feature_gets_it_and_who_does_not_is_offered_the_plainest(office: World) -> None:
    anna, bo = [await office.phone(name) for name in ("anna", "bo")]
    plainest_first = await anna.free(at(10), at(11), class_id=ROOM)
    assert [(free.unit, free.surplus) for free in plainest_first] == [(1, 1), (2, 2)], "the lift is everybody's"
    assert [free.unit for free in await anna.free(at(10), at(11), needs=[HEARING_LOOP])] == [2]
    any_room = Wanted.of(Places(ROOM), at(10), at(11))
    assert units(await decided(office, anna, any_room)) == [1]
    assert units(await decided(office, bo, any_room.needing(HEARING_LOOP))) == [2]


async def test_b9_a_group_gets_all_its_places_or_none(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=OFFICE) as world:
        choir, anna, club = [await world.phone(name) for name in ("choir", "anna", "club")]
        two = Wanted.of(Places(DESK, 2), at(10), at(11)).for_party(2)
        assert len(units(await decided(world, choir, two))) == 2
        assert isinstance(await decided(world, club, two), stage.Waiting), "one desk is no place for two"
        assert len(units(await decided(world, anna, Wanted.of(Places(DESK), at(10), at(11))))) == 1
        (booking,) = await choir.agenda()
        await choir.cancel(booking.id)
        for phone in (choir, club):
            await world.meet(phone)
        await world.meet(club)
        (promoted,) = await club.agenda()
        assert len(units(promoted.stage)) == 2


async def test_d3_a_strangers_phone_sees_when_and_never_who(office: World) -> None:
    anna, stranger = [await office.phone(name) for name in ("anna", "stranger")]
    await decided(office, anna, room(10))
    await office.meet(stranger)
    (entry,) = await stranger.day(TUESDAY.date())
    assert entry == day.DayEntry(1, Interval(at(10), at(11)), Interval(at(10), at(11)), day.Confirmed())
    assert await stranger.agenda() == ()


async def test_d2_the_order_of_meetings_makes_no_difference(tmp_path: pathlib.Path) -> None:
    pictures = []
    for turn, order in enumerate([("anna", "bo", "eva"), ("eva", "bo", "anna")]):
        async with opened(tmp_path / str(turn)) as world:
            phones = {name: await world.phone(name) for name in sorted(order)}
            for name, phone in phones.items():
                unit = 1 if name == "anna" else 2
                await phone.book(Wanted.of(UnitOrEqual(unit), at(10), at(11)))
            # All that was said reaches the kiosk at once, whoever carries it.
            first, *others = [phones[name] for name in order]
            for phone in others:
                await world.meet(first, phone)
            for _ in range(2):
                for phone in (first, *others):
                    await world.meet(phone)
            assert await world.agree(*phones.values())
            pictures.append({name: units((await phone.agenda())[0].stage) for name, phone in phones.items()})
    assert pictures[0] == pictures[1]
