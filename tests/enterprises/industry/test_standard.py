"""Codes of GB/T 4754-2011 in the edition of 2017: certain where one is, a question where several are."""

from __future__ import annotations

from datetime import date

import pytest

from services.enterprises.industry.catalogues import CATALOGUES, places_of
from services.enterprises.industry.rules import no_code_of_the_edition
from services.enterprises.industry.standard import (
    Classes,
    Edition,
    Mapping,
    code_of,
    counted,
    mapped,
    split_and_merged,
)

OLD, NEW = Edition.OF_2011, Edition.OF_2017


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A0111", "A0111"),  # the same
        ("A0511", "A0512"),  # renumbered
        ("N7810", "N7810"),
        ("S9090", None),
        ("F5173", "F5172"),  # merged with another one: still certain
        ("L7271", "L7291"),
        ("T9600", "T9700"),  # the section kept its letter, the division did not keep its number
    ],
)
def test_a_code_with_one_successor_is_mapped(old, new):
    found = mapped(old, OLD, NEW)
    if new is None:
        assert found.kind is Mapping.UNLISTED
    else:
        assert (found.kind, found.code) == (Mapping.MAPPED, new)


@pytest.mark.parametrize(
    ("old", "candidates"),
    [
        ("A0169", ("A0164", "A0169")),
        ("A0390", ("A0391", "A0392", "A0399", "O8221")),  # over the bounds of a section
        (
            "A0519",
            ("A0182", "A0511", "A0515", "A0519"),
        ),  # one of them has its number: not the answer
    ],
)
def test_a_code_that_was_split_is_a_question_with_all_candidates(old, candidates):
    found = mapped(old, OLD, NEW)
    assert (found.kind, found.code, found.candidates) == (Mapping.QUESTION, None, candidates)


@pytest.mark.parametrize(
    ("old", "code", "candidates"),
    [
        ("C13", "C13", ("C13",)),
        ("T96", "T97", ("T97",)),
        ("C35", None, ("C34", "C35", "C37", "C39")),
        ("C40", None, ("C35", "C40")),
    ],
)
def test_a_division_is_mapped_only_if_all_of_it_went_into_one(old, code, candidates):
    found = mapped(old, OLD, NEW)
    assert (found.code, found.candidates) == (code, candidates)


def test_a_merged_code_is_a_question_on_the_way_back():
    assert mapped("L7291", NEW, OLD).candidates == ("L7271", "L7272", "L7279")
    assert mapped("A0512", NEW, OLD).code == "A0511"


def test_a_code_that_the_list_lacks_is_mapped_to_nothing():
    assert mapped("C1399", NEW, NEW).kind is Mapping.MAPPED
    assert mapped("C4399", OLD, NEW).kind is Mapping.UNLISTED
    assert mapped("C4399", NEW, NEW).kind is Mapping.UNLISTED


@pytest.mark.parametrize(
    ("text", "edition", "code"),
    [
        ("3411", NEW, "C3411"),
        ("C3411", NEW, "C3411"),
        ("C12", NEW, None),  # 12 is mining, section B
        ("B12", NEW, "B12"),
        ("79", NEW, "N79"),
        ("79", OLD, "O79"),
        ("N79", OLD, None),  # division 79 moved from O to N
        ("97", OLD, None),
        ("97", NEW, "T97"),
        ("00", NEW, None),
        ("44", NEW, "D44"),
        ("C", NEW, None),
        ("3", NEW, None),
        ("34111", NEW, None),
        ("U34", NEW, None),
    ],
)
def test_a_code_is_read_in_its_own_edition(text, edition, code):
    assert code_of(text, edition) == code
    assert bool(no_code_of_the_edition(text, edition, "code")) is (code is None)


def test_the_codes_of_the_list_are_counted_and_not_recited():
    assert counted(NEW) == Classes(divisions=97, groups=473, classes=1381)
    assert counted(NEW, "C") == Classes(divisions=31, groups=179, classes=609)
    assert counted(OLD).classes == 1094
    assert split_and_merged() == (174, 17)


def test_every_code_of_the_list_has_its_section():
    kinds = {"2011": {}, "2017": {}}
    for edition in (OLD, NEW):
        classes = [counted(edition, each).classes for each in "ABCDEFGHIJKLMNOPQRST"]
        assert sum(classes) == counted(edition).classes
        assert min(classes) > 0, kinds


@pytest.mark.parametrize(
    ("code", "entries"),
    [
        ("C3411", {"equipment"}),
        ("C3421", {"equipment", "high_end_equipment"}),
        ("C34", {"equipment"}),  # only some of C34 is high-end: it is not placed there
        ("C3911", {"digital", "next_generation_it"}),
        ("I6431", {"digital", "platform", "next_generation_it"}),
        ("F5172", {"trade"}),
        ("A0111", set()),
        (None, set()),
    ],
)
def test_a_firm_is_placed_in_the_catalogues_by_its_code(code, entries):
    assert {each.entry for each in places_of(code, date(2023, 8, 21))} == entries


def test_no_place_in_a_catalogue_passes_for_confirmed():
    [edition] = CATALOGUES.editions.values()
    entries = {each.key: each for catalogue in edition.catalogues for each in catalogue.entries}
    assert not any(each.confirmed for each in entries.values())
    assert entries["plus_one"].codes == entries["border"].codes == ()


def test_a_catalogue_places_nothing_by_a_code_that_does_not_exist():
    [edition] = CATALOGUES.editions.values()
    codes = [c for each in edition.catalogues for entry in each.entries for c in entry.codes]
    assert [code for code in codes if mapped(code, NEW, NEW).kind is Mapping.UNLISTED] == []
