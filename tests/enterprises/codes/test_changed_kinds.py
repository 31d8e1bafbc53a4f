"""What other kinds of code would make of the marks of firms: asked, and never done."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.enterprises.codes.kinds import CODES
from tests.support.rulebooks import compared, in_force

from ..reports import FIRM
from .reports import MEAN, NEXT_YEAR, Firm, carbon, risk

TODAY = NEXT_YEAR.date()
BARS = "carbon_code.values.{}.at_most.ratio_k"


def measured() -> Firm:
    """A firm whose carbon emission is at the mean of its industry, with one hazard overdue."""
    firm = Firm()
    firm.enterprises.now = NEXT_YEAR
    firm.enterprises.call("record_carbon_mean", **MEAN)
    firm.record(carbon("100"))
    firm.record(risk(0, 1))
    firm.graded("B")
    return firm


@pytest.fixture(scope="module")
def known():
    return measured()


def asked(known, changes):
    return compared(known.enterprises, "codes", changes)


def test_a_stricter_bar_makes_a_code_worse_and_says_by_which_figure(known):
    changes = {BARS.format(2): "0.9"}
    sides, facts = asked(known, changes)
    found = known.enterprises.read("compare_rules", topic="codes", after={"changes": changes})

    assert sides == {(FIRM, "carbon_code 2022"): ("3 (yellow)", "4 (orange)")}
    [change] = found["verdict_changes"]
    assert "ratio_k is 1" in change["before"]["reason"]["sentence"]
    assert change["after"]["source"] == "DB33/T 1347-2023"
    [fact] = facts
    assert fact["type"] == "enterprises.code_changed"
    assert (fact["data"]["told_value"], fact["data"]["value"]) == ("3", "4")
    assert known.value("carbon_code") == "3"


def test_a_kind_that_is_no_more_has_no_verdict_and_nobody_hears_of_it(known):
    written = CODES.written(CODES.first_day(TODAY))
    del written["risk_code"]
    found = known.enterprises.read("compare_rules", topic="codes", after={"edition": written})

    gone = {e["verdict"].split(" ")[0] for e in found["verdict_changes"] if e["after"] is None}
    assert gone == {"risk_code", "turn"}
    assert found["supposed_facts"] == []


K = st.decimals("0.1", "3", places=1)


@settings(max_examples=30, deadline=None)
@given(K, K, st.integers(0, 2), st.sampled_from(["green", "grey"]))
def test_what_is_foretold_is_what_the_firm_is_told_once_the_kinds_are_there(
    known, one, other, most, grey
):
    changes = {
        BARS.format(1): str(min(one, other)),
        BARS.format(2): str(max(one, other)),
        "risk_code.values.0.at_most.hazards_overdue": str(most),
        "risk_code.values.1.colour": grey,
    }
    firm, sides, facts = known, *asked(known, changes)
    with in_force(CODES, TODAY, changes):
        assert asked(known, changes) == ({}, [])
        codes = firm.codes()
    says = {verdict: after for (_, verdict), (_, after) in sides.items()}
    for kind in ("carbon_code", "risk_code"):
        now = f"{codes[kind]['value']} ({codes[kind]['colour']})"
        verdict = f"{kind} {codes[kind]['period']}"
        assert says.get(verdict, now) == now
    changed = {e["data"]["code_id"]: e["data"]["value"] for e in facts}
    assert changed.keys() == {
        f"{FIRM}:{verdict.replace(' ', ':')}" for verdict in says if not verdict.startswith("turn")
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({BARS.format(0).replace("ratio_k", "ratio_l"): "1"}, "no figure of this code"),
        ({"carbon_code.values.4.at_most": {"ratio_k": "9"}}, "the last value takes what is left"),
        ({"carbon_code.figures": ["emission_tco2"]}, "a carbon code needs the figures"),
    ],
)
def test_a_kind_that_could_judge_nobody_is_refused(known, changes, said):
    with pytest.raises(Answered, match=said):
        asked(known, changes)


def test_figures_of_another_kind_of_code_judge_nobody(known):
    sides, _ = asked(
        known, {"risk_code.figures": ["major_hazards_open", "hazards_overdue", "fires"]}
    )

    assert sides[FIRM, "risk_code 2023-08-10"] == ("yellow (yellow)", None)


def test_kinds_that_are_as_they_are_turn_nothing_even_before_all_was_told_by_them():
    with in_force(CODES, TODAY, {BARS.format(2): "0.9"}):
        firm = measured()  # told by a stricter bar

    assert firm.enterprises.read("get_codes", enterprise_id=FIRM)["codes"]
    assert compared(firm.enterprises, "codes", {}) == ({}, [])
    _, [fact] = compared(firm.enterprises, "codes", {BARS.format(2): "0.9", BARS.format(3): "0.95"})
    assert (fact["data"]["told_value"], fact["data"]["value"]) == ("3", "5")
