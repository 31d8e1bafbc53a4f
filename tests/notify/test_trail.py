"""Why an alert exists: the chain of events back to the township's."""

from __future__ import annotations

from msgspec.structs import replace

from .conftest import Notify
from .facts import CASE, COMPLETED, LISTING, PARCEL, fact

RELEASED = fact("parcels.land_released", minute=1, cause=COMPLETED)
DRAFTED = fact("projects.listing_drafted", minute=2, cause=RELEASED)


def explained(notify: Notify, **filters):
    [alert] = notify.alerts(**filters)
    return notify.read("explain", alert_id=alert["alert_id"])


def test_an_alert_is_explained_back_to_the_townships_event(notify: Notify) -> None:
    notify.hear_facts(RELEASED, DRAFTED)
    answer = explained(notify, kind="listing_drafted")
    assert answer["complete"]
    assert answer["alert"]["subject"] == LISTING
    assert [link["type"] for link in answer["chain"]] == [
        "projects.listing_drafted",
        "parcels.land_released",
        "remediation.completed",
    ]
    assert [link["sentence"] for link in answer["chain"]] == [
        "2023-08-21 12:02 projects: a listing was drafted [拟供地] (listing-17).",
        "2023-08-21 12:01 parcels: the vacated land passed every gate and was released [可供地] "
        f"({PARCEL}).",
        "小越街道 (330604006): reported a remediation as complete [销号].",
    ]
    root = answer["chain"][-1]
    assert (root["source"], root["id"]) == (COMPLETED.source, COMPLETED.id)
    assert "time" not in root


def test_a_chain_heard_out_of_order_is_explained_all_the_same(notify: Notify) -> None:
    notify.hear_facts(DRAFTED)
    before = explained(notify, kind="listing_drafted")
    assert not before["complete"]
    assert [link["type"] for link in before["chain"]] == [
        "projects.listing_drafted",
        "parcels.land_released",
    ]
    notify.hear_facts(RELEASED)
    assert explained(notify, kind="listing_drafted")["complete"]


def test_facts_without_an_alert_are_links_too(notify: Notify) -> None:
    accepted = fact("parcels.remediation_completed", cause=COMPLETED, case_id=CASE)
    changed = fact("enterprises.standing_changed", cause=accepted)
    notify.hear_facts(accepted, changed)
    answer = explained(notify, kind="standing_changed")
    assert answer["complete"]
    assert len(answer["chain"]) == 3


def test_a_chain_may_begin_with_a_call(notify: Notify) -> None:
    published = fact("projects.listing_published")
    call = {"causation_id": "q-1", "causation_source": "/rpc/projects"}
    notify.hear_facts(replace(published, **call, causation_type="rpc.publish_listing"))
    answer = explained(notify)
    assert answer["complete"]
    assert answer["chain"][-1]["sentence"] == "a call to projects: publish listing."


def test_a_fact_without_a_cause_is_its_own_beginning(notify: Notify) -> None:
    notify.hear_facts(fact("parcels.land_released"))
    answer = explained(notify)
    assert answer["complete"]
    assert len(answer["chain"]) == 1


def test_a_type_that_notify_never_heard_of_is_still_a_link(notify: Notify) -> None:
    new = fact("parcels.moon_landed", cause=COMPLETED, parcel_id=PARCEL)
    notify.hear_facts(new, fact("projects.listing_drafted", cause=new))
    assert f"parcels: moon landed ({PARCEL})." in explained(notify)["chain"][1]["sentence"]


def test_a_circle_of_causes_ends(notify: Notify) -> None:
    one = fact("parcels.land_released")
    other = fact("projects.listing_drafted", cause=one)
    notify.hear_facts(fact("parcels.land_released", cause=other), other)
    answer = explained(notify, kind="listing_drafted")
    assert not answer["complete"]
    assert len(answer["chain"]) == 2
