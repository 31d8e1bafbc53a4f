"""An owner that was reported by mistake is taken back: it never held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..conftest import NOON, Enterprises
from ..reports import FIRM, TOWNSHIP, firm
from .test_groups import HEAD, firms_of, overview, owner, owners

WRONG = f"{TOWNSHIP}-H8"


def wrong(**more):
    """That the firm belongs to another holding, as it was reported by mistake."""
    return owner(owner_id=WRONG, **more)


def mistyped(**more):
    return wrong(share=None, mistyped=True, reported_on="2023-08-02") | more


@pytest.fixture
def park(enterprises):
    """A firm of one holding that was reported as the other holding's as well."""
    enterprises.report(firm())
    enterprises.tell("owner_reported", owner())
    assert "1.2" in enterprises.tell("owner_reported", wrong())
    return enterprises


def test_an_owner_that_was_mistyped_never_held_on_any_day(park):
    assert park.tell("owner_reported", mistyped(), at=NOON + timedelta(hours=2)) is None
    for on in ("2019-03-01", "2023-07-31", "2023-08-21"):
        found = owners(park, on=on)
        assert [each["owner_id"] for each in found["owners"]] == [HEAD]
        assert (found["known_share"], found["heads"], found["warning"]) == ("0.6", [HEAD], None)
        assert firms_of(park, WRONG, on=on) == [WRONG]
        assert firms_of(park, on=on) == [HEAD, FIRM]


def test_what_was_known_before_the_correction_can_still_be_read(park):
    park.tell("owner_reported", mistyped(), at=NOON + timedelta(hours=2))
    then = (NOON + timedelta(hours=1)).isoformat()
    assert firms_of(park, WRONG, known_at=then) == [WRONG, FIRM]
    assert firms_of(park, WRONG) == [WRONG]


def test_the_share_that_the_owner_held_before_holds_on(park):
    before = wrong(share="0.1", **{"from": "2018-01-01"})
    park.tell("owner_reported", before)
    park.tell("owner_reported", mistyped())
    assert [each["share"] for each in owners(park)["owners"]] == ["0.6", "0.1"]


def test_a_mistake_that_comes_after_its_correction_does_not_hold_and_is_told_so(enterprises):
    enterprises.tell("owner_reported", owner())
    enterprises.tell("owner_reported", mistyped())
    assert "later report" in enterprises.tell("owner_reported", wrong())
    assert [each["owner_id"] for each in owners(enterprises)["owners"]] == [HEAD]


def test_an_owner_that_was_taken_back_by_mistake_is_reported_again(park):
    park.tell("owner_reported", mistyped())
    park.tell("owner_reported", wrong(share="0.3", reported_on="2023-08-03"))
    assert owners(park)["known_share"] == "0.9"


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ({}, False),
        ({"from": "2019-03-02"}, True),
        ({"owner_id": f"{TOWNSHIP}-H9"}, True),
    ],
)
def test_who_takes_back_what_nobody_reported_is_told_so(park, report, told):
    note = park.tell("owner_reported", mistyped() | report) or ""
    assert ("Nothing was reported of this owner" in note) is told
    assert ("1.2" in note) is told
    assert (owners(park)["warning"] is not None) is told


def doubts(enterprises, head, name="group_firms", **asked):
    """The code of the doubt of each firm of the group but the head, or of those it holds a part of."""
    found = overview(enterprises, head, **asked)[name]
    return [e["owners_doubt"] and e["owners_doubt"]["code"] for e in found if e.get("steps") != 0]


def test_while_two_hold_more_than_the_whole_the_firm_is_marked_in_both_groups(park):
    for head in (HEAD, WRONG):
        assert doubts(park, head) == ["SHARES_EXCEED_THE_WHOLE"]
        [_, marked] = overview(park, head)["group_firms"]
        assert marked["owners_doubt"]["sentence"] == owners(park)["warning"]
    assert doubts(park, HEAD, on="2019-02-28") == []
    park.tell("owner_reported", mistyped(), at=NOON + timedelta(hours=2))
    assert doubts(park, HEAD) == [None]
    assert doubts(park, HEAD, known_at=NOON.isoformat()) == ["SHARES_EXCEED_THE_WHOLE"]


@pytest.mark.parametrize(
    ("share", "doubt"), [("0.4", None), ("0.400001", "SHARES_EXCEED_THE_WHOLE")]
)
def test_what_a_group_holds_without_control_is_marked_too(park, share, doubt):
    park.tell("owner_reported", wrong(share=share, reported_on="2023-08-02"))
    assert doubts(park, WRONG, "minority_holdings") == [doubt]
    assert doubts(park, HEAD) == [doubt]


REPORTS = [
    owner(),
    wrong(),
    mistyped(),
    wrong(share="0.2", **{"from": "2023-08-01"}),
    wrong(share="0.5", reported_on="2023-07-01"),
    mistyped(**{"from": "2023-08-01"}, reported_on="2023-07-01"),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations([*range(len(REPORTS))] * 2))
def test_in_whatever_order_they_come_the_same_stands(order):
    enterprises = Enterprises()
    for number in order:
        at = NOON + timedelta(minutes=number)
        enterprises.tell("owner_reported", REPORTS[number], at=at, id=f"e-{number}")
    shares = [owners(enterprises, on=on)["known_share"] for on in ("2023-07-31", "2023-08-01")]
    assert shares == ["0.6", "0.8"]
    assert overview(enterprises, WRONG, on="2023-07-31")["minority_holdings"] == []
