"""Hours come from a map, and go back to it."""

import json
from datetime import date

import pytest
from allkontor import ArgumentError, BadBytesError, Interval, osm, schema
from allkontor.errors import AllkontorError
from allkontor.osm import OsmHours
from world import CATALOGUE, World, at

HOURS = OsmHours("Mo-Fr 08:00-18:00; Sa 10:00-14:00; PH closed; 2026 Dec 23 08:00-15:00 \"dan före dan\"", "Tu 10:00-16:00; PH off")


def described(**hours: object) -> bytes:
    """The office, with other hours."""
    return json.dumps({**CATALOGUE, "hours": {**CATALOGUE["hours"], **hours}}).encode()  # type: ignore[dict-item]


async def test_an_office_is_founded_with_the_hours_of_a_map_and_gives_them_back(office: World) -> None:
    catalogue = osm.into_catalogue(described(calendar="sweden"), HOURS, "sv")
    await office.kiosk.publish(catalogue)
    days = [date(2026, 11, 24), date(2026, 12, 23), date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 2)]
    found = {day: (await office.kiosk.hours(day, 1, "sv") or ())[0] for day in days}
    assert found[days[0]].open == (Interval(at(8), at(18)),)
    assert found[days[0]].staffed == (Interval(at(10), at(16)),)
    assert (found[days[1]].open[0].end.hour, found[days[1]].note) == (15, "dan före dan")
    assert (found[days[2]].open, found[days[3]].open) == ((), ()), "Christmas"
    assert [span.start.hour for span in found[days[4]].open] == [10], "a Saturday"

    published = await office.kiosk.catalogue_json()
    assert published == catalogue
    tags = osm.from_catalogue(catalogue, "sv")
    assert tags.opening_hours == HOURS.opening_hours
    assert osm.into_catalogue(catalogue, tags, "sv") == catalogue


def test_what_cannot_be_said_exactly_is_refused_with_the_rule() -> None:
    with pytest.raises(ArgumentError, match='"Mo-Fr sunrise-12:00": times by the sun are not supported') as refused:
        osm.into_catalogue(described(), OsmHours("Mo-Fr sunrise-12:00"))
    assert (refused.value.code, refused.value.retry) == ("not_hours", False)
    assert refused.value.text("en").startswith("The opening hours say something that cannot be kept exactly.")
    with pytest.raises(ArgumentError, match="no calendar says which days"):
        osm.into_catalogue(described(), OsmHours("PH off"))
    with pytest.raises(AllkontorError) as junk:
        osm.from_catalogue(b"junk")
    assert junk.value.code == "not_a_catalogue"
    assert not isinstance(junk.value, BadBytesError), "the app's own argument"


async def test_p2_hours_of_a_web_page_are_published_and_come_back(office: World) -> None:
    page = json.dumps({
        "@context": "https://schema.org",
        "@type": "Library",
        "openingHoursSpecification": [
            {"dayOfWeek": ["Monday", "Tuesday"], "opens": "08:00", "closes": "18:00"},
            {"dayOfWeek": "https://schema.org/PublicHolidays", "opens": "00:00", "closes": "00:00"},
        ],
        "specialOpeningHoursSpecification": [
            {"opens": "18:00", "closes": "01:00", "validFrom": "2026-12-31", "validThrough": "2026-12-31", "description": "nyår"}
        ],
    })
    catalogue = schema.into_catalogue(described(calendar="sweden"), page, "sv")
    await office.kiosk.publish(catalogue)
    (tuesday,) = await office.kiosk.hours(date(2026, 11, 24), 1, "sv") or ()
    (new_year,) = await office.kiosk.hours(date(2026, 12, 31), 1, "sv") or ()
    (epiphany,) = await office.kiosk.hours(date(2027, 1, 6), 1, "sv") or ()
    assert (tuesday.open, epiphany.open) == ((Interval(at(8), at(18)),), ())
    assert ((new_year.open[0].end - new_year.open[0].start).seconds, new_year.note) == (7 * 3600, "nyår")
    assert schema.into_catalogue(catalogue, schema.from_catalogue(catalogue, "sv"), "sv") == catalogue
    with pytest.raises(ArgumentError, match='specification 1 has opens "8"') as refused:
        schema.into_catalogue(catalogue, '{"openingHoursSpecification": {"opens": "8", "closes": "9"}}')
    assert refused.value.code == "not_hours"
