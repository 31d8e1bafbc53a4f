"""Who was told that a platform's target was missed, or of a fund's warning, is told what became of it."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import fact
from .test_dispatch import kinds_by_recipient
from .test_rules import sample


def told(name, number, **more):
    """The sample of the fact, as the `number`-th that is told of its thing."""
    field = "miss_no" if "target" in name else "warning_no"
    return fact(
        f"projects.{name}", minute=number, **sample(f"projects.{name}") | {field: number} | more
    )


MISSES = [
    told("platform_target_missed", 1),
    told("platform_target_missed", 2, reached="1"),
    told("platform_target_miss_lifted", 3),
]
WARNINGS = [told("fund_warned", 1), told("fund_warning_lifted", 2), told("fund_warned", 3)]


@pytest.mark.parametrize("order", list(permutations(MISSES)))
def test_whoever_was_told_of_a_missed_target_is_told_the_figure_that_stands_and_that_it_was_met(
    order,
):
    notify = Notify()
    notify.call("subscribe", **desk("zone", kinds=["platform_target_missed"]))
    notify.hear_facts(*order, order[0])
    told = ["platform_target_miss_lifted", "platform_target_missed", "platform_target_missed"]
    assert sorted(kinds_by_recipient(notify)["zone"]) == told


def test_a_missed_target_reads_as_a_person_would_say_it(notify: Notify) -> None:
    notify.call("subscribe", **desk("zone", kinds=["platform_target_missed"]))
    notify.hear_facts(MISSES[0])
    [alert] = notify.read("list_alerts")["items"]
    assert alert["text"].strip() == (
        "百官街道 (330604001): by what is recorded, 0 projects had landed [落地] at platform youth-valley "
        "by 2023-12-31; at least 2 were planned."
    )


def test_whoever_was_told_of_a_funds_warning_is_told_when_nothing_speaks_against_it(notify: Notify):
    notify.call("subscribe", **desk("zone", kinds=["fund_warned"]))
    notify.hear_facts(*WARNINGS)
    told = ["fund_warned", "fund_warned", "fund_warning_lifted"]
    assert sorted(kinds_by_recipient(notify)["zone"]) == told
