"""An edition that might be is read as its file would be; what is wrong with it is said with its entry."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from backbone.errors import Invalid
from park.verdicts.answers import topic_of
from park.verdicts.compared import Ruling, changes_between, sides_of
from park.verdicts.editions import EditionAsked, edition_of
from services.enterprises.evaluation.kept import rulebook
from services.parcels.rulebook import FOLDER
from services.parcels.screening.law import CRITERIA, IDLE_LAW
from services.parcels.verdicts.topics import TOPICS
from services.projects.assignment.rulebook import ASSIGNMENT_LAW
from services.projects.handbook.rulebook import HANDBOOK

TODAY = date(2026, 11, 28)
ALL = [CRITERIA, IDLE_LAW, rulebook(), ASSIGNMENT_LAW, HANDBOOK]


def asked(first_day=None, edition=None, **changes):
    paths = {path.replace("__", "."): value for path, value in changes.items()}
    return EditionAsked(first_day=first_day, edition=edition, changes=paths)


def refused(rules, given):
    with pytest.raises(Invalid) as caught:
        edition_of(rules, given, TODAY, "after")
    [reason] = caught.value.reasons
    return reason.field, reason.sentence


@pytest.mark.parametrize("rules", ALL, ids=lambda rules: rules.folder.name)
def test_an_edition_that_is_written_word_for_word_is_the_one_that_is_kept(rules):
    for day, kept in rules.editions.items():
        assert edition_of(rules, asked(day, rules.written(day)), TODAY, "after") == (day, kept)


def test_a_change_is_of_the_edition_in_force_and_of_nothing_else():
    day, changed = edition_of(
        CRITERIA, asked(criteria__output_per_mu_below__floor="6"), TODAY, "after"
    )
    kept = CRITERIA.on(TODAY)
    first = replace(kept.criteria[0], floor=Decimal(6))

    assert day == date(2021, 1, 1)
    assert changed == replace(kept, criteria=(first, *kept.criteria[1:]))
    assert CRITERIA.on(TODAY).criteria[0].floor == 5


@pytest.mark.parametrize(
    ("path", "value", "field", "says"),
    [
        ("criteria.0.flor", "6", "criteria.0.flor", "did you mean floor?"),
        ("criteria.0.floor", "six", "criteria.0.floor", '"six" was given, where .* has "5"'),
        ("criteria.3.years", "1.5", "criteria.3.years", 'Expected `int`.*"1.5" was given'),
        ("criteria.tax_per_mu_below.floor", "6", None, "give a number: 4, 6"),
        ("criteria.xyz.floor", "6", None, "there are 0 output_per_mu_below, 1 "),
        ("criteria.99.floor", "6", None, "There is no 99 there"),
        ("criterion.0.floor", "6", None, "did you mean criteria"),
        ("in_force.0.floor", "6", None, 'it is one value: "绍兴"'),
        ("in_force.0", "绍兴市", "", "in_force names 绍兴市"),
        ("criteria.final_grade.grades", [], "", "final_grade of ours needs grades"),
    ],
)
def test_an_entry_that_is_not_there_and_a_wrong_value_are_named(path, value, field, says):
    where, sentence = refused(CRITERIA, EditionAsked(changes={path: value}))
    named = path if field is None else field

    assert where == f"after.changes.{named}".rstrip(".")
    assert re.search(says, sentence), sentence


def test_a_word_of_a_whole_edition_that_nobody_reads_is_refused():
    written = ASSIGNMENT_LAW.written(date(2023, 8, 1)) | {"nera": {"area_share": "0.3"}}

    assert refused(ASSIGNMENT_LAW, asked(edition=written)) == (
        "after.edition.nera",
        "There is no nera there; did you mean near?",
    )


def test_a_later_edition_stands_beside_the_others_and_judges_from_its_first_day():
    later = asked(date(2027, 1, 1), IDLE_LAW.written(date(2012, 7, 1)) | {})
    before, after = sides_of(IDLE_LAW, None, later, TODAY)

    assert before is IDLE_LAW
    assert sorted(after.editions) == [date(2012, 7, 1), date(2027, 1, 1)]


def test_of_two_editions_each_judges_alone_on_every_day():
    one, other = sides_of(CRITERIA, asked(), asked(in_force__0="东阳"), TODAY)

    assert one.on(date(2000, 1, 1)) == one.on(date(2040, 1, 1)) == CRITERIA.on(TODAY)
    assert other.on(date(2000, 1, 1)).in_force[0] == "东阳"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("roles", "Nothing is compared by roles: it says who may send a report"),
        ("rolls", "There is no rulebook rolls here; things are compared by criteria, idle_land"),
    ],
)
def test_a_rulebook_by_which_nothing_is_compared_is_told_with_why_or_with_those_that_are(
    name, said
):
    with pytest.raises(Invalid, match=said):
        topic_of(TOPICS, FOLDER, name)


def test_another_figure_or_bar_alone_is_no_other_verdict():
    low = Ruling(says="low", figure=Decimal(4), bar=Decimal(5))
    lower = replace(low, figure=Decimal(3), bar=Decimal(6))
    none = Ruling(says=None)

    assert [*changes_between({("p", "c"): low}, {("p", "c"): lower})] == []
    found = [*changes_between({("p", "c"): low, ("p", "d"): none}, {("p", "c"): none})]
    assert [(each.verdict, each.before, each.after) for each in found] == [
        ("c", low, none),
        ("d", none, None),
    ]
