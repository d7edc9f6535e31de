"""Meeting other devices: over a connection, through a file, by a scanned code."""

from collections.abc import AsyncIterator

from . import _engine
from ._base import Base
from .desk import DeskBooking, Promise
from .errors import translated
from .scanned import Scanned
from .sync import SyncState


class Meet(Base):
    """The app moves bytes, the device says which. ``allkontor.stream`` does it over sockets."""

    async def connect(self) -> tuple[int, list[bytes]]:
        """Starts a connection that this device opened: its number, and the first messages to send."""
        opened = await self._call(self._raw.connect, self._now())
        return opened.connection, opened.messages

    async def accept(self) -> int:
        """Starts a connection that the other side opened: its number."""
        return await self._call(self._raw.accept, self._now())

    async def receive(self, connection: int, message: bytes) -> list[bytes]:
        """Takes one message from the other side, makes what it brings durable, and answers with messages to send.

        After an error the connection is closed; what was taken in before stays.
        """
        return await self._call(self._raw.receive, self._now(), connection, message)

    async def poll(self, connection: int) -> list[bytes]:
        """What to send now: ask again whenever something has changed."""
        return await self._call(self._raw.poll, self._now(), connection)

    async def disconnect(self, connection: int) -> None:
        """Ends a connection in good order, and remembers the peer so that the next takes one round trip."""
        await self._call(self._raw.disconnect, self._now(), connection)

    async def sync_state(self) -> SyncState:
        """How far this device and the others agree."""
        raw = await self._call(self._raw.sync_state, self._now())
        return await self._lifted(SyncState, raw)  # type: ignore[no-any-return]

    def watch_sync(self) -> AsyncIterator[SyncState]:
        """How far this device and the others agree: now, and whenever it is different."""
        return self._watch(self.sync_state, lambda changes: changes.connections or bool(changes.bookings))

    async def relay_everything(self) -> None:
        """Follows every month of the office from now on, for others to fetch from here."""
        await self._call(self._raw.relay_everything)

    async def export_file(self) -> bytes:
        """Everything this device may pass on, as one file: for a USB stick, a mail, a shared folder."""
        return await self._call(self._raw.export_file, self._now())

    async def export_office(self) -> bytes:
        """The whole office as JSON, to be moved or kept: every document as it was signed, and the catalogues.

        No key is in it, and nothing that devices keep to themselves. Only on a device of the office.
        """
        return await self._call(self._raw.export_office, self._now())

    async def import_office(self, archive: bytes) -> None:
        """Takes in an archive of this office. One that is not whole, or of another office, changes nothing."""
        await self._call(self._raw.import_office, self._now(), archive)

    async def import_file(self, content: bytes) -> None:
        """Takes in a file that another device exported."""
        await self._call(self._raw.import_file, self._now(), content)

    async def invitation(self) -> bytes:
        """The payload of the code that a phone scans to join this office."""
        return await self._call(self._raw.invitation)

    async def request_card(self, booking: int) -> bytes:
        """A booking as one code: its ticket, and what was said under it."""
        return await self._call(self._raw.request_card, booking)

    async def scan_card(self, payload: bytes) -> None:
        """Takes in a scanned request card."""
        await self._call(self._raw.scan_card, self._now(), payload)

    async def certificate(self, booking: int) -> bytes:
        """Proof, to be shown without network, of what the office promised for a booking that is confirmed."""
        return await self._call(self._raw.certificate, booking)

    async def verify_certificate(self, payload: bytes) -> Promise:
        """Checks a scanned certificate of this office."""
        raw = await self._call(self._raw.verify_certificate, payload)
        return await self._lifted(Promise, raw)  # type: ignore[no-any-return]

    async def read_code(self, payload: bytes) -> Scanned:
        """What a scanned code is."""
        raw = await self._call(_engine.read_code, payload)
        return await self._lifted(Scanned, raw)  # type: ignore[no-any-return]

    async def find_slip(self, code: str) -> DeskBooking | None:
        """The booking of a slip's code typed by hand; none when it is not known here.

        Lower case, spaces and dashes are fine. ``slip_code`` gives the code of a scanned slip.
        """
        raw = await self._call(self._raw.find_slip, code)
        return await self._lifted(DeskBooking | None, raw)  # type: ignore[no-any-return]

    async def cancel_slip(self, code: str) -> None:
        """Withdraws the booking on a slip."""
        await self._call(self._raw.cancel_slip, self._now(), code)

    async def arrive_slip(self, code: str) -> None:
        """\"I am here\", says whoever holds the slip."""
        await self._call(self._raw.arrive_slip, self._now(), code)


def qr_svg(payload: bytes) -> str:
    """Draws a payload as a QR code: SVG, black on white, with the quiet zone that scanners need."""
    with translated():
        return _engine.qr_svg(payload)


def slip_code(payload: bytes) -> str:
    """The code to type by hand of a scanned slip."""
    with translated():
        return _engine.slip_code(payload)


def languages() -> list[str]:
    """Language tags for which there are words."""
    return _engine.languages()
