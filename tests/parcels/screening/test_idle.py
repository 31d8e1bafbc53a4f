"""Land is idle by the law's clock, to the day; reasons of the government stop it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parcels.screening.construction import Construction, Part, Pause
from services.parcels.screening.idle import (
    IdleStanding,
    consequences,
    idle_standing,
    last_day,
    next_on,
    step_on,
)
from services.parcels.words import Said

SAID = Said(on=date(2025, 1, 1), at=datetime(2025, 1, 1, tzinfo=UTC), event_id="e")


def day(text):
    return date.fromisoformat(text) if text else None


def share(text):
    return Part(part=Decimal(text), whole=Decimal(1))


def plot(started="", agreed="2024-03-01", stopped="", **more):
    return Construction(
        agreed_start_on=day(agreed),
        started_on=day(started),
        stopped_on=day(stopped),
        reported=SAID,
        **more,
    )


def begun(area, paid, stopped="2024-09-01"):
    shares = {"area_begun": area, "investment_paid": paid}
    return plot("2024-05-01", stopped=stopped, **shares)


@pytest.mark.parametrize(
    ("facts", "as_of", "expected"),
    [
        (plot(), "2024-03-01", "idle_no"),
        (plot(), "2025-03-01", "idle_no"),
        (plot(), "2025-03-02", "idle_1y"),
        (plot(), "2026-03-01", "idle_1y"),
        (plot(), "2026-03-02", "idle_2y"),
        (plot("2025-03-02"), "2026-12-31", "idle_no"),
        (plot(agreed=""), "2026-12-31", "idle_no"),
        (plot(agreed="2024-02-29"), "2025-02-28", "idle_no"),
        (plot(agreed="2024-02-29"), "2025-03-01", "idle_1y"),
        (begun(share("0.33"), share("0.30")), "2025-09-02", "idle_stopped"),
        (begun(share("0.34"), share("0.24")), "2025-09-02", "idle_stopped"),
        (begun(share("0.10"), share("0.10")), "2025-09-01", "idle_no"),
        (begun(share("0.10"), share("0.10")), "2025-09-02", "idle_stopped"),
        (begun(share("0.10"), share("0.10"), stopped=""), "2026-09-01", "idle_no"),
        (begun(share("0.34"), share("0.25")), "2025-09-02", "idle_no"),
        (begun(share("0.34"), share("0.2499")), "2025-09-02", "idle_stopped"),
        (begun(None, share("0.24")), "2025-09-02", "idle_stopped"),
        (begun(share("0.33"), None), "2025-09-02", "idle_stopped"),
        (begun(None, None), "2026-09-02", "idle_no"),
    ],
)
def test_a_plot_stands_as_the_law_has_it_on_each_side_of_each_boundary(facts, as_of, expected):
    assert idle_standing(facts, day(as_of)) == expected


@pytest.mark.parametrize(
    ("area_begun_m2", "expected"), [(9_999, "idle_stopped"), (10_000, "idle_no")]
)
def test_exactly_a_third_of_the_area_is_enough(area_begun_m2, expected):
    area = Part(part=Decimal(area_begun_m2), whole=Decimal(30_000))

    assert idle_standing(begun(area, share("0.25")), day("2025-09-02")) == expected


def test_a_finished_building_is_not_idle():
    facts = begun(share("0.1"), share("0.1"))
    done = Construction(
        started_on=facts.started_on,
        stopped_on=facts.stopped_on,
        area_begun=facts.area_begun,
        completed_on=day("2025-01-01"),
        reported=SAID,
    )

    assert idle_standing(done, day("2026-01-01")) == "idle_no"


def test_what_came_later_does_not_change_how_it_stood_before():
    facts = plot("2025-06-01")

    assert idle_standing(facts, day("2025-05-31")) == "idle_1y"
    assert idle_standing(facts, day("2025-06-01")) == "idle_no"


def pause(from_, to=None):
    return Pause(from_on=day(from_), to_on=day(to), reason="land not delivered")


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([], "2025-03-01"),
        ([pause("2024-04-01", "2024-04-10")], "2025-03-11"),
        ([pause("2024-02-01", "2024-03-01")], "2025-03-01"),  # before the clock ran
        ([pause("2024-02-01", "2024-03-02")], "2025-03-02"),  # its first day
        ([pause("2025-03-01", "2025-03-01")], "2025-03-02"),  # its last day
        ([pause("2025-03-02", "2025-03-31")], "2025-03-01"),  # too late to help
        ([pause("2024-04-01", "2024-04-10"), pause("2024-04-06", "2024-04-15")], "2025-03-16"),
        ([pause("2024-04-01", "2024-04-20"), pause("2024-04-06", "2024-04-15")], "2025-03-21"),
        ([pause("2025-02-20", "2025-03-01"), pause("2025-03-11", "2025-03-11")], "2025-03-12"),
        ([pause("2024-04-01")], None),
        ([pause("2025-03-02")], "2025-03-01"),
    ],
)
def test_the_clock_stands_still_for_each_day_of_a_reason_of_the_government(pauses, expected):
    assert last_day(date(2024, 3, 1), 1, pauses) == day(expected)


days = st.dates(date(2023, 1, 1), date(2027, 1, 1))
pauses = st.lists(
    st.builds(
        lambda from_on, length: Pause(
            from_on=from_on, to_on=from_on + timedelta(days=length), reason="r"
        ),
        days,
        st.integers(0, 400),
    ),
    max_size=5,
)


@given(pauses)
def test_counted_day_by_day_the_clock_comes_to_the_same_end(pauses):
    start, wanted = date(2024, 3, 1), 365
    paused = {
        pause.from_on + timedelta(days=n)
        for pause in pauses
        for n in range((pause.to_on - pause.from_on).days + 1)
    }
    last = start
    while wanted:
        last += timedelta(days=1)
        wanted -= last not in paused

    # a pause that begins on the day after does not count, nor do the days that it is in
    assert last_day(start, 1, pauses) == last


@given(days, st.integers(1, 3))
def test_a_plot_never_goes_back_by_itself(agreed, years):
    facts = plot(agreed=agreed.isoformat())
    ranks = list(IdleStanding)
    before, after = agreed + timedelta(days=200 * years), agreed + timedelta(days=400 * years)

    assert ranks.index(idle_standing(facts, before)) <= ranks.index(idle_standing(facts, after))


def test_the_clock_says_when_it_will_move_next():
    facts = plot()

    assert next_on(facts, day("2025-03-01")) == day("2025-03-02")
    assert next_on(facts, day("2025-03-02")) == day("2026-03-02")
    assert next_on(facts, day("2026-03-02")) is None
    assert step_on(facts, day("2026-05-01")).since_on == day("2026-03-02")


def test_the_answer_names_fee_taking_back_and_the_investigation():
    facts = plot(land_price_cny=Decimal("2940000.00"))

    def codes(as_of):
        return [reason.code for reason in consequences(facts, day(as_of))]

    assert codes("2025-03-01") == []
    assert codes("2025-03-02") == ["IDLE_INVESTIGATION", "IDLE_FEE"]
    assert codes("2026-03-02") == ["IDLE_INVESTIGATION", "IDLE_TAKE_BACK"]
    investigation, fee = consequences(facts, day("2025-03-02"))
    assert "30 days" in investigation.sentence
    assert "20 %" in fee.sentence
    assert "588000 yuan" in fee.sentence
    assert "art. 26" in fee.source


def test_without_a_price_the_fee_has_its_share_alone():
    _, fee = consequences(plot(), day("2025-03-02"))

    assert fee.sentence == "A fee of 20 % of the land price is due."


def test_stopped_land_is_dealt_with_and_no_fee_is_named():
    facts = begun(share("0.1"), None)
    codes = [reason.code for reason in consequences(facts, day("2025-09-02"))]

    assert codes == ["IDLE_INVESTIGATION", "IDLE_STOPPED"]
