"""A request of a firm, from its township to its answer, and the desk that is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.support.eventually import eventually

NOON = datetime(2023, 8, 2, 4, tzinfo=UTC)  # in the park, of a day and a year whose calendar is out


class Request:
    """A request of the firm of a story. Its reports are as many hours before noon as `hours_ago` says."""

    def __init__(self, story, name="R"):
        self.story, self.request_id = story, f"{story.township}-{name}{story.run}"

    def report(self, type_, hours_ago, **data):
        time = (NOON - timedelta(hours=hours_ago)).isoformat()
        about = {"service_request_id": self.request_id}
        receipt = self.story.publish(f"request.{type_}", about | data, time=time)
        assert receipt["outcome"] == "accepted"

    def received(self, hours_ago):
        asked = {"enterprise_id": self.story.enterprise_id, "topic": "permits", "summary": "None."}
        self.report("received", hours_ago, **asked)

    def state(self):
        held = self.story.park.call(
            "enterprises", "get_service_request", service_request_id=self.request_id
        )
        return held["state"], held["round"], held["satisfaction"]


def test_a_request_goes_from_its_township_to_its_answer_and_back(story):
    request = Request(story)
    request.received(20)
    request.report("handed_over", 19, departments=["construction"])
    request.report("answered", 18, department="construction", text="Wait.")
    request.report("rated", 17, satisfaction="dissatisfied")
    request.report("reopened", 16, text="Nothing came.")
    assert request.state() == ("reopened", 2, "dissatisfied")

    for kind in ("received", "handed_over", "answered", "reopened"):
        eventually(lambda kind=kind: story.alerts(f"request_{kind}"))
    request.report("withdrawn", 15, text="The firm builds elsewhere.")
    assert request.state()[0] == "withdrawn"
    assert story.alert("request_withdrawn")["severity"] == "info"


def test_more_time_that_a_township_gives_is_told(story):
    request = Request(story, "X")
    request.received(20)
    request.report("handed_over", 19, departments=["construction"])
    held = story.park.call(
        "enterprises", "get_service_request", service_request_id=request.request_id
    )
    later = datetime.fromisoformat(held["due_on"]) + timedelta(days=1)
    request.report("extended", 18, until_on=later.date().isoformat(), text="Experts are away.")
    assert story.alert("request_extended")["data"]["due_before"] == held["due_on"]
