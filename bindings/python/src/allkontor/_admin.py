"""What the office's devices are: certifying, replacing, and the keys that say so."""

import secrets
from collections.abc import AsyncIterator
from datetime import date

from ._base import PAGE, Base
from ._lower import lower
from .civil import date_to_day
from .custody import CustodyDay
from .decree import AdminBranch
from .loss import Honoured, Replacement
from .role import Role, Staff
from .standing import Alarm


class Admin(Base):
    """Certifying, replacing, recovering. What is said to be only with the admin key is refused without it."""

    async def custody_day(self, day: date) -> CustodyDay:
        """Who may decide what on a day: this device, another, or nobody while it is on its way."""
        raw = await self._call(self._raw.custody_day, self._now(), date_to_day(day))
        return await self._lifted(CustodyDay, raw)  # type: ignore[no-any-return]

    async def alarms(self) -> tuple[Alarm, ...]:
        """What somebody at the office has to see to.

        What tells how things stand passes when it is mended; ``SomethingRefused`` stays until it is dismissed.
        """
        raw = await self._pages(lambda after: self._raw.alarms(after, PAGE), lambda last: last)
        return await self._lifted(tuple[Alarm, ...], raw)  # type: ignore[no-any-return]

    def watch_alarms(self) -> AsyncIterator[tuple[Alarm, ...]]:
        """The alarms: now, and whenever they are different."""
        return self._watch(self.alarms, lambda changes: changes.alarms)

    async def dismiss(self, alarm: Alarm) -> bool:
        """Somebody has seen to what happened. Whether that alarm is gone: one that tells how things stand is not."""
        raw = lower(Alarm, alarm, await self._zone())
        return await self._call(self._raw.dismiss, raw)

    async def enrolment(self) -> bytes:
        """The payload of the code that this device shows to become one of the office's devices."""
        return await self._call(self._raw.enrolment)

    async def scan_enrolment(self, payload: bytes) -> str:
        """The key on a scanned enrolment card of this office, to be certified."""
        return await self._call(self._raw.scan_enrolment, payload)

    async def certify(self, device: str, role: Role) -> None:
        """Certifies a device that joined as a visitor and showed its key. Only with the admin key."""
        raw = lower(Role, role, await self._zone())
        await self._call(self._raw.certify, self._now(), device, raw)

    async def replacement(self, device: str) -> Replacement:
        """What replacing a device now would mean. Changes nothing: the first of two steps."""
        raw = await self._call(self._raw.replacement, self._now(), device)
        return await self._lifted(Replacement, raw)  # type: ignore[no-any-return]

    async def replace_device(self, device: str, successor: str | None = None) -> str:
        """Replaces a device at what is known of it, and names who takes over: the statement that says so.

        What it promised without anybody hearing of it does not stand; whoever was promised it comes first in line when
        that comes up. For a device that was replaced before, names the successor that is still missing. Only with the
        admin key.
        """
        return await self._call(self._raw.replace_device, self._now(), device, successor)

    async def honour(self, confirm: str) -> Honoured:
        """Vouches for a promise of a replaced device that came up here: ``standing.Orphan`` names it."""
        raw = await self._call(self._raw.honour, self._now(), confirm)
        return await self._lifted(Honoured, raw)  # type: ignore[no-any-return]

    async def honour_certificate(self, payload: bytes) -> Honoured:
        """Takes in a certificate that somebody shows, and vouches for what it promises if it does not stand."""
        raw = await self._call(self._raw.honour_certificate, self._now(), payload)
        return await self._lifted(Honoured, raw)  # type: ignore[no-any-return]

    async def renew(self, device_seed: bytes | None = None) -> str:
        """Gives a device that cannot go on under its key another one: the new key, to be shown by ``enrolment``.

        For one that is ``standing.Recovering``, and for one that was replaced and has turned up again. Let it meet
        others first. Whoever holds the admin key then certifies the new key, and replaces the old one with it; a device
        that holds the admin key itself is back at once.
        """
        seed = device_seed if device_seed is not None else secrets.token_bytes(32)
        return await self._call(self._raw.renew, self._now(), seed)

    async def hand_over(self, admin: str) -> None:
        """Gives the admin key's powers to another device of the office. Only with the admin key."""
        await self._call(self._raw.hand_over, self._now(), admin)

    async def recover_office(self, recovery_seed: bytes, keeps: str | None = None, role: Role = Staff()) -> None:
        """Makes this device the office's admin by the recovery key that was printed when the office was founded.

        For when the admin's device is gone, or the office's own chain is forked; then ``keeps`` says which of
        :meth:`admin_branches` stands. A device that the office had not certified is certified as ``role``.
        """
        raw = lower(Role, role, await self._zone())
        await self._call(self._raw.recover_office, self._now(), recovery_seed, keeps, raw)

    async def admin_branches(self) -> tuple[AdminBranch, ...]:
        """The branches that contend while the office's own chain is forked; none while it is not."""
        raw = await self._call(self._raw.admin_branches)
        return await self._lifted(tuple[AdminBranch, ...], raw)  # type: ignore[no-any-return]

    async def activate_rules(self, version: int, first: date) -> None:
        """Puts the next version of the rules in force from a coming day on. Only with the admin key."""
        await self._call(self._raw.activate_rules, self._now(), version, date_to_day(first))
