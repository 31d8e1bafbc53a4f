"""Notify looks at the clock when a heartbeat comes, and keeps nothing of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import REGISTRY

from backbone.inbox.supposing import Report
from services.notify.heartbeat import entrypoints

from .conftest import Notify


@pytest.fixture(autouse=True)
def no_beat_yet(monkeypatch):
    monkeypatch.setattr(entrypoints, "_newest", {})


def said(ago_s: float) -> dict[str, str]:
    return {"sent_at": (datetime.now(UTC) - timedelta(seconds=ago_s)).isoformat()}


def hear(notify: Notify, service: str, ago_s: float) -> None:
    about = {"causationsource": "/townships/heartbeat", "causationid": "b", "causationtype": "x"}
    notify.hear(service, "heartbeat_heard", said(ago_s), **about).or_raise()


def age_s(service: str) -> float:
    found = REGISTRY.get_sample_value("tenglong_heartbeat_age_seconds", {"passed_by": service})
    assert found is not None
    return found


@pytest.mark.parametrize("service", ["parcels", "projects"])
def test_the_age_is_that_of_the_newest_that_came_through_a_service(service):
    notify = Notify()
    for ago_s in (300, 100, 200):
        hear(notify, service, ago_s)

    assert age_s(service) == pytest.approx(100, abs=20)


def test_one_that_came_through_parcels_only_says_nothing_of_projects():
    notify = Notify()
    hear(notify, "projects", 500)
    hear(notify, "parcels", 0)

    assert age_s("projects") > 400 > age_s("parcels")


def test_the_age_grows_while_nothing_comes():
    hear(Notify(), "projects", 0)
    before = age_s("projects")

    assert age_s("projects") > before


def test_what_is_only_supposed_is_no_heartbeat():
    notify = Notify()
    hear(notify, "projects", 500)

    notify.suppose(Report("projects.heartbeat_heard", said(0)))

    assert age_s("projects") > 400


def test_nothing_is_kept_of_it_but_that_it_was_done():
    notify = Notify()

    hear(notify, "parcels", 0)
    hear(notify, "projects", 0)

    kept = notify.repository.call("keys", "*")
    assert {key.decode().split(":")[1] for key in kept} == {"done"}
