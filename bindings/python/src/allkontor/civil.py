"""The office's wall clock: whole minutes and office days, as ``datetime`` and ``date``."""

import functools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .errors import ArgumentError

_EPOCH = datetime(2000, 1, 1)
_FIRST_DAY = _EPOCH.date()


@functools.lru_cache(maxsize=4096)
def minute_to_datetime(minute: int, zone: ZoneInfo) -> datetime:
    """The wall clock's minute. Of an hour that autumn repeats, the earlier one."""
    return (_EPOCH + timedelta(minutes=minute)).replace(tzinfo=zone)


def datetime_to_minute(at: datetime, zone: ZoneInfo) -> int:
    """The minute that the office's wall clock shows. Without a zone, ``at`` is what that clock shows."""
    shown = at.astimezone(zone).replace(tzinfo=None) if at.tzinfo else at
    minutes, rest = divmod(shown - _EPOCH, timedelta(minutes=1))
    if rest:
        raise ArgumentError("out_of_range", f"{at} is between two minutes: expected a whole one")
    return minutes


def day_to_date(day: int) -> date:
    """The date that an office day is named after."""
    return _FIRST_DAY + timedelta(days=day)


def date_to_day(on: date) -> int:
    """The office day that is named after a date."""
    if isinstance(on, datetime):
        raise ArgumentError("out_of_range", f"{on} is a moment: expected a date")
    return (on - _FIRST_DAY).days
