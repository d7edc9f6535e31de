"""The example, as an app developer would start it: a process, a port, files in folders."""

import asyncio
import json
import pathlib
import sys
from asyncio.subprocess import PIPE, Process
from datetime import timedelta

from allkontor import Device, commons, stage, stream
from world import CATALOGUE, TUESDAY, room

EXAMPLE = pathlib.Path(__file__).parents[3] / "examples" / "kiosk-python"


async def start(*words: str, program: str = "kiosk.py") -> Process:
    """The kiosk, at a fixed time."""
    line = ["-X", "utf8", "-W", "error", str(EXAMPLE / program), "--at", TUESDAY.isoformat(), *words]
    return await asyncio.create_subprocess_exec(sys.executable, *line, stdin=PIPE, stdout=PIPE, stderr=PIPE)


async def told(kiosk: Process, word: str) -> list[str]:
    """The next line that begins with a word."""
    assert kiosk.stdout
    while line := (await asyncio.wait_for(kiosk.stdout.readline(), 120)).decode():
        if line.startswith(word):
            return line.split()
    raise AssertionError(f"the kiosk ended before it said {word!r}")


async def ended(*words: str, program: str = "kiosk.py", typed: str = "") -> tuple[int, str, str]:
    """What it said, and how it ended."""
    kiosk = await start(*words, program=program)
    out, err = await asyncio.wait_for(kiosk.communicate(typed.encode()), 120)
    return kiosk.returncode or 0, out.decode(), err.decode()


async def test_d1_a_kiosk_and_a_phone_meet_over_a_socket_and_over_files(tmp_path: pathlib.Path) -> None:
    catalogue, office, inbox, outbox = [tmp_path / name for name in ("office.json", "office", "in", "out")]
    catalogue.write_text(json.dumps(CATALOGUE), encoding="utf-8")
    inbox.mkdir()
    code, out, err = await ended("found", str(office), "--catalogue", str(catalogue))
    assert (code, err) == (0, "")
    said = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert (office / "invitation.svg").read_text().startswith("<?xml")

    kiosk = await start("run", str(office), "--inbox", str(inbox), "--outbox", str(outbox), "--until-closed")
    _, host, port = await told(kiosk, "listening")
    place = tmp_path / "phone"
    place.mkdir()
    invitation = bytes.fromhex(said["invitation"])
    async with await Device.join(place, invitation, clock=lambda: TUESDAY) as phone:
        await stream.dial(phone, host, int(port))
        await phone.book(room(10))
        (inbox / "stick.allkontor").write_bytes(await phone.export_file())
        (inbox / "junk.allkontor").write_bytes(b"junk")
        assert await told(kiosk, "passed-over") == ["passed-over", "junk.allkontor", "not_a_bundle", *JUNK.split()]
        assert await told(kiosk, "took-in") == ["took-in", "stick.allkontor"]
        (booking,) = await phone.agenda()
        while not isinstance(booking.stage, stage.Confirmed):
            await asyncio.sleep(0.05)
            await phone.import_file((outbox / "kiosk.allkontor").read_bytes())
            (booking,) = await phone.agenda()
        assert kiosk.stdin
        kiosk.stdin.close()
        assert (await told(kiosk, "digest"))[1] == await phone.digest()
    assert await asyncio.wait_for(kiosk.wait(), 120) == 0
    code, out, _ = await ended("day", str(office), TUESDAY.date().isoformat())
    assert out.startswith("Rum 1 tisdag 24 november kl. 10.00–11.00 Confirmed")
    code, out, _ = await ended("walk-in", str(office), "2", "2026-11-24T14:00", "2026-11-24T15:00")
    assert out.startswith("Bekräftad: Rum 2, tisdag 24 november kl. 14.00–15.00. kod ")
    code, out, _ = await ended(
        "walk-in", str(office), "1", "2026-11-24T14:00", "2026-11-24T15:00", "--again", "FREQ=WEEKLY;COUNT=2"
    )
    slips = out.splitlines()
    assert [slip.split(". kod ")[0] for slip in slips] == [
        "Bekräftad: Rum 1, tisdag 24 november kl. 14.00–15.00",
        "Bekräftad: Rum 1, tisdag 1 december kl. 14.00–15.00",
    ]
    assert slips[0].split(". kod ")[1] != slips[1].split(". kod ")[1]
    code, _, err = await ended("day", str(tmp_path), TUESDAY.date().isoformat())
    assert (code, err.split(" (")[0]) == (1, "Den här enheten följer inget kontor än.")


async def devices(*words: str) -> list[str]:
    """What ``devices.py`` said, when all went well."""
    code, out, err = await ended(*words, program="devices.py")
    assert (code, err) == (0, "")
    return out.splitlines()


async def met(kiosk: str, tablet: str) -> str:
    """What the tablet is after it has met the kiosk twice."""
    running = await start("run", kiosk, "--until-closed")
    _, host, port = await told(running, "listening")
    for _ in range(2):
        (standing,) = await devices("meet", tablet, host, port)
    assert running.stdin
    running.stdin.close()
    assert await asyncio.wait_for(running.wait(), 120) == 0
    return standing


async def test_a_tablet_joins_and_takes_over_from_a_lost_kiosk(tmp_path: pathlib.Path) -> None:
    catalogue, office, tablet = tmp_path / "office.json", str(tmp_path / "office"), str(tmp_path / "tablet")
    catalogue.write_text(json.dumps(CATALOGUE), encoding="utf-8")
    _, out, _ = await ended("found", office, "--catalogue", str(catalogue))
    said = dict(line.split(maxsplit=1) for line in out.splitlines())
    ((_, key),) = [line.split() for line in await devices("join", tablet, said["invitation"])]
    assert await met(office, tablet) == "En besökares enhet."
    ((_, enrolment),) = [line.split() for line in await devices("enrol", tablet)]
    assert await devices("certify", office, enrolment, "staff") == [f"certified {key}"]
    assert await devices("hand-over", office, key) == []
    assert await met(office, tablet) == "En av kontorets enheter: en av personalens enheter."

    day = TUESDAY.date().isoformat()
    who = await devices("who", tablet, day)
    (lost,) = [line.split()[0] for line in who[3:] if " kiosken, senast hörd tisdag 24 november" in line]
    assert [line for line in who[:3] if line.endswith(" kl. 08.00, bestämmer") and ": kiosken, " in line], who
    question = await devices("replace", tablet, lost)
    assert question[0].startswith(f"Det här gäller enheten {lost[:8]} (kiosken), som skulle ersättas.")
    assert question[-1] == f"arvingar {key}"
    code, _, err = await ended("replace", tablet, key, "--by", lost, program="devices.py")
    assert (code, err.split(" (")[0]) == (
        1,
        "En enhet kan inte ersätta sig själv. Lämna över administratörsnyckeln först.",
    )
    answer = await devices("replace", tablet, lost, "--by", key)
    assert answer[0].endswith(f"som är ersatt. Efterträdaren är enheten {key[:8]}.")
    who = await devices("who", tablet, day)
    rooms = ["Rum 1", "Rum 2", "Bord 3"]
    assert who[:3] == [f"{room}: den här enheten bestämmer" for room in rooms]
    assert [line for line in who[3:] if line.startswith(lost) and line.endswith("(ersatt)")]
    assert await devices("alarms", tablet) == []


async def test_d3_a_contact_is_typed_at_the_kiosk_and_read_on_the_tablet(tmp_path: pathlib.Path) -> None:
    catalogue, office, tablet = tmp_path / "office.json", str(tmp_path / "office"), str(tmp_path / "tablet")
    catalogue.write_text(json.dumps(CATALOGUE | {"roster": True}), encoding="utf-8")
    _, out, _ = await ended("found", office, "--catalogue", str(catalogue))
    said = dict(line.split(maxsplit=1) for line in out.splitlines())
    await devices("join", tablet, said["invitation"])
    ((_, enrolment),) = [line.split() for line in await devices("enrol", tablet)]
    await devices("certify", office, enrolment, "staff")
    holder, typed = "0a" * 32, "Anna Ek, 070-174 06 05\nRingar två gånger\n"
    code, _, err = await ended("contact", office, holder, typed=typed)
    assert (code, err.split(".")[0]) == (1, "Det kan inte skrivas upp här just nu, och inget av det har sparats")
    await met(office, tablet)
    assert await ended("contact", office, holder, typed=typed) == (0, "", "")
    await met(office, tablet)
    assert await devices("people", tablet, "GÅNGER") == ["0a0a0a0a Anna Ek, 070-174 06 05 (Ringar två gånger)"]


async def test_a_kiosk_takes_its_hours_from_the_map_and_gives_them_back(tmp_path: pathlib.Path) -> None:
    catalogue, office = tmp_path / "office.json", str(tmp_path / "office")
    catalogue.write_text(json.dumps(CATALOGUE), encoding="utf-8")
    founding = ["found", office, "--catalogue", str(catalogue), "--opening-hours"]
    code, _, err = await ended(*founding, "Mo-Fr dawn-dusk")
    assert (code, "opening_hours, \"Mo-Fr dawn-dusk\": times by the sun are not supported" in err) == (1, True)
    code, _, _ = await ended(*founding, "Mo-Fr 08:00-18:00; Sa 10:00-14:00", "--service-times", "Tu 10:00-16:00")
    assert code == 0
    code, out, _ = await ended("hours", office)
    assert out.splitlines() == ["opening_hours=Mo-Fr 08:00-18:00; Sa 10:00-14:00", "service_times=Tu 10:00-16:00"]


async def test_e5_e6_a_kiosk_shows_the_notice_board_and_what_people_suggest(tmp_path: pathlib.Path) -> None:
    catalogue, office = tmp_path / "office.json", str(tmp_path / "office")
    catalogue.write_text(json.dumps({**CATALOGUE, "commons": {}}), encoding="utf-8")
    _, out, _ = await ended("found", office, "--catalogue", str(catalogue))
    said = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert await ended("board", office) == (0, "", "")
    kiosk = await start("run", office, "--until-closed")
    _, host, port = await told(kiosk, "listening")
    place = tmp_path / "phone"
    place.mkdir()
    async with await Device.join(place, bytes.fromhex(said["invitation"]), clock=lambda: TUESDAY) as phone:
        await stream.dial(phone, host, int(port))
        last = (TUESDAY + timedelta(days=2)).date()
        await phone.post_notice(commons.Ask(), "Vem kan Excel?\nJag bjuder på kaffe.", last, commons.AtDesk())
        await phone.suggest("En cykelpump vid dörren")
        for _ in range(3):
            await stream.dial(phone, host, int(port))
    assert kiosk.stdin
    kiosk.stdin.close()
    assert await asyncio.wait_for(kiosk.wait(), 120) == 0
    code, out, err = await ended("board", office)
    assert (code, err) == (0, "")
    notice, suggestion = out.splitlines()
    assert notice.startswith("anslag ")
    assert "Vem kan Excel? - " in notice and "torsdag 26 november" in notice
    assert suggestion.startswith("förslag En cykelpump vid dörren - ")


JUNK = "Filen är inte från en kontorsenhet, eller är skadad. Ingenting av den har tagits in."
