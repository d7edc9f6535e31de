"""A quicker reader for what the engine answers.

The generated one copies each number out of foreign memory by itself, and makes two slices for it. This one copies the
answer once, and a page of bookings is read in half the time.
"""

import ctypes
import struct
from typing import Any

from ._engine import allkontor as generated

_I8, _U8, _I16, _U16 = (struct.Struct(f">{letter}").unpack_from for letter in "bBhH")
_I32, _U32, _I64, _U64 = (struct.Struct(f">{letter}").unpack_from for letter in "iIqQ")
_F32, _F64 = (struct.Struct(f">{letter}").unpack_from for letter in "fd")


class Stream:
    """Reads an answer from its beginning to its end; beyond it there is nothing to read."""

    __slots__ = ("_bytes", "_at")

    def __init__(self, data: Any, length: int) -> None:
        self._bytes = ctypes.string_at(data, length) if length else b""
        self._at = 0

    @classmethod
    def from_rust_buffer(cls, buffer: Any) -> "Stream":
        """Of what the engine has answered with, which is left as it is."""
        return cls(buffer.data, buffer.len)

    def remaining(self) -> int:
        """How many bytes are left."""
        return len(self._bytes) - self._at

    def read(self, size: int) -> bytes:
        """So many bytes."""
        end = self._at + size
        if end > len(self._bytes):
            raise generated.InternalError("read past end of rust buffer")
        found = self._bytes[self._at : end]
        self._at = end
        return found

    def read_i8(self) -> int:
        """One byte, signed."""
        (value,) = _I8(self._bytes, self._at)
        self._at += 1
        return value  # type: ignore[no-any-return]

    def read_u8(self) -> int:
        """One byte."""
        (value,) = _U8(self._bytes, self._at)
        self._at += 1
        return value  # type: ignore[no-any-return]

    def read_i16(self) -> int:
        """Two bytes, signed."""
        (value,) = _I16(self._bytes, self._at)
        self._at += 2
        return value  # type: ignore[no-any-return]

    def read_u16(self) -> int:
        """Two bytes."""
        (value,) = _U16(self._bytes, self._at)
        self._at += 2
        return value  # type: ignore[no-any-return]

    def read_i32(self) -> int:
        """Four bytes, signed."""
        (value,) = _I32(self._bytes, self._at)
        self._at += 4
        return value  # type: ignore[no-any-return]

    def read_u32(self) -> int:
        """Four bytes."""
        (value,) = _U32(self._bytes, self._at)
        self._at += 4
        return value  # type: ignore[no-any-return]

    def read_i64(self) -> int:
        """Eight bytes, signed."""
        (value,) = _I64(self._bytes, self._at)
        self._at += 8
        return value  # type: ignore[no-any-return]

    def read_u64(self) -> int:
        """Eight bytes."""
        (value,) = _U64(self._bytes, self._at)
        self._at += 8
        return value  # type: ignore[no-any-return]

    def read_float(self) -> float:
        """Four bytes."""
        (value,) = _F32(self._bytes, self._at)
        self._at += 4
        return value  # type: ignore[no-any-return]

    def read_double(self) -> float:
        """Eight bytes."""
        (value,) = _F64(self._bytes, self._at)
        self._at += 8
        return value  # type: ignore[no-any-return]


def _read_text(stream: Stream) -> str:
    (size,) = _I32(stream._bytes, stream._at)
    start = stream._at + 4
    stream._at = start + size
    if size < 0 or stream._at > len(stream._bytes):
        raise generated.InternalError("read past end of rust buffer")
    return stream._bytes[start : stream._at].decode()


def _read_hold(stream: Stream) -> generated.Hold:
    """Most of what a page is made of: a unit, two minutes, and what is kept free, at once."""
    unit, start, end, before, after = _HOLD.unpack_from(stream._bytes, stream._at)
    stream._at += _HOLD.size
    interval = generated.Interval(start=start, end=end)
    return generated.Hold(unit=unit, interval=interval, before=before, after=after)


_HOLD = struct.Struct(">IiiHH")

# The generated code looks these up by name whenever an answer comes.
_replaced: Any = generated
_replaced._UniffiRustBufferStream = Stream
_replaced._UniffiFfiConverterString.read = staticmethod(_read_text)
_replaced._UniffiFfiConverterTypeHold.read = staticmethod(_read_hold)
