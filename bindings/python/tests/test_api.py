"""What the facade and this package offer, recorded: a change is seen in review.

``ALLKONTOR_WRITE_API=1`` writes the records anew.
"""

import dataclasses
import enum
import inspect
import os
import pathlib
import re
import types
import typing
from typing import Any

import allkontor
from allkontor._engine import allkontor as generated

BINDINGS = pathlib.Path(__file__).parents[2]


def signature(of: Any) -> str:
    """Arguments and answer, as written."""
    text = str(inspect.signature(of))
    for noise in ("typing.", "collections.abc.", "allkontor.", "_engine.", "datetime."):
        text = text.replace(noise, "")
    # Where a default lies in memory is another place each time.
    return re.sub(r" at 0x[0-9a-f]+", "", text)


def members(of: type, prefix: str) -> list[str]:
    """The lines of a class."""
    lines = [prefix + of.__name__.rpartition(".")[2]]
    inner = prefix + "    "
    if issubclass(of, enum.Enum):
        return [lines[0] + " = " + " | ".join(of.__members__)]
    for name, member in sorted(vars(of).items()):
        if name.startswith("_") or name.startswith("is_"):
            continue
        if isinstance(member, type):
            lines += members(member, inner)
        elif isinstance(member, classmethod | staticmethod):
            lines.append(f"{inner}static {name}{signature(member.__func__)}")
        elif inspect.isfunction(member):
            lines.append(f"{inner}{name}{signature(member)}")
        elif isinstance(member, property):
            lines.append(f"{inner}{name} -> property")
    if dataclasses.is_dataclass(of):
        lines.insert(1, f"{inner}{signature(of.__init__)}")
    elif not issubclass(of, BaseException) and "__init__" in vars(of) and len(lines) == 1:
        lines.insert(1, f"{inner}{signature(vars(of)['__init__'])}")
    elif "__init__" in vars(of) and issubclass(of, BaseException):
        lines.insert(1, f"{inner}{signature(vars(of)['__init__'])}")
    return lines


def described(module: types.ModuleType, names: list[str]) -> list[str]:
    """The lines of a module."""
    lines = []
    for name in sorted(names):
        item = getattr(module, name)
        if isinstance(item, types.ModuleType):
            public = [inside for inside in vars(item) if not inside.startswith("_")]
            own = [inside for inside in public if getattr(getattr(item, inside), "__module__", "") == item.__name__]
            lines += ["", f"module {name}", *described(item, own)]
        elif isinstance(item, type):
            lines += members(item, "")
        elif inspect.isfunction(item):
            lines.append(f"{name}{signature(item)}")
        elif typing.get_origin(item) is None:
            lines.append(f"{name}: {type(item).__name__}")
    return lines


def hold(file: pathlib.Path, lines: list[str]) -> None:
    """Compares with the record."""
    text = "\n".join(lines).strip() + "\n"
    if os.environ.get("ALLKONTOR_WRITE_API"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text, f"the API is another: write {file.name} anew if that is meant"


def test_the_facade_is_as_recorded() -> None:
    names = [name for name in generated.__all__ if name not in ("InternalError",)]
    hold(BINDINGS / "api.txt", described(generated, names))


def test_the_package_is_as_recorded() -> None:
    inherited = [
        f"{name}{signature(member)}"
        for name, member in sorted(inspect.getmembers(allkontor.Device, inspect.isroutine))
        if not name.startswith("_")
    ]
    own = described(allkontor, allkontor.__all__)
    hold(BINDINGS / "python" / "api.txt", [*own, "", "Device, all of it", *inherited])
