"""Who would be reminded of open steps by other days: asked, and never done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park.verdicts.compared import sides_of
from park.verdicts.editions import EditionAsked
from services.projects.dues.due_step import REMINDERS, DueStep, StepKind
from services.projects.verdicts.steps import by_reminders, reminders_told
from tests.projects.desk import SUPPLY, Desk, at
from tests.support.rulebooks import compared, in_force

TODAY = date(2023, 10, 5)
DELIVERY = f"{SUPPLY}.delivery.1"  # is due on 8 October


def signed() -> Desk:
    desk = Desk()
    desk.sign()
    desk.moment = at(f"{TODAY}")
    return desk


@pytest.fixture(scope="module")
def desk():
    return signed()


def test_a_reminder_ahead_says_who_would_be_told_today(desk):
    ahead = [{"level": "ahead", "days": -5}, {"level": "overdue", "days": 1}]
    sides, facts = compared(desk, "reminders", {"delivery": ahead})

    assert sides == {(DELIVERY, "reminded"): ("not yet", "ahead")}
    [fact] = facts
    assert fact["type"] == "projects.supply_step_overdue"
    assert (fact["data"]["level"], fact["data"]["days_overdue"]) == ("ahead", -3)
    assert desk.step("delivery")["told"] == 0


DAYS = st.integers(-10, 10)


@given(DAYS, st.integers(1, 5), DAYS)
def test_a_step_is_reminded_of_as_was_foretold_once_the_edition_is_there(days, more, passed):
    due_on, kind = TODAY - timedelta(days=passed), StepKind.DELIVERY
    about = {"supply_id": "s", "listing_id": "l", "parcel_id": "p", "township": "330604006"}
    step = DueStep(step_id="d", supply_step=kind, **about, due_on=due_on)
    levels = [{"level": "first", "days": days}, {"level": "last", "days": days + more}]
    changed = sides_of(REMINDERS, None, EditionAsked(changes={"delivery": levels}), TODAY)[1]
    says = by_reminders([step], changed, TODAY)
    facts = [*reminders_told([step], REMINDERS, changed, TODAY)]
    now, _ = step.told_by(TODAY)
    with in_force(REMINDERS, TODAY, {"delivery": levels}):
        assert says == by_reminders([step], REMINDERS, TODAY)
        come, reminder = step.told_by(TODAY)
        again = now.told_by(TODAY)[1]

    reached = says["d", "reminded"].says
    assert reached == (levels[come.told - 1]["level"] if come.told else "not yet")
    assert [each.level for each in facts] == ([again.level] if again else [])
    assert reminder is None or reminder.level == reached
