"""Buys `python_cpu_vs_naive` in `make bench`; stands in for how py-amqp reads and writes one frame at a time.

py-amqp, made quicker for many messages and forgiving of what publishers write beside them.

It stays py-amqp that speaks AMQP: this hands it more at once, and uses again what it serialized.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

import amqp
import amqp.abstract_channel
import kombu
from amqp import serialization
from amqp.serialization import decode_properties_basic, dumps, loads
from amqp.spec import Basic
from amqp.transport import TCPTransport

from ..messages.outgoing import OutgoingMessage
from ..settings import Unusable
from ..watchdog import Heartbeat
from .connection import heartbeat_of

KNOWN = "5.4"  # releases of py-amqp
READ_AT_ONCE, WRITE_AT_ONCE = 65_536, 131_072
FRAME, FRAME_END = struct.Struct(">BHI"), 0xCE  # type, channel, size: AMQP 0-9-1, section 4.2.3
# what stands before a method's arguments (4.2.4), and before the properties of a content (4.2.6)
METHOD, CONTENT = struct.Struct(">HH"), struct.Struct(">HHQ")
# a message's properties: which there are, then each; of the headers first how long they are (4.2.6.1)
FLAGS, TABLE_SIZE = struct.Struct(">H"), struct.Struct(">I")
HAS_CONTENT_TYPE, HAS_CONTENT_ENCODING, HAS_HEADERS = 0x8000, 0x4000, 0x2000
HAS_CORRELATION_ID = 0x0400
NO_HEADERS = b"\0\0\0\0\2"  # how properties without them end: an empty table, and "durable"
SIZED = "SxFA"  # values of a table that begin with their size; the sizes of the others, in bytes
VALUES = dict(zip("tbBsUuIifLldDTV", (1, 1, 1, 2, 2, 2, 4, 4, 4, 8, 8, 8, 5, 8, 0), strict=True))
SHOWN = 100  # bytes of a header that cannot be read
SIZES = {"b": 1, "B": 2, "l": 4, "L": 8}  # of a method's arguments that are no texts


def _text(said: Any) -> Any:
    """A text as it was sent; where it is not UTF-8 with a question mark for each byte that says
    nothing, so that it is no longer than it was: AMQP's short texts have at most 255 bytes."""
    if not isinstance(said, bytes):
        return said
    try:
        return said.decode()
    except UnicodeDecodeError:
        return said.decode("ascii", "replace").replace("\ufffd", "?")


def _arguments_read(form: str, frame: Any, offset: int) -> Any:
    try:
        return loads(form, frame, offset)
    except UnicodeDecodeError:
        legible, at = bytearray(frame), offset
        for kind in form:
            size = 1 + frame[at] if kind == "s" else SIZES[kind]
            if kind == "s":
                legible[at + 1 : at + size] = _text(bytes(frame[at + 1 : at + size])).encode()
            at += size
        return loads(form, bytes(legible), offset)


def _properties_read(frame: Any, offset: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any]
    (flags,) = FLAGS.unpack_from(frame, offset)
    if not flags & HAS_HEADERS:
        found, end = decode_properties_basic(frame, offset)
        return found, end
    table = offset + FLAGS.size
    for flag in (HAS_CONTENT_TYPE, HAS_CONTENT_ENCODING):
        table += 1 + frame[table] if flags & flag else 0
    (size,) = TABLE_SIZE.unpack_from(frame, table)
    start = table + TABLE_SIZE.size
    texts, rest = bytes(frame[offset + FLAGS.size : table]), bytes(frame[start + size :])
    found, _ = decode_properties_basic(FLAGS.pack(flags & ~HAS_HEADERS) + texts + rest, 0)
    found["application_headers"] = _headers_read(bytes(frame[start : start + size]))
    return found, len(frame)


def _headers_read(table: bytes) -> dict[str, Any]:
    """The headers, each read by itself."""
    found: dict[str, Any] = {}
    with suppress(IndexError, struct.error, KeyError):  # a type that AMQP does not have: no size
        _read_into(found, table, _value_read)
    return found


def _read_into(found: dict[str, Any], table: bytes, read: Callable[[bytes], Any]) -> None:
    """What comes twice is a list, which no attribute may be, nor anything that the broker itself says: of two
    it writes the one, and leaves the other as its publisher had it."""
    at = 0
    while at < len(table):
        start = at + 1 + table[at]
        name, end = _text(table[at + 1 : start]), start + 1 + _size(table, start)
        value = read(table[start:end])
        found[name] = [found[name], value] if name in found else value
        at = end


def _size(table: bytes, at: int) -> int:
    """Bytes of the value whose type stands here, behind its type."""
    kind = chr(table[at])
    if kind in SIZED:
        return int(TABLE_SIZE.size + TABLE_SIZE.unpack_from(table, at + 1)[0])
    return VALUES[kind]


def _value_read(item: bytes) -> Any:
    """A header's value: a text as bytes if it is no UTF-8, and what cannot be read as a table that
    says so, so that it stands for no text."""
    kind, said = chr(item[0]), item[1 + TABLE_SIZE.size :]
    if kind == "S":
        try:
            return said.decode()
        except UnicodeDecodeError:
            return said
    try:
        return _item_read(item)
    except Exception:  # noqa: BLE001 - whatever it was, the other headers can be read
        return {"amqp_type": kind, "hex": item[1:SHOWN].hex()}


def _item_read(item: bytes) -> Any:
    kind, said = chr(item[0]), item[1 + TABLE_SIZE.size :]
    if kind == "F":
        found: dict[str, Any] = {}
        _read_into(found, said, _item_read)
        return found
    if kind == "A":
        return list(_items_read(said))
    return serialization._read_item(item, 0)[0]


def _items_read(array: bytes) -> Iterator[Any]:
    at = 0
    while at < len(array):
        end = at + 1 + _size(array, at)
        yield _item_read(array[at:end])
        at = end


def install() -> None:
    """Have py-amqp read what publishers write beside their messages, in the whole process.

    A publisher may send a routing key or a property that is not UTF-8, or headers that Python cannot
    hold: a moment in the year 55,000 (milliseconds taken for seconds), tables a thousand deep. py-amqp
    would raise while it reads the frame: the consumer could neither take nor refuse that message, nor
    get past it. So a text is read as far as it is legible, and a header that cannot be held is told as
    such. Harmless when done again. Raises `Unusable` for a py-amqp whose functions it does not know.
    """
    if not amqp.__version__.startswith(f"{KNOWN}."):
        raise Unusable(
            f"py-amqp {amqp.__version__} is installed, and functions of {KNOWN} are replaced. "
            "Install what requirements.lock names."
        )
    serialization.pstr_t = _text
    serialization.PROPERTY_CLASSES[Basic.CLASS_ID] = _properties_read
    amqp.abstract_channel.loads = _arguments_read


class Delivery:
    """A message as it came, with the bytes that were sent. (kombu's own would decompress them if a
    header said so, and two megabytes can become as many gigabytes.)"""

    __slots__ = (
        "body",
        "channel",
        "content_type",
        "delivery_info",
        "delivery_tag",
        "headers",
        "properties",
        "settled",
        "way",
    )

    def __init__(self, channel: Any, raw: Any) -> None:
        self.channel, self.settled = channel, False
        self.way: tuple[str, str] | None = None  # see `inbox/fair_share.py`
        self.body, self.properties = raw.body, raw.properties
        self.delivery_info, self.delivery_tag = raw.delivery_info, raw.delivery_tag
        self.content_type = self.properties.get("content_type")
        self.headers = self.properties.get("application_headers") or {}


class BufferedTransport:
    """Makes py-amqp read and write many frames by one system call; by itself it makes about seven
    for a message that comes and one for a message that goes.

    Writes are held back between `hold` and `flush`. A transport other than plain TCP is left alone.
    """

    def __init__(self, opened: kombu.Connection) -> None:
        self.bytes_read = 0  # none are counted on a transport that is left alone
        self._held: bytearray | None = None
        self._inner: Any = opened.connection
        transport: Any = getattr(self._inner, "transport", None)
        self._works = isinstance(transport, TCPTransport)
        if self._works:
            self._transport: Any = transport
            self._socket = transport.sock
            self._pulse = Heartbeat(transport.sock, heartbeat_of(opened))
            transport._quick_recv, transport._write = self._receive, self._send

    @property
    def given_up(self) -> bool:
        """Whether this process stood still for so long that others may have its messages."""
        return self._works and self._pulse.feel(time.monotonic())

    def hold(self) -> None:
        self._held = bytearray() if self._works else None

    def flush(self) -> None:
        held, self._held = self._held, None
        if held:
            self._pulse.send(held)

    def publish(self, channel: Any, posting: OutgoingMessage) -> None:
        """As `channel.basic_publish`; but what py-amqp serialized for one posting serves for all
        that differ from it in their body and headers alone, as nearly all do."""
        said = (posting.correlation_id or "").encode()
        if self._works and len(said) < 256:
            number, body = channel.channel_id, posting.body
            longest = self._inner.frame_max - FRAME.size - 1
            to = posting.exchange, posting.routing_key, posting.mandatory
            method, properties = _alike(number, *to, posting.content_type)
            size = len(body)
            if posting.headers:
                table = bytes(dumps("F", (posting.headers,)))
                properties = properties.removesuffix(NO_HEADERS) + table + NO_HEADERS[-1:]
            if said:  # the next property after the last of those that are alike
                (flags,) = FLAGS.unpack_from(properties)
                properties = FLAGS.pack(flags | HAS_CORRELATION_ID) + properties[FLAGS.size :]
                properties += bytes([len(said)]) + said
            header = _frame(2, number, CONTENT.pack(Basic.CLASS_ID, 0, size) + properties)
            pieces = [body[at : at + longest] for at in range(0, size, longest)]
            self._transport.write(
                b"".join([method, header, *[_frame(3, number, piece) for piece in pieces]])
            )
            self._inner.bytes_sent += 1  # py-amqp's sign of life
            return
        named = {"correlation_id": posting.correlation_id} if posting.correlation_id else {}
        message = channel.prepare_message(
            posting.body,
            content_type=posting.content_type,
            content_encoding="utf-8",
            headers=posting.headers,
            properties={"delivery_mode": 2, **named},
        )
        channel.basic_publish(
            message, posting.exchange, posting.routing_key, mandatory=posting.mandatory
        )

    def take_in(self) -> None:
        """Have py-amqp handle every whole frame that was read already."""
        if not self._works:
            return
        read, at, frames = self._transport._read_buffer, 0, []
        while at + FRAME.size < len(read):
            kind, channel, size = FRAME.unpack_from(read, at)
            end = at + FRAME.size + size
            if end >= len(read):
                break
            if read[end] != FRAME_END:
                raise ConnectionResetError("the broker sent a frame that does not end")
            frames.append((kind, channel, read[at + FRAME.size : end]))
            at = end + 1
        self._transport._read_buffer = read[at:]
        for frame in frames:
            self._inner.on_inbound_frame(frame)

    def _receive(self, size: int) -> Any:
        read = self._socket.recv(max(size, READ_AT_ONCE))
        self.bytes_read += len(read)
        return read

    def _send(self, frames: bytes) -> None:
        if self._held is None:
            self._pulse.send(frames)
            return
        self._held += frames
        if len(self._held) > WRITE_AT_ONCE:
            self.flush()
            self.hold()


def _frame(kind: int, channel: int, payload: bytes) -> bytes:
    return b"%b%b\xce" % (FRAME.pack(kind, channel, len(payload)), payload)


@lru_cache(1000)
def _alike(
    number: int, exchange: str, routing_key: str, mandatory: bool, content_type: str
) -> tuple[bytes, bytes]:
    """What messages have in common that differ in their body and headers alone: the frame of the
    method, and the properties without headers."""
    arguments = dumps("Bssbb", (0, exchange, routing_key, mandatory, False))
    method = METHOD.pack(*Basic.Publish) + bytes(arguments)
    alike = amqp.Message(
        b"",
        content_type=content_type,
        content_encoding="utf-8",
        delivery_mode=2,
        application_headers={},
    )
    return _frame(1, number, method), bytes(alike._serialize_properties())
