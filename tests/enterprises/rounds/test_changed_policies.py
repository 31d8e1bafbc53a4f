"""What would follow the grades of firms by other policies: asked, and never done."""

from __future__ import annotations

import pytest

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
