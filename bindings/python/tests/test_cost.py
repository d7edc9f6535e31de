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
    async with await Device.open(folder / "office", clock=lambda: TUESDAY) as kiosk:
        start = 0
        for turn in range(sum(ROUNDS)):
            if turn == ROUNDS[0]:
                start = time.process_time_ns()
            assert len(await kiosk.desk_bookings(ledger.OfMonth(2026, 11))) == 1_000
        nanos = (time.process_time_ns() - start) // ROUNDS[1]
    (folder / "python").write_text(str(nanos))
