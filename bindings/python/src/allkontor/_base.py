"""The engine on a thread of its own, one call after another."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import partial
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from . import _engine, _stream  # noqa: F401: what the engine answers is read by it
from ._lift import lift
from .changes import Changes
from .errors import AllkontorError, ClosedError, MissingError, translated

P = ParamSpec("P")
T = TypeVar("T")

Clock = Callable[[], datetime]
PAGE = 1_000


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(timezone.utc)


class Bell(_engine.Doorbell):
    """Rung by the engine on whatever thread changed something; wakes listeners on the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._listeners: set[asyncio.Event] = set()

    def ring(self, seq: int) -> None:
        try:
            self._loop.call_soon_threadsafe(self.wake)
        except RuntimeError:
            pass  # The loop is closed: nobody listens any more.

    def wake(self) -> None:
        """Has every listener look. On the event loop."""
        for listener in self._listeners:
            listener.set()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever something may have changed."""
        event = asyncio.Event()
        self._listeners.add(event)
        try:
            yield event
        finally:
            self._listeners.discard(event)


class Base:
    """What every part of :class:`Device` stands on.

    Calls are carried out one after another on one thread, which exists while there is something open. Cancelling a
    task stops its waiting and never a call in its middle: a call is carried out whole, or, if it had not begun, not at
    all.
    """

    def __init__(self, raw: _engine.Device, clock: Clock, pool: ThreadPoolExecutor) -> None:
        self._raw = raw
        self._clock = clock
        self._pool: ThreadPoolExecutor | None = pool
        self._closed = False
        self._known_zone: ZoneInfo | None = None
        self._bell = Bell(asyncio.get_running_loop())
        raw.set_doorbell(self._bell)

    @staticmethod
    def _new_pool() -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="allkontor")

    @classmethod
    async def _open(cls: type[T], clock: Clock, make: Callable[[], _engine.Device]) -> T:
        pool = Base._new_pool()
        try:
            raw = await _run(pool, make)
            return cls(raw, clock, pool)  # type: ignore[call-arg]
        except BaseException:
            pool.shutdown(wait=False)
            raise

    async def _call(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        work = partial(call, *args, **kwargs)
        if self._closed:
            with translated():
                return work()  # Answers at once that it is closed.
        if self._pool is None:
            self._pool = self._new_pool()
        return await _run(self._pool, work)

    async def _rest(self, call: Callable[[], None], for_good: bool) -> None:
        if self._closed:
            return
        try:
            await self._call(call)
        finally:
            self._closed = for_good
            pool, self._pool = self._pool, None
            if pool:
                pool.shutdown()
            self._bell.wake()

    def _now(self) -> int:
        return int(self._clock().timestamp())

    async def _zone(self) -> ZoneInfo:
        """The office's zone; before anything is known of the office there is nothing to show in it."""
        if self._known_zone is None:
            try:
                self._known_zone = ZoneInfo(await self._call(self._raw.zone))
            except MissingError:
                return ZoneInfo("UTC")
        return self._known_zone

    async def _lifted(self, kind: Any, raw: Any) -> Any:
        return lift(kind, raw, await self._zone())

    async def _pages(self, page: Callable[[Any], list[Any]], key: Callable[[Any], Any]) -> list[Any]:
        """Every page there is."""
        found: list[Any] = []
        after = None
        while True:
            more = await self._call(page, after)
            found += more
            if len(more) < PAGE:
                return found
            after = key(more[-1])

    async def _changes(self, rung: asyncio.Event, seq: int) -> AsyncIterator[Changes]:
        while not self._closed:
            raw = await self._call(self._raw.changes_since, seq)
            if raw.seq != seq:
                seq = raw.seq
                yield await self._lifted(Changes, raw)
            await rung.wait()
            rung.clear()

    async def changes(self) -> AsyncIterator[Changes]:
        """What changes from now on, as it changes; what a slow reader misses comes together. Ends when closed."""
        with self._bell.listening() as rung:
            seq = (await self._call(self._raw.changes_since, 0)).seq
            async for change in self._changes(rung, seq):
                yield change

    async def _watch(
        self,
        look: Callable[[], Awaitable[T]],
        concerns: Callable[[Changes], bool],
    ) -> AsyncIterator[T]:
        """What ``look`` sees: now, and whenever it is different. Ends when closed.

        What cannot be read just then is read again at the next ring; calling for it tells why.
        """
        with self._bell.listening() as rung:
            seq, is_due = 0, True
            seen: list[T] = []
            while not self._closed:
                raw = await self._call(self._raw.changes_since, seq)
                before, seq = seq, raw.seq
                is_fresh = False
                try:
                    if not is_due and seq != before:
                        change = await self._lifted(Changes, raw)
                        is_due = change.everything or concerns(change)
                    if is_due:
                        now = [await look()]
                        is_due, is_fresh, seen = False, now != seen, now
                except ClosedError:
                    return
                except AllkontorError:
                    is_due = True
                if is_fresh:
                    yield seen[0]
                await rung.wait()
                rung.clear()


async def _run(pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    def translating() -> T:
        with translated():
            return work()

    return await asyncio.get_running_loop().run_in_executor(pool, translating)
