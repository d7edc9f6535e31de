"""Why a call failed. Expected outcomes (refused by a rule, waiting, moved) are values instead."""

from collections.abc import Iterator
from contextlib import contextmanager

from ._engine import AllkontorError as _Raw
from ._engine import InternalError as _RawInternal
from ._engine import Words as _Words


class AllkontorError(Exception):
    """The base of them all.

    ``code`` is stable; ``detail`` says in English what was expected and what was there, for logs, and names nobody;
    ``retry``: the same call may succeed later.
    """

    def __init__(self, code: str, detail: str, retry: bool = False) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.retry = retry

    def text(self, language: str) -> str:
        """What to tell a person."""
        return _Words.plain(language).error(self.code)


class ArgumentError(AllkontorError, ValueError):
    """An argument is not what it should be."""


class RefusedError(AllkontorError):
    """It cannot be done as things stand: decided already, not this device's to decide, not certified."""


class MissingError(AllkontorError, LookupError):
    """Something is not known here. Meeting another device may help."""


class StorageError(AllkontorError):
    """The disk or the vault failed. Nothing was promised, and the device goes on from what it has stored."""


class BadBytesError(AllkontorError, ValueError):
    """Bytes from elsewhere are not what they should be. Nothing of them was taken in."""


class ClosedError(AllkontorError):
    """The device was closed."""


class InternalError(AllkontorError):
    """A fault of the engine. It goes on from what it has stored."""


_SORTS: dict[str, type[AllkontorError]] = {
    "Argument": ArgumentError,
    "Refused": RefusedError,
    "Missing": MissingError,
    "Storage": StorageError,
    "BadBytes": BadBytesError,
    "Closed": ClosedError,
    "Internal": InternalError,
}


@contextmanager
def translated() -> Iterator[None]:
    """Raises this package's errors for the engine's."""
    try:
        yield
    except _Raw as raw:
        sort = _SORTS[type(raw).__name__.rpartition(".")[2]]
        # The generated base class does not say that each of its kinds has these.
        code, detail, retry = (getattr(raw, field) for field in ("code", "detail", "retry"))
        raise sort(code, detail, retry) from None
    except _RawInternal as raw:
        raise InternalError("panic", str(raw), True) from None
