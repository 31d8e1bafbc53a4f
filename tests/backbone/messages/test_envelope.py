"""Events in every form of CloudEvents, and what is no event."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime

import msgspec
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.errors import Invalid
from backbone.messages import envelope
from backbone.messages.envelope import Event, decode, encode, encode_binary

words = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=["Cs"]), min_size=1
)
data = st.dictionaries(words, st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words)
events = st.builds(
    Event,
    id=words,
    source=words,
    type=words,
    subject=st.none() | words,
    time=st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - zone added
    data=data,
    correlation_id=st.none() | words,
    causation_id=st.none() | words,
)
headers = st.dictionaries(
    st.sampled_from(["ce-id", "ce-type", "cloudEvents:source", "ce-time", "ce-specversion", "x"])
    | words,
    st.none() | st.integers() | st.binary() | words | st.lists(words) | st.datetimes(),
)


@given(events)
def test_an_event_in_structured_form_is_read_as_it_was_written(event):
    for content_type in ("application/cloudevents+json", "application/json; charset=utf-8", None):
        assert decode(encode(event), content_type, {}) == event


@given(events, st.sampled_from(["ce-", "cloudEvents_", "cloudEvents:"]))
def test_an_event_in_binary_form_is_read_as_it_was_written(event, prefix):
    body, named = encode_binary(event, prefix)

    assert decode(body, "application/json", named) == event


@given(st.binary(), st.none() | st.sampled_from(["application/json", "x/y"]) | st.text(), headers)
def test_whatever_the_bytes_and_headers_are_the_answer_is_an_event_or_reasons(body, kind, named):
    answered(body, kind, named)


@pytest.mark.parametrize("missing", ["specversion", "id", "source", "type"])
def test_a_missing_attribute_is_named(missing):
    attributes = {"specversion": "1.0", "id": "1", "source": "/t", "type": "x"}
    del attributes[missing]

    with pytest.raises(Invalid) as problem:
        decode(
            b"{}",
            "application/json",
            {f"ce-{k}": v for k, v in attributes.items() if k != "z"} or {"ce-z": 1},
        )

    assert [reason.field for reason in problem.value.reasons] == [missing]


@pytest.mark.parametrize("time", ["2023-08-01", "2023-08-01T09:30:00", "yesterday", [], 10**30])
def test_a_time_that_is_no_moment_is_refused(time):
    attributes = {"specversion": "1.0", "id": "1", "source": "/t", "type": "x", "time": time}
    body = (
        orjson.dumps(attributes, default=str)
        if time != 10**30
        else b"%s"
        % (
            b'{"specversion":"1.0","id":"1","source":"/t","type":"x","time":'
            + str(time).encode()
            + b"}"
        )
    )

    with pytest.raises(Invalid) as problem:
        decode(body, "application/json", {})

    assert problem.value.reasons[0].field in ("time", "body")


def test_data_in_base64_is_read():
    body = b'{"specversion":"1.0","id":"1","source":"/t","type":"x","data_base64":"eyJhIjoxfQ=="}'

    assert decode(body, "application/json", {}).data == {"a": 1}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from(
    [
        "specversion",
        "id",
        "source",
        "type",
        "time",
        "subject",
        "data",
        "data_base64",
        "datacontenttype",
        "dataschema",
        "correlationid",
        "causationid",
        "Bad-Name",
    ]
)
whole = {"specversion": "1.0", "id": "1", "source": "/t", "type": "x"}


def answered(body, content_type="application/json", named=None):
    """The event, or the refusal; each reason of it names an attribute and says something."""
    try:
        read = decode(body, content_type, named or {})
    except Invalid as refused:
        read = refused
    if isinstance(read, Invalid):
        assert all(reason.code and reason.sentence and reason.field for reason in read.reasons)
    else:
        assert isinstance(read, Event)
    return read


@given(st.dictionaries(names, json_values), st.booleans())
def test_whatever_the_attributes_are_the_answer_is_an_event_or_reasons(attributes, rest):
    given_ = (whole if rest else {}) | attributes

    answered(json.dumps(given_).encode())


@given(
    st.dictionaries(
        names.map("ce-{}".format),
        st.none()
        | st.booleans()
        | st.floats()
        | st.binary()
        | st.text(st.characters(), max_size=5)
        | st.dictionaries(words, st.none() | st.integers() | st.binary(), max_size=2)
        | st.lists(st.datetimes(), max_size=2),
    )
)
def test_whatever_the_headers_hold_the_answer_is_an_event_or_reasons(odd):
    named = {f"ce-{name}": value for name, value in whole.items()} | odd

    read = answered(b'{"a": 1}', named=named)

    if isinstance(read, Event):
        assert read.data == {"a": 1}


@given(st.binary())
def test_the_data_of_the_binary_form_is_the_body(body):
    named = {f"ce-{name}": value for name, value in whole.items()}
    read = answered(body, named=named)

    if isinstance(read, Event):
        assert read.data == (orjson.loads(body) if body else None)


def test_no_header_stands_in_for_the_body():
    named = {f"ce-{name}": value for name, value in whole.items()} | {
        "ce-data": "{}",
        "ce-data_base64": "eyJhIjoxfQ==",
    }

    assert decode(b'{"b": 2}', "application/json", named).data == {"b": 2}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id": 5}, "id"),
        ({"id": ""}, "id"),
        ({"id": {}}, "id"),
        ({"source": ["/t"]}, "source"),
        ({"type": 1}, "type"),
        ({"specversion": "0.3"}, "specversion"),
        ({"specversion": 1}, "specversion"),
        ({"subject": 7}, "subject"),
        ({"time": "25 o'clock"}, "time"),
        ({"time": {}}, "time"),
        ({"time": 10**18}, "time"),
        ({"Bad-Name": "x"}, "Bad-Name"),
        ({"data_base64": "!"}, "data_base64"),
        ({"data_base64": 5}, "data_base64"),
        ({"data_base64": "YWJj"}, "data_base64"),
    ],
    ids=str,
)
def test_an_attribute_that_is_wrong_is_named(wrong, field):
    read = answered(orjson.dumps(whole | wrong))

    assert isinstance(read, Invalid)
    assert field in [reason.field for reason in read.reasons]


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"1", b'"x"', b"[" * 100_000])
def test_a_body_that_is_no_object_is_named(body):
    read = answered(body)

    assert isinstance(read, Invalid)
    assert [reason.field for reason in read.reasons] == ["body"]


def test_a_content_type_that_is_not_read_is_named_with_those_that_are():
    read = answered(b"<x/>", "text/xml")

    assert [reason.field for reason in read.reasons] == ["content_type"]
    assert "application/cloudevents+json" in read.reasons[0].sentence


def test_under_the_content_type_of_the_structured_form_headers_count_for_nothing():
    read = decode(orjson.dumps(whole), "application/cloudevents+json", {"ce-id": "other"})

    assert read.id == "1"


@pytest.mark.parametrize("without", [{}, {"time": None}])
def test_an_event_that_does_not_say_when_it_happened_gets_no_time_from_us(without):
    said = {"specversion": "1.0", "id": "1", "source": "/t", "type": "x", "data": {}, **without}
    assert decode(json.dumps(said).encode(), "application/json", {}).time is None


def test_milliseconds_and_amqp_s_own_timestamps_are_moments():
    noon = datetime(2023, 8, 1, 4, tzinfo=UTC)
    named = {f"ce-{name}": value for name, value in whole.items()}

    for time in (int(noon.timestamp() * 1000), noon.replace(tzinfo=None), noon.isoformat()):
        assert decode(b"{}", None, named | {"ce-time": time}).time == noon


moments = st.from_regex(
    r"(20|00)\d\d-(0\d|1[012])-[0123]\d[T ]([01]\d|2[0-4]):[0-6]\d(:[0-6]\d([.,]\d{1,9})?)?"
    r"(Z|z|[+-][012]\d(:?[0-6]\d)?)?",
    fullmatch=True,
)
attributes_of_any_kind = st.dictionaries(
    st.sampled_from([*envelope.StructuredEvent.__struct_fields__, "data_base64", "dataschema", "Colour"]),
    st.one_of(
        st.sampled_from(["1.0", "0.3", "application/json", "text/", "", "x", "x" * 201, "e30="]),
        st.none(), st.integers(-(2**53), 2**53), st.booleans(), moments,
        st.datetimes(timezones=st.just(UTC)),
    ),
)  # fmt: skip


@given(attributes_of_any_kind, st.none() | moments)
def test_what_is_read_at_once_reads_as_it_does_attribute_by_attribute(attributes, time):
    attributes = {"specversion": "1.0", "id": "1", "source": "/a", "type": "b"} | attributes
    attributes |= {"time": time} if time else {}
    for said in (attributes, orjson.loads(orjson.dumps(attributes))):
        with suppress(msgspec.ValidationError):
            assert outcome(quickly, said) == outcome(envelope._event, said)


def quickly(said, publisher):
    return envelope._event_of(msgspec.convert(said, envelope.StructuredEvent), publisher)


def outcome(read, said):
    """The event, or the reasons against it."""
    try:
        return read(dict(said), "a")
    except Invalid as problem:
        return problem.reasons


def test_an_ordinary_event_is_read_at_once(monkeypatch):
    monkeypatch.setattr(envelope, "_event", lambda *_: pytest.fail("it was looked at twice"))
    ordinary = {
        "specversion": "1.0", "id": "1", "source": "/a", "type": "b", "subject": "c",
        "time": "2023-08-01T09:30:00+08:00",
    }  # fmt: skip
    structured = decode(orjson.dumps(ordinary | {"data": {"a": 1}}), "application/json", {})
    named = {f"ce-{name}": value for name, value in ordinary.items()}
    assert decode(b'{"a": 1}', "application/json", named) == structured
