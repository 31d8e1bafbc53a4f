"""What happens to a case beside its chain, from the township's report to the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from demo.story import Plot
from tests.notify.conftest import Notify
from tests.parcels.conftest import Parcels
from tests.support.eventually import eventually


def turn(story: Plot, kind: str, day: str, **says: Any) -> tuple[str, dict[str, Any]]:
    role = "township" if kind == "acceptance_requested" else "task_force"
    name = "requested_on" if kind == "acceptance_requested" else f"{kind}_on"
    return f"remediation.{kind}", story.case(operator_role=role, **{name: day}, **says)


def stage(story):
    return story.the_case()["stage"]


def test_a_case_is_suspended_and_resumed_and_its_acceptance_is_returned_once(story):
    *before, completed = story.reports()
    story.tell(before)

    stages = []
    for report in (
        turn(story, "suspended", story.day(-50), reason="the owner is insolvent"),
        turn(story, "resumed", story.day(-40), reason="the administrator agrees"),
        turn(story, "acceptance_requested", story.day(-9)),
        turn(story, "returned", story.day(-7), missing=["the photographs"]),
        completed,
    ):
        story.tell([report])
        stages.append(stage(story))

    assert stages == ["suspended", "in_progress", "acceptance_pending", "in_progress", "accepted"]
    assert story.alert("remediation_returned")["data"]["missing"] == ["the photographs"]


def test_land_whose_case_was_reopened_is_taken_off_the_market_until_it_is_accepted_again(story):
    story.tell(story.reports())
    story.listing("draft")

    story.tell([turn(story, "followed_up", story.day(2), all_is_well=False)])
    assert story.the_case()["turns"][0]["told"]
    story.tell([turn(story, "reopened", story.day(3), findings=["the press is back"])])

    assert stage(story) == "reopened"
    story.listing("withdrawn")
    assert story.alert("remediation_reopened")
    assert story.alert("release_revoked")

    type_, data = story.reports()[-1]
    again = {"completed_on": story.day(20), "reopened_on": story.day(3), "acceptance_number": "2"}
    story.tell([(type_, data | again)])
    story.listing("draft")


def test_a_cancelled_case_is_over(story):
    story.tell(story.reports()[:-1])

    story.tell([turn(story, "cancelled", story.day(-5), reason="a road is built there")])

    assert stage(story) == "cancelled"
    assert eventually(lambda: story.facts("parcels.remediation_cancelled"))


def test_the_desk_is_told_by_itself_that_a_case_is_late():
    plot, now = Plot("late", accepted_on=date(2023, 8, 28)), datetime(2023, 9, 1, 1, tzinfo=UTC)
    parcels = Parcels()
    parcels.clock = lambda: now
    way = "upgrade_in_place"  # until 31 August, as the plan says
    for report in (plot.parcel(), plot.identified(), plot.planned(way), plot.approved(way)):
        parcels.hear("township", *report, publisher=plot.township).or_raise()

    parcels.tick("remind_of_late_cases")

    desk = Notify()
    for fact in parcels.facts_named("remediation_overdue"):
        desk.hear("parcels", "remediation_overdue", fact).or_raise()
    (alert,) = desk.alerts(kind="remediation_overdue")
    assert "1 day(s) late" in alert["text"]
    assert alert["data"]["holder"] == "enterprise"
