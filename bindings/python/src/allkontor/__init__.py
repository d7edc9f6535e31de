"""Allkontor: book a place at a public office, with or without network.

::

    async with await Device.join(folder, invitation) as phone:
        await stream.dial(phone, host, port)
        (outcome,) = await phone.book(Wanted.unit(1, start, end))

States are dataclasses in modules of their own, made for ``match``: ``stage`` (how a booking stands), ``outcome`` and
``change`` (what came of a wish), ``date_change`` (of a series), ``rule`` (what forbids it), ``cause``, ``day``,
``rental``, ``code``, ``loan``, ``event``, ``commons``, ``explanation``, ``awaits``, ``custody``, ``standing`` (and what is wrong), ``loss``,
``decree``, ``role``. ``money`` is what passes through a till, ``account`` what people have paid in ahead, ``people`` who
may not book for a time, ``roster`` how people are reached, ``backup`` a person's keys on a new phone.
``directory`` lists offices, ``elsewhere`` tells which of them take another's people, ``usage`` is
what :meth:`Device.report` tells of how an office was used.
``osm`` and ``schema`` read and write hours as OpenStreetMap and schema.org do, ``ics`` tells what came of a calendar's file.
"""

from . import (
    account,
    awaits,
    backup,
    cause,
    change,
    code,
    commons,
    custody,
    date_change,
    day,
    decree,
    desk,
    directory,
    elsewhere,
    event,
    explanation,
    ics,
    ledger,
    loan,
    loss,
    money,
    office,
    osm,
    outcome,
    people,
    rental,
    role,
    roster,
    rule,
    scanned,
    schema,
    series,
    stage,
    standing,
    stream,
    usage,
)
from ._meet import languages, qr_svg, slip_code
from .backup import Backup, OwnKeys
from .booking import Booking, BookingKey, Delivery, Replaced, Status
from .changes import Changes
from .code import CodeDue, LockCode, OwnLockCode
from .commons import NoticeInfo, SuggestionInfo
from .day import DayEntry, FreeUnit
from .desk import Allowance, Closed, DeskBooking, DeskTime, Promise, Slip, TicketOrder
from .device import Device
from .errors import (
    AllkontorError,
    ArgumentError,
    BadBytesError,
    ClosedError,
    InternalError,
    MissingError,
    RefusedError,
    StorageError,
)
from .event import EventInfo, EventProposal, SeatsWanted
from .explanation import Explanation
from .loan import Loan, Opening, OwnLoan, Remark, ThingEntry
from .money import Means, Money, Receipt, SaleItem
from .office import OfficeInfo
from .outcome import Refusal
from .place import Hold, Interval, Wish
from .rental import OwnRental, Rental
from .sync import ConnectionState, SyncState
from .wanted import ExactlyUnit, Places, Together, UnitOrEqual, Wanted
from .words import Words

__all__ = [
    "Allowance",
    "AllkontorError",
    "ArgumentError",
    "BadBytesError",
    "Backup",
    "Booking",
    "BookingKey",
    "Changes",
    "Closed",
    "ClosedError",
    "CodeDue",
    "ConnectionState",
    "DayEntry",
    "Delivery",
    "DeskBooking",
    "DeskTime",
    "Device",
    "EventInfo",
    "EventProposal",
    "ExactlyUnit",
    "Explanation",
    "FreeUnit",
    "Hold",
    "InternalError",
    "Interval",
    "Loan",
    "LockCode",
    "Means",
    "MissingError",
    "Money",
    "NoticeInfo",
    "OfficeInfo",
    "Opening",
    "OwnKeys",
    "OwnLoan",
    "OwnLockCode",
    "OwnRental",
    "Places",
    "Promise",
    "Receipt",
    "Refusal",
    "RefusedError",
    "Remark",
    "Rental",
    "Replaced",
    "SaleItem",
    "SeatsWanted",
    "Slip",
    "Status",
    "StorageError",
    "SuggestionInfo",
    "SyncState",
    "ThingEntry",
    "TicketOrder",
    "Together",
    "UnitOrEqual",
    "Wanted",
    "Wish",
    "Words",
    "account",
    "awaits",
    "backup",
    "cause",
    "change",
    "code",
    "commons",
    "custody",
    "date_change",
    "day",
    "decree",
    "desk",
    "directory",
    "elsewhere",
    "event",
    "explanation",
    "ics",
    "languages",
    "ledger",
    "loan",
    "loss",
    "money",
    "office",
    "osm",
    "outcome",
    "people",
    "qr_svg",
    "rental",
    "role",
    "roster",
    "rule",
    "scanned",
    "schema",
    "series",
    "slip_code",
    "stage",
    "standing",
    "stream",
    "usage",
]
