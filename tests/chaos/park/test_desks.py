"""The ledger of the desks: each fact told, heard, doubled, lost; and a short run of it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.chaos import houses, ledger, pages, told
from tests.chaos.desks import dues, firms, register
from tests.chaos.desks.acts import BESIDE, OF_EACH, OF_THE_FIRST
from tests.chaos.told import Stored
from tests.chaos.town import DeskInTown, Town

SIGNED = {
    "type": "projects.contract_signed",
    "causationid": "d0n0/12",
    "data": {"contract_id": "c"},
}
FIRST_DAYS = (date(2027, 3, 31), date(2027, 4, 1))
OF_WHAT_THEY_SHARE = (  # these acts are about more than the things of one life
    register.outlines,
    register.one_code_twice,
    firms.indicator,
    dues.plan_of_the_year,
)
OF_THINGS = {
    "supply": "projects.close_bidding",
    "contract": "projects.sign_contract",
    "commitments": "projects.review_commitments",
    "pipeline": "projects.hand_over_project",
    "requests": "enterprises.answer_request",
    "rounds": "enterprises.finalise_round",
}


def event(event_id: str, **changes: object) -> dict[str, object]:
    return SIGNED | {"id": event_id} | changes


def store(**changes: object) -> Stored:
    """One fact that was announced and heard."""
    usual = {"announced": Counter({"projects.contract_signed": 1}), "heard": {"f-1"}}
    return Stored(**usual | changes)


@pytest.mark.parametrize(
    ("changes", "published", "expected"),
    [
        ({}, ["f-1"], [1, 1, 0, 0]),
        ({}, ["f-1", "f-1"], [1, 1, 0, 0]),  # a copy is one event
        ({}, [], [0, 0, 0, 1]),  # announced, and never left
        ({"heard": set()}, ["f-1"], [1, 0, 0, 1]),  # left, and not heard
        ({"heard": {"f-1", "f-2"}}, ["f-1", "f-2"], [2, 2, 1, 0]),  # said twice
        ({"effects": Counter({("k", "/services/projects", "f-1"): 2})}, ["f-1"], [1, 1, 1, 0]),
    ],
)
def test_a_fact_is_lost_before_or_after_it_left_and_doubled_by_its_words_or_its_effect(
    changes, published, expected
):
    found = told.by_fact(store(**changes), [event(each) for each in published])
    assert found == {"projects.contract_signed": expected}


def test_a_delivery_that_is_due_was_heard_when_it_is_delivered():
    due = [
        event(f"e-{name}", type="notify.delivery_due", data={"delivery_id": name}) for name in "ab"
    ]
    found = told.by_fact(Stored(deliveries={"a": "delivered", "b": "pending"}), due)
    assert found == {"notify.delivery_due": [2, 1, 0, 1]}


def test_a_command_is_known_by_its_method_and_a_report_by_its_township():
    effects = Counter(
        {
            ("k", "/rpc/projects/sign_contract", "d0n0/12"): 1,
            ("k", "/townships/330604006", "d0n0/1"): 2,
            ("k", "/rpc/projects/apply_for_land", "d0n0/9"): 1,
        }
    )
    sent = [("projects.sign_contract", "d0n0/12"), ("parcel.registered", "d0n0/1")]
    lost = ("projects.record_bond", "d0n0/9")
    assert told.applied(Stored(effects=effects), [*sent, lost]) == ({*sent}, ["k by d0n0/1"])


def test_what_a_thing_keeps_in_itself_is_known_by_the_id_of_its_cause():
    effects = Counter({("k", told.ITSELF, "d0n0/7"): 2, ("k", told.ITSELF, "another"): 1})
    sent = ("enterprises.record_indicator", "d0n0/7")
    assert told.applied(Stored(effects=effects), [sent]) == ({sent}, ["k by d0n0/7"])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("revoked", 1), ("revoked", 1), True),
        (("released", 1), ("revoked", 1), False),  # taken back meanwhile
        (("revoked", 1), ("released", 2), False),  # granted meanwhile
        (("revoked", 1), ("revoked", 2), False),  # granted and taken back meanwhile
        (("released", 1), ("released", 1), False),
    ],
)
def test_a_plot_is_shown_wrongly_if_its_release_stood_at_no_moment_of_the_look(
    before, after, expected
):
    first, last = ({"state": state, "release_no": no} for state, no in (before, after))
    assert pages.wrongly_shown(first, last) is expected


def test_whoever_saw_a_plot_that_left_must_have_been_told_last_that_it_is_gone():
    seen = pages.Pages()
    seen.seen, seen.last = {("p", "a"), ("p", "b"), ("p", "c")}, {"p": {"c"}}
    said = {"page_id": "p", "listing_id": "a"}
    gone = {"type": "projects.shown_plot_gone", "data": said | {"gone_no": 1}}
    back = {"type": "projects.shown_plot_back", "data": said | {"gone_no": 2}}
    assert pages.not_told([seen], [gone]) == (2, 1)
    assert pages.not_told([seen], [back, gone]) == (2, 2)


def test_the_acts_of_the_desks_lead_to_every_type_of_fact_but_those_of_the_table():
    town = Town()
    desk = DeskInTown(town, 0, (*OF_EACH, *OF_THE_FIRST, *BESIDE))
    another = DeskInTown(town, 1, OF_WHAT_THEY_SHARE)

    for each in (desk, another):
        each.work()
    town.tick()

    assert desk.wrong + another.wrong == []
    assert told.emitted() - set(town.told) == told.not_led_to(desk.today()).keys()
    sent = {*desk.sent, *another.sent}
    assert sent - told.applied(town.stored(), sent)[0] == set(), "these left no mark"


def test_the_plan_of_a_year_is_overdue_from_april_on():
    is_led_to = ["projects.supply_plan_overdue" not in told.not_led_to(d) for d in FIRST_DAYS]
    assert is_led_to == [False, True]


def test_a_type_of_fact_that_nobody_told_is_a_fault_of_the_ledger():
    account = houses.Ledger(by_fact={"projects.fund_reported": [1, 1, 0, 0]})
    assert account.balanced
    account.untold = ["projects.fund_warned"]
    assert not account.balanced
    assert "not told  projects.fund_warned" in str(account)


@pytest.mark.timeout(500)
def test_no_command_of_a_desk_and_no_fact_of_it_is_lost_or_doubled(rabbitmq, redis_server):
    rabbitmq.ensure_up()
    redis_server.ensure_up()

    account = ledger.run(rabbitmq, redis_server, events=1, replicas=1, seed=1, house="desks")

    print(account)
    assert account.balanced, account
    assert account.sent == account.accepted == account.applied > 100
    assert {thing for thing, method in OF_THINGS.items() if method not in account.by_type} == set()
    assert account.bare_looks > 0, "nobody looked while a release did not stand"
    assert account.unheard_looks > 0, "nobody looked before projects had heard of it"
    assert account.left_pages > 0
    facts = ("projects.commitment_breached", "projects.contract_signed", "enterprises.grade_final")
    assert all(account.by_fact[name][0] for name in facts)
    assert account.by_fact.keys() & told.NOT_LED_TO.keys() == set()
