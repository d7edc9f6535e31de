import pathlib
from collections.abc import AsyncIterator

import pytest_asyncio
from world import World, opened


@pytest_asyncio.fixture
async def office(tmp_path: pathlib.Path) -> AsyncIterator[World]:
    """An office with its kiosk."""
    async with opened(tmp_path) as world:
        yield world
