"""Who was told of a plan is told what became of it, in whatever order that is heard."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import fact
from .test_dispatch import kinds_by_recipient
from .test_rules import sample


def told(name, number, **more):
    """The sample of the fact, as the `number`-th that is told of its thing."""
    field = "overdue_no" if "overdue" in name else "change_no"
    return fact(
        f"projects.{name}", minute=number, **sample(f"projects.{name}") | {field: number} | more
    )


APPROVAL = [told("offer_plan_approved", 2), told("offer_plan_returned", 3)]
END = [told("offer_plan_approved", 2), told("offer_plan_ended", 3)]
LATE = [told("supply_plan_overdue", 1), told("supply_plan_overdue_lifted", 2)]
LYING = [told("offer_plan_lies", 3), told("offer_plan_lies_lifted", 4)]


@pytest.mark.parametrize(
    "pair", [APPROVAL, END, LATE, LYING], ids=["return", "end", "late", "lies"]
)
def test_whoever_was_told_of_a_plan_is_told_that_it_holds_no_longer(pair):
    for order in permutations(pair):
        notify = Notify()
        kinds = [each.type.removeprefix("projects.") for each in pair]
        notify.call("subscribe", **desk("zone", kinds=kinds[:1]))
        notify.hear_facts(*order, order[0])
        assert sorted(kinds_by_recipient(notify)["zone"]) == sorted(kinds)


def test_a_late_plan_and_a_departure_read_as_a_person_would_say_them(notify: Notify) -> None:
    notify.call("subscribe", **desk("zone", kinds=["supply_plan_overdue", "offer_departed"]))
    departed = fact("projects.offer_departed", **sample("projects.offer_departed"))
    notify.hear_facts(LATE[0], departed)
    texts = sorted(each["text"].strip() for each in notify.read("list_alerts")["items"])
    assert texts[0] == (
        "The supply plan [供应计划] of 330604 for 2023 was to be public by 2023-03-31; by what is recorded "
        "it is not."
    )
    assert texts[1].endswith("is not as it was planned. Approved: 40; the notice has 50.")
