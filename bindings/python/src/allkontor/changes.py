"""What is different since somebody last looked."""

from dataclasses import dataclass
from datetime import date

from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class Changes:
    """What to look at again. ``everything``: it is too long ago to tell, or the device went on from its store."""

    everything: bool
    bookings: tuple[int, ...]
    days: tuple[date, ...]
    ledgers: tuple[Ledger, ...]
    catalogue: bool
    standing: bool
    alarms: bool
    connections: bool
