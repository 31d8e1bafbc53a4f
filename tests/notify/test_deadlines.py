"""Who was told of what is due of a firm is told when it is not due any more, whichever is heard first."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import TOWNSHIP, fact
from .test_dispatch import kinds_by_recipient

FIRM = f"{TOWNSHIP}-E9"
HONOUR = {"honour": "little_giant", "honour_level": "national", "year": 2020, "due": "expiry"}
CAPITAL = {"level": "ahead"}


def story(name, minute, what, due, about):
    ids = {"deadline_id": f"{FIRM}:{what}", "enterprise_id": FIRM, "township": TOWNSHIP}
    return fact(f"enterprises.{name}", minute=minute, **ids, **about, due_on=due)


STORIES = {
    "honour_due": [
        story("honour_due", 1, "honour", "2023-11-16", HONOUR | {"days_left": 87}),
        story("honour_due_lifted", 2, "honour", "2023-11-16", HONOUR),
        story("honour_due", 3, "honour", "2023-11-18", HONOUR | {"days_left": 87}),
    ],
    "capital_due": [
        story("capital_due", 1, "capital", "2029-08-01", CAPITAL | {"unpaid": "6", "days_left": 9}),
        story("capital_due_lifted", 2, "capital", "2029-08-01", CAPITAL),
    ],
}
CASES = [(kind, order) for kind, facts in STORIES.items() for order in permutations(facts)]


@pytest.mark.parametrize(("kind", "order"), CASES)
def test_what_is_not_due_any_more_reaches_whoever_was_told_that_it_was(kind, order):
    notify = Notify()
    notify.call("subscribe", **desk("firms", kinds=[kind]))
    notify.hear_facts(*order)
    told = sorted(each.type.partition(".")[2] for each in order)
    assert kinds_by_recipient(notify) == {"firms": told}
