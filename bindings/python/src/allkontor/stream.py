"""Meeting over byte streams: each message after its length, four bytes, big-endian.

Every device of an office speaks this, whatever language its app is written in.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

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
    """Exchanges what either side lacks: while the stream is open if ``stay``, else until both have the same.

    Cancelling it ends the connection and loses nothing: what was taken in is stored, the rest comes next time.
    """
    outgoing: list[bytes] = []
    if opener:
        connection, outgoing = await device.connect()
    else:
        connection = await device.accept()
    coming = asyncio.ensure_future(read_message(reader))
    try:
        with device._bell.listening() as rung:
            while True:
                await write_messages(writer, outgoing)
                if not stay and await _is_done(device, connection):
                    return
                ring = asyncio.ensure_future(rung.wait())
                await asyncio.wait({coming, ring}, return_when=asyncio.FIRST_COMPLETED)
                ring.cancel()
                if not coming.done():
                    rung.clear()
                    outgoing = await device.poll(connection)
                    continue
                message = coming.result()
                if message is None:
                    return
                coming = asyncio.ensure_future(read_message(reader))
                outgoing = await device.receive(connection, message)
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)
        writer.close()
        # A connection that failed is gone already, and so is one of a device that was closed.
        with suppress(AllkontorError):
            await device.disconnect(connection)


async def _is_done(device: Device, connection: int) -> bool:
    states = (await device.sync_state()).connections
    return any(state.connection == connection and state.in_sync for state in states)


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
            # Whatever a stranger sends is the stranger's affair.
            with suppress(AllkontorError, ConnectionError):
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
