"""The days of a draft follow one another, and planned ones are held to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.projects.listings.notice import SupplyWay
from services.projects.notices.earliest import Step, earliest
from services.projects.notices.printed import Printed

TODAY = date(2025, 3, 1)


def test_the_earliest_days_of_a_draft_follow_one_another():
    steps = {
        each.step: each for each in earliest(Printed(released_on=date(2025, 3, 5)), TODAY, TODAY)
    }

    assert steps["published_on"].day == date(2025, 3, 5)
    assert steps["sale_from"].day == date(2025, 3, 25)
    assert steps["sale_to"].day == date(2025, 4, 4)
    assert steps["bond_to"].day == date(2025, 4, 3)
    assert steps["result_publicity"].day == date(2025, 4, 18)  # ten working days, 清明 left out
    assert steps["contract"].day == date(2025, 4, 18)


def test_a_planned_day_that_comes_too_early_is_named():
    plot = Printed(published_on=date(2025, 3, 1), sale_from=date(2025, 3, 15))
    steps = {each.step: each for each in earliest(plot, TODAY, TODAY)}

    assert steps["sale_from"].lawful is False
    assert steps["published_on"].lawful is True


def steps_of(today: date = TODAY, **plot) -> dict[str, Step]:
    return {each.step: each for each in earliest(Printed(**plot), today, today)}


def test_a_draft_of_land_that_was_free_long_ago_begins_today_in_every_step():
    steps = steps_of(date(2025, 6, 1), released_on=date(2025, 3, 5))

    assert steps["published_on"].day == steps["apply_from"].day == date(2025, 6, 1)
    assert steps["sale_from"].day == date(2025, 6, 21)


@pytest.mark.parametrize(
    ("released_on", "lawful", "sale_from"),
    [
        (None, None, date(2025, 3, 21)),
        (date(2025, 3, 1), True, date(2025, 3, 21)),
        (date(2025, 3, 2), False, date(2025, 3, 22)),
    ],
)
def test_a_past_notice_is_held_to_the_day_of_the_release_alone(released_on, lawful, sale_from):
    steps = steps_of(date(2025, 6, 1), published_on=date(2025, 3, 1), released_on=released_on)

    assert steps["published_on"].lawful is lawful
    assert steps["sale_from"].day == sale_from
    assert ("is not lawful" in steps["sale_from"].sentence) is (lawful is False)


def test_an_agreement_has_no_days_of_a_sale():
    steps = steps_of(method=SupplyWay.AGREEMENT)

    assert list(steps) == ["published_on", "documents_from", "apply_from"]


def test_without_a_calendar_the_working_days_of_a_step_stay_open():
    steps = {each.step: each for each in earliest(Printed(), TODAY, today=date(2099, 3, 1))}

    assert steps["contract"].day is None
    assert "2099" in steps["contract"].sentence


@pytest.mark.parametrize(
    ("sale_to", "counted_from"),
    [(date(2025, 4, 3), date(2025, 4, 4)), (date(2025, 4, 4), date(2025, 4, 4)),
     (date(2025, 4, 5), date(2025, 4, 5))],
)  # fmt: skip
def test_what_follows_the_sale_counts_from_a_planned_end_only_where_it_is_lawful(
    sale_to, counted_from
):
    steps = steps_of(
        date(2025, 3, 5),
        released_on=date(2025, 3, 5),
        sale_from=date(2025, 3, 20),
        sale_to=sale_to,
    )
    assert steps["sale_to"].day == date(2025, 4, 4)  # from the earliest opening, 25 March
    assert "2025-03-20 is not lawful" in steps["sale_to"].sentence
    assert steps["bond_to"].day == counted_from - timedelta(days=1)
    for step in ("bond_return", "result_publicity", "contract"):
        assert f"days from {counted_from}," in steps[step].sentence
    for step in ("bond_to", "bond_return", "result_publicity", "contract"):
        said = f"{sale_to} is not lawful" in steps[step].sentence
        assert said is (sale_to < counted_from)
