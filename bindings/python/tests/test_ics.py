"""What is written as iCalendar, read by an implementation of others."""

import json
import pathlib
import re
from datetime import date, datetime, timedelta, timezone
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from allkontor import ArgumentError, BadBytesError, Device, Interval, RefusedError, Wanted, cause, day, ics, outcome, stage
from world import CATALOGUE, WEEK, ZONE, World, at, room

UTC = timezone.utc


def events(raw: bytes) -> dict[str, Any]:
    """Every event by its UID, each line within what the standard allows."""
    assert raw.endswith(b"END:VCALENDAR\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert not re.search(rb"ATTENDEE|ORGANIZER|METHOD", raw)
    calendar = icalendar.Calendar.from_ical(raw)
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert not any(event.errors for event in found.values()), "nothing in it is malformed"
    return found


def instants(raw: bytes, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """When the events between two moments are, in UTC."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(raw)).between(first, last)
    times = [(event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) for event in found]
    return sorted(times)


async def booked(office: World, phone: Device, wanted: Wanted) -> int:
    """A booking that the kiosk has decided."""
    (made,) = await phone.book(wanted)
    assert isinstance(made, outcome.Requested)
    await office.meet(phone)
    await office.meet(phone)
    return made.booking


async def test_b10_a_booking_is_one_event_through_moves_and_a_cancellation(office: World) -> None:
    phone = await office.phone("anna")
    (made,) = await phone.book(room(18))
    assert isinstance(made, outcome.Requested)

    async def event() -> Any:
        raw = await phone.booking_ics(made.booking, "sv")
        assert raw is not None
        (one,) = events(raw).values()
        return one

    asked = await event()
    assert (asked["STATUS"], asked["SEQUENCE"]) == ("TENTATIVE", 0)
    assert (asked["DTSTART"].dt, asked["DTEND"].dt) == (at(18), at(19))
    assert str(asked["LOCATION"]) == "Rum 1, Kontoret, Storgatan 1, 111 22 Stockholm"
    for _ in range(2):
        await office.meet(phone)
    confirmed = await event()
    assert (confirmed["STATUS"], str(confirmed["SUMMARY"])) == ("CONFIRMED", "Rum 1")
    assert confirmed["DTSTAMP"].dt == office.time.astimezone(UTC)

    await phone.move(made.booking, room(20, unit=2))
    asked_again = await event()
    assert (asked_again["STATUS"], asked_again["DTSTART"].dt) == ("CONFIRMED", at(18)), "what is held stays"
    for _ in range(2):
        await office.meet(phone)
    moved = await event()
    assert (moved["STATUS"], moved["DTSTART"].dt, str(moved["SUMMARY"])) == ("CONFIRMED", at(20), "Rum 2")
    await phone.cancel(made.booking)
    cancelled = await event()
    for _ in range(2):
        await office.meet(phone)
    gone = await event()
    assert cancelled["STATUS"] == gone["STATUS"] == "CANCELLED"
    assert gone["DTSTART"].dt == at(20)

    history = [asked, confirmed, asked_again, moved, cancelled, gone]
    assert len({str(one["UID"]) for one in history}) == 1
    numbers = [one["SEQUENCE"] for one in history]
    assert numbers == sorted(set(numbers)), f"{numbers} rises with every word and decision"
    assert await phone.booking_ics(99) is None
    assert list(events(await phone.agenda_ics())) == [str(gone["UID"])], "a feed goes on to say that it is cancelled"


async def test_b10_dates_of_a_series_are_events_that_name_the_first(office: World) -> None:
    phone = await office.phone("anna")
    await phone.book_series(room(18), "FREQ=DAILY;COUNT=3")
    for _ in range(2):
        await office.meet(phone)
    found = list(events(await phone.agenda_ics("sv")).values())
    assert [one["DTSTART"].dt for one in found] == [at(18), at(18, days=1), at(18, days=2)]
    assert [str(one.get("RELATED-TO")) for one in found] == ["None", str(found[0]["UID"]), str(found[0]["UID"])]
    assert all("RRULE" not in one for one in found)


@pytest.mark.parametrize(
    "now, days, hours",
    [
        # The hour from two is shown twice, and is booked once.
        (datetime(2026, 10, 20, 8, tzinfo=ZONE), (24, 25, 26), (0, 1, 2, 3, 23)),
        # There is no hour from two.
        (datetime(2027, 3, 23, 8, tzinfo=ZONE), (27, 28, 29), (0, 3, 23)),
    ],
)
@pytest.mark.parametrize("known", [True, False])
async def test_b10_times_are_the_same_instants_over_both_nights(
    tmp_path: pathlib.Path, now: datetime, days: tuple[int, ...], hours: tuple[int, ...], known: bool
) -> None:
    office = World(tmp_path)
    office.time = now
    await office.found()
    always = {"weekly": {day: {"open": ["00:00-24:00"]} for day in WEEK}}
    await office.kiosk.publish(json.dumps({**CATALOGUE, "hours": always}).encode())
    phone = await office.phone("anna")
    starts = [now.replace(day=day, hour=hour) for day in days for hour in hours]
    times = [(start, start + timedelta(hours=1)) for start in starts]
    for start, end in times:
        await phone.book(Wanted.unit(3, start, end))
    for _ in range(3):
        await office.meet(phone)
    assert [type(one.stage) for one in await phone.agenda()] == [stage.Confirmed] * len(times)
    expected = sorted((start.astimezone(UTC), end.astimezone(UTC)) for start, end in times)
    own = [(one.holds[0].interval.start, one.holds[0].interval.end) for one in await phone.agenda()]
    assert sorted((start.astimezone(UTC), end.astimezone(UTC)) for start, end in own) == expected
    feed = await office.kiosk.unit_ics(3, now.date(), 14)
    for raw in (await phone.agenda_ics(), feed):
        # A zone that nobody else knows, and that was not read before: only what the file says of it counts.
        raw = raw if known else raw.replace(b"Europe/Stockholm", f"Only/Here-{now.year}".encode())
        assert instants(raw, now, now + timedelta(days=14)) == expected
    for device in office.devices:
        await device.close()


async def test_b10_the_offices_feed_says_when_and_never_who(office: World) -> None:
    exceptions = [{"day": "2026-12-24", "hours": {}, "note": {"sv": "Julafton"}}]
    exceptions.append({"day": "2026-12-31", "hours": {"open": ["10:00-13:00"]}})
    closures = [{"interval": {"start": "2026-11-30T08:00", "end": "2026-11-30T12:00"}, "unit": 2, "reason": {"sv": "Målning"}}]
    hours = {**CATALOGUE["hours"], "exceptions": exceptions}  # type: ignore[dict-item]
    await office.kiosk.publish(json.dumps({**CATALOGUE, "hours": hours, "closures": closures}).encode())
    anna, bo = await office.phone("anna"), await office.phone("bo")
    await booked(office, anna, room(18))
    lost = await booked(office, bo, room(12, unit=3))
    await office.kiosk.close_places(at(20), at(21), cause.Closed(), [3])
    for phone in (anna, bo):
        await office.meet(phone)

    before = await office.kiosk.office_ics(date(2026, 11, 1), 92, "sv")
    said = {str(event["SUMMARY"]): event for event in events(before).values()}
    assert set(said) == {
        "Rum 1: upptaget",
        "Bord 3: upptaget",
        "Bord 3: stängt",
        "Rum 2: stängt",
        "Kontoret: stängt",
        "Kontoret: öppet 10.00–13.00",
    }
    assert said["Kontoret: stängt"]["DTSTART"].dt == date(2026, 12, 24)
    assert said["Kontoret: stängt"]["DESCRIPTION"] == "Julafton"
    assert said["Rum 2: stängt"]["DESCRIPTION"] == "Målning"
    assert {str(event["TRANSP"]) for event in said.values()} == {"TRANSPARENT"}
    for phone in (anna, bo):
        (own,) = events(await phone.agenda_ics())
        assert own not in events(before), "nothing links a time in the feed to a person's own event"
        (key,) = [one.key for one in await phone.agenda()]
        assert key is not None and key.ticket.encode() not in before
        assert await phone.office_ics(date(2026, 11, 1), 92, "sv") == before, "the same bytes on every device"

    await bo.cancel(lost)
    await office.meet(bo)
    after = events(await office.kiosk.office_ics(date(2026, 11, 1), 92, "sv"))
    freed = after[str(said["Bord 3: upptaget"]["UID"])]
    assert freed["STATUS"] == "CANCELLED"
    assert freed["SEQUENCE"] > said["Bord 3: upptaget"]["SEQUENCE"]
    with pytest.raises(ArgumentError) as unknown:
        await office.kiosk.unit_ics(77, date(2026, 11, 1))
    assert unknown.value.code == "no_such_unit"


def ics_file(*lines: str) -> bytes:
    """A file of events: each begins with its UID."""
    said = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in lines)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{said}END:VCALENDAR\r\n".replace("|", "\r\n").encode()


async def test_b10_a_file_of_bookings_is_taken_in_once_and_follows_its_changes(office: World) -> None:
    anna = await office.phone("anna")
    await booked(office, anna, room(12))
    choir = "UID:choir|DTSTART;TZID=Europe/Stockholm:20261124T180000|DURATION:PT2H|RRULE:FREQ=DAILY;COUNT=2|LOCATION:Rum 1"
    club = "UID:club|DTSTART:20261124T113000|DURATION:PT1H|LOCATION:Room 1, The office"
    broken = "UID:moon|DTSTART;TZID=Moon/Base:20261124T120000|DURATION:PT1H"
    astray = "UID:astray|DTSTART:20261124T200000|DURATION:PT1H|LOCATION:The park"
    late = "UID:late|DTSTART:20261124T213000|DURATION:PT1H|LOCATION:Rum 2"
    file = ics_file(choir, club, broken, astray, late)
    kiosk = office.kiosk

    first = await kiosk.import_ics(file, ics.IcsUse.BOOKINGS)
    kinds = [type(entry.outcome) for entry in first.entries]
    assert kinds == [ics.Booked, ics.Booked, ics.Clash, ics.NoPlace, ics.Refused]
    assert [entry.line for entry in first.entries] == [3, 3, 10, 21, 27]
    assert [(line.line, line.uid, line.why) for line in first.refused] == [
        (18, "moon", 'the time zone "Moon/Base" is not known')
    ]
    words = await kiosk.words("sv")
    assert words.import_outcome(first.entries[2].outcome) == "Platsen är upptagen då. Inget bokades."
    before = await kiosk.digest()
    again = await kiosk.import_ics(file, ics.IcsUse.BOOKINGS)
    assert [type(entry.outcome) for entry in again.entries][:3] == [ics.Known, ics.Known, ics.Clash]
    await kiosk.suspend()
    await kiosk.import_ics(file, ics.IcsUse.BOOKINGS)
    assert await kiosk.digest() == before, "the same file changes nothing, after a restart too"

    moved = ics_file("UID:choir|SEQUENCE:1|DTSTART:20261124T190000|DURATION:PT2H|RRULE:FREQ=DAILY;COUNT=2|LOCATION:Rum 1")
    later = await kiosk.import_ics(moved, ics.IcsUse.BOOKINGS)
    assert [type(entry.outcome) for entry in later.entries] == [ics.Booked, ics.Booked]
    shorter = moved.replace(b"COUNT=2", b"COUNT=1").replace(b"SEQUENCE:1", b"SEQUENCE:2")
    fewer = await kiosk.import_ics(shorter, ics.IcsUse.BOOKINGS)
    assert fewer.gone == (Interval(at(19, days=1), at(21, days=1)),)
    taken = {entry.interval.start: entry.kind for entry in await kiosk.day(date(2026, 11, 24)) if entry.unit == 1}
    assert taken == {at(12): day.Confirmed(), at(19): day.Confirmed()}
    assert not await kiosk.day(date(2026, 11, 25))
    with pytest.raises(BadBytesError, match="line 1: expected BEGIN:VCALENDAR") as bad:
        await kiosk.import_ics(b"hello", ics.IcsUse.BOOKINGS)
    assert bad.value.code == "not_a_calendar"
    with pytest.raises(RefusedError):
        await anna.import_ics(file, ics.IcsUse.BOOKINGS)


async def test_b10_a_file_of_events_is_the_offices_programme_and_comes_out_again(office: World) -> None:
    kiosk = office.kiosk
    talk = "UID:talk|DTSTART:20261125T180000|DURATION:PT2H|SUMMARY:Föredrag|DESCRIPTION:Om skåp.|LOCATION:Rum 1"
    private = "UID:secret|CLASS:PRIVATE|DTSTART:20261126T180000|DURATION:PT1H|SUMMARY:Hemligt"
    done = await kiosk.import_ics(ics_file(talk, private), ics.IcsUse.EVENTS)
    taken, untitled = (entry.outcome for entry in done.entries)
    assert isinstance(taken, ics.Proposed)
    assert isinstance(untitled, ics.Unsuitable) and "needs a title" in untitled.why
    words = await kiosk.words("sv")
    assert words.import_outcome(taken) == "Föreslaget som evenemang."
    (event,) = await kiosk.events()
    assert event.text == "Föredrag\nOm skåp."
    await kiosk.approve_event(event.key)
    anna = await office.phone("anna")
    feed = events(await anna.office_ics(date(2026, 11, 24), 7, "sv"))
    (read,) = (one for one in feed.values() if str(one["SUMMARY"]) == "Föredrag")
    assert (read["DTSTART"].dt, read["DTEND"].dt) == (at(18, days=1), at(20, days=1))
    assert str(read["DESCRIPTION"]) == event.text

    cancelled = ics_file(talk.replace("UID:talk", "UID:talk|SEQUENCE:1|STATUS:CANCELLED"))
    (entry,) = (await kiosk.import_ics(cancelled, ics.IcsUse.EVENTS)).entries
    assert isinstance(entry.outcome, ics.Withdrawn)
    await office.meet(anna)
    feed = events(await anna.office_ics(date(2026, 11, 24), 7, "sv"))
    told = {str(one.get("STATUS")) for one in feed.values() if str(one["SUMMARY"]) == "Föredrag"}
    assert told <= {"CANCELLED"}, "whoever follows the calendar is told"


async def test_b10_a_file_of_closings_moves_people_and_takes_back_what_it_cancels(office: World) -> None:
    anna = await office.phone("anna")
    booking = await booked(office, anna, room(12))
    painting = "UID:painting|DTSTART:20261124T110000|DURATION:PT4H|LOCATION:Rum 1|SUMMARY:Målning"
    done = await office.kiosk.import_ics(ics_file(painting), ics.IcsUse.CLOSINGS)
    (entry,) = done.entries
    assert isinstance(entry.outcome, ics.Taken) and len(entry.outcome.affected) == 1
    await office.meet(anna)
    held = await anna.booking(booking)
    assert held is not None and [hold.unit for hold in held.holds] == [2]
    feed = events(await office.kiosk.unit_ics(1, date(2026, 11, 24), 1, "sv"))
    assert "Rum 1: stängt" in {str(event["SUMMARY"]) for event in feed.values()}

    cancelled = ics_file(painting.replace("UID:painting", "UID:painting|SEQUENCE:1|STATUS:CANCELLED"))
    (entry,) = (await office.kiosk.import_ics(cancelled, ics.IcsUse.CLOSINGS)).entries
    assert isinstance(entry.outcome, ics.Withdrawn)
    christmas = "UID:jul|DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261227|SUMMARY:Jul"
    published = json.dumps(CATALOGUE).encode()
    closed, refused = ics.into_catalogue(published, ics_file(christmas, painting), "sv")
    assert refused == ()
    assert ics.into_catalogue(closed, ics_file(christmas, painting), "sv") == (closed, ())
    await office.kiosk.publish(closed)
    (shut,) = await office.kiosk.hours(date(2026, 12, 25), 1, "sv") or ()
    assert (shut.open, shut.note) == ((), "Jul")
