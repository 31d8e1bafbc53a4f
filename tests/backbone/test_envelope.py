"""Events in every form of CloudEvents, and what is no event."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.envelope import Event, decode, encode, encode_binary
from backbone.errors import Invalid

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
    try:
        read = decode(body, kind, named)
    except Invalid as refused:
        read = refused
    if isinstance(read, Invalid):
        assert all(reason.field and reason.sentence for reason in read.reasons)
    else:
        assert isinstance(read, Event)


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
