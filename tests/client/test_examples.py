"""The stories in examples/ are true."""

from __future__ import annotations

from decimal import Decimal

import kombu
import pytest

from client import DeadlineExceeded, Park, Refused, Township, Unavailable
from examples import investment_month, land_desk_week, operator_night, story, township_year


def test_a_plot_gets_from_the_register_to_its_next_holder(park_uri, capsys):
    page = land_desk_week.main(park_uri)

    assert [each["name"] for each in page["holders"]] == ["a separator works"]
    said = capsys.readouterr().out
    assert "refused: " in said


def test_a_township_reports_for_a_year_and_reads_its_receipts(park_uri, capsys):
    plot = township_year.main(park_uri)

    told = [line for line in capsys.readouterr().out.splitlines() if " parcel.registered: " in line]
    assert plot["area_m2"] == Decimal("20010.5")
    assert [line.rpartition(": ")[2] for line in told] == ["refused", "accepted", "duplicate"]


def test_an_investment_team_brings_a_project_to_its_premises(park_uri, capsys):
    counts = investment_month.main(park_uri)

    entered = {each["stage"]: each["entered_ids"] for each in counts["stages"]}
    for stage in ("signed", "premises_leased", "construction_started"):
        assert investment_month.BATTERY in entered[stage]
    assert "of 12000 万元" in capsys.readouterr().out


def test_an_operator_gives_up_what_is_no_event_and_takes_alerts_in_hand(park_uri, capsys):
    with kombu.Connection(park_uri) as connection:
        connection.Producer().publish(
            b"x",
            exchange="projects.events",
            routing_key="land_matched",
            content_type="application/json",
            content_encoding="binary",
        )
    with Park(park_uri) as park:
        park.wait_for(park.notify.list_parked)

        night = operator_night.main(park_uri)

        assert len(night.discarded) == 1
        assert park.notify.list_parked() == []
        assert park.notify.parked_audit()[0]["by"] == operator_night.ME


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

    with Park(uri, timeout=1) as park, pytest.raises(Unavailable) as of_a_call:
        park.notify.list_parked()
    with Township(uri, "330604006", timeout=1) as desk, pytest.raises(Unavailable) as of_a_report:
        desk.report("parcel.registered", {})

    for caught in (of_a_call, of_a_report):
        assert "the service is not started at this broker; start it" in str(caught.value)
