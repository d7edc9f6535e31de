"""From the engine's values to those of this package.

A dataclass here says by its annotations what it is made of: ``datetime`` is a minute on the office's wall clock,
``date`` an office day, a union of dataclasses an enum with data. One reading of the annotations makes one converter.
"""

import dataclasses
import enum
import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .civil import day_to_date, minute_to_datetime

Lift = Callable[[Any, ZoneInfo], Any]

PLAIN = (str, int, bool, bytes)


def lift(kind: Any, raw: Any, zone: ZoneInfo) -> Any:
    """The value of ``kind`` that the engine's ``raw`` stands for."""
    return converter(kind)(raw, zone)


@functools.cache
def converter(kind: Any) -> Lift:
    """How values of that annotation are made."""
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if kind in PLAIN or origin is Mapping:
        return _as_it_is
    if kind is datetime:
        return minute_to_datetime
    if kind is date:
        return lambda raw, zone: day_to_date(raw)
    if origin is tuple:
        return _many(converter(arguments[0]))
    if origin is types.UnionType or origin is typing.Union:
        return _union(arguments)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        members = dict(kind.__members__)
        return lambda raw, zone: members[raw._name_]
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"{kind} is not something that the engine says")


def _as_it_is(raw: Any, zone: ZoneInfo) -> Any:
    return raw


def _many(one: Lift) -> Lift:
    return lambda raw, zone: tuple([one(item, zone) for item in raw])


def _union(kinds: tuple[Any, ...]) -> Lift:
    given = [kind for kind in kinds if kind is not types.NoneType]
    if len(given) == 1:
        only = converter(given[0])
        return lambda raw, zone: None if raw is None else only(raw, zone)
    # The engine's variants are CHECKED_IN where the classes here are CheckedIn.
    by_name = {kind.__name__.upper(): converter(kind) for kind in given}
    by_type: dict[type, Lift] = {}

    def lift_variant(raw: Any, zone: ZoneInfo) -> Any:
        if raw is None:
            return None
        variant = type(raw)
        if variant not in by_type:
            name = variant.__name__.rpartition(".")[2]
            by_type[variant] = by_name[name.replace("_", "")]
        return by_type[variant](raw, zone)

    return lift_variant


def _record(kind: Any) -> Lift:
    """Written out as a person would, as dataclasses themselves are made: a loop over fields takes twice the time."""
    hints = typing.get_type_hints(kind)
    known: dict[str, Any] = {"kind": kind}
    values = []
    for field in dataclasses.fields(kind):
        known[f"lift_{field.name}"] = converter(hints[field.name])
        is_plain = known[f"lift_{field.name}"] is _as_it_is
        values.append(f"raw.{field.name}" if is_plain else f"lift_{field.name}(raw.{field.name}, zone)")
    if not values:
        only = kind()
        return lambda raw, zone: only
    made: Lift = eval(f"lambda raw, zone: kind({', '.join(values)})", known)
    return made
