"""Accounts with the office: money paid in ahead, or a tab."""

from collections.abc import Iterable

from ._base import PAGE, Base
from ._lower import lower
from .account import Account, AccountLine
from .money import Means, Receipt, SaleItem


class Accounts(Base):
    """What is done with accounts at a desk. Phones are not given the books: they have ``account_key`` alone."""

    async def account_key(self) -> str:
        """The lasting key that the person with this device has an account under: shown at the desk, in a code.

        Nothing ties it to the keys that they book with.
        """
        return await self._call(self._raw.account_key)

    async def open_account(self, holder: str) -> str:
        """Opens an account for whoever has that key, where the tariff says that there are any.

        This device is its custodian, and pays from it with no network.
        """
        return await self._call(self._raw.open_account, self._now(), holder)

    async def top_up(self, account: str, ore: int, means: Means) -> Receipt:
        """Takes money in for an account.

        What another desk than its custodian's takes in can be spent when the custodian has heard of it.
        """
        return await self._printed(await self._call(self._raw.top_up, self._now(), account, ore, means))

    async def sell_from_account(self, account: str, items: Iterable[SaleItem]) -> Receipt:
        """Sells, and takes the money from an account, out of what this device may spend of it."""
        sold = lower(tuple[SaleItem, ...], tuple(items), await self._zone())
        return await self._printed(await self._call(self._raw.sell_from_account, self._now(), account, sold))

    async def pay_from_account(self, account: str, charges: Iterable[str]) -> Receipt:
        """Takes the money for charges from an account, all that is owed for each."""
        raw = await self._call(self._raw.pay_from_account, self._now(), account, list(charges))
        return await self._printed(raw)

    async def allow(self, account: str, to: str, ore: int) -> None:
        """Allows another device to spend so much of an account; or gives an allowance back to the custodian.

        That one may when it has heard of it, this one no longer.
        """
        await self._call(self._raw.allow, self._now(), account, to, ore)

    async def pay_account_out(self, account: str, means: Means, ore: int | None = None) -> Receipt:
        """Pays an account out from this till: all that is there, when no amount is named. Only its custodian."""
        return await self._printed(await self._call(self._raw.pay_account_out, self._now(), account, ore, means))

    async def correct_top_up(self, entry: str, ore: int) -> Receipt:
        """Says what a top-up should have come to, if it was less: the difference is given back as it came.

        Only where it was taken, and as far as that device may spend it.
        """
        return await self._printed(await self._call(self._raw.correct_top_up, self._now(), entry, ore))

    async def close_account(self, account: str) -> None:
        """Closes an account that has nothing left. Only its custodian."""
        await self._call(self._raw.close_account, self._now(), account)

    async def account_of(self, holder: str) -> Account | None:
        """The account that somebody has under a key; none when they have none, or nobody here has heard of it."""
        raw = await self._call(self._raw.account_of, holder)
        return await self._lifted(Account | None, raw)  # type: ignore[no-any-return]

    async def account(self, account: str) -> Account | None:
        """An account; none when nobody here has heard of it."""
        raw = await self._call(self._raw.account, account)
        return await self._lifted(Account | None, raw)  # type: ignore[no-any-return]

    async def accounts(self) -> tuple[Account, ...]:
        """All accounts that this device knows of."""
        raw = await self._pages(lambda after: self._raw.accounts(after, PAGE), lambda last: last.account)
        return await self._lifted(tuple[Account, ...], raw)  # type: ignore[no-any-return]

    async def account_lines(self, account: str) -> tuple[AccountLine, ...]:
        """What passed through an account, oldest first: its statement."""
        raw = await self._pages(
            lambda after: self._raw.account_lines(account, after, PAGE), lambda last: last.entry
        )
        return await self._lifted(tuple[AccountLine, ...], raw)  # type: ignore[no-any-return]

    async def _printed(self, raw: object) -> Receipt:
        return await self._lifted(Receipt, raw)  # type: ignore[no-any-return]
