"""Devices of an office come, decide together, get lost, are restored, and hand the admin key on."""

import shutil

import pytest
from allkontor import Delivery, Device, ExactlyUnit, RefusedError, Wanted
from allkontor import custody, decree, explanation, ledger, loss, stage, standing
from allkontor.role import Kiosk, Staff
from world import SEEDS, TUESDAY, World, at, room

NOVEMBER = ledger.OfMonth(2026, 11)


async def tablet_of(office: World) -> Device:
    """A tablet of the staff that holds the admin key; the kiosk goes on deciding."""
    tablet = await office.phone("tablet")
    key = await office.kiosk.scan_enrolment(await tablet.enrolment())
    await office.kiosk.certify(key, Staff())
    await office.kiosk.hand_over(key)
    await office.meet(tablet)
    with pytest.raises(RefusedError) as refused:
        await office.kiosk.certify(key, Kiosk())
    assert refused.value.code == "not_the_admin"
    return tablet


async def lost(office: World) -> str:
    """The kiosk is gone, with all it had: its key."""
    key = await office.kiosk.public_key()
    await office.kiosk.close()
    return key


async def test_a_lost_kiosk_is_replaced_in_two_steps(office: World) -> None:
    tablet, anna = await tablet_of(office), await office.phone("anna")
    await anna.book(room(10))
    for _ in range(2):
        await office.meet(anna)
    await office.meet(tablet)
    kiosk = await lost(office)
    office.kiosk = tablet

    before = await tablet.digest()
    question = await tablet.replacement(kiosk)
    (left,) = [left for left in question.left if left.ledger == NOVEMBER]
    (booking,) = await anna.agenda()
    assert (question.role, question.revoked, question.heirs) == (Kiosk(), None, (await tablet.public_key(),))
    assert (left.stands, left.undecided, left.last_heard) == ((booking.key,), (), TUESDAY)
    assert left.units and set(left.units) <= {1, 2, 3}
    assert await tablet.digest() == before
    words = await tablet.words("en")
    first, second, *_ = words.replacement(question)
    assert first == f"The device {kiosk[:8]} (the kiosk) would be replaced. This is what is known of it here:"
    assert second.startswith(
        "November 2026: last heard of Tuesday 24 November at 08:00. Promises kept: 1. Undecided: 0. To be taken over: "
    )

    await tablet.replace_device(kiosk, question.heirs[0])
    after = await tablet.replacement(kiosk)
    assert after.successor == question.heirs[0]
    assert words.replacement(after)[0] == (
        f"The device {kiosk[:8]} (the kiosk) was replaced by the device {question.heirs[0][:8]}."
    )
    with pytest.raises(RefusedError) as again:
        await tablet.replace_device(kiosk, question.heirs[0])
    assert again.value.code == "already_replaced"
    day = await tablet.custody_day(TUESDAY.date())
    assert [unit.custody for unit in day.units] == [custody.Here()] * 3
    assert [steward.revoked for steward in day.stewards if steward.device == kiosk] == [True]


async def test_a_promise_that_nobody_had_heard_of_comes_first_when_it_is_shown(office: World) -> None:
    tablet, bo = await tablet_of(office), await office.phone("bo")
    await office.meet(tablet)
    # Anna comes when the tablet is away: her ticket too is only the kiosk's word.
    anna = await office.phone("anna")
    only = Wanted.of(ExactlyUnit(1), at(10), at(11))
    await anna.book(only)
    for _ in range(2):
        await office.meet(anna)
    (booking,) = await anna.agenda()
    assert isinstance(booking.stage, stage.Confirmed)
    certificate = await anna.certificate(booking.id)
    kiosk = await lost(office)
    office.kiosk = tablet
    await tablet.replace_device(kiosk, await tablet.public_key())
    await bo.book(only)
    for _ in range(2):
        await office.meet(bo)

    # She hears of it before the office hears of her.
    await anna.import_file(await tablet.export_file())
    why = await anna.explain(booking.id)
    assert why is not None
    assert [broken.why for broken in why.broken] == [explanation.Unheard(honoured=False)]
    words = await anna.words("en")
    (line,) = [line for line in words.explanation(why) if line.startswith("The device that promised this was replaced")]
    assert line.endswith("Show the promise at the desk.")
    shown = await tablet.honour_certificate(certificate)
    assert shown == loss.Honoured(booking.key, loss.Worth.FIRST_IN_LINE)
    assert (await tablet.words("sv")).worth(shown.worth).endswith("går nu före alla andra.")
    for _ in range(2):
        await office.meet(anna)
    why = await anna.explain(booking.id)
    assert why is not None
    assert [broken.why for broken in why.broken] == [explanation.Unheard(honoured=True)]

    (his,) = await bo.agenda()
    await bo.cancel(his.id)
    for phone in (bo, anna):
        for _ in range(2):
            await office.meet(phone)
    (kept,) = await anna.agenda()
    assert isinstance(kept.stage, stage.Confirmed)
    assert (kept.holds, kept.status.delivery) == (booking.holds, Delivery.RECEIVED)
    assert (await tablet.honour_certificate(certificate)).worth is loss.Worth.SUPERSEDED
    assert (await tablet.honour_certificate(await anna.certificate(kept.id))).worth is loss.Worth.STANDS


async def test_a_restored_kiosk_decides_nothing_until_it_has_another_key(office: World) -> None:
    anna = await office.phone("anna")
    await office.kiosk.suspend()
    backup = (office.place("kiosk") / "office.sqlite").read_bytes()
    await anna.book(room(10))
    for _ in range(2):
        await office.meet(anna)
    await office.kiosk.close()
    for name in ("office.sqlite-wal", "office.sqlite-shm"):
        (office.place("kiosk") / name).unlink(missing_ok=True)
    (office.place("kiosk") / "office.sqlite").write_bytes(backup)

    kiosk = office.kiosk = await Device.open(office.place("kiosk"), clock=office.clock)
    office.devices.append(kiosk)
    assert await kiosk.standing() == standing.Recovering()
    said = (await kiosk.words("en")).standing(standing.Recovering())
    assert said.startswith("This device was restored from a backup or copied.")
    old = await kiosk.public_key()
    question = await kiosk.replacement(old)
    assert sum(left.lost for left in question.left) >= 1
    new = await kiosk.renew()
    assert new != old
    assert await kiosk.standing() == standing.Steward(Kiosk())
    for _ in range(3):
        await office.meet(anna)
    (booking,) = await anna.agenda()
    assert isinstance(booking.stage, stage.Confirmed)


async def test_an_office_with_two_admins_is_mended_by_the_recovery_key(office: World) -> None:
    tablet = await office.phone("tablet")
    await office.kiosk.certify(await office.kiosk.scan_enrolment(await tablet.enrolment()), Staff())
    await office.meet(tablet)
    east, west = await office.phone("east"), await office.phone("west")
    await office.kiosk.suspend()
    shutil.copytree(office.place("kiosk"), office.folder / "twin")
    twin = await Device.open(office.folder / "twin", clock=office.clock)
    office.devices.append(twin)
    for admin, device in ((office.kiosk, east), (twin, west)):
        await admin.certify(await admin.scan_enrolment(await device.enrolment()), Staff())
        await office.meet(device, admin)
        for _ in range(2):
            await office.meet(tablet, device)

    alarms = await tablet.alarms()
    (fork,) = [alarm for alarm in alarms if isinstance(alarm, standing.AdminFork)]
    assert not await tablet.dismiss(fork)
    assert (await tablet.words("en")).alarm(fork).startswith("Two devices have ruled the office at once.")
    branches = await tablet.admin_branches()
    certified = decree.DeviceCertified(await west.public_key(), Staff())
    (keeps,) = [branch.keeps for branch in branches if certified in branch.said]
    assert len(branches) == 2
    words = await tablet.words("en")
    assert words.decree(certified) == f"The device {certified.device[:8]} became one of the office's: a device of the staff."
    with pytest.raises(RefusedError) as wrong:
        await tablet.recover_office(b"\x05" * 32, keeps)
    assert wrong.value.code == "wrong_recovery_key"
    with pytest.raises(RefusedError) as unsaid:
        await tablet.recover_office(SEEDS[2])
    assert unsaid.value.code == "admin_forked"
    await tablet.recover_office(SEEDS[2], keeps)
    assert not [alarm for alarm in await tablet.alarms() if isinstance(alarm, standing.AdminFork)]
    assert await tablet.admin_branches() == ()
    for device in (west, east):
        for _ in range(2):
            await office.meet(device, tablet)
    assert await west.standing() == standing.Steward(Staff())
    assert await east.standing() == standing.Visitor()


async def test_what_an_honest_device_never_sends_is_flagged_until_somebody_has_seen_to_it(office: World) -> None:
    refused = standing.SomethingRefused(await office.kiosk.public_key(), "ab" * 32, "a reason")
    assert not await office.kiosk.dismiss(refused)
    said = (await office.kiosk.words("en")).alarm(refused)
    assert said.startswith("The device ") and " sent something that no honest device sends." in said
    assert await office.kiosk.alarms() == ()
