"""How people are reached: for the staff alone."""

from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["ContactCard", "ContactEntry", "Person"]


@dataclass(frozen=True, slots=True)
class ContactCard:
    """How somebody is reached, at most 500 bytes, and what is to be remembered, at most 1 000. Not shown by ``repr``.

    An empty one hides what was written before.
    """

    contact: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """A card as it was written: when, and on which device.

    ``card``: none while no other device of the staff has given this one the key.
    """

    id: str
    card: ContactCard | None
    at: datetime
    device: str


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody is reached, as the staff know it.

    ``latest`` is what was written last, ``earlier`` what was before, the newest first, back to when it was last hidden.
    """

    holder: str
    latest: ContactEntry
    earlier: tuple[ContactEntry, ...]
