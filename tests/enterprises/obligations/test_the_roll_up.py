"""What a group owes of the prices of its land, and what it promised: in one read, of any day and moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..conftest import NOON, Enterprises
from ..groups.test_groups import overview, owner
from ..premises.test_premises import plot
from ..reports import FIRM, OTHER, PARCEL, firm
from .told import (
    CONTRACT,
    HEAD,
    changed,
    due,
    hear,
    hear_review,
    instalment,
    lifted,
    made,
    paid,
    party,
    promise,
    review,
    signed,
    void,
)

ALONE, STRANGER = "330604006-E77", "330604006-E88"


@pytest.fixture
def group(enterprises):
    """A holding with one works; the other works belongs to nobody of the group."""
    enterprises.tell("owner_reported", owner())
    enterprises._heard("parcels", "parcel_registered", plot())
    return enterprises


def counts(found):
    return [found[f"{each}_promises"] for each in ("open", "kept", "broken")]


def owed(enterprises, on="2023-08-21", firm_id=HEAD, **asked):
    return overview(enterprises, firm_id, on=on, **asked)["arrears_cny"]


# --- arrears


@pytest.mark.parametrize(
    ("on", "arrears_cny", "days"),
    [
        ("2023-02-07", "0", []),
        ("2023-02-08", "0", []),  # the day itself is not late
        ("2023-02-09", "2350000.00", [1]),
        ("2023-08-21", "2350000.00", [194]),
        ("2024-01-08", "2350000.00", [334]),
        ("2024-01-09", "4700000.00", [335, 1]),
    ],
)
def test_an_instalment_is_late_from_the_day_after_it_was_due(group, on, arrears_cny, days):
    hear(group, "contract_signed", signed())
    found = overview(group, on=on)
    assert found["arrears_cny"] == arrears_cny
    assert [each["days_late"] for each in found["group_arrears"]] == days
    assert found["not_kept_here"] == []


@pytest.mark.parametrize(
    ("on", "arrears_cny"),
    [("2023-03-09", "2350000.00"), ("2023-03-10", "0"), ("2023-08-21", "0")],
)
def test_what_was_paid_late_was_owed_until_that_day(group, on, arrears_cny):
    hear(group, "contract_signed", signed())
    hear(group, "payment_made", paid())
    assert owed(group, on) == arrears_cny


def test_a_payment_that_was_entered_with_a_wrong_day_is_corrected_and_both_can_be_read(group):
    hear(group, "contract_signed", signed(), 1)
    hear(group, "payment_made", paid(on="2023-02-08"), 2)
    hear(group, "payment_made", paid(on="2023-04-20"), 3)
    assert owed(group, "2023-04-01") == "2350000.00"
    then = (NOON + timedelta(hours=2)).isoformat()
    assert owed(group, "2023-04-01", known_at=then) == "0"
    before = (NOON + timedelta(minutes=30)).isoformat()
    assert overview(group, on="2023-04-01", known_at=before)["group_arrears"] == []


def test_a_reminder_alone_says_what_is_late_and_without_its_amount_it_is_asked_for(group):
    hear(group, "contract_signed", signed(instalments=[]))
    hear(group, "payment_due", due(amount_cny="1000.00"))
    hear(group, "payment_due", due(2, "2023-08-01"))
    found = overview(group)
    assert found["arrears_cny"] == "1000.00"
    [question] = found["not_attributed"]
    assert (question["instalment_no"], question["why"]["code"]) == (2, "AMOUNT_UNKNOWN")


def test_a_reminder_without_an_amount_does_not_hide_the_one_of_the_contract(group):
    hear(group, "contract_signed", signed())
    hear(group, "payment_due", due(), 1)
    assert owed(group) == "2350000.00"


@pytest.mark.parametrize(
    ("holders", "arrears_cny", "code"),
    [
        ([party(FIRM, share="0.4"), party(STRANGER, share="0.6")], "940000.00", None),
        ([party(FIRM, share="0.333333"), party(STRANGER)], "783332.55", None),
        ([party(FIRM), party(HEAD)], "2350000.00", None),
        ([party(FIRM), party(STRANGER)], "0", "SHARES_UNKNOWN"),
        ([party(STRANGER)], "0", None),
        ([party(None)], "0", "PARTY_UNKNOWN"),
    ],
)
def test_who_holds_the_land_with_others_owes_its_share(group, holders, arrears_cny, code):
    group.report(firm())  # the plot is the group's own
    hear(group, "contract_signed", signed(*holders))
    found = overview(group)
    assert found["arrears_cny"] == arrears_cny
    assert [each["why"]["code"] for each in found["not_attributed"]] == ([code] if code else [])


def test_who_signed_is_found_by_its_credit_code_and_not_when_two_firms_claim_it(group):
    code = "91330604XXXX00019D"
    group.report(firm())
    hear(group, "contract_signed", signed(party(None, uscc=code)))
    assert owed(group) == "2350000.00"
    group.report(firm(enterprise_id=OTHER))
    found = overview(group)
    assert found["arrears_cny"] == "0"
    assert [each["why"]["code"] for each in found["not_attributed"]] == ["PARTY_UNKNOWN"]


def test_what_is_due_by_a_contract_that_was_never_told_is_a_question(group):
    group.report(firm())
    hear(group, "payment_due", due(amount_cny="1000.00"))
    hear(group, "commitments_made", made())
    asked = [
        (e["instalment_no"], e["promises"], e["why"]["code"])
        for e in overview(group)["not_attributed"]
    ]
    assert asked == [(1, 0, "CONTRACT_UNKNOWN"), (None, 1, "CONTRACT_UNKNOWN")]


def test_a_tenant_is_not_asked_what_the_holder_of_its_plot_owes(group):
    group.report(firm({"parcel_id": PARCEL, "role": "tenant", "from": "2015-01-01"}))
    hear(group, "contract_signed", signed(party(None)))
    assert overview(group)["not_attributed"] == []


@pytest.mark.parametrize(
    ("due_on", "seller", "buyer"),
    [("2023-04-30", "2350000.00", "0"), ("2023-05-01", "0", "2350000.00")],
)
def test_what_was_late_before_a_transfer_stays_with_the_seller(group, due_on, seller, buyer):
    hear(group, "contract_signed", signed(instalments=[instalment(1, due_on)]))
    hear(group, "contract_changed", changed(party(ALONE)))
    group.tell("owner_reported", owner(ALONE, STRANGER))
    assert (owed(group), owed(group, firm_id=STRANGER)) == (seller, buyer)


def test_land_that_is_delivered_late_does_not_go_to_its_buyer_earlier(group):
    """The delivery is told after the transfer, with its buyer, and has an earlier day."""
    hear(group, "contract_signed", signed(instalments=[instalment(1, "2023-03-15")]))
    hear(group, "contract_changed", changed(party(ALONE)))
    hear(group, "contract_changed", changed(party(ALONE), on="2023-03-01", change_no=3))
    assert owed(group) == "2350000.00"


def test_a_lessee_takes_the_promises_and_not_the_price(group):
    lease = changed(party(), on="2023-01-20", duty_bearers=[party(ALONE)])
    group.tell("owner_reported", owner(ALONE, STRANGER))
    for name, fact in (
        ("contract_signed", signed()),
        ("contract_changed", lease),
        ("commitments_made", made()),
    ):
        hear(group, name, fact)
    assert owed(group) == "2350000.00"
    assert counts(overview(group)) == [0, 0, 0]
    assert counts(overview(group, STRANGER)) == [1, 0, 0]


def test_a_void_award_leaves_nothing_owed_and_before_that_was_known_it_was(group):
    hear(group, "contract_signed", signed())
    hear(group, "commitments_made", made())
    hear(group, "award_voided", void(), 2)
    found = overview(group)
    assert (found["arrears_cny"], counts(found)) == ("0", [0, 0, 0])
    then = (NOON + timedelta(hours=1)).isoformat()
    found = overview(group, known_at=then)
    assert (found["arrears_cny"], counts(found)) == ("2350000.00", [1, 0, 0])


# --- promises


@pytest.mark.parametrize(
    ("met", "on", "expected"),
    [
        (None, "2023-08-21", [1, 0, 0]),
        (None, "2023-01-07", [0, 0, 0]),  # the day before the contract
        (None, "2023-01-08", [1, 0, 0]),
        (True, "2023-06-29", [1, 0, 0]),
        (True, "2023-06-30", [0, 1, 0]),
        (False, "2023-06-29", [1, 0, 0]),
        (False, "2023-06-30", [0, 0, 1]),
    ],
)
def test_a_promise_is_open_until_a_review_says_more(group, met, on, expected):
    hear(group, "contract_signed", signed())
    hear(group, "commitments_made", made())
    if met is not None:
        hear_review(group, met)
    assert counts(overview(group, on=on)) == expected


def test_a_broken_promise_says_what_was_promised_and_what_was_found(group):
    hear(group, "contract_signed", signed())
    hear(group, "commitments_made", made(promise(), promise(2, indicator="plot_ratio")))
    hear_review(group, False)
    broken, still_open = overview(group)["group_promises"]
    names = ("indicator", "op", "required", "actual", "reviewed_on", "enterprise_ids")
    assert [broken[name] for name in names] == ["tax", ">=", "30", "28.5", "2023-06-30", [FIRM]]
    assert (still_open["indicator"], still_open["promise_state"]) == ("plot_ratio", "open")
    assert (still_open["actual"], still_open["reviewed_on"]) == (None, None)


def test_a_review_that_is_corrected_lifts_the_breach_and_a_second_correction_brings_it_back(group):
    hear(group, "contract_signed", signed())
    hear(group, "commitments_made", made())
    hear_review(group, False, 1)
    hear(group, "commitment_breach_lifted", lifted(), 2)
    assert counts(overview(group)) == [1, 0, 0]  # all that an old fact of a correction says
    hear_review(group, True, 2)
    assert counts(overview(group)) == [0, 1, 0]
    hear_review(group, False, 3)
    assert counts(overview(group)) == [0, 0, 1]
    then = (NOON + timedelta(hours=2)).isoformat()
    assert counts(overview(group, known_at=then)) == [0, 1, 0]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({2021: True}, [1, 0, 0]),
        ({2021: True, 2022: True}, [0, 1, 0]),
        ({2020: True, 2022: True}, [1, 0, 0]),  # not running
        ({2021: False, 2022: True}, [0, 0, 1]),
    ],
)
def test_what_is_promised_for_two_years_running_is_kept_when_both_are_met(group, years, expected):
    hear(group, "contract_signed", signed())
    hear(group, "commitments_made", made(promise(years_running=2)))
    for year, met in years.items():
        hear_review(group, met, review_id=f"R{year}", data_year=year)
    assert counts(overview(group)) == expected


def test_of_a_promise_for_one_year_the_newest_review_decides(group):
    hear(group, "contract_signed", signed())
    hear(group, "commitments_made", made())
    hear_review(group, True, review_id="R2", reviewed_on="2023-07-30", data_year=2022)
    hear_review(group, False, data_year=2021)
    assert counts(overview(group)) == [0, 1, 0]


def test_a_breach_stays_with_the_seller_and_the_promise_goes_to_the_buyer(group):
    group.tell("owner_reported", owner(ALONE, STRANGER))
    hear(group, "contract_signed", signed())
    hear(group, "commitments_made", made())
    hear_review(group, False, reviewed_on="2023-04-30", data_year=2021)
    hear(group, "contract_changed", changed(party(ALONE)))
    assert counts(overview(group)) == [0, 0, 1]
    assert counts(overview(group, STRANGER)) == [1, 0, 0]
    hear_review(
        group,
        True,
        review_id="R2",
        reviewed_on="2023-08-01",
        data_year=2022,
        bearers=[party(ALONE)],
    )
    assert counts(overview(group)) == [0, 0, 1]
    assert counts(overview(group, STRANGER)) == [0, 1, 0]


def test_what_a_seller_kept_counts_for_the_buyer(group):
    group.tell("owner_reported", owner(ALONE, STRANGER))
    hear(group, "contract_signed", signed())
    hear(group, "commitments_made", made())
    hear_review(group, True, reviewed_on="2023-04-30")
    hear(group, "contract_changed", changed(party(ALONE)))
    [kept] = overview(group, STRANGER)["group_promises"]
    assert (kept["promise_state"], kept["enterprise_ids"]) == ("kept", [ALONE])


def test_facts_of_before_the_promises_were_named_are_counted(group):
    """As they were told once: how many there are, and breaches without the ids of their promise."""
    hear(group, "contract_signed", signed())
    hear(group, "commitments_made", made(indicators=2, promises=[]))
    old = {name: value for name, value in review(False).items() if name != "bearers"}
    del old["commitment_id"], old["review_id"]
    hear(group, "commitment_breached", old)
    assert counts(overview(group)) == [1, 0, 1]
    hear(group, "commitment_breach_lifted", lifted(), 1)
    assert counts(overview(group)) == [2, 0, 0]


def test_a_review_of_a_promise_that_was_not_told_yet_is_not_lost(group):
    hear_review(group, False)
    [broken] = overview(group)["group_promises"]
    assert (broken["promise_state"], broken["indicator"]) == ("broken", None)


def test_a_plot_is_seen_as_it_was_known_before_its_firm_was_reported(group):
    group.now = NOON + timedelta(hours=2)
    group.report(firm(), at=NOON + timedelta(hours=2))
    assert len(overview(group)["group_plots"]) == 1
    before = (NOON + timedelta(hours=1)).isoformat()
    found = overview(group, known_at=before)
    assert (found["group_plots"], found["known_at"]) == ([], "2023-08-21T05:00:00Z")


# --- in any order

STORY = [
    ("contract_signed", signed()),
    ("payment_due", due(amount_cny="2350000.00")),
    ("payment_made", paid(on="2023-02-08")),
    ("payment_made", paid(on="2023-04-20")),
    ("commitments_made", made(promise(), promise(2))),
    ("commitment_breached", review(False)),
    ("commitment_breach_lifted", lifted()),
    ("commitment_verified", review(True)),
    ("commitment_breached", review(False, 2)),
    ("contract_changed", changed(party(OTHER))),
    ("contract_changed", changed(party(OTHER), on="2023-02-20", change_no=3)),
]


@settings(max_examples=10, deadline=None)
@given(st.permutations([*range(len(STORY))] * 2))
def test_in_whatever_order_the_facts_come_the_same_is_owed_and_promised(order):
    enterprises = Enterprises()
    enterprises.tell("owner_reported", owner())
    for copy, number in enumerate(order):
        name, fact = STORY[number]
        hear(enterprises, name, fact, number, id=f"p-{number}-{copy}")
    found = overview(enterprises)
    assert (found["arrears_cny"], counts(found)) == ("0", [0, 1, 1])
    known_at = (NOON + timedelta(hours=5)).isoformat()
    assert counts(overview(enterprises, known_at=known_at)) == [1, 0, 1]
    assert owed(enterprises, "2023-04-01") == "2350000.00"
    held = enterprises.read("get_land_obligations", contract_id=CONTRACT)
    assert [len(held[name]) for name in ("held", "payments", "findings")] == [3, 2, 3]
