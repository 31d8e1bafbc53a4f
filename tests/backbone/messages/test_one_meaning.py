"""A message has one meaning: what could be read in two ways, or only by guessing, is refused."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from backbone.errors import Invalid
from backbone.messages.envelope import Event, claimed_identity, decode
from backbone.messages.moments import moment as moment_of

WHOLE = {
    "specversion": "1.0", "id": "1", "source": "/a", "type": "b", "time": "2023-08-01T09:30:00+08:00",
}  # fmt: skip
HEADERS = {f"ce-{name}": value for name, value in WHOLE.items()}
DATA = b'{"a": 1}'


def read(body=DATA, kind="application/json", headers=(), encoding=None):
    """The event, or the codes and fields of what is wrong."""
    body = json.dumps(body).encode() if isinstance(body, dict) else body
    try:
        return decode(body, kind, dict(headers), content_encoding=encoding)
    except Invalid as problem:
        return [(reason.code, reason.field) for reason in problem.reasons]


@pytest.mark.parametrize(
    "time",
    [
        "2023-W31-2T09:30:00+08:00", "2023-213T09:30:00Z", "20230801T093000Z", "2023-08-01T09:30Z",
        "2023-08-01T09:30:00,5+08:00", "2023-08-01T09:30:00+0800", "2023-08-01T09:30:00+08",
        "2023-08-01T09:30:00+08:00:30", "2023-08-01T24:00:00Z", "2023-08-01T09:30:00+08:60",
        "2023-08-01T09:30:00.Z", "2023-02-29T09:30:00Z", "２023-08-01T09:30:00Z",
        "2023-08-01T09:30:00Z\n", "2023-08-01T09:30:60Z", "2023-08-31T23:59:60+08:00", "",
        "0001-01-01T07:00:00+08:00", "9999-12-31T20:00:00-08:00", 1690853400000, True, False, 1.5,
    ],
)  # fmt: skip
def test_a_time_is_rfc_3339_or_it_is_told_that_it_must_be(time):
    assert read(WHOLE | {"time": time}) == [("BAD_TIME", "time")]


def test_of_a_time_on_a_day_that_its_month_does_not_have_the_last_one_is_said():
    with pytest.raises(Invalid, match="no such day; the last of its month is 2023-02-28"):
        moment_of("2023-02-30T09:30:00Z")


@pytest.mark.parametrize(
    ("time", "moment"),
    [
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2017-01-01T07:59:60.5+08:00", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2023-08-01t09:30:00.123456789z", datetime(2023, 8, 1, 9, 30, 0, 123456, UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_time_of_rfc_3339_is_read_with_a_leap_second_too(time, moment):
    assert read(WHOLE | {"time": time}).time == moment


@pytest.mark.parametrize("value", [True, {"amqp_type": "T", "hex": "00"}, [1], 10**30])
def test_a_time_in_a_header_that_cannot_be_read_is_the_only_one_blamed(value):
    headers = HEADERS | {"ce-time": value}

    assert read(headers=headers) == [("BAD_TIME", "time")]
    assert claimed_identity(DATA, "application/json", headers) == ("1", "/a")


@pytest.mark.parametrize(
    ("body", "kind", "headers", "wrong"),
    [
        (DATA, "application/json", {"cloudEvents_id": "2"}, [("AMBIGUOUS", "id")]),
        (DATA, "application/json", {"cloudEvents:id": "1"}, [("AMBIGUOUS", "id")]),
        (DATA, "application/json", {"CE-ID": "2"}, [("AMBIGUOUS", "id")]),
        (DATA, "application/json", {"cloudEvents_subject": "s"}, [("AMBIGUOUS", "subject")]),
        (b'{"a": 1, "a": 2}', "application/json", {}, [("AMBIGUOUS", "body")]),
        (WHOLE | {"id": "2"}, "application/json", {}, [("AMBIGUOUS", "id")]),
        (WHOLE | {"type": "c"}, "", {}, [("AMBIGUOUS", "type")]),
        (
            WHOLE | {"time": "2023-08-01T09:30:00Z"},
            "application/json",
            {},
            [("AMBIGUOUS", "time")],
        ),
        *(
            (DATA, kind, {}, [("UNSUPPORTED_CONTENT_TYPE", "content_type")])
            for kind in (
                "application/cloudevents+xml",
                "application/cloudevents-batch+json",
                "Application/CloudEvents; charset=utf-8",
                "application/cloudevents+avro",
            )
        ),
    ],
)
def test_an_event_in_the_binary_form_that_can_be_read_in_two_ways_is_refused(
    body, kind, headers, wrong
):
    assert read(body, kind, HEADERS | headers) == wrong


@pytest.mark.parametrize(
    "body",
    [
        WHOLE | {"data": {}, "data_base64": "e30="},
        WHOLE | {"data_base64": "eyJhIjogMSwgImEiOiAyfQ=="},
        b'{"id": "2", ' + json.dumps(WHOLE).encode()[1:],
    ],
    ids=["data twice", "a member of the data twice", "the id twice"],
)
def test_an_event_in_the_structured_form_that_can_be_read_in_two_ways_is_refused(body):
    (code, _), *more = read(body)

    assert (code, more) == ("AMBIGUOUS", [])


def test_of_two_ids_none_is_told():
    both = HEADERS | {"cloudEvents_id": "2"}

    assert claimed_identity(DATA, "application/json", both) == (None, "/a")


def test_an_id_is_told_where_something_else_is_there_twice():
    body = b'{"data": {"a": 1, "a": 2}, ' + json.dumps(WHOLE).encode()[1:]
    twice = b'{"id": "2", ' + json.dumps(WHOLE).encode()[1:]

    assert claimed_identity(body, "application/json", {}) == ("1", "/a")
    assert claimed_identity(twice, "application/json", {}) == (None, "/a")
    assert claimed_identity(b"<x/>", "application/cloudevents+xml", HEADERS) == ("1", "/a")


@pytest.mark.parametrize(
    "headers",
    [
        HEADERS,
        HEADERS | {"ce-time": datetime(2023, 8, 1, 1, 30)},  # noqa: DTZ001 - as AMQP hands it over
        {"ce-tracestate": "a=b"},
        {"ce-time": 5, "cloudEvents_subject": "s"},
    ],
    ids=["copied", "copied as AMQP has it", "an extension", "no attribute that all have"],
)
@pytest.mark.parametrize("kind", ["application/json", None, "text/json; charset=utf-8"])
def test_a_body_that_is_a_whole_event_is_one_whatever_headers_repeat_of_it(headers, kind):
    event = read(WHOLE | {"data": {"a": 1}}, kind, headers)

    assert isinstance(event, Event)
    assert (event.id, event.data, event.subject) == ("1", {"a": 1}, None)


@pytest.mark.parametrize(
    "extension",
    [
        {"obj": {"a": 1}}, {"lst": [1]}, {"half": 0.5}, {"a" * 21: "x"}, {"Case": "x"}, {"a_b": "x"},
        {"": "x"}, {"é": "x"}, {"whole": 1.0},
    ],
    ids=str,
)  # fmt: skip
def test_an_extension_that_is_none_is_named(extension):
    (name,) = extension

    assert ("BAD_ATTRIBUTE", name) in read(WHOLE | extension)


def test_an_extension_is_a_text_a_whole_number_true_or_false():
    extensions = {"a" * 20: "x", "text": "", "whole": 5, "yes": True, "none": None}

    assert isinstance(read(WHOLE | extensions), Event)


@pytest.mark.parametrize("value", [{"not_utf_8": "c4e3"}, ["1", "2"], 5, True])
@pytest.mark.parametrize("name", ["id", "source", "type", "subject"])
def test_an_attribute_that_is_no_text_is_named_and_stands_for_none(name, value):
    assert read(headers=HEADERS | {f"ce-{name}": value}) == [("BAD_ATTRIBUTE", name)]


@pytest.mark.parametrize(
    ("body", "encoding"), [(gzip.compress(DATA), None), (b"\x0b\x02", "br"), (b"\x00", "gzip")]
)
def test_a_compressed_body_is_told_of_its_content_encoding(body, encoding):
    assert read(body, encoding=encoding) == [("NOT_JSON", "content_encoding")]
