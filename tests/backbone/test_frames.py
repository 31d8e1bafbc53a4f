"""What is written past py-amqp is, byte for byte, what py-amqp would write."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from amqp import Message
from amqp.method_framing import frame_writer
from amqp.serialization import dumps
from amqp.spec import Basic

from backbone.frames import Buffered, _text
from backbone.work import Posting

FRAME_MAX = 4096


class Wire:
    """Collects what is written."""

    def __init__(self) -> None:
        self.written = b""

    def write(self, frames) -> None:
        self.written += bytes(frames)


def by_us(posting):
    wire = Wire()
    buffered = Buffered.__new__(Buffered)
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
        application_headers={},
    )
    write(1, 7, Basic.Publish, dumps("Bssbb", said), message)
    return wire.written


@pytest.mark.parametrize("size", [0, 1, 300, FRAME_MAX - 9, FRAME_MAX - 8, FRAME_MAX, 20_000])
@pytest.mark.parametrize("mandatory", [True, False])
def test_a_posting_is_written_as_py_amqp_writes_it(size, mandatory):
    posting = Posting("mill.events", "ground", b"x" * size, mandatory=mandatory)

    assert by_us(posting) == by_py_amqp(posting)


@pytest.mark.parametrize("said", [b"caf\xe9", b"\xff" * 255, "\u8154".encode()[:2] * 127])
def test_a_text_that_is_not_utf_8_is_read_no_longer_than_it_was(said):
    """Else it could not be written again, and a fact that carries it would stop an outbox."""
    assert len(_text(said).encode()) == len(said)


def test_a_text_in_utf_8_is_read_as_it_was_written():
    assert _text("\u817e\u7b3c".encode()) == "\u817e\u7b3c"
