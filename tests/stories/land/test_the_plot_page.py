"""One code, and all that hangs on it, from services that are up; and from those that are left."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli.ask import MISSING
from cli.due.asking import ledger
from cli.responses.asking import response_times
from services.parcels.register.land_code import land_code_of
from tests.support.doorway import Host, Refusal
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story

ROOT = Path(__file__).parents[3]


def test_the_code_of_a_plot_leads_to_its_case_its_firm_and_its_listing(story):
    story.tell(story.reports())
    listing = story.listing("draft")
    eventually(lambda: story.standing() == "bought_out")

    page = story.park.call("parcels", "resolve_code", code=land_code_of(story.parcel_id))

    assert [case["release_state"] for case in page["cases"]] == ["released"]
    assert [offer["listing_id"] for offer in page["listings"]] == [listing["listing_id"]]
    assert [firm["standing"] for firm in page["occupiers"]] == ["bought_out"]
    assert page["unreachable"] == []


def test_a_plot_is_found_by_a_code_that_it_had_on_the_day(story):
    (type_, survey), *_ = story.reports()
    value = f"PRE-{story.run}"
    code = {"kind": "pre_assigned_code", "value": value, "valid_from": "2020-01-01"}
    story.publish(type_, survey | {"identifiers": [code | {"valid_to": "2022-12-31"}]})

    found = [
        story.park.call("parcels", "find_parcel", code=value, on=day)["holders"]
        for day in ("2022-12-31", "2023-01-01")
    ]

    assert [[each["parcel_id"] for each in holders] for holders in found] == [[story.parcel_id], []]


def test_two_parcels_with_one_code_are_told_to_the_desk(story):
    (type_, survey), *_ = story.reports()
    code = {"kind": "pre_assigned_code", "value": f"PRE-{story.run}", "valid_from": "2020-01-01"}
    other = survey | {"parcel_id": f"{story.parcel_id}.2"}
    for each in (survey, other):
        assert story.publish(type_, each | {"identifiers": [code]})["outcome"] == "accepted"

    alerts = eventually(lambda: len(found := story.alerts("code_disputed")) == 2 and found)

    assert {alert["data"]["parcel_id"] for alert in alerts} == {
        story.parcel_id,
        other["parcel_id"],
    }


def test_land_that_is_seized_after_its_release_is_not_offered_any_more(story):
    story.tell(story.reports())
    story.listing("draft")
    seized = {"kind": "seizure", "from_on": "2023-08-01", "document_number": "2023-12"}

    story.write(
        "parcels",
        "record_encumbrances",
        parcel_id=story.parcel_id,
        encumbrances=[seized],
        recorded_on="2023-08-20",
    )

    story.listing("withdrawn")
    page = story.park.call("parcels", "resolve_code", code=land_code_of(story.parcel_id))
    assert [each["kind"] for each in page["encumbrances"]] == ["seizure"]
    assert story.alert("release_revoked")


@pytest.fixture(scope="module")
def without_projects(rabbitmq, redis_server):
    """A park on real servers, in which projects is stopped."""
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", [name for name in SERVICES if name != "projects"], uri, url) as host:
        yield host, {**os.environ, "AMQP_URI": uri, "REDIS_URL": url, "COLUMNS": "200"}


def tenglong(environment: dict[str, str], *arguments: Any, code: int = 0) -> str:
    command = [str(ROOT / "bin" / "tenglong"), *map(str, arguments)]
    done = subprocess.run(command, env=environment, text=True, capture_output=True, timeout=120)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_the_page_comes_without_the_service_that_is_stopped_and_with_it_when_it_is_back(
    without_projects, tmp_path
):
    host, environment = without_projects
    story, label = Story(host), tmp_path / "plot.svg"
    story.tell(story.reports())
    eventually(lambda: story.standing() == "bought_out")
    code = land_code_of(story.parcel_id)

    page = tenglong(environment, "plot", code, "--label", label, code=MISSING)

    assert "projects could not be reached" in page
    assert "bought_out" in page
    assert code in label.read_text()

    with Host("park", ["projects"], environment["AMQP_URI"], environment["REDIS_URL"]):
        listed = eventually(
            lambda: "draft" in (found := tenglong(environment, "plot", code)) and found
        )
    assert "could not be reached" not in listed


def test_a_mistyped_code_is_answered_with_what_is_wrong(story):
    with pytest.raises(Refusal) as refused:
        story.park.call("parcels", "resolve_code", code="330604006-0231/68")

    assert refused.value.codes == ["LAND_CODE_CHECK"]


def test_a_plot_on_its_way_is_due_in_one_service_after_the_other(story):
    *before, completed = story.reports()
    story.tell(before)
    assert dues_of(story) == [("parcels", "work")]

    story.tell([completed])
    story.listing("draft")
    story.publish_listing()

    assert dues_of(story) == [
        ("projects", "applications"),
        ("projects", "bonds"),
        ("parcels", "follow_up"),
    ]


def dues_of(story: Story) -> list[tuple[str, str]]:
    """What is due of the plot in all services, by the service and what is to be done."""
    question = {"on": "2023-08-01", "township": story.township, "within_days": 400, "limit": 500}
    page = ledger(lambda service, asked: story.park.call(service, "due", **asked), question)
    assert page["unreachable"] == []
    mine = [due for due in page["dues"] if due["about_id"] == story.parcel_id]
    return [(due["service"], due["what"]) for due in mine]


def test_how_long_the_reports_of_a_township_took_is_told_by_the_services_that_heard_them(story):
    story.tell(story.reports())

    found = response_times(
        lambda service, method, **given: story.park.call(service, method, **given),
        [story.township],
        None,
        20,
    )

    counted = {row["service"]: row["reports_found"] for row in found["townships"]}
    assert found["unreachable"] == []
    assert counted["parcels"] >= 6
    assert counted["enterprises"] >= 1
    assert all(row["to_receipt"]["counted"] for row in found["townships"])


def test_what_is_due_comes_without_the_service_that_is_stopped(without_projects):
    host, environment = without_projects
    story = Story(host)
    story.tell(story.reports()[:-1])

    asked = ("due", "--on", "2023-08-01", "--within", "400", "--for", story.township)
    page = json.loads(tenglong(environment, *asked, "--wait-s", 6, "--json", code=MISSING))

    assert page["unreachable"] == ["projects"]
    assert story.case_id in {due["thing_id"] for due in page["dues"]}
