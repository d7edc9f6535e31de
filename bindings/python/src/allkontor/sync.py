"""How far devices agree."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """One open connection, and whether, for all this side knows, neither lacks what the other has."""

    connection: int
    in_sync: bool


@dataclass(frozen=True, slots=True)
class SyncState:
    """Open connections, and how many open bookings of this device the office does not have yet."""

    connections: tuple[ConnectionState, ...]
    undelivered: int
