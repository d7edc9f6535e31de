"""Accounts with the office: money paid in ahead, or a tab."""

from dataclasses import dataclass
from datetime import datetime

from . import _engine
from ._engine import AccountPosting
from .errors import translated

__all__ = ["Account", "AccountAllowance", "AccountLine", "AccountPosting", "key_on_paper"]


@dataclass(frozen=True, slots=True)
class AccountAllowance:
    """What a device was allowed to spend of an account."""

    device: str
    ore: int


@dataclass(frozen=True, slots=True)
class Account:
    """An account: what was paid in, less what was spent and paid out.

    ``custodian`` pays it out; ``limit`` is how far below nothing it may go; ``here`` is what this device may spend of it
    now, with no network; ``allowances`` what others than the custodian may.
    """

    account: str
    holder: str
    custodian: str
    limit: int
    balance: int
    here: int
    allowances: tuple[AccountAllowance, ...]
    opened: datetime
    is_closed: bool


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of an account's statement; ``receipt`` is the number of its receipt in that till and year."""

    entry: str
    posting: AccountPosting
    change: int
    till: str
    receipt: int
    minute: datetime


def key_on_paper(seed: bytes) -> str:
    """The key that a paper has an account under: 16 random bytes that are printed on it and kept nowhere."""
    with translated():
        return _engine.account_key_on_paper(seed)
