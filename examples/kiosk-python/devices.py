"""The office's other devices on the command line: one more joins, who holds what, and what to do when one is lost.

    python devices.py join tablet/ INVITATION
    python devices.py meet tablet/ 127.0.0.1 PORT
    python devices.py enrol tablet/
    python devices.py certify office/ ENROLMENT staff
    python devices.py hand-over office/ KEY
    python devices.py who office/ 2026-11-24
    python devices.py alarms tablet/
    python devices.py people tablet/ 070-174
    python devices.py replace tablet/ KEY
    python devices.py replace tablet/ KEY --by OTHER

``office/`` is the kiosk's folder, ``tablet/`` the new device's. Whoever runs ``certify`` or ``replace`` has the office's
admin key: the kiosk that founded it, until it hands the key over.
"""

import argparse
import asyncio
import sys
from datetime import date

from allkontor import Device, stream
from allkontor.role import Hub, Kiosk, Role, Staff
from kiosk import Clock, Verbs, say

ROLES: dict[str, Role] = {"staff": Staff(), "kiosk": Kiosk(), "hub": Hub()}


async def join(arguments: argparse.Namespace, clock: Clock) -> None:
    """Joins an office by its invitation, as everybody does: a visitor at first."""
    arguments.folder.mkdir(parents=True, exist_ok=True)
    async with await Device.join(arguments.folder, bytes.fromhex(arguments.invitation), clock=clock) as device:
        say("key", await device.public_key())


async def meet(arguments: argparse.Namespace, clock: Clock) -> None:
    """Meets a device that listens, and says what this one is to its office now."""
    async with await Device.open(arguments.folder, clock=clock) as device:
        await stream.dial(device, arguments.host, arguments.port)
        say((await device.words("sv")).standing(await device.standing()))


async def enrol(arguments: argparse.Namespace, clock: Clock) -> None:
    """Shows what ``certify`` takes; an app draws it as a QR code."""
    async with await Device.open(arguments.folder, clock=clock) as device:
        say("enrolment", (await device.enrolment()).hex())


async def certify(arguments: argparse.Namespace, clock: Clock) -> None:
    """Makes a device that showed its enrolment one of the office's."""
    async with await Device.open(arguments.folder, clock=clock) as admin:
        key = await admin.scan_enrolment(bytes.fromhex(arguments.enrolment))
        await admin.certify(key, ROLES[arguments.role])
        say("certified", key)


async def hand_over(arguments: argparse.Namespace, clock: Clock) -> None:
    """Gives the office's admin key to another of its devices."""
    async with await Device.open(arguments.folder, clock=clock) as admin:
        await admin.hand_over(arguments.key)


async def who(arguments: argparse.Namespace, clock: Clock) -> None:
    """Says which device decides about each place on a day, and when each was last heard of."""
    async with await Device.open(arguments.folder, clock=clock) as device:
        words = await device.words("sv")
        day = await device.custody_day(arguments.day)
        for unit in day.units:
            say(f"{words.unit(unit.unit)}: {words.custody(unit.custody)}")
        for steward in day.stewards:
            gone = " (ersatt)" if steward.revoked else ""
            say(steward.device, f"{words.steward(steward)}{gone}")


async def alarms(arguments: argparse.Namespace, clock: Clock) -> None:
    """Says what somebody has to see to."""
    async with await Device.open(arguments.folder, clock=clock) as device:
        words = await device.words("sv")
        for alarm in await device.alarms():
            say(words.alarm(alarm))


async def people(arguments: argparse.Namespace, clock: Clock) -> None:
    """Says how people are reached, on a device of the staff."""
    async with await Device.open(arguments.folder, clock=clock) as device:
        for person in await device.find_people(arguments.text):
            card = person.latest.card
            say(person.holder[:8], f"{card.contact} ({card.note})" if card else "-")


async def replace(arguments: argparse.Namespace, clock: Clock) -> None:
    """Says what replacing a device would mean; with --by, replaces it."""
    async with await Device.open(arguments.folder, clock=clock) as admin:
        words = await admin.words("sv")
        if arguments.by:
            await admin.replace_device(arguments.key, arguments.by)
        found = await admin.replacement(arguments.key)
        for line in words.replacement(found):
            say(line)
        if not found.revoked:
            say("arvingar" if found.heirs else "inga arvingar", *found.heirs)


def verbs() -> Verbs:
    """What can be done about devices."""
    known = Verbs("A public office's devices.")
    known.add("join", join).add_argument("invitation", help="as kiosk.py found says it")
    meeting = known.add("meet", meet)
    meeting.add_argument("host")
    meeting.add_argument("port", type=int)
    known.add("enrol", enrol)
    certifying = known.add("certify", certify)
    certifying.add_argument("enrolment")
    certifying.add_argument("role", choices=ROLES)
    known.add("hand-over", hand_over).add_argument("key")
    known.add("who", who).add_argument("day", type=date.fromisoformat)
    known.add("alarms", alarms)
    known.add("people", people).add_argument("text", nargs="?", default="", help="of the contact or the note")
    replacing = known.add("replace", replace)
    replacing.add_argument("key", help="of the device that is lost")
    replacing.add_argument("--by", help="the key of who takes over")
    return known


if __name__ == "__main__":
    sys.exit(asyncio.run(verbs().carry_out(sys.argv[1:])))
