"""A visitor's keys on a new phone, and on two at a time."""

import pytest
from allkontor import BadBytesError, Device, OwnKeys, RefusedError, qr_svg, scanned, stage
from world import World, at, room


async def told(phone: Device) -> set[tuple[str, int]]:
    """How its bookings stand, and when."""
    bookings = await phone.agenda()
    return {(type(booking.stage).__name__, booking.wanted[0].interval.start.hour) for booking in bookings}


async def restored(office: World, name: str, backup: bytes | str, of: str | None = None) -> Device:
    """A new phone that goes on from a backup."""
    phone = await Device.restore(office.place(name), backup, of, clock=office.clock)
    office.devices.append(phone)
    return phone


async def test_b7_a_new_phone_goes_on_from_a_code_that_was_written_down(office: World) -> None:
    anna = await office.phone("anna")
    backup = await anna.backup()
    assert "<svg" in qr_svg(backup.payload)
    assert backup.code not in repr(backup)
    invitation = scanned.Invitation(await office.kiosk.office_id(), "Kontoret")
    assert await anna.read_code(backup.payload) == scanned.Backup(invitation.office, "Kontoret")
    for hour in (10, 12):
        await anna.book(room(hour))
    for _ in range(2):
        await office.meet(anna)
    assert (await anna.words("sv")).own_keys(await anna.own_keys()) == (
        "Den som har din säkerhetskopia, eller din andra enhet, kan se och ändra dina bokningar."
    )
    before = await told(anna)
    account = await anna.account_key()
    await anna.close()

    # Scanned, or typed by hand: the invitation at the door says which office it is.
    typed = backup.code.lower().replace("\n", " ")
    for name, code, of in (("scanned", backup.payload, None), ("typed", typed, invitation.office)):
        new = await restored(office, name, code, of)
        assert not await new.agenda()
        assert await new.own_keys() == OwnKeys(copied=True, others=0, moved=False, seeks=True)
        for _ in range(2):
            await office.meet(new)
        assert await told(new) == before == {("Confirmed", 10), ("Confirmed", 12)}
        assert await new.account_key() == account
        keys = await new.own_keys()
        assert keys.others >= 1 and not keys.seeks
    first, second = await new.agenda()
    await new.cancel(first.id)
    await new.move(second.id, room(14))
    for _ in range(2):
        await office.meet(new)
    assert await told(new) == {("Released", 10), ("Confirmed", 14)}


async def test_b7_two_phones_of_one_person_book_and_change_with_no_network(office: World) -> None:
    phone = await office.phone("anna")
    tablet = await restored(office, "tablet", (await phone.backup()).payload)
    for _ in range(2):
        await office.meet(tablet)
    await phone.book(room(10))
    await tablet.book(room(12))
    # They meet each other, and nobody else: each sees what the other wants.
    await office.meet(phone, tablet)
    assert await told(phone) == await told(tablet) == {("Likely", 10), ("Likely", 12)}
    (of_tablet,) = [one for one in await phone.agenda() if one.wanted[0].interval.start == at(12)]
    await phone.cancel(of_tablet.id)
    for device in (phone, tablet, phone):
        await office.meet(device)
    assert await told(phone) == await told(tablet) == {("Confirmed", 10), ("Cancelled", 12)}
    assert await office.agree(phone, tablet)
    assert not (await phone.own_keys()).moved
    assert isinstance((await tablet.agenda())[0].stage, (stage.Confirmed, stage.Cancelled))


async def test_b7_what_is_no_backup_is_refused_in_words(office: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    anna = await office.phone("anna")
    with pytest.raises(RefusedError) as refused:
        await office.kiosk.backup()
    assert refused.value.code == "no_backup"
    backup = await anna.backup()
    with pytest.raises(RefusedError) as refused:
        await anna.enrolment()
    assert refused.value.code == "backed_up"
    assert "telefon" in (await anna.words("sv")).error(refused.value)
    folder = tmp_path_factory.mktemp("empty")
    of = await office.kiosk.office_id()
    wrong = ("0" if backup.code[0] != "0" else "1") + backup.code[1:]
    for code, place, detail in (
        (wrong, of, "backup code does not check: look at character 1 of line 1 again"),
        (backup.code, "ab" * 32, "backup code is not of this office, or its lines are in another order"),
        (backup.code[:40], of, "backup code has 32 characters: expected 64"),
    ):
        with pytest.raises(BadBytesError) as bad:
            await Device.restore(folder, code, place)
        assert (bad.value.code, bad.value.detail) == ("not_a_backup", detail)
    with pytest.raises(BadBytesError) as bad:
        await Device.restore(folder, await office.kiosk.invitation())
    assert bad.value.code == "not_a_card"
    with pytest.raises(TypeError):
        await Device.restore(folder, backup.code)
