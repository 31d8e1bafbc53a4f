"""The team of a prospect's page hears that a plot is gone from it, once, and that it is back."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import fact
from .test_dispatch import kinds_by_recipient
from .test_rules import sample


def told(name: str, number: int):
    field = "hold_no" if "hold" in name else "gone_no"
    return fact(f"projects.{name}", minute=number, **sample(f"projects.{name}") | {field: number})


GONE, BACK = "shown_plot_gone", "shown_plot_back"


@pytest.mark.parametrize("order", list(permutations([told(GONE, 1), told(BACK, 2), told(GONE, 3)])))
def test_whoever_heard_that_a_shown_plot_is_gone_hears_that_it_is_back_and_gone_again(order):
    notify = Notify()
    notify.call("subscribe", **desk("team", kinds=[GONE]))
    notify.hear_facts(*order, order[0])
    assert sorted(kinds_by_recipient(notify)["team"]) == [BACK, GONE, GONE]


def test_the_alert_names_team_project_page_and_reason():
    notify = Notify()
    notify.hear_facts(told(GONE, 1))
    [alert] = notify.alerts()
    about = ("travelling team 2", "lead-17", "330604006-0231", "The release of the land was taken")
    assert all(word in alert["text"] for word in about)


def test_a_hold_that_is_over_is_told_once():
    notify = Notify()
    notify.hear_facts(told("plot_hold_ended", 1), told("plot_hold_ended", 1))
    [alert] = notify.alerts()
    assert "is kept for project lead-17 no longer" in alert["text"]
    assert "The land was awarded." in alert["text"], "and why"
