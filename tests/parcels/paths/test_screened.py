"""What came before a case is on its path: the suspicion, the check on site, the holder's view."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.parcels import reports
from tests.parcels.conftest import Parcels
from tests.parcels.screening import plots

CASE = reports.CASE


@pytest.fixture
def parcels() -> Parcels:
    """The figures of 2022 came on 20 April 2023, and the plot was suspected that day."""
    found = Parcels()
    april = datetime(2023, 4, 20, 4, 0, tzinfo=UTC)
    found.clock = lambda: april
    found.handle(reports.event(*reports.survey(), 0) | {"time": april})
    found.hear("enterprises", "yearly_figures_reported", plots.low()).or_raise()
    found.clock = lambda: datetime(2023, 9, 1, 4, 0, tzinfo=UTC)
    return found


def screening(parcels: Parcels) -> list[tuple[str, str | None, str | None, str | None]]:
    found = parcels.read("case_path", case_id=CASE)["screening"]
    return [(each["step"], each["done_on"], each["holder"], each["result"]) for each in found]


def test_the_steps_before_the_finding_are_on_the_path(parcels):
    for report in [plots.verified(), plots.holder_heard(), plots.answered()]:
        parcels.report(*report)
    parcels.report(*reports.identified(identified_on="2023-06-20"))

    assert screening(parcels) == [
        ("suspected", "2023-04-20", None, None),
        ("site_check", "2023-05-10", "township", "verified"),
        ("holder_heard", "2023-05-20", "township", "objects"),
        ("objection_answered", "2023-06-01", "township", "overruled"),
    ]


@pytest.mark.parametrize(
    ("identified_on", "steps"),
    [
        ("2023-04-19", [None]),  # the figures came after the finding
        ("2023-04-20", ["2023-04-20"]),
        ("2023-05-09", ["2023-04-20"]),
        ("2023-05-10", ["2023-04-20", "2023-05-10"]),
        ("2023-05-20", ["2023-04-20", "2023-05-10", "2023-05-20"]),
    ],
)
def test_only_what_came_by_the_day_of_the_finding_led_to_it(parcels, identified_on, steps):
    parcels.report(*plots.verified())
    parcels.report(*plots.holder_heard(view="agrees"))
    parcels.report(*reports.identified(identified_on=identified_on))

    assert [day for _, day, *_ in screening(parcels)] == steps


def test_an_objection_that_was_upheld_says_so(parcels):
    for report in [plots.verified(), plots.holder_heard(), plots.answered(upheld=True)]:
        parcels.report(*report)
    parcels.report(*reports.identified(identified_on="2023-06-20"))

    assert screening(parcels)[-1][3] == "upheld"


def test_a_plot_that_was_found_clean_on_site_says_so(parcels):
    parcels.report(*plots.rejected())
    parcels.report(*reports.identified(identified_on="2023-06-20"))

    assert screening(parcels)[-1][3] == "rejected"


def test_a_case_that_no_suspicion_led_to_has_none(parcels):
    parcels.report(*reports.identified(identified_on="2021-06-20"))

    assert screening(parcels) == []


def test_a_case_that_waits_for_its_identification_has_no_screening(parcels):
    parcels.report(*reports.planned())

    assert screening(parcels) == []
