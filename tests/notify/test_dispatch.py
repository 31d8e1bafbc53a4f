"""Who hears of what: facts go in, and alerts and messages come out."""

from __future__ import annotations

import json
from itertools import permutations

import pytest

from backbone.store.differences import explained

from .conftest import Notify, Postman, desk, parts_of
from .facts import CASE, FACTS, LISTING, PARCEL, TOWNSHIP, fact


def kinds_by_recipient(notify: Notify) -> dict[str, list[str]]:
    """Which kinds each recipient was told."""
    kinds = {alert["alert_id"]: alert["kind"] for alert in notify.alerts()}
    who: dict[str, list[str]] = {}
    for delivery in notify.deliveries():
        who.setdefault(delivery["recipient"], []).append(kinds[delivery["alert_id"]])
    return {name: sorted(heard) for name, heard in sorted(who.items())}


def test_released_land_reaches_the_desk_that_asked(notify: Notify, postman: Postman) -> None:
    notify.call("subscribe", **desk(townships=[TOWNSHIP], kinds=["release_ready"]))
    notify.hear_facts(fact("parcels.land_released"))
    notify.hear_itself()
    [(channel, _, message)] = postman.sent
    assert channel == "log"
    assert PARCEL in message.title
    [delivery] = notify.deliveries()
    assert (delivery["state"], delivery["attempts"]) == ("delivered", 1)
    assert notify.facts_named("alert_raised") == [
        {
            "alert_id": delivery["alert_id"],
            "kind": "release_ready",
            "severity": "info",
            "township": TOWNSHIP,
            "subject": CASE,
        }
    ]
    assert [f["state"] for f in notify.facts_named("delivery_settled")] == ["delivered"]


def test_an_alert_exists_even_if_nobody_subscribed(notify: Notify) -> None:
    notify.hear_facts(fact("parcels.land_released"))
    [alert] = notify.alerts(state="no_recipients")
    assert alert["recipients"] in ((), [])
    assert len(notify.facts_named("alert_raised")) == 1


@pytest.mark.parametrize("type_", FACTS)
def test_each_fact_of_the_catalogue_raises_one_alert_however_often_it_comes(
    notify: Notify, type_: str
) -> None:
    notify.call("subscribe", **desk())
    notify.hear_facts(fact(type_), fact(type_))
    assert len(notify.alerts()) == 1
    assert len(notify.facts_named("alert_raised")) == len(notify.facts_named("delivery_due")) == 1


NUMBERED = ["parcels.land_released", "parcels.release_revoked", "projects.listing_published"]


@pytest.mark.parametrize("type_", [*NUMBERED, "parcels.release_blocked"])
def test_the_same_thing_said_again_raises_nothing(notify: Notify, type_: str) -> None:
    notify.hear_facts(fact(type_), fact(type_, minute=1))
    assert len(notify.alerts()) == 1


def test_a_fact_without_a_rule_is_kept_for_the_trail_only(notify: Notify) -> None:
    notify.hear_facts(fact("parcels.parcel_registered", parcel_id=PARCEL, township=TOWNSHIP))
    assert notify.alerts() == []


def test_who_was_told_of_a_listing_is_told_that_it_is_withdrawn(notify: Notify) -> None:
    notify.call("subscribe", **desk("investors", kinds=["listing_published"]))
    notify.call("subscribe", **desk("elsewhere", townships=["330604007"]))
    notify.hear_facts(
        fact("projects.listing_published"), fact("projects.listing_withdrawn", minute=9)
    )
    assert kinds_by_recipient(notify) == {"investors": ["listing_published", "listing_withdrawn"]}


def test_a_listing_drafted_and_withdrawn_in_one_moment_is_corrected(notify: Notify) -> None:
    notify.call("subscribe", **desk("investors", kinds=["listing_drafted"]))
    notify.hear_facts(fact("projects.listing_drafted"), fact("projects.listing_withdrawn"))
    assert kinds_by_recipient(notify) == {"investors": ["listing_drafted", "listing_withdrawn"]}


def test_who_was_not_told_of_a_listing_is_spared_its_withdrawal(notify: Notify) -> None:
    notify.call("subscribe", **desk("investors", kinds=["listing_published"]))
    notify.hear_facts(fact("projects.listing_published", listing_id="another"))
    notify.hear_facts(fact("projects.listing_withdrawn", minute=9))
    assert kinds_by_recipient(notify) == {"investors": ["listing_published"]}


def test_who_was_told_of_released_land_is_told_that_it_is_revoked(notify: Notify) -> None:
    notify.call("subscribe", **desk("investors", kinds=["release_ready"]))
    notify.hear_facts(fact("parcels.land_released"), fact("parcels.release_revoked"))
    assert kinds_by_recipient(notify) == {"investors": ["release_ready", "release_revoked"]}


STORY = [
    fact("projects.listing_drafted", minute=1),
    fact("projects.land_matched", minute=2),
    fact("projects.listing_published", minute=3),
    fact("projects.listing_withdrawn", minute=4),
    fact("projects.listing_published", minute=5, notice_version=2),
]


@pytest.mark.parametrize("order", list(permutations(STORY))[::5])
def test_whatever_is_heard_first_the_same_people_know_the_same(order) -> None:
    notify = Notify()
    notify.call("subscribe", **desk("investors", kinds=["listing_published"]))
    notify.call("subscribe", **desk("matchers", kinds=["land_matched"]))
    notify.call("subscribe", **desk("warned", min_severity="warning"))
    notify.call("subscribe", **desk("firms", kinds=["standing_changed"]))
    notify.call("subscribe", **desk("everything"))
    notify.hear_facts(*order)
    assert kinds_by_recipient(notify) == {
        "everything": [
            "land_matched",
            "listing_drafted",
            "listing_published",
            "listing_published",
            "listing_withdrawn",
        ],
        "investors": ["listing_published", "listing_published", "listing_withdrawn"],
        "matchers": ["land_matched", "listing_withdrawn"],
        "warned": ["listing_withdrawn"],
    }
    assert len(notify.facts_named("delivery_due")) == 11, "and nobody is told twice"


REPLACING = fact("parcels.land_released", minute=5, release_no=3)
REPLACED = [
    fact("projects.listing_drafted", minute=1),
    fact("projects.listing_withdrawn", minute=5, cause=REPLACING, was_published=False),
    fact("projects.listing_drafted", minute=5, cause=REPLACING, release_no=3),
]


@pytest.mark.parametrize("order", list(permutations(REPLACED)))
def test_a_listing_drafted_anew_is_not_withdrawn_by_what_it_replaces(order) -> None:
    postman = Postman()
    notify = Notify(postman)
    notify.call("subscribe", **desk("first", kinds=["listing_drafted"]))
    notify.hear_facts(*order)
    notify.hear_itself()
    corrected = {m.alert["data"].get("release_no"): m.alert["corrected"] for *_, m in postman.sent}
    assert corrected == {1: True, None: False, 3: False}


def test_a_second_withdrawal_for_the_same_reason_is_told_too(notify: Notify) -> None:
    notify.call("subscribe", **desk("investors", kinds=["listing_published"]))
    for minute, version in ((0, 1), (20, 2)):
        notify.hear_facts(
            fact("projects.listing_published", minute=minute, notice_version=version),
            fact("projects.listing_withdrawn", minute=minute + 9),
        )
    assert kinds_by_recipient(notify)["investors"].count("listing_withdrawn") == 2


def test_two_processes_that_hear_both_at_once_cannot_miss_each_other(notify: Notify) -> None:
    published = fact("projects.listing_published")
    withdrawn = fact("projects.listing_withdrawn", minute=9)

    assert notify.hear_at_once(parts_of(published), parts_of(withdrawn)) == 1


def test_a_listing_published_anew_is_not_withdrawn_by_the_old_withdrawal(
    notify: Notify,
) -> None:
    notify.hear_facts(fact("projects.listing_withdrawn", minute=4))
    notify.call("subscribe", **desk("late", kinds=["listing_published"]))
    notify.hear_facts(fact("projects.listing_published", minute=5, notice_version=2))
    assert kinds_by_recipient(notify) == {"late": ["listing_published"]}


def test_releases_are_ordered_by_their_number_even_within_one_moment(notify: Notify) -> None:
    notify.call("subscribe", **desk("land", kinds=["release_ready"]))
    notify.hear_facts(fact("parcels.land_released", release_no=3), fact("parcels.release_revoked"))
    assert kinds_by_recipient(notify) == {"land": ["release_ready"]}


def test_a_subscription_that_ended_is_told_nothing_more(notify: Notify) -> None:
    notify.call("subscribe", **desk())
    notify.hear_facts(fact("projects.listing_published"))
    notify.call("unsubscribe", subscription_id="land-desk")
    notify.hear_facts(fact("projects.listing_withdrawn", minute=9))
    assert kinds_by_recipient(notify) == {"land-desk": ["listing_published"]}


def test_a_message_that_comes_late_says_that_it_was_corrected(
    notify: Notify, postman: Postman
) -> None:
    notify.call("subscribe", **desk())
    notify.hear_facts(
        fact("projects.listing_published"), fact("projects.listing_withdrawn", minute=9)
    )
    notify.hear_itself()
    by_kind = {message.alert["kind"]: message for _, _, message in postman.sent}
    assert by_kind["listing_published"].title.startswith("[corrected since 已更正]")
    assert by_kind["listing_published"].alert["corrected"] is True
    assert by_kind["listing_withdrawn"].alert["corrected"] is False


def test_alerts_are_found_by_what_an_operator_knows(notify: Notify) -> None:
    notify.hear_facts(fact("parcels.land_released"), fact("projects.listing_drafted"))
    assert len(notify.alerts(parcel_id=PARCEL)) == 2
    assert [a["kind"] for a in notify.alerts(subject=LISTING)] == ["listing_drafted"]
    assert [a["kind"] for a in notify.alerts(kind="release_ready", township=TOWNSHIP)] == [
        "release_ready"
    ]


def test_no_explanation_shows_where_messages_go_or_what_signs_them(notify: Notify) -> None:
    secret = "a secret of the investors' own system"
    address = "https://93.184.216.34/hook?token=of-the-desk"
    asked = desk(channel="webhook", address=address, secret=secret)
    identity = notify.call("subscribe", **asked)["subscription_id"]
    kept = notify.repository.collections.items()
    told = [explained(notify.repository, kind, identity, None) for _, kind in kept]

    everything = json.dumps(told)
    assert '"field": "secret", "value": "****"' in everything
    assert secret not in everything
    assert "of-the-desk" not in everything
