"""A township from which nothing is heard is told of, once for each level, and so is its return."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from itertools import permutations

import pytest

from backbone.errors import Answered

from .conftest import Notify, desk
from .facts import NOON, fact
from .test_dispatch import kinds_by_recipient

XIAOYUE = "330604006"
LAST = NOON.astimezone(UTC).date()


def heard(notify: Notify, days: int = 0, source: str = f"/townships/{XIAOYUE}") -> None:
    """A fact that came of a report so many days after the first."""
    told = fact("parcels.land_released", days * 1440)
    notify.forget()
    about = {"causationsource": source, "causationid": f"e-{days}", "causationtype": "x"}
    notify.hear(
        "parcels",
        "land_released",
        told.data,
        id=f"f-{days}",
        time=NOON + timedelta(days=days),
        **about,
    ).or_raise()


def on(notify: Notify, days: int) -> list[str]:
    """The levels that are told so many days after the last report."""
    before = len(notify.facts_named("feed_silent"))
    notify.now = NOON + timedelta(days=days)
    notify.tick("look_for_silent_feeds")
    return [each["level"] for each in notify.facts_named("feed_silent")[before:]]


@pytest.fixture
def listening() -> Notify:
    notify = Notify()
    notify.call("subscribe", **desk(kinds=["feed_silent"]))
    heard(notify)
    return notify


@pytest.mark.parametrize(
    ("days", "levels"), [(30, []), (31, ["reminder"]), (44, ["reminder"]), (45, ["supervised"])]
)
def test_a_silent_township_is_told_of_on_the_day_that_the_data_name(listening, days, levels):
    assert on(listening, days) == levels
    assert on(listening, days) == []


def test_the_desk_reads_who_is_silent_since_when_and_supervision_is_critical(listening):
    for days in (31, 45):
        on(listening, days)
    listening.hear_itself()
    alerts = {each["severity"]: each for each in listening.alerts(kind="feed_silent")}
    assert set(alerts) == {"warning", "critical"}
    reminder = alerts["warning"]
    assert f"小越街道 ({XIAOYUE})" in reminder["text"]
    assert f"31 days, since {LAST}" in reminder["text"]


def test_a_township_that_reports_again_is_told_to_whoever_heard_of_its_silence(listening):
    on(listening, 31)
    heard(listening, 32)
    heard(listening, 33)
    listening.hear_itself()
    assert kinds_by_recipient(listening) == {"land-desk": ["feed_heard_again", "feed_silent"]}
    [again] = listening.facts_named("feed_heard_again")
    assert date.fromisoformat(again["last_on"]) == LAST
    assert on(listening, 60) == []
    assert on(listening, 64) == ["reminder"]


@pytest.mark.parametrize("order", list(permutations([3, 1, 2])))
def test_facts_that_come_late_leave_the_newest_day(order):
    notify = Notify()
    for days in (*order, order[0]):
        heard(notify, days)
    feed = notify.read("get_township_feed", feed_id=XIAOYUE)
    assert date.fromisoformat(feed["last_on"]) == LAST + timedelta(days=3)


def test_what_a_desk_enters_is_no_report_of_a_township():
    notify = Notify()
    heard(notify, source="/rpc/parcels")
    assert notify.read("list_township_feeds")["items"] == []


def test_a_township_that_is_mostly_refused_is_told_once_a_day_and_nobody_elses_office_is():
    notify = Notify()
    for code in (XIAOYUE, "330604001"):
        kinds = ["feed_mostly_refused"]
        notify.call("subscribe", **desk(code, townships=[code], kinds=kinds))

    for number in range(2):
        notify.call("tell_mostly_refused", township=XIAOYUE, request_id=f"told-{number}")
    notify.hear_itself()

    assert kinds_by_recipient(notify) == {XIAOYUE: ["feed_mostly_refused"]}
    [alert] = notify.alerts(kind="feed_mostly_refused")
    assert alert["data"] == {"on": LAST.isoformat()}


def test_nobody_is_told_of_a_township_that_there_is_not():
    notify = Notify()

    with pytest.raises(Answered, match="UNKNOWN_TOWNSHIP"):
        notify.call("tell_mostly_refused", township="330604999")

    assert notify.facts == []
