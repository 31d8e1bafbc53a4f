"""A review of what was promised that is not done is told ahead, late, and under supervision."""

from __future__ import annotations

import pytest

from .conftest import Notify
from .facts import fact

DUE = {
    "supply_id": "L.1", "listing_id": "L", "parcel_id": "P", "township": "330604006",
    "supply_step": "full_capacity_review", "review_no": 1, "due_on": "2028-03-08",
}  # fmt: skip


@pytest.mark.parametrize(
    ("level", "days", "severity"),
    [("ahead", -30, "info"), ("reminder", 1, "warning"), ("supervised", 31, "critical")],
)
def test_a_review_that_is_due_matters_more_the_later_it_is(level, days, severity):
    notify = Notify()
    told = [fact("projects.review_due", n, **DUE, level=level, days_overdue=days) for n in (0, 1)]
    notify.hear_facts(*told)
    [alert] = notify.alerts(kind="review_due")
    assert alert["severity"] == severity
    assert "review at full capacity [达产复核] of P" in alert["title"]


def test_the_same_review_of_the_year_after_is_another_alert():
    notify = Notify()
    first, second = (DUE | {"review_no": n, "supply_step": "annual_review"} for n in (1, 2))
    notify.hear_facts(
        *(
            fact("projects.review_due", 0, **each, level="reminder", days_overdue=1)
            for each in (first, second)
        )
    )
    assert len(notify.alerts(kind="review_due")) == 2
