"""Files of named arrays: how a segment lies on disk. Written once, never changed, read in parts without any decoding.

    MAGIC                      eight bytes
    the arrays                 little-endian numbers, each array at a multiple of eight bytes
    the directory              JSON: name -> [type of its numbers, their count, place in the file, CRC-32]
    place, length and CRC-32 of the directory, MAGIC

The directory stands at the end, so that a file of which the end is missing is told from a whole one.
"""

import json
import mmap
import os
import struct
import weakref
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

MAGIC = b"arrays02"
_TRAILER = struct.Struct("<QII8s")
_ALIGNMENT = 8
_KINDS = frozenset({"|u1", "|b1", "<u2", "<u4", "<u8", "<i4", "<i8"})


class DamagedFile(Exception):
    """A file that is no file of arrays, or of which a part is missing or changed."""


class _Place(NamedTuple):
    kind: np.dtype
    length: int
    offset: int
    checksum: int


def smallest(numbers: np.ndarray) -> np.ndarray:
    """Return whole numbers from 0 on in the fewest bytes that hold them all."""
    return numbers.astype(np.min_scalar_type(int(numbers.max())) if len(numbers) else np.uint8)


def write_arrays(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays of numbers into a new file, and wait until it is on the disk. Raises OSError."""
    directory = {}
    with path.open("xb") as file:
        file.write(MAGIC)
        for name, array in arrays.items():
            numbers = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
            data = numbers.data.cast("B") if numbers.nbytes else memoryview(b"")
            directory[name] = [numbers.dtype.str, len(numbers), file.tell(), zlib.crc32(data)]
            file.write(data)
            file.write(bytes(-file.tell() % _ALIGNMENT))
        written = json.dumps(directory).encode()
        start = file.tell()
        file.write(written)
        file.write(_TRAILER.pack(start, len(written), zlib.crc32(written), MAGIC))
        file.flush()
        os.fsync(file.fileno())


class ArrayFile:
    """A file of arrays, open for reading as long as the object lives. Safe for threads."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, and DamagedFile for a file that is not whole."""
        self.path = path
        self._file = path.open("rb", buffering=0)
        weakref.finalize(self, self._file.close)
        self._size = os.fstat(self._file.fileno()).st_size
        self._places = self._directory()
        self._map: mmap.mmap | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def count(self, name: str) -> int:
        """Return how many numbers an array has; 0 for one that is not there."""
        return self._places[name].length if name in self._places else 0

    def whole(self, name: str) -> np.ndarray:
        """Return an array, read-only. Raises DamagedFile where it is missing or not what was written."""
        place = self._place(name)
        data = self._read(place.offset, place.length * place.kind.itemsize)
        if zlib.crc32(data) != place.checksum:
            raise DamagedFile(f"{self.path}: {name} is not what was written.")
        return np.frombuffer(data, place.kind)

    def part(self, name: str, start: int, stop: int) -> np.ndarray:
        """Return the numbers from `start` to before `stop` of an array, read-only, read now."""
        place = self._place(name)
        if not 0 <= start <= stop <= place.length:
            raise DamagedFile(f"{self.path}: {name} has no part from {start} to {stop}.")
        size = place.kind.itemsize
        return np.frombuffer(self._read(place.offset + start * size, (stop - start) * size), place.kind)

    def mapped(self, name: str) -> "memoryview[Any]":
        """Return an array as the system maps it into memory, of which it keeps what is used."""
        place = self._place(name)
        code: Any = place.kind.char
        if not place.length:
            return memoryview(b"").cast(code)
        if self._map is None:
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        end = place.offset + place.length * place.kind.itemsize
        return memoryview(self._map)[place.offset : end].cast(code)

    def view(self, name: str) -> np.ndarray:
        """Return an array as `mapped` does, read-only, for picking many numbers at once."""
        return np.frombuffer(self.mapped(name), self._place(name).kind)

    def damaged(self) -> list[str]:
        """Return the names of the arrays that are not what was written. Reads the whole file."""
        return [name for name in self._places if not self._is_sound(name)]

    def _is_sound(self, name: str) -> bool:
        try:
            self.whole(name)
        except (DamagedFile, OSError):
            return False
        return True

    def _place(self, name: str) -> _Place:
        if name not in self._places:
            raise DamagedFile(f"{self.path}: {name} is missing.")
        return self._places[name]

    def _read(self, offset: int, size: int) -> bytes:
        data = os.pread(self._file.fileno(), size, offset)
        if len(data) != size:
            raise DamagedFile(f"{self.path} ends too early.")
        return data

    def _directory(self) -> dict[str, _Place]:
        try:
            start, length, checksum, magic = _TRAILER.unpack(self._read(self._size - _TRAILER.size, _TRAILER.size))
            if magic != MAGIC or self._read(0, len(MAGIC)) != MAGIC or start + length + _TRAILER.size != self._size:
                raise DamagedFile(f"{self.path} is not whole.")
            written = self._read(start, length)
            if zlib.crc32(written) != checksum:
                raise DamagedFile(f"{self.path}: its directory is not what was written.")
            found = json.loads(written)
            places = {name: _Place(_kind(kind), *numbers) for name, (kind, *numbers) in found.items()}
            if not all(_is_possible(place, start) for place in places.values()):
                raise DamagedFile(f"{self.path} is not whole.")
        except (ValueError, TypeError, AttributeError, RecursionError, struct.error, OSError) as error:
            raise DamagedFile(f"{self.path} is not a file of arrays.") from error
        return places


def _kind(name: str) -> np.dtype:
    if name not in _KINDS:
        raise DamagedFile(f"{name} is no type of numbers.")
    return np.dtype(name)


def _is_possible(place: _Place, end: int) -> bool:
    """Whether a place is of whole numbers, and lies between the head and `end`."""
    numbers = place[1:]
    return (
        all(type(number) is int and number >= 0 for number in numbers)
        and place.offset + place.length * place.kind.itemsize <= end
    )
