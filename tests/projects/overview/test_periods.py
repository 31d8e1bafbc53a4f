"""The land that was listed and awarded in a period, as far as it was known."""

from __future__ import annotations

from typing import Any

import pytest

from backbone.errors import Invalid

from ..desk import AGAIN, LISTING, SUPPLY, Desk, at


@pytest.fixture
def desk() -> Desk:
    """A notice that came out on 1 August 2023, of 17.6715 mu."""
    return Desk()


def period(desk: Desk, first: str, last: str, **asked: Any) -> dict[str, Any]:
    given = {"from": f"2023-{first}", "to": f"2023-{last}"}
    return {
        each["figure"]["figure"]: each for each in desk.read("period_figures", **given, **asked)
    }


def values(desk: Desk, first: str, last: str, **asked: Any) -> list[str]:
    found = period(desk, first, last, **asked)
    names = ("land_listed_plots", "land_listed_area", "land_awarded_plots", "land_awarded_area")
    return [found[name]["figure"]["value"] for name in names]


@pytest.mark.parametrize(
    ("first", "last", "listed"),
    [
        ("07-25", "07-31", ["0", "0"]),
        ("07-26", "08-01", ["1", "17.67"]),
        ("08-01", "08-07", ["1", "17.67"]),
        ("08-02", "08-08", ["0", "0"]),
    ],
)
def test_land_is_listed_in_the_period_of_the_first_day_of_its_notice(desk, first, last, listed):
    assert values(desk, first, last)[:2] == listed
    for each in period(desk, first, last).values():
        assert each["figure"]["since_on"] == f"2023-{first}"


@pytest.mark.parametrize(
    ("first", "last", "awarded"),
    [
        ("08-24", "08-30", "0"),
        ("08-25", "08-31", "1"),
        ("08-31", "09-06", "1"),
        ("09-01", "09-07", "0"),
    ],
)
def test_land_is_awarded_in_the_period_of_its_award(desk, first, last, awarded):
    desk.award()

    assert values(desk, first, last)[2] == awarded


@pytest.mark.parametrize(("voided_on", "awarded"), [("2023-09-03", "0"), ("2023-09-04", "1")])
def test_an_award_that_is_void_on_the_last_day_does_not_count(desk, voided_on, awarded):
    desk.award()
    desk.void(voided_on)

    assert values(desk, "08-28", "09-03")[2] == awarded


def test_an_award_counts_from_when_it_was_known(desk):
    desk.award()

    early = at("08-31 15:00").isoformat()
    assert values(desk, "08-28", "09-03", known_at=early)[2] == "0"
    assert values(desk, "08-28", "09-03")[2] == "1"


def test_land_that_is_listed_again_counts_in_both_its_weeks(desk):
    desk.apply("A")
    desk.close()
    desk.on("08-31 17:00").publish(**AGAIN)

    assert values(desk, "07-31", "08-06")[0] == values(desk, "08-28", "09-03")[0] == "1"
    assert values(desk, "08-01", "08-31")[0] == "2"


def test_each_part_names_the_thing_and_the_call_that_said_so(desk):
    desk.award()

    found = period(desk, "08-01", "08-31")

    [listed] = found["land_listed_plots"]["parts"]
    [awarded] = found["land_awarded_area"]["parts"]
    assert (listed["thing_id"], listed["about_on"]) == (LISTING, "2023-08-01")
    assert (awarded["thing_id"], awarded["adds"]) == (SUPPLY, "17.6715")
    assert listed["event_id"] != awarded["event_id"]
    assert all(each["event_id"].startswith("request-") for each in (listed, awarded))


def test_a_period_that_ends_before_it_begins_is_refused(desk):
    with pytest.raises(Invalid) as caught:
        period(desk, "08-07", "08-01")

    assert [each.field for each in caught.value.reasons] == ["to"]
