"""A public office's kiosk on the command line: found an office, answer phones, take in and hand out files.

    python kiosk.py found office/ --catalogue catalogue.json
    python kiosk.py found office/ --catalogue catalogue.json --opening-hours "Mo-Fr 08:00-18:00; Sa 10:00-14:00"
    python kiosk.py hours office/
    python kiosk.py run office/ --inbox stick/in --outbox stick/out
    python kiosk.py day office/ 2026-11-24
    python kiosk.py board office/
    python kiosk.py walk-in office/ 2 2026-11-24T14:00 2026-11-24T15:00
    python kiosk.py walk-in office/ 2 2026-11-24T14:00 2026-11-24T15:00 --again "FREQ=WEEKLY;COUNT=4"
    python kiosk.py contact office/ KEY < contact.txt

Copy it and make it yours. Everything it knows of Allkontor is the package ``allkontor``; its own part is to print.
Phones call it over TCP on this machine: each message after its length in four bytes, big-endian (``allkontor.stream``).
"""

import argparse
import asyncio
import contextlib
import secrets
import sys
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timezone
from pathlib import Path

from allkontor import AllkontorError, Device, Interval, Wanted, commons, desk, osm, qr_svg, stream
from allkontor.roster import ContactCard

Clock = Callable[[], datetime]


def say(*words: object) -> None:
    """One line, at once, so that who started this can follow it."""
    print(*words, flush=True)


async def found(arguments: argparse.Namespace, clock: Clock) -> None:
    """Founds an office, and says what has to be kept."""
    arguments.folder.mkdir(parents=True, exist_ok=True)
    recovery = secrets.token_bytes(32)
    catalogue = arguments.catalogue.read_bytes()
    if arguments.opening_hours:
        hours = osm.OsmHours(arguments.opening_hours, arguments.service_times)
        catalogue = osm.into_catalogue(catalogue, hours, "sv")
    async with await Device.found(arguments.folder, catalogue, recovery, clock=clock) as kiosk:
        await kiosk.confirm_clock()
        invitation = await kiosk.invitation()
        (arguments.folder / "invitation.svg").write_text(qr_svg(invitation))
        say("office", await kiosk.office_id())
        say("invitation", invitation.hex())
        say("recovery", recovery.hex(), "- print this line, keep it in a safe, and delete it here")


async def hours(arguments: argparse.Namespace, clock: Clock) -> None:
    """Prints the hours as OpenStreetMap's tags, for the map."""
    async with await Device.open(arguments.folder, clock=clock) as kiosk:
        catalogue = await kiosk.catalogue_json()
        tags = osm.from_catalogue(catalogue, "sv") if catalogue else osm.OsmHours("")
        say(f"opening_hours={tags.opening_hours}")
        if tags.service_times:
            say(f"service_times={tags.service_times}")


async def run(arguments: argparse.Namespace, clock: Clock) -> None:
    """Answers whoever calls, until it is stopped; takes in files and hands one out as things change."""
    async with await Device.open(arguments.folder, clock=clock) as kiosk:
        if arguments.clock_is_right:
            await kiosk.confirm_clock()
        async with stream.listening(kiosk, port=arguments.port) as port:
            say("listening", "127.0.0.1", port)
            jobs: list[Awaitable[None]] = [keep_time(kiosk), announce(kiosk)]
            if arguments.inbox:
                jobs.append(take_in(kiosk, arguments.inbox))
            if arguments.outbox:
                jobs.append(hand_out(kiosk, arguments.outbox))
            if arguments.until_closed:
                jobs.append(wait_for_end_of_input())
            await first_of(jobs)
        if arguments.outbox:
            await lay_out(kiosk, arguments.outbox)  # With what came last.
        say("digest", await kiosk.digest())


async def first_of(jobs: list[Awaitable[None]]) -> None:
    """Runs them side by side until one ends."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    for task in done:
        task.result()


async def keep_time(kiosk: Device) -> None:
    """Decides what is ripe, once a minute."""
    while True:
        await kiosk.tick()
        await asyncio.sleep(60)


async def announce(kiosk: Device) -> None:
    """Prints today's bookings whenever they change."""
    today = (await kiosk.now()).date()
    words = await kiosk.words("sv")
    async for entries in kiosk.watch_day(today):
        say("taken", len(entries))
        for entry in entries:
            say(" ", words.unit(entry.unit), words.span(entry.interval), type(entry.kind).__name__)


async def take_in(kiosk: Device, inbox: Path) -> None:
    """Takes in every file that is laid into a folder, once."""
    seen: set[tuple[str, int]] = set()
    while True:
        for file in sorted(inbox.glob("*.allkontor")):
            stamp = (file.name, file.stat().st_mtime_ns)
            if stamp not in seen:
                seen.add(stamp)
                await take_one(kiosk, file)
        await asyncio.sleep(0.2)


async def take_one(kiosk: Device, file: Path) -> None:
    """Takes in one file; a bad one is told and passed over."""
    try:
        await kiosk.import_file(file.read_bytes())
        say("took-in", file.name)
    except AllkontorError as error:
        say("passed-over", file.name, error.code, error.text("sv"))


async def hand_out(kiosk: Device, outbox: Path) -> None:
    """Keeps a file for others up to date."""
    await lay_out(kiosk, outbox)
    async for changes in kiosk.changes():
        if changes.ledgers or changes.catalogue or changes.everything:
            await lay_out(kiosk, outbox)


async def lay_out(kiosk: Device, outbox: Path) -> None:
    """Lays all it has into a folder, as one file that is whole or not there."""
    outbox.mkdir(parents=True, exist_ok=True)
    whole = outbox / "kiosk.allkontor.part"
    whole.write_bytes(await kiosk.export_file())
    whole.replace(outbox / "kiosk.allkontor")


async def wait_for_end_of_input() -> None:
    """Until whoever started this closes its input."""
    await asyncio.to_thread(sys.stdin.read)


async def day(arguments: argparse.Namespace, clock: Clock) -> None:
    """Prints a day as the desk sees it."""
    async with await Device.open(arguments.folder, clock=clock) as kiosk:
        words = await kiosk.words("sv")
        for time in await kiosk.desk_day(arguments.day):
            key = time.booking.ticket[:8] if time.booking else "-"
            kind = type(time.entry.kind).__name__
            say(words.unit(time.entry.unit), words.span(time.entry.interval), kind, key)


async def board(arguments: argparse.Namespace, clock: Clock) -> None:
    """Prints the notice board, and what people suggest, for the screen at the entrance."""
    async with await Device.open(arguments.folder, clock=clock) as kiosk:
        words = await kiosk.words("sv")
        for notice in await kiosk.notices():
            if notice.text and notice.stage == commons.Shown():
                say("anslag", notice.number, notice.text.splitlines()[0], "-", words.notice(notice))
        for suggestion in await kiosk.suggestions():
            if suggestion.text:
                say("förslag", suggestion.text.splitlines()[0], "-", words.suggestion(suggestion))


async def walk_in(arguments: argparse.Namespace, clock: Clock) -> None:
    """Books for somebody without a phone, once or again and again, and prints a slip for each date."""
    async with await Device.open(arguments.folder, clock=clock) as kiosk:
        words = await kiosk.words("sv")
        dates = await kiosk.repeat(Interval(arguments.start, arguments.end), arguments.again)
        wanted = Wanted.unit(arguments.unit, arguments.start, arguments.end).on(dates)
        for made in await kiosk.walk_in(wanted):
            match made:
                case desk.Requested(booking, slip):
                    why = await kiosk.explain_at_desk(booking)
                    say(words.status(why.status) if why else "", "kod", slip.code)
                case desk.Refused(outcome):
                    say(words.rule(getattr(outcome, "refusal").rule))


async def contact(arguments: argparse.Namespace, clock: Clock) -> None:
    """Writes down how somebody is reached: a line to reach them by, and what follows to remember. For the staff alone."""
    typed = await asyncio.to_thread(sys.stdin.read)  # On the command line, everybody at this machine could read it.
    line, _, rest = typed.strip().partition("\n")
    async with await Device.open(arguments.folder, clock=clock) as kiosk:
        await kiosk.write_contact(arguments.holder, ContactCard(line, rest))


class Verbs:
    """A command line of verbs, each of which opens the office in a folder."""

    def __init__(self, description: str) -> None:
        self._parser = argparse.ArgumentParser(description=description)
        self._parser.add_argument("--at", type=datetime.fromisoformat, help="take this to be the time, for demonstrations")
        self._verbs = self._parser.add_subparsers(required=True)

    def add(self, name: str, carry_out: Callable[..., Awaitable[None]]) -> argparse.ArgumentParser:
        """One more verb."""
        made: argparse.ArgumentParser = self._verbs.add_parser(name, help=carry_out.__doc__)
        made.set_defaults(carry_out=carry_out)
        made.add_argument("folder", type=Path, help="where this office is kept")
        return made

    async def carry_out(self, line: list[str]) -> int:
        """Carries out what was asked for; 1 and a sentence when it cannot be done."""
        arguments = self._parser.parse_args(line)
        clock: Clock = (lambda: arguments.at.astimezone()) if arguments.at else (lambda: datetime.now(timezone.utc))
        try:
            await arguments.carry_out(arguments, clock)
        except AllkontorError as error:
            print(f"{error.text('sv')} ({error.code}: {error})", file=sys.stderr)
            return 1
        return 0


def verbs() -> Verbs:
    """What a kiosk does."""
    known = Verbs("A public office's kiosk.")
    founding = known.add("found", found)
    founding.add_argument("--catalogue", type=Path, required=True, help="the office, as JSON")
    founding.add_argument("--opening-hours", help="instead of the catalogue's, as on OpenStreetMap: Mo-Fr 08:00-18:00")
    founding.add_argument("--service-times", default="", help="when it is staffed, in the same way")
    known.add("hours", hours)
    running = known.add("run", run)
    running.add_argument("--port", type=int, default=0, help="a free one unless given")
    running.add_argument("--inbox", type=Path, help="a folder whose *.allkontor files are taken in")
    running.add_argument("--outbox", type=Path, help="a folder to keep kiosk.allkontor in")
    running.add_argument("--clock-is-right", action="store_true", help="somebody has looked at the clock")
    running.add_argument("--until-closed", action="store_true", help="end when the standard input ends")
    known.add("day", day).add_argument("day", type=date.fromisoformat)
    known.add("board", board)
    walking = known.add("walk-in", walk_in)
    walking.add_argument("unit", type=int)
    walking.add_argument("start", type=datetime.fromisoformat)
    walking.add_argument("end", type=datetime.fromisoformat)
    walking.add_argument("--again", default="FREQ=DAILY;COUNT=1", help="an RRULE: FREQ=WEEKLY;COUNT=4")
    known.add("contact", contact).add_argument("holder", help="the key that the person's phone shows")
    return known


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(asyncio.run(verbs().carry_out(sys.argv[1:])))
