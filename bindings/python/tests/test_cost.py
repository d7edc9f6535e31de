"""What a page of bookings costs. A measurement: ``cargo xtask cost`` runs it, and compares the languages."""

import os
import pathlib
import subprocess
import time

import pytest
from allkontor import Device, ledger
from world import TUESDAY

TURNS, WARM, ROUNDS = 40, 20, 5


@pytest.mark.skipif("ALLKONTOR_COST" not in os.environ, reason="a measurement: cargo xtask cost")
async def test_a_page_of_a_thousand_bookings() -> None:
    folder = pathlib.Path(os.environ["ALLKONTOR_COST"])
    async with await Device.open(folder / "office", clock=lambda: TUESDAY) as kiosk:

        async def ask(times: int) -> None:
            for _ in range(times):
                assert len(await kiosk.desk_bookings(ledger.OfMonth(2026, 11))) == 1_000

        await ask(WARM)
        turns = []
        for _ in range(TURNS):
            start = time.process_time_ns()
            await ask(ROUNDS)
            turns.append(f"{(time.process_time_ns() - start) // ROUNDS} {rust(folder)}\n")
    (folder / "python").write_text("".join(turns))


def rust(folder: pathlib.Path) -> int:
    """What the same call takes in Rust at this moment."""
    return int(subprocess.check_output([folder / "page", folder]))
