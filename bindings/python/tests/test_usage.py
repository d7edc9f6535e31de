"""How the office was used, in figures that say nothing about a person."""

import csv
import io
import json

import pytest
from allkontor import ArgumentError, RefusedError, Wanted
from allkontor.usage import YearMonth
from world import World, at, room

NOVEMBER = YearMonth.of(at(8).date())


async def test_e7_use_is_counted_by_class_hour_and_weekday_and_few_are_not_told_of(office: World) -> None:
    phones = [await office.phone(name) for name in ("anna", "bo", "cia", "dan", "eva", "fia")]
    for hour, phone in enumerate(phones[:5], 10):
        await phone.book(room(hour))
    await phones[5].book(Wanted.unit(3, at(9), at(12)))
    for phone in phones:
        await office.meet(phone)
    report = await office.kiosk.report(NOVEMBER, NOVEMBER, language="sv")
    rooms, desks = report.classes
    assert (rooms.name, rooms.booked, rooms.booked_minutes) == ("Rum", 5, 300)
    assert rooms.use_by.weekdays == (0, 5, 0, 0, 0, 0, 0)
    assert rooms.use_by.hours[10] is None, "one booking alone"
    assert (desks.asked, desks.booked_minutes) == (None, None)
    assert (report.missing, report.smallest_group) == ((), 5)

    rows = list(csv.DictReader(io.StringIO(report.csv)))
    assert {(row["name"], row["figure"]): row["value"] for row in rows if row["figure"] == "booked"} == {
        ("Rum", "booked"): "5",
        ("Skrivbord", "booked"): "withheld",
    }
    assert [one["booked"] for one in json.loads(report.json)["classes"]] == [5, None]
    told = await office.kiosk.report(NOVEMBER, NOVEMBER, smallest_group=1)
    assert told.classes[1].booked_minutes == 180


async def test_e7_what_is_no_report_is_refused_with_the_reason(office: World) -> None:
    phone = await office.phone("anna")
    with pytest.raises(RefusedError) as visitor:
        await phone.report(NOVEMBER, NOVEMBER)
    assert visitor.value.code == "not_a_steward"
    with pytest.raises(ArgumentError, match="from 2026-11 to 2026-10 has no months") as backwards:
        await office.kiosk.report(NOVEMBER, YearMonth(2026, 10))
    assert backwards.value.code == "not_a_report"
    assert backwards.value.text("sv").startswith("Det blir ingen rapport")
    with pytest.raises(ArgumentError, match="2026-13 is no month"):
        await office.kiosk.report(NOVEMBER, YearMonth(2026, 13))
