"""The stories in examples/ are true."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal

import kombu
import orjson
import pytest

from client import DeadlineExceeded, Park, Refused, Township, Unavailable
from examples import investment_month, land_desk_week, operator_night, story, township_year

NewWeek = Callable[[], str]


@pytest.fixture
def new_week(monkeypatch) -> NewWeek:
    """Begin the land desk's week anew with another plot, and answer its code."""

    def begun() -> str:
        week, run = land_desk_week, uuid.uuid4().hex[:8]
        monkeypatch.setattr(week, "RUN", run)
        for name in ("PARCEL", "FIRM", "CASE"):
            monkeypatch.setattr(week, name, f"{week.TOWNSHIP}-{name[0]}{run}")
        return week.PARCEL

    return begun


def offer(uri: str) -> None:
    """Bring the plot of the week to the draft of its notice."""
    with Park(uri) as park, Township(uri, land_desk_week.TOWNSHIP) as township:
        land_desk_week.register(township)
        land_desk_week.screen(park, township)
        land_desk_week.remediate(township)
        land_desk_week.release(park)


def test_a_plot_gets_from_the_register_to_its_next_holder(park_uri, capsys):
    page = land_desk_week.main(park_uri)

    assert [each["name"] for each in page["holders"]] == ["a separator works"]
    said = capsys.readouterr().out
    assert "refused: " in said


def test_a_township_reports_for_a_year_and_reads_its_receipts(park_uri, capsys):
    plot = township_year.main(park_uri)

    said = capsys.readouterr().out.splitlines()
    surveys = [line.rpartition(": ")[2] for line in said if " parcel.registered: " in line]
    assert plot["area_m2"] == Decimal("20010.5")
    assert surveys == ["refused", "accepted", "duplicate"]
    assert [line for line in said if "remediation.planned: accepted (waits" in line]
    assert "the plot has 20010.5 m², its case is accepted" in said
    assert "the request is answered, and the firm satisfied" in said
    with Park(park_uri) as park:
        (report,) = park.enterprises.get_firm_figures(enterprise_id=township_year.FIRM)["reports"]
    assert report["figures"]["tax_paid_cny"] == Decimal("295000.50")


def test_an_investment_team_brings_a_project_to_its_premises(park_uri, new_week, capsys):
    plot = new_week()
    offer(park_uri)

    counts = investment_month.main(park_uri)

    entered = {each["stage"]: each["entered_ids"] for each in counts["stages"]}
    for stage in ("signed", "premises_leased", "construction_started"):
        assert investment_month.BATTERY in entered[stage]
    said = capsys.readouterr().out
    assert "Signed, of 12,000 × 10,000 yuan" in said
    assert f"Fits: {plot}, 11781 m², " in said
    with Park(park_uri) as park:
        holds = park.projects.list_plot_holds(filter={"project_id": investment_month.SEPARATORS})
    assert [each["team"] for each in holds["items"]] == [investment_month.TEAM]


def test_an_operator_leaves_nothing_set_aside_and_no_critical_alert_untold(
    park_uri, new_week, capsys
):
    """One message that can never be read, others that can be tried again, an alert that nobody got, and
    what was promised for 2023 and not done."""
    new_week()
    land_desk_week.main(park_uri)
    plot = new_week()
    offer(park_uri)
    with Park(park_uri) as park, Township(park_uri, land_desk_week.TOWNSHIP) as township:
        land_desk_week.say(
            township,
            "soil.surveyed",
            parcel_id=plot,
            soil_report_id="DC-1",
            phase="preliminary",
            concluded_on=land_desk_week.day(23),
            conclusion="detailed_survey_needed",
        )
        park.wait_for(lambda: park.notify.list_alerts(filter={"kind": "release_revoked"})["items"])
        publish(park_uri, "projects.events", "land_matched", b"x")
        publish(park_uri, "parcels.events", "land_released", fact_of_nothing())
        park.wait_for(park.notify.list_parked)
        park.wait_for(park.projects.list_parked)

        night = operator_night.main(park_uri)

        assert (len(night.discarded), len(night.replayed)) == (1, 1)
        assert night.late >= 1
        assert night.acknowledged >= 1
        untold = park.notify.list_alerts(filter={"severity": "critical", "state": "no_recipients"})
        assert untold["items"] == []
        assert f"Release revoked [撤销供地]: {plot}" in capsys.readouterr().out
        given_up = [each for each in park.notify.parked_audit() if each["action"] == "discarded"]
        assert [each["by"] for each in given_up] == [operator_night.ME]


def test_a_story_without_a_broker_asks_for_one(monkeypatch):
    monkeypatch.delenv("AMQP_URI", raising=False)

    with pytest.raises(SystemExit) as ended:
        story.run(print)

    assert str(ended.value.code).startswith("AMQP_URI is not set")


@pytest.mark.parametrize("problem", [Unavailable("parcels is away"), DeadlineExceeded("too late")])
def test_a_story_that_nobody_hears_ends_in_a_line_that_says_what_to_start(monkeypatch, problem):
    monkeypatch.setenv("AMQP_URI", "amqp://there")

    def main(_uri: str) -> None:
        raise problem

    with pytest.raises(SystemExit) as ended:
        story.run(main)

    assert (
        ended.value.code == f"{problem}. {story.START}"
    )  # a text: it is printed, and the code is 1


def test_a_no_of_a_rule_is_none_of_a_broker_that_is_away(monkeypatch):
    monkeypatch.setenv("AMQP_URI", "amqp://there")

    def main(_uri: str) -> None:
        raise Refused("so it is")

    with pytest.raises(Refused):
        story.run(main)


@pytest.mark.parametrize("exchanges", [[], ["nameko-rpc", "township.events", "township.receipts"]])
def test_before_the_services_are_started_the_client_says_so(rabbitmq, exchanges):
    rabbitmq.ensure_up()
    uri = rabbitmq.new_vhost()
    with kombu.Connection(uri) as connection:
        for name in exchanges:
            kombu.Exchange(name, "topic", durable=True, channel=connection.channel()).declare()

    with Park(uri, timeout=3) as park, pytest.raises(Unavailable) as of_a_call:
        park.notify.list_parked()
    with Township(uri, "330604006", timeout=3) as desk, pytest.raises(Unavailable) as of_a_report:
        desk.report("parcel.registered", {})

    for caught in (of_a_call, of_a_report):
        assert "the service is not started at this broker; start it" in str(caught.value)


def publish(uri: str, exchange: str, fact: str, body: bytes) -> None:
    """Publish a message as a fact of a service."""
    with kombu.Connection(uri) as connection:
        connection.Producer().publish(
            body,
            exchange=exchange,
            routing_key=fact,
            content_type="application/cloudevents+json",
            content_encoding="binary",
        )


def fact_of_nothing() -> bytes:
    """Land that was released, of which nothing is said: another try may help, once its service says more."""
    fact = {
        "specversion": "1.0",
        "id": uuid.uuid4().hex,
        "source": "parcels",
        "type": "parcels.land_released",
        "time": "2023-08-01T09:00:00+08:00",
        "data": {},
    }
    return orjson.dumps(fact)
