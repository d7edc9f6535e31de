"""Lists of offices, signed by whoever publishes them.

A directory is an address book: following an office still takes what the office itself has signed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from . import _engine
from .errors import ArgumentError, translated


@dataclass(frozen=True, slots=True)
class Listing:
    """An office, to be put into a directory. ``name`` is by language tag (BCP 47)."""

    office: str
    name: Mapping[str, str]
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    reach: tuple[str, ...] = ()
    """Where a device of the office, or a relay, can be reached, such as ``192.168.1.4:7411``."""
    website: str = ""


@dataclass(frozen=True, slots=True)
class ListedOffice:
    """An office of a directory, with its name in one language."""

    office: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    reach: tuple[str, ...]
    website: str
    invitation: bytes
    """What its kiosk would show to be scanned: :meth:`Device.join` takes it."""


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory whose signature holds. Of two, the one ``issued`` later counts."""

    issued: datetime
    offices: tuple[ListedOffice, ...]


def sign(publisher_seed: bytes, issued: datetime, offices: Iterable[Listing]) -> bytes:
    """Signs a directory. ``publisher_seed``: 32 secret bytes; apps know the public half, :func:`publisher_key`."""
    if issued.tzinfo is None:
        raise ArgumentError("out_of_range", f"{issued} has no time zone")
    listed = [
        _engine.OfficeListing(
            office=one.office,
            name=dict(one.name),
            street=one.street,
            postcode=one.postcode,
            city=one.city,
            country=one.country,
            reach=list(one.reach),
            website=one.website,
        )
        for one in offices
    ]
    with translated():
        return _engine.sign_directory(publisher_seed, int(issued.timestamp()), listed)


def publisher_key(publisher_seed: bytes) -> str:
    """The key by which apps know a publisher."""
    with translated():
        return _engine.publisher_key(publisher_seed)


def read(directory: bytes, publisher: str, language: str = "en") -> Directory:
    """Reads a directory of that publisher; what does not carry its signature is refused whole."""
    with translated():
        raw = _engine.read_directory(directory, publisher, language)
    offices = tuple(
        ListedOffice(
            one.office,
            one.name,
            one.street,
            one.postcode,
            one.city,
            one.country,
            tuple(one.reach),
            one.website,
            one.invitation,
        )
        for one in raw.offices
    )
    return Directory(datetime.fromtimestamp(raw.issued, tz=timezone.utc), offices)
