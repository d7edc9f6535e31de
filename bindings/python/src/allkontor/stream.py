"""Meeting over byte streams: each message after its length, four bytes, big-endian.

Every device of an office speaks this, whatever language its app is written in: ``bindings/docs/streams.md``.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from . import _engine
from .device import Device
from .errors import AllkontorError, BadBytesError

_MOST = _engine.max_message_bytes()


async def read_message(reader: asyncio.StreamReader) -> bytes | None:
    """The next message; none at the end of the stream."""
    try:
        length = int.from_bytes(await reader.readexactly(4), "big")
        if length > _MOST:
            raise BadBytesError("session_failed", f"frame is {length} bytes: the limit is {_MOST}")
        return await reader.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


async def write_messages(writer: asyncio.StreamWriter, messages: list[bytes]) -> None:
    """Sends messages, and waits until the other side has room for more."""
    for message in messages:
        writer.write(len(message).to_bytes(4, "big") + message)
        await writer.drain()


async def converse(
    device: Device,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    *,
    opener: bool,
    stay: bool,
) -> None:
    """Exchanges what either side lacks: while the stream is open if ``stay``, else until neither has more to say.

    Cancelling it ends the connection and loses nothing: what was taken in is stored, the rest comes next time.
    """
    outgoing: list[bytes] = []
    if opener:
        connection, outgoing = await device.connect()
    else:
        connection = await device.accept()
    try:
        with device._bell.listening() as rung:
            talk = _Talk(device, connection, reader, writer, rung)
            await talk.hold(outgoing, stay)
    finally:
        writer.close()
        # A connection that failed is gone already, and so is one of a device that was closed.
        with suppress(AllkontorError):
            await device.disconnect(connection)


class _Talk:
    """One conversation. An empty message asks "anything more?", and answers "no more" after whatever there is."""

    def __init__(
        self,
        device: Device,
        connection: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        rung: asyncio.Event,
    ) -> None:
        self._device, self._connection = device, connection
        self._reader, self._writer, self._rung = reader, writer, rung
        self._said_something = False

    async def hold(self, outgoing: list[bytes], stay: bool) -> None:
        """Until the stream ends; unless ``stay``, until a question found that neither had anything to say."""
        await self._say(outgoing)
        if not stay:
            await self._ask()
        coming = asyncio.ensure_future(read_message(self._reader))
        try:
            while True:
                if await self._rings_before(coming):
                    await self._say(await self._device.poll(self._connection))
                    continue
                message = coming.result()
                if message is None:
                    return
                coming = asyncio.ensure_future(read_message(self._reader))
                if message:
                    self._said_something = True
                    await self._say(await self._device.receive(self._connection, message))
                elif stay:
                    await self._say(await self._device.poll(self._connection))
                    await write_messages(self._writer, [b""])
                elif self._said_something:
                    await self._ask()
                else:
                    return
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)

    async def _say(self, messages: list[bytes]) -> None:
        self._said_something = self._said_something or bool(messages)
        await write_messages(self._writer, messages)

    async def _ask(self) -> None:
        self._said_something = False
        await write_messages(self._writer, [b""])

    async def _rings_before(self, coming: asyncio.Future[bytes | None]) -> bool:
        """Waits for a message or for news; whether it was news only."""
        ring = asyncio.ensure_future(self._rung.wait())
        try:
            both: set[asyncio.Future[Any]] = {coming, ring}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ring.cancel()
        self._rung.clear()
        return not coming.done()


async def dial(device: Device, host: str, port: int, *, stay: bool = False) -> None:
    """Meets the device that listens there."""
    reader, writer = await asyncio.open_connection(host, port)
    await converse(device, reader, writer, opener=True, stay=stay)


@asynccontextmanager
async def listening(device: Device, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
    """Meets whoever calls, until the block is left; gives the port, a free one unless named."""
    calls: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        calls.add(task)
        try:
            # Whatever a stranger sends is the stranger's affair; and when the block is left, this ends in good order.
            with suppress(AllkontorError, ConnectionError, asyncio.CancelledError):
                await converse(device, reader, writer, opener=False, stay=True)
        finally:
            calls.discard(task)

    server = await asyncio.start_server(answer, host, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for call in set(calls):
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
