"""What is written past py-amqp is, byte for byte, what py-amqp would write."""

from __future__ import annotations

import struct
import subprocess
import sys
from types import SimpleNamespace

import pytest
from amqp import Message
from amqp.method_framing import frame_writer
from amqp.serialization import dumps
from amqp.spec import Basic

from backbone.amqp import frames
from backbone.amqp.frames import BufferedTransport, _properties_read, _text
from backbone.messages.foreign import plain
from backbone.messages.outgoing import OutgoingMessage
from backbone.settings import Unusable

FRAME_MAX = 4096


class Wire:
    """Collects what is written."""

    def __init__(self) -> None:
        self.written = b""

    def write(self, frames) -> None:
        self.written += bytes(frames)


def by_us(posting):
    wire = Wire()
    buffered = BufferedTransport.__new__(BufferedTransport)
    buffered._works, buffered._transport = True, wire
    buffered._inner = SimpleNamespace(frame_max=FRAME_MAX, bytes_sent=0)
    buffered.publish(SimpleNamespace(channel_id=7), posting)
    return wire.written


def by_py_amqp(posting):
    wire = Wire()
    write = frame_writer(SimpleNamespace(frame_max=FRAME_MAX, bytes_sent=0), wire)
    said = (0, posting.exchange, posting.routing_key, posting.mandatory, False)
    message = Message(
        posting.body,
        content_type=posting.content_type,
        content_encoding="utf-8",
        delivery_mode=2,
        application_headers=posting.headers,
        **({"correlation_id": posting.correlation_id} if posting.correlation_id else {}),
    )
    write(1, 7, Basic.Publish, dumps("Bssbb", said), message)
    return wire.written


@pytest.mark.parametrize("size", [0, 1, 300, FRAME_MAX - 9, FRAME_MAX - 8, FRAME_MAX, 20_000])
@pytest.mark.parametrize("mandatory", [True, False])
def test_a_posting_is_written_as_py_amqp_writes_it(size, mandatory):
    posting = OutgoingMessage("mill.events", "ground", b"x" * size, mandatory=mandatory)

    assert by_us(posting) == by_py_amqp(posting)


@pytest.mark.parametrize("call", [None, "5d0c6b0e"])
@pytest.mark.parametrize(
    "headers",
    [{"x-again": False}, {"x-again": True, "x-attempt": 2, "ce-id": "腾笼"}, {"a": ["b", {}]}],
)
def test_so_is_one_that_carries_headers(headers, call):
    said = {"content_type": "application/json", "headers": headers, "correlation_id": call}
    posting = OutgoingMessage("mill.deliver", "mill.overflow.v1", b"{}", **said)

    assert by_us(posting) == by_py_amqp(posting)


@pytest.mark.parametrize("said", [b"caf\xe9", b"\xff" * 255, "\u8154".encode()[:2] * 127])
def test_a_text_that_is_not_utf_8_is_read_no_longer_than_it_was(said):
    """Else it could not be written again, and a fact that carries it would stop an outbox."""
    assert len(_text(said).encode()) == len(said)


def test_a_text_in_utf_8_is_read_as_it_was_written():
    assert _text("\u817e\u7b3c".encode()) == "\u817e\u7b3c"


def header(name, kind, value):
    return bytes([len(name)]) + name + kind + value


def sized(value):
    return struct.pack(">I", len(value)) + value


def headers_of(*items):
    """What is read of a message with these headers, beside a content type and a message id."""
    properties = struct.pack(">H", 0xA080) + b"\x04text" + sized(b"".join(items)) + b"\x02m1"
    read, end = _properties_read(memoryview(b"..." + properties), 3)
    assert end == len(properties) + 3
    assert (read["content_type"], read["message_id"]) == ("text", "m1")
    return plain(read["application_headers"])


GOOD = header(b"ce-id", b"S", sized(b"7"))
MILLISECONDS = bytes.fromhex("00000189aeb75dc0")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (b"T", MILLISECONDS),
        (b"F", sized(header(b"at", b"T", MILLISECONDS))),
        (b"A", sized(b"T" + MILLISECONDS)),
        (b"F", sized(b"\x05a")),
        (b"D", b"\xff\xff\xff\xff\xff"),
    ],
)
def test_a_header_that_cannot_be_read_takes_no_other_with_it(kind, value):
    read = headers_of(header(b"x-odd", kind, value), GOOD)

    assert read["ce-id"] == "7"


@pytest.mark.parametrize("kind", [b"S", b"x"])
@pytest.mark.parametrize("said", [b"7\xc4\xe3", b"7-\x00\xff\x01", b"\xed\xa0\x80"])
def test_bytes_that_are_no_utf_8_become_no_text(kind, said):
    """Else two ids that differ in them would be one, and the second event be lost as a copy."""
    (value,) = headers_of(header(b"ce-id", kind, sized(said))).values()

    assert not isinstance(value, str)


@pytest.mark.parametrize("kind", [b"S", b"x"])
def test_a_text_in_a_header_is_read_as_it_was_written(kind):
    assert headers_of(header(b"ce-id", kind, sized("填报".encode()))) == {"ce-id": "填报"}


def test_a_header_that_is_there_twice_is_no_text():
    assert headers_of(GOOD, header(b"ce-id", b"S", sized(b"8"))) == {"ce-id": ["7", "8"]}


def test_what_is_there_twice_within_a_header_is_seen_too():
    """Else a publisher could hide what the broker wrote there behind a second one of its own."""
    queue = [header(b"queue", b"S", sized(each)) for each in (b"own", b"tenglong_0")]
    deaths = header(b"x-death", b"A", sized(b"F" + sized(b"".join(queue))))

    assert headers_of(deaths) == {"x-death": [{"queue": ["own", "tenglong_0"]}]}


def test_headers_of_every_type_are_read_as_py_amqp_reads_them():
    said = {
        "a": "x", "b": 1, "c": 2**40, "d": True, "e": None, "f": 1.5, "g": [1, "x"], "h": {"i": {}},
    }  # fmt: skip
    table = Message(b"", application_headers=said)._serialize_properties()

    assert _properties_read(memoryview(table), 0)[0]["application_headers"] == said


def test_a_table_that_breaks_off_is_read_as_far_as_it_goes():
    assert headers_of(GOOD, b"\x03odd?") == {"ce-id": "7"}


@pytest.mark.parametrize("version", ["5.3.1", "5.40.0", "6.0.0", "15.4.2"])
def test_a_py_amqp_whose_functions_are_not_known_is_refused_by_its_name(monkeypatch, version):
    monkeypatch.setattr("amqp.__version__", version)

    with pytest.raises(Unusable, match=f"py-amqp {version} is installed"):
        frames.install()


@pytest.mark.parametrize(("before", "replaced"), [("", False), ("frames.install();", True)])
def test_py_amqp_is_changed_by_the_process_that_asks_for_it_and_by_no_import(before, replaced):
    code = (
        "from backbone.amqp import consumer, frames, publisher; from amqp import serialization;"
        f"{before} print(serialization.pstr_t is frames._text)"
    )
    done = subprocess.run([sys.executable, "-c", code], text=True, capture_output=True, check=True)

    assert done.stdout.strip() == str(replaced)
