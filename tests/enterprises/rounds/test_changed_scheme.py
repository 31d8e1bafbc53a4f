"""What another scheme would make of the firms of a scored round: asked, and never done."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.enterprises.evaluation.kept import kept, rulebook, schemes_of
from services.enterprises.rounds import entrypoints, ranking

from .conftest import BELOW, ROUND, Desk, firm_id, four_firms
from .test_final import finish, revise

WEIGHT = f"{BELOW}.indicators.tax_per_electricity.weight"
OF_A_DAY = ("final_on", "decided_on")


@pytest.fixture
def final(empty: Desk) -> Desk:
    """The firm that pays least by its land pays most by its electricity."""
    desk = four_firms(empty)
    desk.give(4, electricity_kwh="150000")
    desk.until_final()
    return desk


def compared(desk, **after):
    return desk.read("compare_rules", topic="evaluation", after=after)


def weighing(weight):
    """The schemes that are kept, and this one with another weight."""
    day, written = next(iter(rulebook().editions.items()))
    scheme = written[BELOW]
    parts = [
        part | {"weight": weight} if part["code"] == "tax_per_electricity" else part
        for part in scheme["indicators"]
    ]
    changed = written | {BELOW: scheme | {"indicators": parts}}
    return schemes_of(rulebook().with_edition(day, changed))


def grades_of(desk, **of):
    return {firm_id(int(number)): grade for number, grade in desk.grades(**of).items()}


def test_a_scheme_that_is_as_it_was_changes_no_grade(final):
    written = rulebook().written(next(iter(rulebook().editions)))

    for after in ({}, {"edition": written}, {"changes": {WEIGHT: "50"}}):
        found = compared(final, **after)
        assert (found["things_judged"], found["verdict_changes"]) == (4, [])
        assert found["supposed_facts"] == []


def test_another_weight_turns_just_the_grades_that_a_new_version_by_it_gives(final, monkeypatch):
    was = grades_of(final)
    told = len(final.facts_named("grade_final"))
    found = compared(final, changes={WEIGHT: "5"})
    assert len(final.facts_named("grade_final")) == told
    foretold = {
        each["thing_id"]: (each["before"]["says"], each["after"]["says"])
        for each in found["verdict_changes"]
    }

    changed = weighing("5")
    for module in (entrypoints, ranking):
        monkeypatch.setattr(module, "kept", lambda: changed)
    revise(final)
    finish(final)
    grades = grades_of(final, round_id=final.round_id)

    assert foretold == {
        firm: (was[firm], grade) for firm, grade in grades.items() if grade != was[firm]
    }
    assert foretold
    facts = [plain(each["data"]) for each in found["supposed_facts"] if is_final(each)]
    really = [plain(each) for each in final.facts_named("grade_final")[told:]]
    assert [each for each in really if each["enterprise_id"] in foretold] == facts


def is_final(fact):
    return fact["type"] == "enterprises.grade_final"


def plain(fact):
    return {name: value for name, value in fact.items() if name not in OF_A_DAY}


def test_it_says_by_which_place_and_which_source(final):
    found = compared(final, changes={WEIGHT: "5"})

    change = found["verdict_changes"][0]
    assert change["verdict"] == f"grade {ROUND}"
    assert change["after"]["reason"]["code"] == "BY_RANK"
    assert change["after"]["source"] == kept()[BELOW].source
    assert change["after"]["unit"] == "points"


def test_a_round_whose_scheme_an_edition_does_not_have_gives_no_grades(final):
    others = {name: each for name, each in weighing("50").items() if name != BELOW}
    assert others
    written = rulebook().written(next(iter(rulebook().editions)))
    del written[BELOW]
    found = final.read("compare_rules", topic="evaluation", before={}, after={"edition": written})

    assert [each["after"]["says"] for each in found["verdict_changes"]] == [None] * 4
    assert found["verdict_changes"][0]["after"]["reason"]["code"] == "SCHEME_UNKNOWN"


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("indicators.tax_per_mu.weight", "-1", f"after.{BELOW}.indicators.0.weight"),
        ("indicators.tax_per_mu.wieght", "40", f"after.changes.{BELOW}.indicators.0.wieght"),
        ("cots", {}, f"after.changes.{BELOW}.cots"),
    ],
)
def test_what_cannot_be_scored_by_is_refused_with_its_entry(final, path, value, field):
    heard = {"changes": {f"{BELOW}.{path}": value}}
    with pytest.raises(Answered, match=r"INVALID|NOT_ABOVE_0") as caught:
        compared(final, **heard)

    assert [reason.field for reason in caught.value.reasons] == [field]


def test_a_round_that_was_not_scored_yet_has_no_verdicts(desk):
    assert compared(desk, changes={WEIGHT: "5"})["things_judged"] == 0


@settings(max_examples=25, deadline=None)
@given(weight=st.integers(1, 100))
def test_whatever_the_weight_the_schemes_beside_it_stay_as_they_are(weight):
    changed = weighing(str(weight))

    assert {name for name, each in changed.items() if each != kept()[name]} == (
        {BELOW} if weight != 50 else set()
    )
