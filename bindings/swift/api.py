"""What the Swift package offers to apps, as `api.txt` records it, so that a change is seen in review.

    python bindings/swift/api.py target/swift/symbols

Reads the symbol graphs that Swift writes. ``ALLKONTOR_WRITE_API=1`` writes the record anew.
"""

import json
import os
import pathlib
import sys
from typing import Any

RECORD = pathlib.Path(__file__).with_name("api.txt")
BY_HAND = ("CivilMinute", "OfficeDay")
HEAD = "# What the module offers to apps: `api.py` compares.\n\n"


def declared(symbol: dict[str, Any]) -> str:
    """As it is written in Swift."""
    return " ".join("".join(part["spelling"] for part in symbol["declarationFragments"]).split())


def graph(folder: pathlib.Path, name: str) -> list[dict[str, Any]]:
    """The symbols of one module, or of what one adds to another."""
    symbols: list[dict[str, Any]] = json.loads((folder / f"{name}.symbols.json").read_text(encoding="utf-8"))["symbols"]
    return [symbol for symbol in symbols if "::SYNTHESIZED::" not in symbol["identifier"]["precise"]]


def offered(folder: pathlib.Path) -> str:
    """Each under the path by which it is found. `bindings/api.txt` has what the generated types hold."""
    own = graph(folder, "Allkontor") + graph(folder, "Allkontor@AllkontorFFI")
    own += [symbol for symbol in graph(folder, "AllkontorFFI") if symbol["pathComponents"][0] in BY_HAND]
    return "".join(sorted({".".join(symbol["pathComponents"]) + "\n    " + declared(symbol) + "\n" for symbol in own}))


def main(folder: str) -> int:
    """1 when it is not as recorded."""
    found = HEAD + offered(pathlib.Path(folder))
    if os.environ.get("ALLKONTOR_WRITE_API"):
        RECORD.write_text(found, encoding="utf-8")
    recorded = RECORD.read_text(encoding="utf-8")
    if found == recorded:
        return 0
    for line in sorted(set(recorded.splitlines()) ^ set(found.splitlines())):
        print("-" if line in recorded.splitlines() else "+", line.strip())
    print("bindings/swift/api.txt says something else: if apps are meant to see that, write it with ALLKONTOR_WRITE_API=1")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
