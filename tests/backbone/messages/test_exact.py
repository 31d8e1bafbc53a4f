"""JSON as it was written: numbers by their digits, members once, and words for what is no JSON."""

from __future__ import annotations

import gzip
import json
import zlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.messages import exact

texts = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(['":', '\\":', " :"])
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
)


@given(values, st.sampled_from([None, 1]), st.booleans())
def test_json_is_read_as_it_was_written(value, indent, ascii_only):
    said = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    assert exact.loads(said.encode()) == value


@pytest.mark.parametrize("digits", ["11781.000000000000001", "0.1", "1.10", "1E5", "-2.5e-7"])
def test_a_number_is_kept_by_its_digits(digits):
    read = exact.loads(f'{{"a": [{digits}]}}'.encode())["a"][0]

    assert isinstance(read, Decimal)
    assert str(read) == str(Decimal(digits))


@pytest.mark.parametrize("digits", ["1e401", "1e999999999", "1e99999999999999999999", "1e-999999"])
def test_a_number_that_would_fill_the_memory_is_no_number(digits):
    with pytest.raises(exact.NotJson, match="400 digits"):
        exact.loads(digits.encode())


@pytest.mark.parametrize(
    "body",
    [
        '{"area": "5", "area": "11781"}',
        '{"data": {"a": 1, "a" : 1}}',
        '[[{"a": {}, "b": 1, "\\u0061": 2}]]',
        '{"x": "\\":", "a": [1], "a": null}',
        '{"":\n1, ""\n:2}',
    ],
)
def test_a_member_that_is_there_twice_is_told(body):
    with pytest.raises(exact.Twice):
        exact.loads(body.encode())


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("填报".encode("gbk"), "not UTF-8"),
        ("﻿{}".encode(), "BOM"),
        (b'{"a": 1', "end of data"),
        (b"NaN", "character 0"),
        (b'"\\ud800"', "surrogate"),
        (b"1" * 5000, "infinity"),
    ],
    ids=["gbk", "bom", "cut", "nan", "half a character", "long"],
)
def test_what_is_no_json_is_told_in_its_own_words(body, word):
    with pytest.raises(exact.NotJson, match=word):
        exact.loads(body)


def nested(levels):
    return b'{"a": [' * (levels // 2) + b"1" + b"]}" * (levels // 2)


def test_what_lies_as_deep_as_it_may_is_read():
    assert exact.loads(nested(exact.DEEPEST)) == json.loads(nested(exact.DEEPEST))


@pytest.mark.parametrize("body", [b"[%b]" % nested(exact.DEEPEST), nested(500_000), b"[" * 100_000])
def test_what_lies_deeper_than_it_may_is_not_read(body):
    with pytest.raises(exact.TooDeep, match="more than 32 deep"):
        exact.loads(body)


@pytest.mark.parametrize(
    ("body", "way"), [(gzip.compress(b"{}"), "gzip"), (zlib.compress(b"{}"), "zlib"), (b"{", None)]
)
def test_a_body_that_is_compressed_is_known_as_such(body, way):
    assert exact.compression(body) == way
