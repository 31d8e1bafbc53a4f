"""Who was told of a winner or an application is told what became of it, in whatever order it is heard."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import fact
from .test_dispatch import kinds_by_recipient
from .test_rules import sample


def told(name, number, counted_by="settlement_no"):
    """The sample of the fact, as the `number`-th that is told of its thing."""
    name = f"projects.{name}"
    return fact(name, minute=number, **sample(name) | {counted_by: number})


SETTLEMENT = [told("settlement_due", 1), told("settlement_missed", 2), told("settlement_lifted", 3)]
STEPS = [
    told("talent_step_recorded", 3, "talent_step_no"),
    told("talent_step_revoked", 4, "talent_step_no"),
]


@pytest.mark.parametrize("order", list(permutations(SETTLEMENT)))
def test_whoever_was_told_of_a_winner_who_is_to_settle_is_told_how_it_ended(order):
    notify = Notify()
    notify.call("subscribe", **desk("talents", kinds=["settlement_due"]))
    notify.hear_facts(*order, order[0])
    told = ["settlement_due", "settlement_lifted", "settlement_missed"]
    assert sorted(kinds_by_recipient(notify)["talents"]) == told


def test_a_winner_who_has_not_settled_reads_as_a_person_would_say_it(notify: Notify):
    notify.hear_facts(SETTLEMENT[1])
    [alert] = notify.alerts()
    assert alert["severity"] == "warning"
    assert alert["text"].strip() == (
        "Entry entry-12 of contest contest-2022 won prize first on the condition of settling by 2023-11-20; "
        "its project had not landed by then."
    )


@pytest.mark.parametrize("order", list(permutations(STEPS)))
def test_whoever_was_told_of_a_state_is_told_that_it_was_not_entered(order):
    notify = Notify()
    notify.call("subscribe", **desk("talents", kinds=["talent_step_recorded"]))
    notify.hear_facts(*order)
    told = ["talent_step_recorded", "talent_step_revoked"]
    assert sorted(kinds_by_recipient(notify)["talents"]) == told
