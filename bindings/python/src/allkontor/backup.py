"""A visitor's keys on a new phone, or on a second one."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a visitor's keys. Whoever has it can do all that the visitor can: print it, and keep no copy.

    ``payload``: that of its QR code. ``code``: four lines of 16 characters to type by hand.
    """

    payload: bytes = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """How a device shares its keys with others of the same person.

    ``copied``: they are, or may be, on another device too. ``others``: how many have asked for something with them, the one
    that was lost among them. ``moved``: one backup was restored twice and this device has made room for the other; a
    booking may stand twice. ``seeks``: it was restored and has not met a device of the office since.
    """

    copied: bool
    others: int
    moved: bool
    seeks: bool
