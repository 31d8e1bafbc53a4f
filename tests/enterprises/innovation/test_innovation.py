"""Innovation platforms, talents and results: counted from their records, beside what was stated."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backbone.errors import Answered

from ..conftest import Enterprises
from ..reports import FIRM, TOWNSHIP, firm

INSTITUTE = f"{TOWNSHIP}-I1"


class Desk:
    def __init__(self):
        self.enterprises = Enterprises()
        self.enterprises.report(firm())

    def wait(self):
        self.enterprises.now += timedelta(hours=1)
        return self.enterprises.now.isoformat()

    def record(self, own="I1", kind="enterprise_institute", level="provincial", **changes):
        self.wait()
        said = {"innovation_id": f"{TOWNSHIP}-{own}", "kind": kind, "level": level}
        said |= {"from_on": "2022-05-01", "document": "list of 2022"}
        return self.enterprises.call("record_innovation", **said | changes)

    def state(self, indicator, value, **changes):
        said = {"indicator": indicator, "basis": "zone", "period_end": "2023-07-31"}
        said |= {"value": value, "document": "a report of the zone"}
        self.enterprises.call("record_indicator", **said | changes)

    def counts(self, on="2023-08-21", **asked):
        found = self.enterprises.read("innovation_overview", on=on, **asked)
        return {each["name"]: each for each in found["counts"]}

    def institutes(self, on="2023-08-21", **asked):
        return self.counts(on, **asked)["provincial_enterprise_institutes"]


@pytest.fixture
def desk():
    return Desk()


def refused(act, *args, **how):
    with pytest.raises(Answered) as caught:
        act(*args, **how)
    return [reason.code for reason in caught.value.reasons]


def test_records_are_counted_beside_the_figure_that_was_stated_and_never_added(desk):
    desk.record(enterprise_id=FIRM)
    desk.record("I2")
    desk.state("provincial_enterprise_institutes", 31)

    found = desk.institutes()
    assert (found["counted"], found["stated"]["value"], found["fits"]) == (2, "31", False)
    assert found["innovation_ids"] == [INSTITUTE, f"{TOWNSHIP}-I2"]


@pytest.mark.parametrize(
    ("value", "figure_kind", "fits"),
    [
        (1, "exact", False),
        (2, "exact", True),
        (2, "at_least", True),
        (3, "at_least", False),
        (2, "more_than", False),
        (1, "more_than", True),
    ],
)
def test_it_says_whether_the_records_bear_the_stated_figure_out(desk, value, figure_kind, fits):
    for own in ("R1", "R2"):
        desk.record(own, "converted_result", None)
    desk.state("results_converted", value, figure_kind=figure_kind)

    assert desk.counts()["results_converted"]["fits"] is fits


def test_what_was_only_stated_is_shown_as_it_was_stated(desk):
    desk.state("high_level_talents", 1000, figure_kind="at_least")

    found = desk.counts()["high_level_talents"]
    assert (found["counted"], found["stated"]["figure_kind"]) == (0, "at_least")
    assert desk.counts()["laboratories"]["fits"] is None


CORRIDOR = [
    ("applied_universities", 3, "exact"),
    ("university_institutes", 12, "exact"),
    ("provincial_enterprise_institutes", 31, "exact"),
    ("high_level_talents", 1000, "at_least"),
    ("results_converted", 300, "more_than"),
]


def test_the_stated_figures_of_the_corridor_stand_as_they_were_stated(desk):
    for indicator, value, figure_kind in CORRIDOR:
        desk.state(indicator, value, figure_kind=figure_kind)

    found = desk.counts()
    stated = [(name, found[name]["stated"]) for name, _, _ in CORRIDOR]
    assert [(name, int(f["value"]), f["figure_kind"]) for name, f in stated] == CORRIDOR
    assert {each["counted"] for each in found.values()} == {0}


def test_only_the_levels_of_a_line_count_in_it(desk):
    desk.record("I2", level="municipal")

    assert desk.institutes()["counted"] == 0


@pytest.mark.parametrize(
    ("on", "counted"),
    [("2022-04-30", 0), ("2022-05-01", 1), ("2023-05-01", 1), ("2023-05-02", 0)],
)
def test_a_platform_counts_from_its_first_day_to_its_last(desk, on, counted):
    desk.record(to_on="2023-05-01")

    assert desk.institutes(on)["counted"] == counted


def test_a_record_that_never_was_is_withdrawn_and_what_was_known_can_be_asked_for(desk):
    desk.record()
    before = desk.wait()
    desk.record(withdrawn=True)

    assert desk.institutes()["counted"] == 0
    assert desk.institutes(known_at=before)["counted"] == 1


def test_the_records_of_one_township_can_be_asked_for(desk):
    desk.record()

    assert desk.institutes(township=TOWNSHIP)["counted"] == 1
    assert desk.institutes(township="330604105")["counted"] == 0


def test_a_consortium_has_firms_and_platforms_as_members(desk):
    desk.record()
    desk.record("C1", "innovation_consortium", member_ids=[FIRM, INSTITUTE])

    assert desk.counts()["innovation_consortia"]["counted"] == 1
    members = [f"{TOWNSHIP}-I77"]
    assert refused(desk.record, "C2", "innovation_consortium", member_ids=members) == ["NOT_FOUND"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "garage"}, "INNOVATION_KIND_UNKNOWN"),
        ({"level": "cosmic"}, "INNOVATION_LEVEL"),
        ({"level": None}, "INNOVATION_LEVEL"),
        ({"kind": "converted_result"}, "INNOVATION_LEVEL"),
        ({"kind": "talent", "name": "somebody"}, "PERSON_NAMED"),
        ({"from_on": "2023-08-22"}, "NOT_YET"),
        ({"to_on": "2022-04-30"}, "INVALID"),
        ({"enterprise_id": f"{TOWNSHIP}-E77"}, "NOT_FOUND"),
        ({"host_id": f"{TOWNSHIP}-I77"}, "NOT_FOUND"),
    ],
)
def test_a_record_that_cannot_be_is_refused(desk, changes, code):
    assert refused(desk.record, **changes) == [code]


def test_a_platform_may_have_a_name(desk):
    assert desk.record(name="an institute", from_on="2023-08-21")["reports"][0]["name"]


def test_a_basis_that_there_is_not_is_said(desk):
    assert refused(desk.counts, basis="zoen") == ["BASIS_UNKNOWN"]


def test_a_record_stays_of_its_kind(desk):
    desk.record()

    assert refused(desk.record, kind="laboratory") == ["INNOVATION_KIND_CHANGED"]


def test_the_desk_lists_the_records_of_a_firm(desk):
    desk.record(enterprise_id=FIRM)
    found = desk.enterprises.read("list_innovation_records", filter={"enterprise_id": FIRM})

    assert [each["innovation_id"] for each in found["items"]] == [INSTITUTE]
