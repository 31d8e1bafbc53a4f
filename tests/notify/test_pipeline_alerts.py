"""Who was told of a project is told when that no longer holds, in whatever order it is heard."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import fact
from .test_dispatch import kinds_by_recipient

ABOUT = {"project_id": "battery-1", "township": None, "team": "team 2"}
IDLE = ABOUT | {"stage": "negotiating", "idle_since": "2023-07-01"}
MISSING = fact("projects.next_step_missing", 0, **IDLE, missing_no=1)
LIFTED = fact("projects.next_step_missing_lifted", 1, **ABOUT, missing_no=1, next_step_on=None)
AGAIN = fact("projects.next_step_missing", 2, **IDLE, missing_no=2)
ENTRY = ABOUT | {"entry_id": "battery-1.signed", "stage": "signed"}
SIGNED = fact(
    "projects.project_stage_changed",
    0,
    **ENTRY,
    entry_no=4,
    current_stage="signed",
    entered_on="2023-07-20",
)
WITHDRAWN = fact(
    "projects.project_stage_withdrawn", 1, **ENTRY, entry_no=5, current_stage="under_review"
)


@pytest.mark.parametrize("order", permutations([MISSING, LIFTED, AGAIN]))
def test_a_next_step_that_is_set_takes_the_alert_back_and_not_the_one_after_it(order):
    notify = Notify()
    notify.call("subscribe", **desk(kinds=["next_step_missing"]))
    notify.hear_facts(*order, *order)
    told = ["next_step_missing", "next_step_missing", "next_step_missing_lifted"]
    assert kinds_by_recipient(notify) == {"land-desk": told}


@pytest.mark.parametrize("order", permutations([SIGNED, WITHDRAWN]))
def test_who_was_told_of_a_stage_is_told_that_it_was_not_entered(order):
    notify = Notify()
    notify.call("subscribe", **desk(kinds=["project_stage_changed"]))
    notify.hear_facts(*order)
    told = ["project_stage_changed", "project_stage_withdrawn"]
    assert kinds_by_recipient(notify) == {"land-desk": told}


def test_one_investor_in_two_teams_is_told_once_and_names_the_teams():
    notify = Notify()
    pair = {
        "pair_id": "battery-1+cells-4",
        "other_project_id": "cells-4",
        "other_team": "fund desk",
    }
    notify.hear_facts(
        *(fact("projects.possible_duplicate_found", n, **ABOUT, **pair) for n in (0, 1))
    )
    [alert] = notify.alerts()
    assert all(word in alert["text"] for word in ("team 2", "fund desk", "battery-1", "cells-4"))
