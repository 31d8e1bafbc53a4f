"""A firm is found on what its land became by splits and merges, or its township is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import NOON, Enterprises
from .reports import CASE, FIRM, OTHER, PARCEL, TOWNSHIP, completed, firm, identified, premises

SOUTH, NORTH = f"{PARCEL}-1", f"{PARCEL}-2"
NEIGHBOUR = f"{TOWNSHIP}-0240"
MERGED = f"{TOWNSHIP}-0300"
HOUR = timedelta(hours=1)


def asked(enterprises, parcel_id, on="2023-08-01"):
    return enterprises.read("firms_on_parcel", parcel_id=parcel_id, on=on)


def firms_on(enterprises, parcel_id, on="2023-08-01"):
    return [each["enterprise_id"] for each in asked(enterprises, parcel_id, on)["firms"]]


def perhaps_on(enterprises, parcel_id, on="2023-08-01"):
    return [each["enterprise_id"] for each in asked(enterprises, parcel_id, on)["perhaps"]]


def questions(enterprises):
    return enterprises.read("get_enterprise", enterprise_id=FIRM)["open_premises"]


def test_firms_of_merged_parcels_are_on_the_parcel_that_took_their_place(enterprises):
    enterprises.report(firm())
    enterprises.report(firm(premises("tenant", NEIGHBOUR), enterprise_id=OTHER))
    enterprises.merge(MERGED, PARCEL, NEIGHBOUR)

    assert firms_on(enterprises, MERGED) == [OTHER, FIRM]
    assert asked(enterprises, PARCEL)["became_ids"] == [MERGED]
    assert asked(enterprises, MERGED)["became_ids"] == []
    assert questions(enterprises) == []


@pytest.mark.parametrize(("on", "merged"), [("2023-05-01", False), ("2023-05-02", True)])
def test_a_merge_counts_from_its_day_on(enterprises, on, merged):
    enterprises.report(firm())
    enterprises.merge(MERGED, PARCEL, NEIGHBOUR, on="2023-05-02")

    assert (firms_on(enterprises, MERGED, on) == [FIRM]) is merged
    assert (asked(enterprises, PARCEL, on)["became_ids"] == [MERGED]) is merged
    assert firms_on(enterprises, NEIGHBOUR, on) == []


def test_a_case_on_the_merged_parcel_concerns_the_firms_of_its_sources(enterprises):
    enterprises.report(firm())
    enterprises.merge(MERGED, PARCEL, NEIGHBOUR)
    enterprises.identify(identified(parcel_id=MERGED, identified_on="2023-06-01"))
    assert enterprises.standing(FIRM) == "under_remediation"

    enterprises.complete(completed("phase_out", parcel_id=MERGED))
    enterprises.complete(
        completed("vacate_relocate", parcel_id=MERGED, completed_on="2023-07-25"), at=NOON + HOUR
    )
    told = [each["standing"] for each in enterprises.facts_named("standing_changed")]
    assert told == ["under_remediation", "phased_out", "relocated"]


def test_a_firm_that_left_before_the_merge_is_not_on_the_merged_parcel(enterprises):
    enterprises.report(firm(premises(to="2023-05-01")))
    enterprises.merge(MERGED, PARCEL, NEIGHBOUR)
    enterprises.identify(identified(parcel_id=MERGED, identified_on="2023-06-01"))

    assert firms_on(enterprises, MERGED) == []
    assert enterprises.standing(FIRM) == "in_operation"


def test_on_which_part_a_firm_works_is_asked_and_not_guessed(enterprises):
    enterprises.report(firm())
    enterprises.split(PARCEL, SOUTH, NORTH)
    enterprises.identify(identified(parcel_id=SOUTH, identified_on="2023-06-01"))

    assert firms_on(enterprises, SOUTH) == []
    assert asked(enterprises, SOUTH)["perhaps"] == [
        {
            "enterprise_id": FIRM,
            "role": "owner",
            "standing": "in_operation",
            "reported_parcel_id": PARCEL,
            "candidate_ids": [SOUTH, NORTH],
        }
    ]
    assert perhaps_on(enterprises, NORTH) == [FIRM]
    note = enterprises.report(firm(), at=NOON + HOUR)
    assert f"since 2023-05-02 it is open on which of {SOUTH}, {NORTH} the firm works" in note
    first, then = enterprises.facts_named("premises_in_doubt")
    assert first == {
        "question_id": f"{FIRM}/{PARCEL}",
        "enterprise_id": FIRM,
        "township": TOWNSHIP,
        "parcel_id": PARCEL,
        "candidate_ids": [SOUTH, NORTH],
        "case_ids": [],
        "since_on": "2023-05-02",
    }
    assert then["case_ids"] == [CASE]


def test_the_question_is_settled_when_the_township_says_where_the_firm_is(enterprises):
    enterprises.report(firm())
    enterprises.split(PARCEL, SOUTH, NORTH)
    enterprises.identify(identified(parcel_id=SOUTH, identified_on="2023-06-01"))
    assert enterprises.read("list_enterprises", filter={"is_unplaced": True})["items"]

    moved = firm(premises(), premises(parcel_id=SOUTH, **{"from": "2023-05-02"}))
    assert enterprises.report(moved, at=NOON + HOUR) is None

    assert firms_on(enterprises, SOUTH) == [FIRM]
    assert perhaps_on(enterprises, NORTH) == []
    assert enterprises.standing(FIRM) == "under_remediation"
    assert enterprises.facts_named("premises_settled") == [
        {
            "question_id": f"{FIRM}/{PARCEL}",
            "enterprise_id": FIRM,
            "township": TOWNSHIP,
            "parcel_id": PARCEL,
        }
    ]
    assert enterprises.read("list_enterprises", filter={"is_unplaced": True})["items"] == []


def test_a_firm_reported_on_a_part_was_on_the_whole_before_the_split(enterprises):
    enterprises.identify(identified())
    enterprises.split(PARCEL, SOUTH, NORTH)
    enterprises.report(firm(premises(parcel_id=SOUTH)))

    assert firms_on(enterprises, PARCEL, "2023-05-01") == [FIRM]
    assert firms_on(enterprises, NORTH) == []
    assert enterprises.standing(FIRM) == "under_remediation"
    assert questions(enterprises) == []


def test_on_which_source_of_a_merge_a_firm_was_is_asked_only_where_a_case_depends_on_it(
    enterprises,
):
    enterprises.merge(MERGED, PARCEL, NEIGHBOUR)
    enterprises.report(firm(premises(parcel_id=MERGED)))
    assert questions(enterprises) == []
    assert perhaps_on(enterprises, NEIGHBOUR, "2023-05-01") == [FIRM]

    enterprises.identify(identified())
    assert questions(enterprises) == [
        {
            "parcel_id": MERGED,
            "role": "owner",
            "candidate_ids": [PARCEL, NEIGHBOUR],
            "since_on": "2023-02-10",
            "case_ids": [CASE],
        }
    ]
    assert enterprises.standing(FIRM) == "in_operation"


def test_parts_that_are_merged_again_leave_nothing_open(enterprises):
    enterprises.report(firm())
    enterprises.split(PARCEL, SOUTH, NORTH)
    enterprises.merge(MERGED, SOUTH, NORTH, on="2023-06-01", at=NOON + HOUR)

    assert firms_on(enterprises, MERGED) == [FIRM]
    assert perhaps_on(enterprises, SOUTH, "2023-05-31") == [FIRM]
    assert questions(enterprises) == []
    assert asked(enterprises, PARCEL)["became_ids"] == [MERGED]


def test_a_firm_that_left_on_the_day_of_the_split_leaves_the_question_open(enterprises):
    enterprises.report(firm(premises(to="2023-05-02")))
    enterprises.report(firm(premises(to="2023-05-01"), enterprise_id=OTHER))
    enterprises.split(PARCEL, SOUTH, NORTH)

    asked_of = [each["enterprise_id"] for each in enterprises.facts_named("premises_in_doubt")]
    assert asked_of == [FIRM]


def test_a_split_that_was_undone_leaves_every_firm_on_the_whole(enterprises):
    enterprises.report(firm())
    enterprises.split(PARCEL, SOUTH, NORTH)
    enterprises.report(firm(premises("tenant", SOUTH), enterprise_id=OTHER))
    enterprises.undo_split(PARCEL, at=NOON + HOUR)

    assert firms_on(enterprises, PARCEL) == [OTHER, FIRM]
    assert asked(enterprises, SOUTH)["became_ids"] == [PARCEL]
    assert asked(enterprises, PARCEL)["became_ids"] == []
    assert questions(enterprises) == []
    assert len(enterprises.facts_named("premises_settled")) == 1


def test_a_part_belongs_to_the_split_that_stands(enterprises):
    """The id of a part that was withdrawn is free, and another split may use it."""
    enterprises.report(firm(premises(parcel_id=SOUTH)))
    enterprises.split(PARCEL, SOUTH, NORTH)
    enterprises.undo_split(PARCEL, at=NOON + HOUR)
    enterprises.split(NEIGHBOUR, SOUTH, f"{NEIGHBOUR}-2", on="2023-06-01", at=NOON + 2 * HOUR)

    assert firms_on(enterprises, SOUTH) == [FIRM]
    assert firms_on(enterprises, PARCEL) == []
    assert firms_on(enterprises, NEIGHBOUR, "2023-05-31") == [FIRM]


def test_a_correction_of_areas_moves_no_firm(enterprises):
    enterprises.report(firm())
    enterprises.split(PARCEL, SOUTH, NORTH)
    fact = {
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "undone": False,
        "corrected_on": "2023-05-20",
    }
    enterprises._heard("parcels", "split_corrected", fact | {"children": []}, at=NOON + HOUR)

    assert perhaps_on(enterprises, SOUTH) == [FIRM]


def test_a_firm_and_a_split_that_are_heard_at_the_same_moment_find_each_other(enterprises):
    enterprises.merge(MERGED, PARCEL, NEIGHBOUR)
    enterprises.hear_at_once(
        ("township", "enterprise.registered", firm(), TOWNSHIP),
        ("parcels", "remediation_completed", completed("phase_out", parcel_id=MERGED)),
    )
    assert enterprises.standing(FIRM) == "phased_out"


# --- any order


PART = f"{SOUTH}-1"
LATER_CASE = {"case_id": f"{CASE}-2", "parcel_id": MERGED}
HEARD = {
    "report": lambda e: e.report(firm(), at=NOON, id="a"),
    "on the part": lambda e: e.report(
        firm(premises("tenant", SOUTH), enterprise_id=OTHER), at=NOON, id="b"
    ),
    "wrong split": lambda e: e.split(PARCEL, SOUTH, PART, on="2023-04-01", at=NOON),
    "undone": lambda e: e.undo_split(PARCEL, at=NOON + HOUR),
    "split": lambda e: e.split(PARCEL, SOUTH, NORTH, on="2023-05-02", at=NOON + 2 * HOUR),
    "merged": lambda e: e.merge(MERGED, NORTH, NEIGHBOUR, on="2023-06-01", at=NOON + 3 * HOUR),
    "case on the whole": lambda e: e.identify(identified()),
    "case on the merged": lambda e: e.complete(completed("phase_out", **LATER_CASE)),
    "corrected": lambda e: e.complete(completed("upgrade_in_place", **LATER_CASE), at=NOON + HOUR),
}


def state(order):
    enterprises = Enterprises()
    for name in order:
        HEARD[name](enterprises)
    answers = [asked(enterprises, each) for each in (PARCEL, SOUTH, NORTH, PART, MERGED)]
    told = {}
    for name, fact in enterprises.facts:
        if name.startswith("premises_"):
            told[fact["question_id"]] = (name, fact)
    doubts = {key: fact for key, (name, fact) in told.items() if name == "premises_in_doubt"}
    return enterprises.read("list_enterprises")["items"], answers, doubts


IN_ORDER = state(HEARD)


def test_in_order_the_merge_and_the_split_are_both_followed():
    firms, (whole, south, *_, merged), doubts = IN_ORDER
    assert [each["enterprise_id"] for each in south["firms"]] == [OTHER]
    assert whole["became_ids"] == merged["perhaps"][0]["candidate_ids"] == [SOUTH, MERGED]
    assert [fact["case_ids"] for fact in doubts.values()] == [[f"{CASE}-2"]]
    assert {each["standing"] for each in firms} == {"under_remediation"}


@settings(max_examples=40, deadline=None)
@given(st.permutations(list(HEARD)), st.lists(st.sampled_from(list(HEARD)), max_size=3))
def test_in_any_order_with_any_repetition_it_ends_the_same(order, again):
    assert state([*order, *again]) == IN_ORDER
