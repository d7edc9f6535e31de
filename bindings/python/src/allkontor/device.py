"""One office on one device."""

import secrets
from functools import partial
from os import PathLike, fspath
from types import TracebackType
from zoneinfo import ZoneInfo

from . import _engine
from ._account import Accounts
from ._admin import Admin
from ._base import Clock, utc_now
from ._calendar import Calendar
from ._code import Locks
from ._commons import Commons
from ._desk import Desk
from ._event import Events
from ._loan import Lending
from ._lower import lower
from ._meet import Meet
from ._office import Office
from ._people import People
from ._rental import Renting
from ._roster import Roster
from ._series import Series
from ._till import Tills
from ._visit import Visit
from .role import Kiosk, Role

Folder = str | PathLike[str]


class Device(
    Visit,
    Series,
    Events,
    Commons,
    Renting,
    Locks,
    Lending,
    Desk,
    People,
    Roster,
    Tills,
    Accounts,
    Admin,
    Office,
    Calendar,
    Meet,
):
    """One office on one device, in a folder of the app's choosing.

    ::

        async with await Device.open(folder) as phone:
            print(await phone.agenda())

    The folder holds ``office.sqlite``, and ``vault`` beside it: leave the vault out of backups. ``clock`` tells the
    time; tests give another. Times come out in the office's zone; one that goes in without a zone is what the office's
    wall clock shows. A device belongs to the event loop that it was opened on.
    """

    @classmethod
    async def found(
        cls,
        folder: Folder,
        catalogue: bytes,
        recovery_seed: bytes,
        *,
        role: Role = Kiosk(),
        day_start: int = 240,
        device_seed: bytes | None = None,
        salt: bytes | None = None,
        clock: Clock = utc_now,
    ) -> "Device":
        """Founds an office in an empty folder: this device is its admin, and decides everything.

        ``recovery_seed``: 32 random bytes, which the founder prints and keeps off line. The other seeds are drawn
        unless given.
        """
        founding = _engine.Founding(
            catalogue=catalogue,
            role=lower(Role, role, ZoneInfo("UTC")),
            device_seed=_drawn(device_seed),
            recovery_seed=recovery_seed,
            salt=_drawn(salt),
            day_start=day_start,
        )
        now = int(clock().timestamp())
        return await cls._open(clock, partial(_engine.Device.found, fspath(folder), now, founding))

    @classmethod
    async def join(
        cls,
        folder: Folder,
        office: str | bytes,
        *,
        device_seed: bytes | None = None,
        clock: Clock = utc_now,
    ) -> "Device":
        """Joins an office as a visitor, in an empty folder: by its id, or by what a scanned invitation says."""
        seed, place = _drawn(device_seed), fspath(folder)
        if isinstance(office, str):
            return await cls._open(clock, partial(_engine.Device.join, place, office, seed))
        return await cls._open(clock, partial(_engine.Device.join_by_invitation, place, office, seed))

    @classmethod
    async def from_archive(
        cls,
        folder: Folder,
        archive: bytes,
        *,
        device_seed: bytes | None = None,
        clock: Clock = utc_now,
    ) -> "Device":
        """Opens an office from an archive on a new machine, in an empty folder, as a visitor that has all of it.

        Certify it, or recover the office with it. A file that is not whole leaves the folder without a device.
        """
        now, seed = int(clock().timestamp()), _drawn(device_seed)
        return await cls._open(clock, partial(_engine.Device.from_archive, fspath(folder), now, archive, seed))

    @classmethod
    async def restore(
        cls,
        folder: Folder,
        backup: bytes | str,
        office: str | None = None,
        *,
        clock: Clock = utc_now,
    ) -> "Device":
        """A visitor's device from a backup, in an empty folder: scanned, or typed by hand together with the office's id.

        It is as good as the one before as soon as it has met a device of the office. The one before may go on.
        """
        place = fspath(folder)
        if isinstance(backup, bytes):
            return await cls._open(clock, partial(_engine.Device.restore_visitor, place, backup))
        if office is None:
            raise TypeError("a typed backup does not say which office it is of: expected its id")
        return await cls._open(clock, partial(_engine.Device.restore_visitor_by_code, place, backup, office))

    @classmethod
    async def open(cls, folder: Folder, *, clock: Clock = utc_now) -> "Device":
        """Opens the device that a folder holds."""
        return await cls._open(clock, partial(_engine.Device.open, fspath(folder)))

    async def close(self) -> None:
        """Saves what a quick first answer needs, and closes: no lock and no thread is left. Watchers end."""
        await self._rest(self._raw.shut_down, for_good=True)

    async def suspend(self) -> None:
        """Lets go of the files until the next call: no lock and no thread is left. Connections end."""
        await self._rest(self._raw.suspend, for_good=False)

    async def rehearse_fault(self) -> None:
        """Has the engine stop in the middle of a call, as a fault of its own would, for you to try how your app goes on.

        Raises :class:`InternalError` each time; the next call goes on from the store, and connections have ended.
        """
        await self._call(self._raw.rehearse_fault)

    async def __aenter__(self) -> "Device":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


def _drawn(seed: bytes | None) -> bytes:
    return seed if seed is not None else secrets.token_bytes(32)
