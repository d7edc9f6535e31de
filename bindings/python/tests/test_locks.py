"""Codes of lockers: for whoever rents them, and nobody else."""

import base64
import json
import pathlib
from datetime import datetime, timezone

import pytest
from allkontor import ArgumentError, Device, LockCode, RefusedError, code, desk, outcome
from allkontor.cause import Lost
from allkontor.role import Staff
from world import LOCKER, WHOLE, at, on, opened

VECTORS = pathlib.Path(__file__).parents[3] / "tests" / "vectors" / "bindings" / "locks.json"


async def test_l1_a_code_is_read_by_its_renter_and_changed_when_the_lock_was_forced(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        anna, bo = await world.phone("anna"), await world.phone("bo")
        (made,) = await anna.rent(LOCKER, at(8))
        assert isinstance(made, outcome.Requested)
        await world.meet(anna)
        await world.meet(anna)
        (rented,) = await world.kiosk.desk_rentals()
        with pytest.raises(ArgumentError) as refused:
            await world.kiosk.issue_code(rented.key, 41, "9" * 32)
        assert refused.value.code == "bad_code"
        await world.kiosk.issue_code(rented.key, 41, "4711")
        for phone in (anna, bo, anna):
            await world.meet(phone)
        (own,) = await anna.codes()
        assert own == code.OwnLockCode(made.booking, LockCode(41, "4711", 1, at(8), False))
        assert "4711" not in repr(own)
        assert (await anna.words("sv")).lock_code(own.code) == "Skåp 41: koden är 4711."
        assert await bo.codes() == ()
        assert await world.kiosk.codes_due() == ()

        world.time = at(9)
        await world.kiosk.open_unit(41, Lost())
        (due,) = await world.kiosk.codes_due()
        assert due == code.CodeDue(41, code.CodeDueBy.OPENED, rented.key)
        said = (await world.kiosk.words("en")).code_due(due)
        assert said == "Locker 41: change the code. It was opened without its renter."
        await world.kiosk.issue_code(rented.key, 41, "0815")
        assert await world.kiosk.codes_due() == ()
        await world.meet(anna)
        (own,) = await anna.codes()
        assert (own.code.code, own.code.generation) == ("0815", 2)

        await anna.cancel(made.booking)
        await world.meet(anna)
        assert await anna.codes() == ()
        assert await world.kiosk.codes_due() == (code.CodeDue(41, code.CodeDueBy.ENDED, None),)
        assert await world.agree(anna)


async def test_l1_whoever_holds_a_slip_has_the_code_read_out_by_staff(tmp_path: pathlib.Path) -> None:
    async with opened(tmp_path, office=WHOLE) as world:
        (made,) = await world.kiosk.rent_at_desk(LOCKER, at(8), on(2026, 12, 10))
        assert isinstance(made, desk.Requested)
        await world.kiosk.issue_code(made.booking, 41, "4711")
        with pytest.raises(RefusedError) as refused:
            await world.kiosk.slip_codes(made.slip.code)
        assert refused.value.code == "staff_only"
        tablet = await world.phone("tablet")
        await world.kiosk.certify(await world.kiosk.scan_enrolment(await tablet.enrolment()), Staff())
        await world.meet(tablet)
        await world.meet(tablet)
        assert [told.code for told in await tablet.slip_codes(made.slip.code)] == ["4711"]


async def test_l1_a_sealed_code_is_read_as_recorded(tmp_path: pathlib.Path) -> None:
    locks = json.loads(VECTORS.read_text(encoding="utf-8"))

    def clock() -> datetime:
        return datetime.fromtimestamp(locks["now"], timezone.utc)

    for who, expected in (("renter", locks["codes"]), ("stranger", [])):
        place = tmp_path / who
        place.mkdir()
        seed = base64.b64decode(locks[who])
        async with await Device.join(place, locks["office"], device_seed=seed, clock=clock) as device:
            await device.import_file(base64.b64decode(locks["file"]))
            own = [told.code for told in await device.codes()]
            assert [(told.unit, told.code, told.generation) for told in own] == [
                (told["unit"], told["code"], told["generation"]) for told in expected
            ]
            for told, known in zip(expected, own):
                for language, text in told["text"].items():
                    assert (await device.words(language)).lock_code(known) == text
