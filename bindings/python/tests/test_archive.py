"""A whole office is moved as one file."""

import base64
import json
from datetime import date

import pytest
from allkontor import BadBytesError, Device, RefusedError, role, stage
from world import SEEDS, World, room


async def test_p1_an_office_is_moved_to_a_new_machine_and_goes_on(office: World) -> None:
    anna = await office.phone("anna")
    await anna.book(room(10))
    await anna.book_series(room(18), "FREQ=WEEKLY;COUNT=4")
    for _ in range(2):
        await office.meet(anna)
    archive = await office.kiosk.export_office()
    said = json.loads(archive)
    assert (said["format"], said["version"], said["digest"]) == ("allkontor-office", 1, await office.kiosk.digest())
    assert said["catalogue"]["profile"]["name"]["sv"] == "Kontoret"
    assert [one["document"] for one in said["documents"]] == ["authority", "ledger/2026-11", "ledger/2026-12"]

    moved = await Device.from_archive(office.place("moved"), archive, clock=office.clock)
    office.devices.append(moved)
    assert await moved.digest() == await office.kiosk.digest()
    assert await moved.office("sv") == await office.kiosk.office("sv")
    for day in (date(2026, 11, 24), date(2026, 12, 8)):
        assert await moved.day(day) == await office.kiosk.day(day)
    assert await moved.office_ics(date(2026, 11, 1), 60) == await office.kiosk.office_ics(date(2026, 11, 1), 60)

    # It goes on from there: certified, and the old machine is replaced by it.
    await office.kiosk.certify(await office.kiosk.scan_enrolment(await moved.enrolment()), role.Staff())
    await office.kiosk.hand_over(await moved.public_key())
    await office.meet(moved)
    await moved.replace_device(await office.kiosk.public_key(), await moved.public_key())
    bo = await office.phone("bo", met=False)
    for phone in (bo, anna):
        for _ in range(2):
            await office.meet(phone, moved)
    await bo.book(room(12))
    for _ in range(2):
        await office.meet(bo, moved)
    assert isinstance((await bo.agenda())[0].stage, stage.Confirmed)
    assert isinstance((await anna.agenda())[0].stage, stage.Confirmed), "what was promised stands"

    # With a device replaced, and after a restart, it is still whole.
    await moved.suspend()
    again = await Device.from_archive(office.place("again"), await moved.export_office(), clock=office.clock)
    office.devices.append(again)
    assert await again.digest() == await moved.digest()


async def test_p1_no_key_is_in_the_file_and_a_bad_one_changes_nothing(office: World) -> None:
    anna = await office.phone("anna")
    await anna.book(room(10))
    await office.kiosk.walk_in(room(12), b"slip slip slip!!")
    for _ in range(2):
        await office.meet(anna)
    archive = await office.kiosk.export_office()
    vault = (office.place("kiosk") / "vault").read_bytes()
    inside = archive + b"".join(
        base64.b64decode(envelope) for one in json.loads(archive)["documents"] for envelope in one["envelopes"]
    )
    # The device's, the recovery key's, a slip's, a phone's.
    for seed in (SEEDS[0], SEEDS[2], b"slip slip slip!!", (b"anna" * 32)[:32]):
        for form in (seed, seed.hex().encode(), base64.b64encode(seed)):
            assert form not in inside
    assert SEEDS[0] in vault or SEEDS[0].hex().encode() in vault, "the vault has it, so it would be found"

    before = await anna.digest()
    said = json.loads(archive)
    spoiled = {
        "not JSON": archive[:-9],
        "another format": json.dumps({**said, "format": "zip"}).encode(),
        "a later version": json.dumps({**said, "version": 2}).encode(),
        "no ledger": json.dumps({**said, "documents": said["documents"][:1]}).encode(),
        "no authority": json.dumps({**said, "documents": said["documents"][1:]}).encode(),
        "no catalogue": json.dumps({**said, "catalogues": ["{}"]}).encode(),
        "another digest": json.dumps({**said, "digest": "0" * 64}).encode(),
        "a changed envelope": archive.replace(b'"envelopes": [\n        "', b'"envelopes": [\n        "AAAA', 1),
    }
    for why, bad in spoiled.items():
        with pytest.raises(BadBytesError):
            await anna.import_office(bad)
        place = office.place(why)
        with pytest.raises(BadBytesError):
            await Device.from_archive(place, bad, clock=office.clock)
        assert list(place.iterdir()) == [], why
    assert await anna.digest() == before
    with pytest.raises(RefusedError) as refused:
        await anna.export_office()
    assert refused.value.code == "not_a_steward"
