"""Whose groups firms would belong to by another controlling share: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enterprises.groups.ownership import CONTROL
from tests.support.rulebooks import compared, in_force

from ..conftest import Enterprises
from ..reports import FIRM, OTHER, firm
from .test_groups import HEAD, owner, owners

TODAY = date(2023, 8, 21)


def chain() -> Enterprises:
    """The head has 60 percent of a firm, which has 40 of another one."""
    enterprises = Enterprises()
    for each in (firm(), firm(enterprise_id=OTHER)):
        enterprises.report(each)
    enterprises.tell("owner_reported", owner(FIRM, HEAD, "0.6"))
    enterprises.tell("owner_reported", owner(OTHER, FIRM, "0.4"))
    return enterprises


@pytest.fixture(scope="module")
def known():
    return chain()


@settings(max_examples=20, deadline=None)
@given(st.decimals("0.1", "0.9", places=1))
def test_the_heads_by_another_share_are_those_that_the_service_names_once_it_is_there(known, share):
    changes = {"more_than": str(share)}
    sides, facts = compared(known, "control", changes)
    with in_force(CONTROL, TODAY, changes):
        assert compared(known, "control", changes) == ({}, [])
        now = {each: ", ".join(owners(known, each)["heads"]) or "nobody" for each in (FIRM, OTHER)}
    was = {FIRM: HEAD, OTHER: "nobody"}

    assert facts == []
    assert sides == {
        (each, "head"): (was[each], now[each]) for each in was if was[each] != now[each]
    }
