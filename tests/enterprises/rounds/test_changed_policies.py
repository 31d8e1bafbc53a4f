"""What would follow the grades of firms by other policies: asked, and never done."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enterprises.rounds.law import POLICIES
from tests.support.rulebooks import compared, in_force

from .conftest import Desk, firm_id, four_firms


@pytest.fixture
def final(empty: Desk) -> Desk:
    desk = four_firms(empty)
    desk.until_final()
    return desk


def measures(desk, number):
    found = desk.read("policies_for", enterprise_id=firm_id(number))
    return {f"{e['lever']} ({e['place']})": e["amount"] for e in found["policies"]}


def test_a_dearer_surcharge_turns_just_the_firms_that_pay_it(final):
    graded = final.grades()
    changes = {"policies.1.amount": "0.3"}  # on electricity, for grade C
    was = {number: measures(final, number) for number in graded}
    sides, facts = compared(final, "grade_policies", changes)
    with in_force(POLICIES, final.now.date(), changes):
        assert compared(final, "grade_policies", changes) == ({}, [])
        now = {number: measures(final, number) for number in graded}

    turned = {
        (firm_id(number), lever)
        for number in graded
        for lever, amount in now[number].items()
        if amount != was[number][lever]
    }
    assert turned
    assert (set(sides), facts) == (turned, [])
    assert {says[1] for says in sides.values()} == {"A surcharge on each kWh. 0.3 yuan per kWh"}


def test_where_no_policy_is_in_force_nothing_follows_any_grade(final):
    sides, _ = compared(final, "grade_policies", {"in_force": []})

    assert {after for _, after in sides.values()} == {None}
    assert {firm for firm, _ in sides} == {firm_id(number) for number in final.grades()}


LETTERS = ["A", "B", "C", "D"]
POLICY_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "in_force": st.lists(st.sampled_from(["general", "nowhere"]), unique=True),
        "policies.1.amount": st.sampled_from(["0.1", "0.10", "0.2", "0"]),
        "policies.0.grades": st.lists(st.sampled_from(LETTERS), unique=True),
        "policies.3.measure": st.sampled_from(["Relief in part.", "None."]),
        "policies.4.place": st.sampled_from(["general", "nowhere"]),
        "policies.2.since": st.sampled_from(["2018-01-01", "2999-01-01"]),
        "policies.6.until": st.sampled_from(["2019-12-31", "2999-12-31"]),
    },
)


@pytest.fixture(scope="module")
def graded() -> Desk:
    desk = four_firms(Desk())
    desk.until_final()
    return desk


def told(desk: Desk) -> dict[tuple[str, str], str]:
    """What the service answers to each firm, as a person reads it, by firm and measure."""
    found: dict[tuple[str, str], str] = {}
    for number in desk.grades():
        for each in desk.read("policies_for", enterprise_id=firm_id(number))["policies"]:
            key = firm_id(number), f"{each['lever']} ({each['place']})"
            parts = [found.get(key), each["measure"], each["amount"]]
            parts += [each["unit"]] if each["amount"] is not None else []
            found[key] = " ".join(part for part in parts if part)
    return found


@settings(max_examples=25, deadline=None)
@given(POLICY_CHANGES)
def test_what_turns_is_just_what_the_service_answers_otherwise_once_the_policies_are_there(
    graded, changes: dict[str, Any]
):
    was = told(graded)
    sides, facts = compared(graded, "grade_policies", changes)
    with in_force(POLICIES, graded.now.date(), changes):
        now = told(graded)
        assert compared(graded, "grade_policies", changes) == ({}, [])

    assert facts == []
    assert sides == {
        key: (was.get(key), now.get(key)) for key in {*was, *now} if was.get(key) != now.get(key)
    }
