"""The card of a code: whoever scans it, today or in years, finds the code of the day."""

from __future__ import annotations

import base64
from xml.etree import ElementTree

import pytest

from backbone.errors import NotFound

from ..reports import FIRM
from .reports import Firm


@pytest.fixture
def firm():
    found = Firm()
    found.graded("C")
    return found


def drawn(firm, **asked):
    return firm.enterprises.read("code_card", enterprise_id=FIRM, **asked)


def test_a_card_shows_the_value_on_its_colour_and_the_code_below(firm):
    card = drawn(firm, kind="grade_code")

    root = ElementTree.fromstring(card["content"])  # noqa: S314 - our own
    texts = ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("text")]
    assert texts == ["C", "grade code [亩均评价码] 2023-08-21", card["printed_code"]]
    assert "#d4a72c" in card["content"]
    assert (card["media_type"], card["value"], card["colour"]) == ("image/svg+xml", "C", "yellow")


def test_the_qr_code_of_a_card_is_that_of_the_printed_code_which_resolves(firm):
    import segno

    card = drawn(firm, kind="grade_code")
    same = segno.make(card["printed_code"], error="q", micro=False)
    firm.graded("A", 2022, revision=2)

    assert same.svg_inline() in card["content"]
    found = firm.enterprises.read("look_up_code", text=card["printed_code"])
    assert found["codes"][0]["value"] == "A"  # not what was printed once


def test_a_card_of_a_day_shows_what_held_on_that_day(firm):
    firm.graded("A", 2021)

    assert drawn(firm, kind="grade_code", on="2023-07-19")["value"] == "A"
    assert drawn(firm, kind="grade_code", on="2022-07-19")["value"] is None


def test_an_office_system_gets_the_picture_alone(firm):
    card = drawn(firm, kind="grade_code", form="png")

    assert card["media_type"] == "image/png"
    assert base64.b64decode(card["content"]).startswith(b"\x89PNG")


def test_there_is_no_card_of_a_kind_that_there_is_not(firm):
    with pytest.raises(NotFound):
        drawn(firm, kind="carbon_code")  # its standard is not in force yet
