"""What a scanned code is."""

from dataclasses import dataclass
from typing import TypeAlias

from .booking import BookingKey


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation: join by it. Anyone may have written ``name``; ``office`` is all that counts."""

    office: str
    name: str


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A booking carried by eye: ``scan_card``."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A promise shown without network: ``verify_certificate``."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A device that wants to be one of the office's: ``scan_enrolment``."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """An office's word that it takes the people of another one, ``guest``: for the catalogue of that."""

    host: str
    guest: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a visitor's keys at ``office``: ``Device.restore``. Anyone may have written ``name``."""

    office: str
    name: str


@dataclass(frozen=True, slots=True)
class Organiser:
    """A phone that wants to write the text of an event: ``add_organiser``."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A booking on paper."""

    booking: BookingKey


Scanned: TypeAlias = Invitation | RequestCard | Certificate | Enrolment | Agreement | Backup | Organiser | OnPaper
