"""The files that every language runs: see ``tests/vectors/bindings/README.md``."""

import base64
import json
import pathlib
import re
from datetime import date, datetime, timezone
from typing import Any

import pytest
from allkontor import AllkontorError, BookingKey, Device, ExactlyUnit, Interval, Wanted, Words, _engine, cause
from allkontor import languages, ledger, outcome, standing
from world import ZONE

FILES = pathlib.Path(__file__).parents[3] / "tests" / "vectors" / "bindings"


def held(name: str) -> Any:
    """What a file says."""
    return json.loads((FILES / name).read_text(encoding="utf-8"))


def plain(language: str) -> Words:
    """Words without an office."""
    return Words(_engine.Words.plain(language), ZONE)


def word(variant: object) -> str:
    """The word for a variant."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(variant).__name__).lower()


def interval(start: str, end: str) -> Interval:
    """In the office's zone."""
    return Interval(*(datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (start, end)))


def shown(at: datetime) -> str:
    """As the files write it."""
    return at.strftime("%Y-%m-%dT%H:%M")


def test_texts() -> None:
    texts = held("texts.json")
    assert texts["languages"] == languages()
    for language in languages():
        words = plain(language)
        for code, said in texts["errors"].items():
            assert words.error(AllkontorError(code, "")) == said[language]
        for name, said in texts["causes"].items():
            (kind,) = [kind for kind in vars(cause).values() if isinstance(kind, type) and word_of(kind) == name]
            assert words.cause(kind()) == said[language]
        for span in texts["spans"]:
            assert words.span(interval(span["start"], span["end"])) == span["text"][language]


def word_of(kind: type) -> str:
    """The word for a variant's class."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()


async def newcomer(place: pathlib.Path, office: str, now: int) -> Device:
    """A device that knows nothing yet."""
    place.mkdir()
    return await Device.join(place, office, clock=lambda: datetime.fromtimestamp(now, timezone.utc))


@pytest.mark.parametrize("vector", held("histories.json")["histories"], ids=lambda vector: vector["shows"][:30])
async def test_history(vector: Any, tmp_path: pathlib.Path) -> None:
    async with await newcomer(tmp_path / "device", vector["office"], vector["now"]) as device:
        for file in vector["files"]:
            await device.import_file(base64.b64decode(file))
        assert await device.digest() == vector["digest"]
        for language, name in vector["name"].items():
            info = await device.office(language)
            assert info is not None and info.name == name
        for expected in vector["days"]:
            on = date.fromisoformat(expected["day"])
            entries = [
                {
                    "unit": entry.unit,
                    "start": shown(entry.interval.start),
                    "end": shown(entry.interval.end),
                    "kind": word(entry.kind),
                }
                for entry in await device.day(on)
            ]
            assert entries == expected["taken"]
            (hours,) = await device.hours(on, 1) or ()
            assert [[shown(at.start), shown(at.end)] for at in hours.open] == expected["open"]
        months = {ledger.OfMonth.of(date.fromisoformat(day["day"])) for day in vector["days"]}
        filed = {entry.key: entry for month in months for entry in await device.desk_bookings(month)}
        assert len(filed) == len(vector["bookings"])
        for expected in vector["bookings"]:
            key = BookingKey(expected["ticket"], expected["slot"])
            stage = filed[key].status.stage
            assert word(stage) == expected["stage"]
            assert [hold.unit for hold in getattr(stage, "holds", ())] == expected["units"]
            why = await device.explain_at_desk(key)
            assert why is not None
            for language, lines in expected["why"].items():
                assert (await device.words(language)).explanation(why) == lines
        for ask in vector["asks"]:
            at = interval(ask["start"], ask["end"])
            (made,) = await device.book(Wanted(ExactlyUnit(ask["unit"]), (at,)))
            refusal = made.refusal if isinstance(made, outcome.Refused) else None
            assert (refusal.number if refusal else None) == ask["refused"]
            for language, text in ask["text"].items():
                assert refusal and (await device.words(language)).rule(refusal.rule) == text


async def test_codes(tmp_path: pathlib.Path) -> None:
    codes = held("codes.json")
    async with await newcomer(tmp_path / "device", codes["office"], 0) as device:
        for payload in codes["payloads"]:
            assert word(await device.read_code(base64.b64decode(payload["bytes"]))) == payload["kind"]
        for bad in codes["bad"]:
            with pytest.raises(AllkontorError) as refused:
                await getattr(device, bad["door"])(base64.b64decode(bad["bytes"]))
            assert refused.value.code == bad["code"]


async def test_incident(tmp_path: pathlib.Path) -> None:
    incident = held("incident.json")
    async with await newcomer(tmp_path / "device", incident["office"], incident["now"]) as device:
        await device.import_file(base64.b64decode(incident["file"]))
        assert await device.alarms() == ()
        await device.import_file(base64.b64decode(incident["bad"]))
        (alarm,) = await device.alarms()
        assert isinstance(alarm, standing.SomethingRefused) and alarm.signer == incident["signer"]
        for language, text in incident["text"].items():
            assert (await device.words(language)).alarm(alarm) == text
        assert await device.digest() == incident["digest"]
        assert await device.dismiss(alarm)
        assert await device.alarms() == ()
        assert not await device.dismiss(alarm)
