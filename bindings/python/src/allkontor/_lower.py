"""From this package's values to the engine's: the way back of ``_lift``."""

import dataclasses
import enum
import functools
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from . import _engine
from .awaits import Awaits
from .cause import Cause
from .civil import date_to_day, datetime_to_minute
from .commons import NoticeAnswers, NoticeKind, NoticeStage, SuggestionStage, Verdict
from .custody import Custody
from .day import EntryKind
from .decree import Decree
from .errors import ArgumentError
from .event import EventStage
from .explanation import BrokenBy, Decider, Obstacle
from .ics import Outcome
from .ledger import Ledger
from .people import Ground
from .rental import Heir, RentalStep
from .role import Role
from .rule import Rule
from .stage import Outlook, Stage
from .standing import Alarm, Standing
from .wanted import What

Lower = Callable[[Any, ZoneInfo], Any]

# Unions, and the enums of the engine that they stand for.
_ENUMS: dict[Any, Any] = {
    Alarm: _engine.Alarm,
    Awaits: _engine.Awaits,
    BrokenBy: _engine.BrokenBy,
    Cause: _engine.Cause,
    Custody: _engine.Custody,
    Decider: _engine.Decider,
    Decree: _engine.Decree,
    EntryKind: _engine.EntryKind,
    EventStage: _engine.EventStage,
    Ground: _engine.Ground,
    Heir: _engine.Heir,
    Ledger: _engine.Ledger,
    NoticeAnswers: _engine.NoticeAnswers,
    NoticeKind: _engine.NoticeKind,
    NoticeStage: _engine.NoticeStage,
    Obstacle: _engine.Obstacle,
    Outcome: _engine.IcsOutcome,
    Outlook: _engine.Outlook,
    RentalStep: _engine.RentalStep,
    Role: _engine.Role,
    Rule: _engine.Rule,
    Stage: _engine.Stage,
    Standing: _engine.Standing,
    SuggestionStage: _engine.SuggestionStage,
    Verdict: _engine.Verdict,
    What: _engine.What,
}


def lower(kind: Any, value: Any, zone: ZoneInfo) -> Any:
    """What the engine takes for a ``value`` of ``kind``."""
    return converter(kind)(value, zone)


@functools.cache
def converter(kind: Any) -> Lower:
    """How values of that annotation are passed on."""
    origin = typing.get_origin(kind)
    if kind in (str, int, bool, bytes):
        return _plain(kind)
    if origin is Mapping:
        return lambda value, zone: dict(value)
    if kind is datetime:
        return datetime_to_minute
    if kind is date:
        return lambda value, zone: date_to_day(value)
    if origin is tuple:
        one = converter(typing.get_args(kind)[0])
        return lambda value, zone: [one(item, zone) for item in value]
    if origin is types.UnionType or origin is typing.Union:
        return _union(kind)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _instance(kind, lambda value, zone: value)
    if dataclasses.is_dataclass(kind):
        return _instance(kind, _fields(kind, getattr(_engine, typing.cast(type, kind).__name__)))
    raise TypeError(f"{kind} is not something that the engine takes")


def _plain(kind: Any) -> Lower:
    return _instance(kind, lambda value, zone: value)


def _instance(kind: Any, convert: Lower) -> Lower:
    def checked(value: Any, zone: ZoneInfo) -> Any:
        if isinstance(value, kind):
            return convert(value, zone)
        raise ArgumentError("out_of_range", f"{value!r} is a {type(value).__name__}: expected a {kind.__name__}")

    return checked


def _union(kind: Any) -> Lower:
    given = [part for part in typing.get_args(kind) if part is not types.NoneType]
    optional = len(given) < len(typing.get_args(kind))
    whole = functools.reduce(lambda a, b: a | b, given)
    raw = _ENUMS.get(whole)
    if raw is None:
        only = converter(given[0])
        return lambda value, zone: None if value is None else only(value, zone)
    variants = {part: _fields(part, getattr(raw, _variant(part.__name__))) for part in given}

    def lower_variant(value: Any, zone: ZoneInfo) -> Any:
        if value is None and optional:
            return None
        if type(value) not in variants:
            names = ", ".join(part.__name__ for part in given)
            raise ArgumentError("out_of_range", f"{value!r} is none of {names}")
        return variants[type(value)](value, zone)

    return lower_variant


def _fields(kind: Any, make: Any) -> Lower:
    hints = typing.get_type_hints(kind)
    fields = [(field.name, converter(hints[field.name])) for field in dataclasses.fields(kind)]

    def lower_record(value: Any, zone: ZoneInfo) -> Any:
        return make(**{name: convert(getattr(value, name), zone) for name, convert in fields})

    return lower_record


def _variant(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()
