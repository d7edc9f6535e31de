"""What staff do with money."""

from collections.abc import Iterable
from datetime import date

from ._base import PAGE, Base
from ._lower import lower
from .booking import BookingKey
from .cause import Cause
from .civil import date_to_day
from .money import (
    Charge,
    Deposit,
    Means,
    Money,
    Overpaid,
    Receipt,
    SaleItem,
    SecondPayOut,
    TariffInfo,
    Till,
    TillCount,
)


class Tills(Base):
    """Selling, charging, deposits, counting. Phones are not given the books: what they ask of them is empty."""

    async def tariff(self, language: str = "en") -> TariffInfo | None:
        """What things cost, with names in a language; none where nothing costs anything."""
        raw = await self._call(self._raw.tariff, language)
        return await self._lifted(TariffInfo | None, raw)  # type: ignore[no-any-return]

    async def price(self, item: SaleItem, day: date) -> Money:
        """What something costs on a day."""
        asked = lower(SaleItem, item, await self._zone())
        raw = await self._call(self._raw.price, asked, date_to_day(day))
        return await self._lifted(Money, raw)  # type: ignore[no-any-return]

    async def sell(self, items: Iterable[SaleItem], means: Means) -> Receipt:
        """Sells at the till: what is bought is charged and paid at once."""
        sold = lower(tuple[SaleItem, ...], tuple(items), await self._zone())
        return await self._receipt(await self._call(self._raw.sell, self._now(), sold, means))

    async def charge(self, booking: BookingKey, items: Iterable[SaleItem]) -> tuple[str, ...]:
        """Charges a confirmed booking, to be paid now or later; the charges, in the order of the items."""
        zone = await self._zone()
        key, used = lower(BookingKey, booking, zone), lower(tuple[SaleItem, ...], tuple(items), zone)
        return tuple(await self._call(self._raw.charge, self._now(), key, used))

    async def pay(self, charges: Iterable[str], means: Means) -> Receipt:
        """Takes the money for charges, all that is owed for each."""
        return await self._receipt(await self._call(self._raw.pay, self._now(), list(charges), means))

    async def take_deposit(self, item: SaleItem, means: Means, booking: BookingKey | None = None) -> Receipt:
        """Takes a deposit, for a confirmed booking or for none; this device keeps it until it is settled."""
        zone = await self._zone()
        line, key = lower(SaleItem, item, zone), lower(BookingKey | None, booking, zone)
        return await self._receipt(await self._call(self._raw.take_deposit, self._now(), line, key, means))

    async def pay_out(self, deposit: str, means: Means, ore: int | None = None) -> Receipt:
        """Gives money of a deposit back from this till: all that is left, when no amount is named.

        Its keeper settles it, at once or when it hears.
        """
        return await self._receipt(await self._call(self._raw.pay_out, self._now(), deposit, ore, means))

    async def forfeit(self, deposit: str, ore: int, cause: Cause) -> None:
        """Keeps some of a deposit for good. Only its keeper."""
        why = lower(Cause, cause, await self._zone())
        await self._call(self._raw.forfeit, self._now(), deposit, ore, why)

    async def correct(self, charge: str, ore: int, cause: Cause | None = None) -> Receipt:
        """Says what a charge should have come to; what was paid too much is given back from this till.

        Only the device that wrote it, or who took over from that.
        """
        why = lower(Cause, cause, await self._zone()) if cause is not None else None
        return await self._receipt(await self._call(self._raw.correct, self._now(), charge, ore, why))

    async def count_till(self, counted: int) -> TillCount:
        """Counts the cash in this till. The difference is booked."""
        raw = await self._call(self._raw.count_till, self._now(), counted)
        return await self._lifted(TillCount, raw)  # type: ignore[no-any-return]

    async def move_cash(self, change: int) -> None:
        """Notes cash put into this till, or taken out of it when ``change`` is less than nothing."""
        await self._call(self._raw.move_cash, self._now(), change)

    async def receipt(self, entry: str) -> Receipt | None:
        """The receipt of an entry, to be printed again; none of what is no entry, or not known here."""
        raw = await self._call(self._raw.receipt, entry)
        return await self._lifted(Receipt | None, raw)  # type: ignore[no-any-return]

    async def charges_of(self, booking: BookingKey) -> tuple[Charge, ...]:
        """What a booking was charged, and what of it is still owed."""
        raw = await self._call(self._raw.charges_of, lower(BookingKey, booking, await self._zone()))
        return await self._lifted(tuple[Charge, ...], raw)  # type: ignore[no-any-return]

    async def deposits(self, booking: BookingKey | None = None) -> tuple[Deposit, ...]:
        """Deposits, by entry; only those of one booking, if it is named."""
        key = lower(BookingKey | None, booking, await self._zone())
        raw = await self._pages(lambda after: self._raw.deposits(key, after, PAGE), lambda last: last.entry)
        return await self._lifted(tuple[Deposit, ...], raw)  # type: ignore[no-any-return]

    async def second_pay_outs(self) -> tuple[SecondPayOut, ...]:
        """Deposits for which more left the tills than there is of them. They stay listed: staff have to look."""
        raw = await self._pages(lambda after: self._raw.second_pay_outs(after, PAGE), lambda last: last.deposit)
        return await self._lifted(tuple[SecondPayOut, ...], raw)  # type: ignore[no-any-return]

    async def overpaid(self) -> tuple[Overpaid, ...]:
        """Charges for which more was paid than they come to: staff have to look."""
        raw = await self._pages(lambda after: self._raw.overpaid(after, PAGE), lambda last: last.charge)
        return await self._lifted(tuple[Overpaid, ...], raw)  # type: ignore[no-any-return]

    async def stray_money(self) -> tuple[str, ...]:
        """What revoked devices wrote into their tills that the office had not heard of: staff have to look."""
        return tuple(await self._pages(lambda after: self._raw.stray_money(after, PAGE), lambda last: last))

    async def till(self, device: str | None = None) -> Till:
        """A device's till: this one's, if none is named."""
        raw = await self._call(self._raw.till, device)
        return await self._lifted(Till, raw)  # type: ignore[no-any-return]

    async def _receipt(self, raw: object) -> Receipt:
        return await self._lifted(Receipt, raw)  # type: ignore[no-any-return]
