"""Who else is in the house, and which other offices there are."""

import json
import pathlib
from datetime import date

import pytest
from allkontor import BadBytesError, Device, Interval, Places, directory
from allkontor.cause import Closed
from allkontor.directory import Listing
from allkontor.scanned import Agreement
from allkontor.stage import Confirmed
from world import CATALOGUE, TUESDAY, World, at, opened, room

CAFE = {
    "name": {"sv": "Kaféet", "en": "The café"},
    "about": {"sv": "Soppa och kaffe", "en": "Soup and coffee"},
    "hours": {
        "weekly": {"tuesday": {"open": ["11:00-15:00"]}},
        "exceptions": [{"day": "2026-11-25", "hours": {"open": ["17:00-20:00"]}, "note": {"sv": "Klädbytardag"}}],
    },
}
PUBLISHER = bytes(range(32))


async def test_p6_the_cafe_next_door_has_its_own_hours_and_text(office: World) -> None:
    await office.kiosk.publish(json.dumps({**CATALOGUE, "partners": {"1": CAFE}}).encode())
    phone = await office.phone("anna")
    info = await phone.office("sv")
    assert info
    (cafe,) = info.partners
    assert (cafe.name, cafe.about) == ("Kaféet", "Soppa och kaffe")
    tuesday, wednesday = await phone.partner_hours(cafe.id, date(2026, 11, 24), 2, "sv") or ()
    assert [(span.start, span.end) for span in tuesday.open] == [(at(11), at(15))]
    assert ([span.start for span in wednesday.open], wednesday.note) == ([at(17, days=1)], "Klädbytardag")
    assert await phone.partner_hours(2, date(2026, 11, 24)) is None


async def test_p1_whoever_is_closed_out_goes_to_an_office_that_has_agreed(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path / "one") as one, opened(tmp_path / "two", salt=b"2" * 32) as two:
        here = await one.kiosk.office_id()
        word = await two.kiosk.agree_to_host(here, [1], until=date(2026, 11, 30), reach=["127.0.0.1:1"])
        assert await one.kiosk.read_code(word) == Agreement(await two.kiosk.office_id(), here)
        agreed = [{"agreement": word.hex(), "classes": {"1": 1}}]
        await one.kiosk.publish(json.dumps({**CATALOGUE, "hosts": agreed}).encode())
        phone = await one.phone("anna")
        (host,) = await phone.hosts("sv")
        assert ([kind.name for kind in host.classes], host.until) == (["Rum"], date(2026, 11, 30))
        await phone.book(room(14))
        await one.meet(phone)
        (mine,) = await phone.agenda()
        assert await phone.elsewhere(mine.id) == ()
        await one.kiosk.close_places(at(8), at(20), Closed())
        await one.meet(phone)
        (there,) = await phone.elsewhere(mine.id, "sv")
        assert (there.office.name, there.office.reach) == ("Kontoret", ("127.0.0.1:1",))
        # The same for what nobody has asked for yet.
        assert await phone.elsewhere_for(Places(1), Interval(at(14), at(15)), "sv") == (there,)
        assert await phone.elsewhere_for(Places(2), Interval(at(14), at(15))) == ()

        place = two.place("anna")
        async with await Device.join(place, there.office.invitation, clock=two.clock) as other:
            await two.meet(other)
            await two.meet(other)
            for stay in there.stays:
                await other.book(stay)
            await two.meet(other)
            (taken,) = await other.agenda()
            assert isinstance(taken.status.stage, Confirmed)
            assert [hold.interval for hold in taken.status.holding] == [Interval(at(14), at(15))]


async def test_p7_one_app_follows_the_offices_of_a_directory_and_is_nobody_known_between_them(
    tmp_path: pathlib.Path,
) -> None:
    async with opened(tmp_path / "one") as one, opened(tmp_path / "two", salt=b"2" * 32) as two:
        worlds = {await world.kiosk.office_id(): world for world in (one, two)}
        listings = [
            Listing(office, {"sv": f"Kontor {name}"}, city="Stockholm", reach=("127.0.0.1:1",))
            for name, office in zip(("one", "two"), worlds, strict=True)
        ]
        published = directory.sign(PUBLISHER, TUESDAY, listings)
        book = directory.read(published, directory.publisher_key(PUBLISHER), "sv")
        assert book.issued == TUESDAY
        assert {listed.name for listed in book.offices} == {"Kontor one", "Kontor two"}

        # One secret of the app for all offices: even then no key that one office sees is seen by another.
        keys: list[bytes] = []
        for listed in book.offices:
            world = worlds[listed.office]
            place = world.place("visitor")
            async with await Device.join(place, listed.invitation, device_seed=b"s" * 32, clock=world.clock) as phone:
                await world.meet(phone)
                await world.meet(phone)
                await phone.book(room(10))
                await world.meet(phone)
                (booking,) = await phone.agenda()
                assert booking.key
                seen = await world.kiosk.export_file()
                assert bytes.fromhex(booking.key.ticket) not in b"".join(keys)
                assert all(key not in seen for key in keys), "a key of the other office"
                keys.append(bytes.fromhex(await phone.public_key()))
        assert keys[0] != keys[1]


def test_d4_a_directory_of_somebody_else_is_refused() -> None:
    mine = directory.sign(PUBLISHER, TUESDAY, [Listing("07" * 32, {"sv": "Kontoret"})])
    other = directory.publisher_key(bytes(32))
    with pytest.raises(BadBytesError, match="is published by") as refused:
        directory.read(mine, other)
    assert refused.value.code == "not_a_directory"
    with pytest.raises(BadBytesError, match="signature does not hold"):
        directory.read(mine[:-1] + bytes([mine[-1] ^ 1]), directory.publisher_key(PUBLISHER))
