"""A kiosk and phones on real folders, and a clock that the test sets."""

import json
import pathlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allkontor import Device, ExactlyUnit, Wanted

ZONE = ZoneInfo("Europe/Stockholm")
TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)
LOCKER = ExactlyUnit(41)
SEEDS = [bytes([number]) * 32 for number in (1, 7, 9)]
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
CATALOGUE = {
    "profile": {
        "name": {"sv": "Kontoret", "en": "The office"},
        "address": {"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"},
        "languages": ["sv", "en"],
        "zone": "Europe/Stockholm",
        "operator": "library",
        "duration": {"kind": "permanent"},
    },
    "hours": {"weekly": {day: {"open": ["08:00-22:00"], "staffed": ["10:00-16:00"]} for day in WEEK}},
    "features": {
        "1": {"key": "hearing_loop", "name": {"sv": "hörslinga", "en": "hearing loop"}, "accessibility": True},
        "2": {"key": "lift", "name": {"sv": "hiss", "en": "lift"}, "accessibility": True},
    },
    "premises": [2],
    "classes": {
        "1": {"name": {"sv": "Rum", "en": "Room"}, "kind": "room", "rules": {"max_minutes": 240}},
        "2": {"name": {"sv": "Skrivbord", "en": "Desk"}, "kind": "desk"},
    },
    "units": {
        "1": {"name": {"sv": "Rum 1", "en": "Room 1"}, "class": 1},
        "2": {"name": {"sv": "Rum 2", "en": "Room 2"}, "class": 1, "features": [1]},
        "3": {"name": {"sv": "Bord 3", "en": "Desk 3"}, "class": 2},
    },
}

# The same with lockers for rent, computers to borrow, and four seats for events.
WHOLE = {
    **CATALOGUE,
    "conditions": {"1": {"sv": "repad", "en": "scratched"}},
    "classes": {
        **CATALOGUE["classes"],  # type: ignore[dict-item]
        "3": {
            "name": {"sv": "Skåp", "en": "Locker"},
            "kind": "locker",
            "cells": "year",
            "rules": {"min_minutes": 1440, "max_minutes": 527040, "horizon_days": 400},
        },
        "4": {"name": {"sv": "Dator", "en": "Computer"}, "kind": "computer"},
        "5": {"name": {"sv": "Plats", "en": "Seat"}, "kind": "seat"},
    },
    "units": {
        **CATALOGUE["units"],  # type: ignore[dict-item]
        "41": {"name": {"sv": "Skåp 41", "en": "Locker 41"}, "class": 3},
        "51": {"name": {"sv": "Dator 51", "en": "Computer 51"}, "class": 4},
        "52": {"name": {"sv": "Dator 52", "en": "Computer 52"}, "class": 4},
        **{str(number): {"name": {"sv": "Plats", "en": "Seat"}, "class": 5} for number in range(101, 105)},
    },
}


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """A time of that Tuesday, or days later."""
    return TUESDAY.replace(hour=hour, minute=minute) + timedelta(days=days)


def on(year: int, month: int, day: int) -> datetime:
    """Noon of a day."""
    return datetime(year, month, day, 12, 0, tzinfo=ZONE)


def room(hour: int, *, unit: int = 1, days: int = 0) -> Wanted:
    """One room for an hour."""
    return Wanted.unit(unit, at(hour, days=days), at(hour + 1, days=days))


class World:
    """An office whose kiosk is open."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.time = TUESDAY
        self.devices: list[Device] = []
        self.kiosk: Device

    def clock(self) -> datetime:
        """What every device here takes the time to be."""
        return self.time

    def place(self, name: str) -> pathlib.Path:
        """The folder of a device."""
        place = self.folder / name
        place.mkdir(exist_ok=True)
        return place

    async def found(self, salt: bytes = SEEDS[1], office: Mapping[str, Any] = CATALOGUE) -> None:
        """Opens the office."""
        catalogue = json.dumps(office).encode()
        device, _, recovery = SEEDS
        place = self.place("kiosk")
        self.kiosk = await Device.found(place, catalogue, recovery, device_seed=device, salt=salt, clock=self.clock)
        self.devices.append(self.kiosk)

    async def phone(self, name: str, *, met: bool = True) -> Device:
        """A phone that has scanned the invitation, and met the kiosk unless told otherwise."""
        invitation = await self.kiosk.invitation()
        seed = (name.encode() * 32)[:32]
        phone = await Device.join(self.place(name), invitation, device_seed=seed, clock=self.clock)
        self.devices.append(phone)
        if met:
            await self.meet(phone)
            await self.meet(phone)
        return phone

    async def meet(self, phone: Device, other: Device | None = None) -> None:
        """One whole conversation with the kiosk, or with another device."""
        host = other or self.kiosk
        there = await host.accept()
        here, outgoing = await phone.connect()
        while outgoing:
            answers = [answer for message in outgoing for answer in await host.receive(there, message)]
            outgoing = [message for answer in answers for message in await phone.receive(here, answer)]
        await phone.disconnect(here)
        await host.disconnect(there)

    async def agree(self, *devices: Device) -> bool:
        """Whether all have the same, the kiosk among them."""
        return len({await device.digest() for device in (self.kiosk, *devices)}) == 1


@asynccontextmanager
async def opened(
    folder: pathlib.Path, salt: bytes = SEEDS[1], office: Mapping[str, Any] = CATALOGUE
) -> AsyncIterator[World]:
    """A world whose devices are closed in the end."""
    folder.mkdir(exist_ok=True)
    world = World(folder)
    await world.found(salt, office)
    try:
        yield world
    finally:
        for device in world.devices:
            await device.close()
