"""A backup file: one service's keys, each as Redis dumps it, held together by a checksum.

Within gzip, a JSON line that says whose copy it is; then frames, each a length of four bytes and the
msgpack of `[key, expires_at, dump]`, or of `[key, entries]` for what goes on behind in a stream; a length
of 0; and a JSON line with the moment at which all of it was so, the number of frames, and the SHA-256 of
every byte before that line. Of two frames with one key the later one counts; one without a dump says that
the key is gone. `expires_at` is in milliseconds since 1970, 0 is never.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

FORMAT = 1
KIND = "tenglong store backup"
LENGTH_3 = 0x93  # how msgpack begins a list of three
FASTEST = 1  # of gzip's levels
UNREADABLE = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, msgspec.DecodeError)


class Frame(NamedTuple):
    """One key: as it is dumped, or none if it is gone."""

    key: bytes
    expires_at: int
    dump: bytes | None


class Entries(NamedTuple):
    """What goes on in a stream behind what came before: of each entry its id, and names and values in
    turn."""

    key: bytes
    entries: list[tuple[bytes, list[bytes]]]


@dataclass(frozen=True, slots=True)
class About:
    """Whose copy it is: the service, the birth mark of its store, the version of Redis."""

    service: str
    birth: str
    redis: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file that was read to its end says of itself. All of it was so at `taken_at`."""

    about: About
    taken_at: datetime
    frames: int


class Unreadable(Exception):
    """This is no backup that can be put back; the sentence says why."""


class Unwritable(Exception):
    """The file cannot be written; the sentence says why."""


class Writer:
    """Writes frames. The file bears its name only when it is whole."""

    def __init__(self, out: IO[bytes], about: About) -> None:
        self._out, self._digest, self.frames = out, hashlib.sha256(), 0
        self._write(_line({"kind": KIND, "format": FORMAT, **asdict(about)}))

    def add(self, frame: Frame | Entries) -> None:
        packed = msgspec.msgpack.encode(frame)
        self._write(len(packed).to_bytes(4, "big") + packed)
        self.frames += 1

    def finish(self, taken_at: datetime) -> None:
        self._write(bytes(4))
        said = {"taken_at": taken_at.astimezone(UTC).isoformat(), "frames": self.frames}
        self._out.write(_line({**said, "sha256": self._digest.hexdigest()}))

    def _write(self, some: bytes) -> None:
        self._digest.update(some)
        self._out.write(some)


@contextmanager
def writing(path: Path, about: About) -> Iterator[Writer]:
    """Write a file that nobody else may read, beside its place, and put it there when it is whole and on
    the disk. What goes wrong leaves the file that was there before. Raises `Unwritable`."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            with gzip.GzipFile("", "wb", FASTEST, file) as out:
                yield Writer(out, about)  # type: ignore[arg-type]  # a file of bytes
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as problem:
        raise Unwritable(f"{path} cannot be written: {problem.strerror or problem}") from problem
    finally:
        with suppress(OSError):
            beside.unlink()


def read(path: Path) -> Iterator[Frame | Entries | Contents]:
    """Every frame, and last what the file says of itself, once its checksum agrees. Raises `Unreadable`."""
    try:
        with gzip.open(path, "rb") as file:
            yield from _read(file)
    except FileNotFoundError as problem:
        raise Unreadable(f"There is no file {path}.") from problem
    except UNREADABLE as problem:
        said = f"{path} is damaged, or no backup ({type(problem).__name__}): take another file."
        raise Unreadable(said) from problem


def checked(path: Path) -> Contents:
    """What a file says of itself, once all of it was read. Raises `Unreadable`."""
    *_, contents = (each for each in read(path) if isinstance(each, Contents))
    return contents


def _read(file: Any) -> Iterator[Frame | Entries | Contents]:
    digest, frames, head = hashlib.sha256(), 0, file.readline()
    about = _about(json.loads(head))
    digest.update(head)
    while True:
        size = _exactly(file, 4)
        digest.update(size)
        if not any(size):
            break
        packed = _exactly(file, int.from_bytes(size, "big"))
        digest.update(packed)
        frames += 1
        yield _frame(packed)
    last = json.loads(file.readline())
    if (last["sha256"], last["frames"]) != (digest.hexdigest(), frames) or file.read(1):
        raise ValueError("its checksum is another one")
    yield Contents(about, datetime.fromisoformat(last["taken_at"]), frames)


def _frame(packed: bytes) -> Frame | Entries:
    kind: Any = Frame if packed[0] == LENGTH_3 else Entries
    found: Frame | Entries = msgspec.msgpack.decode(packed, type=kind)
    return found


def _about(said: dict[str, Any]) -> About:
    if said.pop("kind") != KIND:
        raise ValueError("it says that it is something else")
    if (version := said.pop("format")) != FORMAT:
        raise Unreadable(
            f"It is of format {version}, and this version of tenglong reads format {FORMAT}: put it back "
            "with the version that wrote it."
        )
    return About(**said)


def _exactly(file: Any, size: int) -> bytes:
    found: bytes = file.read(size)
    if len(found) != size:
        raise EOFError
    return found


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"
