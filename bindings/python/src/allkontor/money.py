"""Money: what things cost, and what passed through the office's tills.

Amounts are whole hundredths of the office's currency (öre), never floats.
"""

from dataclasses import dataclass
from datetime import date, datetime

from . import _engine
from ._engine import Means, PriceUnit, ReceiptKind
from .civil import date_to_day
from .errors import translated

__all__ = [
    "Charge",
    "Deposit",
    "Means",
    "Money",
    "Overpaid",
    "PriceStep",
    "PriceUnit",
    "Receipt",
    "ReceiptKind",
    "ReceiptLine",
    "ReducedPrice",
    "ReductionInfo",
    "SaleItem",
    "SecondPayOut",
    "TariffInfo",
    "TariffLine",
    "TariffPrice",
    "Till",
    "TillCount",
    "price_by",
]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: hundredths of a currency, whose three letters (ISO 4217) are named."""

    ore: int
    currency: str


@dataclass(frozen=True, slots=True)
class SaleItem:
    """So many of a line of the tariff; ``reduction`` is the reason for a reduced price, and is written nowhere."""

    line: int
    quantity: int = 1
    reduction: int | None = None


@dataclass(frozen=True, slots=True)
class PriceStep:
    """From the ``first`` on, each costs this."""

    first: int
    ore: int


@dataclass(frozen=True, slots=True)
class ReducedPrice:
    """What each costs for those who have that reason."""

    reduction: int
    steps: tuple[PriceStep, ...]


@dataclass(frozen=True, slots=True)
class TariffPrice:
    """What a line costs from a day on. No steps: it is no longer to be had."""

    first_day: date
    steps: tuple[PriceStep, ...]
    reduced: tuple[ReducedPrice, ...]


@dataclass(frozen=True, slots=True)
class TariffLine:
    """One line of a tariff; ``class_ids``: the classes of units that it is the price or the deposit of."""

    id: int
    name: str
    unit: PriceUnit
    is_deposit: bool
    class_ids: tuple[int, ...]
    prices: tuple[TariffPrice, ...]


@dataclass(frozen=True, slots=True)
class ReductionInfo:
    """A reason for a reduced price."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class TariffInfo:
    """What things cost. ``account_limit``: how far below nothing an account may go; none where there are none."""

    currency: str
    reductions: tuple[ReductionInfo, ...]
    account_limit: int | None
    lines: tuple[TariffLine, ...]


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A charge or a deposit; ``before`` is what it came to before it was corrected."""

    entry: str
    line: int
    quantity: int
    ore: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is printed: :meth:`Words.receipt` has its lines. VAT is not modelled.

    ``number`` counts a till's receipts of a year; ``total`` is less than nothing when money went out, and ``means`` none
    when none passed.
    """

    entry: str
    kind: ReceiptKind
    till: str
    number: int
    minute: datetime
    lines: tuple[ReceiptLine, ...]
    total: Money
    means: Means | None


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge of a booking; ``owed`` is less than nothing when too much was paid. ``keeper`` may correct it."""

    entry: str
    line: int
    quantity: int
    ore: int
    owed: int
    minute: datetime
    keeper: str


@dataclass(frozen=True, slots=True)
class Deposit:
    """A deposit: taken is held, returned and forfeited, always. ``keeper`` settles what is ``unsettled``."""

    entry: str
    line: int
    taken: int
    held: int
    returned: int
    forfeited: int
    unsettled: int
    minute: datetime
    keeper: str


@dataclass(frozen=True, slots=True)
class SecondPayOut:
    """More was paid out for a deposit than there is of it: staff have to look."""

    deposit: str
    ore: int
    pay_outs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overpaid:
    """A charge for which too much was paid."""

    charge: str
    ore: int


@dataclass(frozen=True, slots=True)
class TillCount:
    """A count of a till's cash against its books."""

    minute: datetime
    counted: int
    expected: int
    difference: int


@dataclass(frozen=True, slots=True)
class Till:
    """A device's till: the cash that should lie in it, and its counts."""

    till: str
    cash: int
    counts: tuple[TillCount, ...]


def price_by(catalogue: bytes, item: SaleItem, day: date) -> Money:
    """What something would cost by a catalogue (JSON), before it is published."""
    raw = _engine.SaleItem(line=item.line, quantity=item.quantity, reduction=item.reduction)
    with translated():
        found = _engine.price_by(catalogue, raw, date_to_day(day))
    return Money(found.ore, found.currency)
