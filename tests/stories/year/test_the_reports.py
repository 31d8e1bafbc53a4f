"""The reports of the zone, from services that are up: drafted, issued, and corrected by what comes later."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.park import ACCEPTED_ON

DAY = ACCEPTED_ON.isoformat()


def figures_of(report: Any) -> dict[str, Any]:
    sections = report["sections"]
    return {
        f"{e['service']}.{e['told']['figure']}": e for each in sections for e in each["figures"]
    }


@pytest.mark.parametrize("kind", ["weekly", "monthly", "meeting"])
def test_every_service_has_its_part_in_a_report(story, kind):
    story.tell(story.reports())

    report = story.park.call("parcels", "draft_report", report_kind=kind, on=DAY)

    assert (report["unreachable"], report["unreachable_reasons"]) == ([], [])
    told = {each["service"] for each in figures_of(report).values()}
    assert told == ({"parcels"} if kind == "meeting" else {"parcels", "enterprises", "projects"})


def test_an_issued_report_stays_as_it_is_and_lists_what_comes_later(story):
    *before, completed = story.reports()
    story.tell(before)
    issued = story.write("parcels", "issue_report", report_kind="weekly", on=DAY)
    of_report = {"zone_report_id": issued["zone_report_id"]}

    story.tell([completed])

    found = story.park.call("parcels", "report_corrections", **of_report)
    figures = {each["figure"]: each for each in found["corrections"]}
    causes = figures["parcels.cases_accepted"]["causes"]
    assert story.case_id in {each["thing_id"] for each in causes}
    assert story.park.call("parcels", "get_zone_report", **of_report) == issued
