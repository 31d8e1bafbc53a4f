"""Who was told that a policy ends, or of what speaks against it, is told what became of that."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import fact
from .test_dispatch import kinds_by_recipient
from .test_rules import sample


def told(name, number, **more):
    """The sample of the fact, as the `number`-th that is told of its thing."""
    field = "warning_no" if "warn" in name else "ending_no"
    return fact(
        f"projects.{name}", minute=number, **sample(f"projects.{name}") | {field: number} | more
    )


ENDS = [told("policy_ending", 1), told("policy_ended", 2), told("policy_ending_lifted", 3)]
WARNINGS = [told("policy_warned", 1), told("policy_warning_lifted", 2)]


@pytest.mark.parametrize("order", list(permutations(ENDS)))
def test_whoever_was_told_that_a_policy_ends_is_told_that_it_was_prolonged(order):
    notify = Notify()
    notify.call("subscribe", **desk("zone", kinds=["policy_ending"]))
    notify.hear_facts(*order, order[0])
    kinds = sorted(kinds_by_recipient(notify)["zone"])
    assert kinds == ["policy_ended", "policy_ending", "policy_ending_lifted"]


def test_an_end_reads_as_a_person_would_say_it(notify: Notify) -> None:
    notify.call("subscribe", **desk("zone", kinds=["policy_ending"]))
    notify.hear_facts(ENDS[0])
    [alert] = notify.read("list_alerts")["items"]
    assert alert["text"].strip() == (
        "The last day of policy policy-12 (policy) is 2027-12-31. Prolong it before that day, or let it end."
    )


def test_whoever_was_told_what_speaks_against_a_policy_is_told_when_nothing_does(notify: Notify):
    notify.call("subscribe", **desk("zone", kinds=["policy_warned"]))
    notify.hear_facts(*WARNINGS)
    assert sorted(kinds_by_recipient(notify)["zone"]) == ["policy_warned", "policy_warning_lifted"]
