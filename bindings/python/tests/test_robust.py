"""Bad bytes, full disks, early ends: an error with the facts in it, and nothing lost."""

import asyncio
import gc
import os
import pathlib
import resource
import threading
from typing import Any

import pytest
from allkontor import (
    AllkontorError,
    ArgumentError,
    BadBytesError,
    ClosedError,
    Device,
    InternalError,
    Interval,
    MissingError,
    RefusedError,
    StorageError,
    Wanted,
    _engine,
    stage,
)
from world import TUESDAY, World, at, room


async def test_d4_bad_bytes_are_refused_by_every_door(office: World) -> None:
    phone = await office.phone("anna")
    before = await phone.digest()
    connection, _ = await phone.connect()
    whole = await office.kiosk.export_file()
    for junk in (b"", b"\x00", b"not ours", os.urandom(1000), whole[:-7], whole[:40] + b"\xff" + whole[41:]):
        with pytest.raises(BadBytesError) as caught:
            await phone.import_file(junk)
        assert (caught.value.code, caught.value.retry) == ("not_a_bundle", False)
    with pytest.raises(BadBytesError):
        await phone.receive(connection, os.urandom(100))
    with pytest.raises(MissingError) as gone:
        await phone.poll(connection)
    assert gone.value.code == "no_connection"
    for door in (phone.scan_card, phone.verify_certificate, phone.read_code, phone.scan_enrolment):
        with pytest.raises(BadBytesError):
            await door(b"\xa1\x00\x18\x63")
    with pytest.raises(BadBytesError) as slip:
        await phone.find_slip("3KD5-W78S-B5DR-G76S-B3E9-JQ8W-S1GT")
    assert slip.value.code == "not_a_slip"
    with pytest.raises(BadBytesError):
        await Device.join(office.place("eva"), b"no invitation")
    assert await phone.digest() == before
    await office.meet(phone)


async def test_wrong_arguments_are_told_with_what_was_expected(office: World) -> None:
    phone = await office.phone("anna")
    backwards = Wanted.unit(1, at(11), at(10))
    with pytest.raises(ArgumentError, match="2026-11-24T11:00") as wrong:
        await phone.book(backwards)
    assert wrong.value.code == "empty_interval"
    with pytest.raises(ArgumentError, match="whole one"):
        await phone.book(Wanted.unit(1, at(10).replace(second=5), at(11)))
    with pytest.raises(ArgumentError, match="FREQ"):
        await phone.repeat(Interval(at(10), at(11)), "FREQ=YEARLY;COUNT=2")
    with pytest.raises(ArgumentError, match="expected 32"):
        await Device.join(office.place("bo"), await office.kiosk.office_id(), device_seed=b"short")
    with pytest.raises(ArgumentError, match="64 hexadecimal"):
        await Device.join(office.place("bo"), "the one on the corner")
    with pytest.raises(RefusedError) as taken:
        await Device.join(office.place("anna"), await office.kiosk.office_id())
    assert taken.value.code == "taken"
    with pytest.raises(MissingError) as empty:
        await Device.open(office.place("nobody"))
    assert empty.value.text("sv") == "Den här enheten följer inget kontor än."
    nowhere = office.folder / "eva" / "phone"
    with pytest.raises(ArgumentError, match="path's [0-9]+ parts, [0-9]+ exist") as missing:
        await Device.open(nowhere)
    assert (missing.value.code, missing.value.retry) == ("no_folder", False)
    assert "eva" not in str(missing.value) and not nowhere.parent.exists()
    with pytest.raises(RefusedError) as refused:
        await phone.publish(await office.kiosk.catalogue_json() or b"")
    assert refused.value.code == "not_a_steward"


async def test_a_fault_inside_is_an_error_and_the_device_goes_on_from_its_store(office: World) -> None:
    phone = await office.phone("anna")
    await phone.book(room(10))
    before = await phone.agenda()
    agendas = phone.watch_agenda()
    assert await anext(agendas) == before
    connection, _ = await phone.connect()
    with pytest.raises(InternalError) as fault:
        await phone.rehearse_fault()
    assert (fault.value.code, fault.value.retry) == ("panic", True)
    assert fault.value.text("sv") == "Något gick fel inuti. Försök igen: ingenting har gått förlorat."
    assert await phone.agenda() == before
    with pytest.raises(MissingError) as gone:
        await phone.poll(connection)
    assert gone.value.code == "no_connection"
    # Whoever follows goes on following.
    await phone.book(room(12))
    assert len(await asyncio.wait_for(anext(agendas), 60)) == 2
    for _ in range(2):
        await office.meet(phone)
    assert all(isinstance(booking.stage, stage.Confirmed) for booking in await phone.agenda())


async def test_after_closing_every_call_says_so(office: World) -> None:
    phone = await office.phone("anna")
    await phone.close()
    await phone.close()
    calls = (phone.agenda, phone.digest, phone.connect, phone.office, phone.invitation)
    for call in calls:
        with pytest.raises(ClosedError) as closed:
            await call()
        assert closed.value.code == "closed"
    assert [watched async for watched in phone.changes()] == []


async def test_d5_a_full_disk_is_told_and_nothing_is_lost(office: World) -> None:
    phone = await office.phone("anna")
    await phone.book(room(9))
    before, digest = await phone.agenda(), await phone.digest()
    log = office.place("anna") / "office.sqlite-wal"
    largest = max(file.stat().st_size for file in office.place("anna").iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert log.exists()
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        with pytest.raises(StorageError) as full:
            for hour in range(10, 20):
                await phone.book(room(hour))
        assert full.value.retry
        kept = await phone.agenda()
        assert kept[: len(before)] == before
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert await phone.agenda() == kept
    await phone.book(room(20))
    for _ in range(2):
        await office.meet(phone)
    assert all(isinstance(booking.stage, stage.Confirmed) for booking in await phone.agenda())
    assert len(await phone.agenda()) == len(kept) + 1
    assert await phone.digest() != digest


async def test_a_cancelled_task_loses_nothing(office: World) -> None:
    phone = await office.phone("anna")
    for hour in range(8, 20):
        task = asyncio.create_task(phone.book(room(hour)))
        # Cancelled before it begins, in its middle, or when it is done: at whatever point this gets to.
        await asyncio.sleep(0.0005 * (hour - 8))
        task.cancel()
        made = await asyncio.gather(task, return_exceptions=True)
        there = [booking for booking in await phone.agenda() if booking.wanted[0].interval.start == at(hour)]
        # Whole or not at all, and what was answered is there.
        assert len(there) <= 1
        if not isinstance(made[0], BaseException):
            assert len(there) == 1
    before = await phone.agenda()
    await phone.close()
    phone = await Device.open(office.place("anna"), clock=office.clock)
    office.devices.append(phone)
    assert await phone.agenda() == before
    for _ in range(2):
        await office.meet(phone)
    assert await office.agree(phone)


async def test_no_thread_and_no_file_is_left_open(office: World) -> None:
    await office.kiosk.suspend()
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith("allkontor")]
    kiosk = str(office.place("kiosk"))
    held = [os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if _is_link(fd)]
    assert not [path for path in held if path.startswith(kiosk)]
    assert len(await office.kiosk.digest()) == 64


def _is_link(fd: str) -> bool:
    try:
        os.readlink(f"/proc/self/fd/{fd}")
    except OSError:
        return False
    return True


class Reentrant(_engine.Doorbell):
    """Calls the engine from inside the ring, on whatever thread that is, and throws."""

    def __init__(self, device: _engine.Device, now: int) -> None:
        self.device, self.now, self.rings = device, now, 0

    def ring(self, seq: int) -> None:
        self.rings += 1
        assert self.device.changes_since(0).seq >= seq
        if self.rings == 1:
            date = _engine.Interval(start=14_150_400, end=14_150_460)
            what: Any = _engine.What.UNIT_OR_EQUAL(unit=1)
            self.device.book(self.now, _engine.Wanted(what=what, dates=[date]))
        raise RuntimeError("an app's own mistake")


async def test_a_doorbell_may_call_back_and_throw(office: World) -> None:
    phone = await office.phone("anna")
    bell = Reentrant(phone._raw, int(TUESDAY.timestamp()))
    phone._raw.set_doorbell(bell)
    await asyncio.wait_for(phone.book(room(10)), 20)
    assert bell.rings == 2
    assert len(await phone.agenda()) == 2


def resident() -> int:
    """Pages of memory in use."""
    gc.collect()
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1])


async def test_memory_does_not_grow_with_opening_and_closing(office: World) -> None:
    """``ALLKONTOR_OPENS=10000`` for the long run; it takes some minutes."""
    times = int(os.environ.get("ALLKONTOR_OPENS", "600"))
    phone = await office.phone("anna")
    await phone.book(room(10))
    await phone.close()
    place = str(office.place("anna"))
    first = 0
    for turn in range(times):
        device = _engine.Device.open(place)
        assert len(device.agenda(None, 10)) == 1
        device.shut_down()
        if turn + 1 == times // 10:
            first = resident()
    last = resident()
    print(f"{last} pages in use after {times} opens and closes, {first} after a tenth of them")
    assert last <= 1.1 * first


async def test_d8_errors_have_words_and_names_nobody(office: World) -> None:
    phone = await office.phone("anna")
    with pytest.raises(AllkontorError) as missing:
        await phone.cancel(99)
    error = missing.value
    assert (error.code, error.retry, str(error)) == ("no_such_booking", False, "booking #99 is not on this device")
    assert error.text("sv") == "Bokningen är inte känd här. Den kan komma när enheten möter en annan."
    assert (await phone.words("en")).error(error) == error.text("fi")
