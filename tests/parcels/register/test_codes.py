"""The codes of parcels: a code belongs to one parcel on any day, and who had it when can be asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parcels.register.identifiers import MOST_CLAIMANTS, Claim, Code, IdentifierKind

from .. import reports
from ..conftest import Parcels
from ..reports import event

A, B = "330604006-0231", "330604006-0232"
CODE = "330604001002GB00017"


def code(valid_from="2020-01-01", valid_to=None, value=CODE, kind="parcel_code"):
    end = {"valid_to": valid_to} if valid_to else {}
    return {"kind": kind, "value": value, "valid_from": valid_from, **end}


def survey(parcel_id, *codes, **more):
    return reports.survey(parcel_id=parcel_id, identifiers=list(codes), **more)


def holders(parcels, on, **more):
    found = parcels.read("find_parcel", code=CODE, on=on, **more)
    return [each["parcel_id"] for each in found["holders"]]


def conflicts(parcels, parcel_id):
    found = parcels.read("get_parcel", parcel_id=parcel_id)["code_conflicts"]
    return [(each["other_parcel_id"], each["from_on"], each["to_on"]) for each in found]


# --- which plot had this code on that day


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2019-12-31", []),
        ("2020-01-01", [A]),
        ("2023-06-30", [A]),
        ("2023-07-01", [B]),
        ("2024-01-01", [B]),
    ],
)
def test_a_code_that_moved_on_is_found_at_the_parcel_that_had_it_on_the_day(parcels, on, found):
    parcels.report(*survey(A, code("2020-01-01", "2023-06-30")))
    parcels.report(*survey(B, code("2023-07-01")))

    assert holders(parcels, on) == found
    assert conflicts(parcels, A) == conflicts(parcels, B) == []


def test_without_a_day_the_question_is_about_today(parcels):
    parcels.report(*survey(A, code("2020-01-01")))

    answer = parcels.read("find_parcel", code=f" {CODE.lower()} ")

    assert answer == {
        "on": "2023-09-01",
        "holders": [
            {
                "parcel_id": A,
                "state": "registered",
                "kind": "parcel_code",
                "valid_from": "2020-01-01",
                "valid_to": None,
                "became_ids": [],
            }
        ],
        "note": None,
    }


def test_two_kinds_of_code_may_read_the_same(parcels):
    parcels.report(*survey(A, code(kind="land_code")))
    parcels.report(*survey(B, code(kind="pre_assigned_code")))

    assert holders(parcels, "2023-09-01") == [A, B]
    assert holders(parcels, "2023-09-01", kind="pre_assigned_code") == [B]
    assert conflicts(parcels, A) == []


def test_a_code_that_a_newer_survey_leaves_out_is_no_longer_found(parcels):
    parcels.report(*survey(A, code()))
    parcels.report(*survey(A, surveyed_on="2023-05-01"))

    assert holders(parcels, "2023-09-01") == []


def test_a_code_that_ends_before_it_begins_is_refused(parcels, refused):
    with refused("INVALID"):
        parcels.report(*survey(A, code("2020-01-02", "2020-01-01")))


# --- two parcels with one code


@pytest.mark.parametrize(
    ("mine", "other", "disputed"),
    [
        (("2020-01-01", "2020-12-31"), ("2021-01-01", None), False),
        (("2020-01-01", "2020-12-31"), ("2020-12-31", None), True),
        (("2020-01-01", None), ("2019-01-01", "2019-12-31"), False),
        (("2020-01-01", None), ("2019-01-01", "2020-01-01"), True),
        (("2020-01-01", None), ("2018-01-01", None), True),
        (("2020-01-01", "2020-12-31"), ("2020-03-01", "2020-04-30"), True),
    ],
)
def test_a_code_is_disputed_when_two_parcels_have_it_on_one_day(mine, other, disputed):
    one, two = claim(A, *mine), claim(B, *other)

    assert one.disputes(two) is two.disputes(one) is disputed
    assert not one.disputes(claim(A, *other))  # a parcel does not quarrel with itself


def claim(parcel_id, first, last):
    return Claim(
        parcel_id=parcel_id,
        valid_from=date.fromisoformat(first),
        valid_to=last and date.fromisoformat(last),
    )


def test_a_survey_that_claims_the_code_of_another_parcel_is_accepted_and_marks_both(parcels):
    parcels.report(*survey(A, code("2020-01-01", "2023-06-30")))

    parcels.report(*survey(B, code("2023-01-10")))

    assert conflicts(parcels, A) == [(B, "2023-01-10", "2023-06-30")]
    assert conflicts(parcels, B) == [(A, "2023-01-10", "2023-06-30")]
    told = parcels.facts_named("code_disputed")
    assert [(f["parcel_id"], f["other_parcel_id"]) for f in told] == [(A, B), (B, A)]
    assert {f["value"] for f in told} == {CODE}
    assert holders(parcels, "2023-03-01") == [A, B]


def test_two_surveys_that_are_decided_at_one_moment_dispute_the_code_too(parcels):
    both = [("township", *survey(each, code()), reports.XIAOYUE) for each in (A, B)]

    assert parcels.hear_at_once(*both) == 1  # one came too late, and was decided again

    assert conflicts(parcels, A) == [(B, "2020-01-01", None)]
    assert conflicts(parcels, B) == [(A, "2020-01-01", None)]
    assert len(parcels.facts_named("code_disputed")) == 2


def test_each_of_three_parcels_with_one_code_is_marked_for_the_two_others(parcels):
    third = "330604006-0233"
    for parcel_id in (A, B, third):
        parcels.report(*survey(parcel_id, code()))

    assert [other for other, *_ in conflicts(parcels, B)] == [A, third]
    assert len(parcels.facts_named("code_disputed")) == 6


def test_a_corrected_survey_settles_the_dispute(parcels):
    parcels.report(*survey(A, code()))
    parcels.report(*survey(B, code()))

    parcels.report(*survey(A, code(value="330604001002GB00018"), surveyed_on="2023-05-01"))

    assert conflicts(parcels, A) == conflicts(parcels, B) == []
    told = parcels.facts_named("code_settled")
    assert [(f["parcel_id"], f["other_parcel_id"]) for f in told] == [(A, B), (B, A)]
    assert holders(parcels, "2023-09-01") == [B]


def test_a_dispute_that_was_announced_is_not_announced_again(parcels):
    parcels.report(*survey(A, code()))
    parcels.report(*survey(B, code()))

    parcels.report(*survey(B, code(), area_m2="7000", surveyed_on="2023-05-01"))

    assert len(parcels.facts_named("code_disputed")) == 2


def test_a_parcel_that_was_split_disputes_no_code_and_is_still_found_by_its_own():
    whole = Claim(parcel_id=A, valid_from=date(2020, 1, 1), ceased=True)
    part = Claim(parcel_id=B, valid_from=date(2023, 1, 1))

    assert not whole.disputes(part)
    assert not part.disputes(whole)
    assert whole.covers(date(2023, 9, 1))


# --- in any order

SURVEYS = [
    survey(A, code("2020-01-01", "2022-12-31")),
    survey(A, code("2020-01-01", "2023-06-30"), surveyed_on="2023-04-01"),
    survey(B, code("2022-01-01"), code("2021-01-01", value="330604001002GB00018")),
    survey(B, code("2023-07-01"), surveyed_on="2023-05-01"),
    survey("330604006-0233", code("2023-08-01")),
]
EVENTS = [event(*each, number) for number, each in enumerate(SURVEYS)]
IDS = [A, B, "330604006-0233"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(EVENTS), max_size=4), st.permutations(EVENTS))
def test_whichever_survey_came_first_the_codes_and_their_disputes_are_the_same(copies, order):
    parcels = Parcels()
    for each in (*copies, *order):
        parcels.handle(each)

    assert [conflicts(parcels, each) for each in IDS] == [
        [],
        [("330604006-0233", "2023-08-01", None)],
        [(B, "2023-08-01", None)],
    ]
    assert holders(parcels, "2023-06-30") == [A]
    assert holders(parcels, "2023-07-31") == [B]
    assert holders(parcels, "2023-08-01") == [B, "330604006-0233"]
    assert not parcels.read("find_parcel", code="330604001002GB00018")["holders"]


# --- a parcel that is split


@pytest.fixture
def split(parcels):
    """A parcel whose code another one claims, of which 2000 m² were vacated and split off."""
    seized = {"kind": "seizure", "from_on": "2023-03-01", "document_number": "2023-12"}
    stands = {"floor_area_m2": "5000"}
    more = {"area_m2": "6000", "encumbrances": [seized], "buildings": stands}
    for report in [survey(A, code(), **more), survey(B, code())]:
        parcels.report(*report)
    for report in reports.whole_case(vacated_area_m2="2000")[1:]:
        parcels.report(*report)
    own = {"parcel_id": f"{A}A", "area_m2": "2000", "vacated": True}
    rest = {"parcel_id": f"{A}B", "area_m2": "4000", "vacated": False}
    parcels.call(
        "split_parcel",
        parcel_id=A,
        case_id=reports.CASE,
        split_on="2023-08-15",
        children=[own | {"parcel_code": "330604001002GB00018"}, rest],
    )
    return parcels


def test_a_parcel_that_was_split_leaves_its_code_to_the_other_and_is_still_found_by_it(split):
    assert conflicts(split, A) == conflicts(split, B) == []
    assert len(split.facts_named("code_settled")) == 2
    assert holders(split, "2023-09-01") == [A, B]
    assert split.read("resolve_code", code=CODE)["parcel"]["parcel_id"] == B


def test_the_code_of_a_parcel_that_was_split_still_leads_to_it(split):
    split.report(*survey(B, surveyed_on="2023-05-01"))

    found = split.read("resolve_code", code=CODE)["parcel"]

    assert (found["parcel_id"], found["state"]) == (A, "split")


def test_a_part_has_its_own_code_and_area_and_what_lies_on_the_whole(split):
    part = split.read("get_parcel", parcel_id=f"{A}A")

    assert part["code_conflicts"] == []
    assert (part["area_m2"], part["area_reported"], part["buildings"]) == ("2000", None, None)
    assert [each["kind"] for each in part["encumbrances"]["entries"]] == ["seizure"]
    found = split.read("find_parcel", code="330604001002GB00018")["holders"]
    assert [each["parcel_id"] for each in found] == [f"{A}A"]


def test_a_code_that_many_parcels_name_is_held_against_each_of_them_once(monkeypatch):
    held, disputes = [], Claim.disputes
    monkeypatch.setattr(Claim, "disputes", lambda *two: held.append(two) or disputes(*two))
    ids = [f"330604006-{number}" for number in range(MOST_CLAIMANTS)]
    claims = [Claim(parcel_id=each, valid_from=date(2020, 1, 1)) for each in ids]
    kind = IdentifierKind.LAND_CODE
    code = Code(code_id="land_code:0", kind=kind, value="0", claims=tuple(claims))

    assert {each.other_parcel_id for each in code.conflicts_of(ids[0])} == {*ids[1:]}
    assert code.disputants_with(ids[0]) == {*ids[1:]}
    assert len(held) == 2 * len(ids)


# --- what somebody wrote in each row


def plots(number):
    return [f"330604006-{each:04}" for each in range(number)]


def test_a_code_that_very_many_parcels_claim_is_disputed_by_none_and_each_receipt_says_so(parcels):
    ids = plots(MOST_CLAIMANTS + 2)
    notes = [parcels.report(*survey(each, code())) for each in ids]

    assert [note for note in notes[:MOST_CLAIMANTS] if note] == []
    assert all("names none of them" in note for note in notes[MOST_CLAIMANTS:])
    assert [conflicts(parcels, each) for each in ids] == [[]] * len(ids)


def test_as_many_parcels_as_may_dispute_a_code_do(parcels):
    ids = plots(MOST_CLAIMANTS)
    for each in ids:
        parcels.report(*survey(each, code()))

    assert [len(conflicts(parcels, each)) for each in ids] == [MOST_CLAIMANTS - 1] * len(ids)


def test_when_enough_townships_have_corrected_themselves_the_others_dispute_it_again(parcels):
    first, *others = plots(MOST_CLAIMANTS + 1)
    for each in (first, *others):
        parcels.report(*survey(each, code()))

    parcels.report(*survey(first, surveyed_on="2023-05-01"))

    assert conflicts(parcels, first) == []
    assert [len(conflicts(parcels, each)) for each in others] == [MOST_CLAIMANTS - 1] * len(others)


@pytest.mark.parametrize(
    ("asked", "note"),
    [
        (f"{A}/67", "GOVERNANCE_CODE"),
        (f" {A}/67 ", "GOVERNANCE_CODE"),
        (f"{A}/68", "LAND_CODE_CHECK"),
        (A, "PARCEL_ID"),
        ("330604001002GB00099", None),
    ],
)
def test_what_is_no_dated_code_is_said_with_whom_to_ask_instead(parcels, asked, note):
    parcels.report(*survey(A, code("2020-01-01")))

    answer = parcels.read("find_parcel", code=asked)
    assert answer["holders"] == []
    assert (answer["note"] and answer["note"]["code"]) == note
    if note == "GOVERNANCE_CODE":
        assert "resolve_code" in answer["note"]["sentence"]


def test_a_holder_that_is_gone_names_its_successors(parcels):
    parcels.report(*survey(A, code("2020-01-01")))
    parts = [
        {"parcel_id": f"{A}-1", "area_m2": "2000"},
        {"parcel_id": f"{A}-2", "area_m2": "4666.666667"},
    ]
    parcels.call("split_parcel", parcel_id=A, children=parts, split_on="2023-08-15")

    (holder,) = parcels.read("find_parcel", code=CODE, on="2023-08-01")["holders"]
    assert (holder["state"], holder["became_ids"]) == ("split", [f"{A}-1", f"{A}-2"])
