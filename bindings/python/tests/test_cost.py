"""What a page of bookings costs. A measurement: ``cargo xtask cost`` runs it, and compares the languages."""

import os
import pathlib
import time

import pytest
from allkontor import Device, ledger
from world import TUESDAY

ROUNDS = (50, 100)


@pytest.mark.skipif("ALLKONTOR_COST" not in os.environ, reason="a measurement: cargo xtask cost")
async def test_a_page_of_a_thousand_bookings() -> None:
    folder = pathlib.Path(os.environ["ALLKONTOR_COST"])
    nanos = []
    async with await Device.open(folder / "office", clock=lambda: TUESDAY) as kiosk:
        for _ in range(sum(ROUNDS)):
            start = time.perf_counter_ns()
            page = await kiosk.desk_bookings(ledger.OfMonth(2026, 11))
            nanos.append(time.perf_counter_ns() - start)
            assert len(page) == 1_000
    (folder / "python").write_text(str(sorted(nanos[ROUNDS[0] :])[ROUNDS[1] // 2]))
