"""A figure of the overview is the sum of its parts, or the ratio of two sums; never a sum of ratios."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from backbone.errors import Refused
from park.overview import Clocks, OverviewPart, Reckoned, clocks_of, ratio_of, sum_of

NOW = datetime(2023, 9, 10, tzinfo=UTC)
TODAY = date(2023, 9, 10)


def part(**amounts: int) -> OverviewPart:
    given = {name: Decimal(amount) for name, amount in amounts.items()}
    return OverviewPart(thing="case", thing_id="C1", **given)


def test_a_sum_is_what_its_parts_add():
    assert Reckoned(parts=(part(adds=3), part(adds=4))).value == 7
    assert Reckoned().value == 0


def test_a_ratio_is_that_of_the_sums_and_not_the_mean_of_the_ratios():
    parts = (part(before=10, after=20), part(before=30, after=180))

    assert ratio_of(parts) == 5  # their own ratios are 2 and 6


def test_nothing_before_gives_no_ratio():
    assert ratio_of([part(before=0, after=20)]) is None


def test_ratios_are_not_added_up():
    with pytest.raises(Refused) as caught:
        sum_of([part(adds=1), part(before=10, after=20)])

    assert [reason.code for reason in caught.value.reasons] == ["SUM_OF_RATIOS"]


@pytest.mark.parametrize(
    ("on", "year"), [("2022-12-30", 2021), ("2022-12-31", 2022), ("2023-01-01", 2022)]
)
def test_a_year_counts_from_its_last_day_on(on, year):
    clocks = Clocks(on=date.fromisoformat(on), known_at=NOW, rules=TODAY)

    assert clocks.last_year() == year


def test_unless_somebody_says_otherwise_it_is_today_as_known_now_by_the_rules_of_the_day():
    nothing = {"on": None, "known_at": None, "rules": None}
    day = date(2023, 7, 31)

    assert clocks_of(nothing, TODAY, NOW) == Clocks(on=TODAY, known_at=NOW, rules=TODAY)
    assert clocks_of(nothing | {"on": day}, TODAY, NOW).rules == day


def test_nothing_is_known_of_a_moment_that_has_not_come():
    later = {"on": None, "known_at": datetime(2024, 1, 1, tzinfo=UTC), "rules": None}

    assert clocks_of(later, TODAY, NOW).known_at == NOW
