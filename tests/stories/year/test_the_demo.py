"""The story that `make run` plays is one that could be true."""

from __future__ import annotations

import io
import itertools
import json
import os
import subprocess
import sys
import uuid
from decimal import Decimal
from functools import partial
from types import SimpleNamespace

import kombu
import pytest
from eventlet import GreenPool
from rich.console import Console

from backbone.settings import Settings
from cli.overview.shown import number
from demo import how, small_year
from demo.story import Plot
from park.units import show_mu
from services.installation import TOWNSHIPS
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES
from year.plan import LEAST_PLOTS, of_size


def test_its_notice_starts_on_a_day_on_which_its_land_had_been_released(park: Host):
    plot = Plot(uuid.uuid4().hex[:8])
    for type_, data in plot.reports():
        receipt = park.publish(plot.township, type_, data)
        assert receipt["outcome"] == "accepted", receipt

    case = {"case_id": plot.case_id}
    [draft] = eventually(lambda: park.call("projects", "list_listings", filter=case)["items"])
    terms = plot.notice() | {"listing_id": draft["listing_id"]}
    published = park.call("projects", "publish_listing", **terms, request_id=plot.run)

    release = published["release"]
    assert release["vacated_on"] <= release["released_on"]
    assert release["released_on"] <= published["notice"]["notice_start_on"]


def test_reports_that_come_to_its_gateway_at_once_all_reach_a_real_broker(amqp_uri):
    from demo.gateway import Gateway  # here, since it brings a web server along

    gateway = Gateway(SimpleNamespace(feeds=[TOWNSHIPS], settings=Settings(amqp_uri=amqp_uri)))
    with kombu.Connection(amqp_uri) as opened:
        exchange = kombu.Exchange(TOWNSHIPS.exchange, "topic", channel=opened.channel())
        exchange.declare()
        queue = kombu.Queue("heard", exchange, "#", channel=opened.channel())
        queue.declare()
        bodies = [*map(str, range(30))]
        publish = partial(gateway.publish, "1.t", content_type="text/plain", headers={}, wait_s=0)
        assert [*GreenPool(30).imap(lambda body: publish(body.encode()), bodies)] == [None] * 30

        heard = [queue.get(no_ack=True).body for _ in bodies]
    assert sorted(heard) == sorted(bodies)


def test_what_is_asked_of_its_gateway_is_refused_when_it_is_nested_without_end():
    from demo.gateway import Gateway  # here, since it brings a web server along

    body, heard = b"[" * 100_000, []
    asked = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/rpc/parcels/get_parcel",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    gateway = Gateway(SimpleNamespace(feeds=[None], settings=Settings()))
    answer = b"".join(gateway._answer(asked, lambda status, _: heard.append(status)))

    assert heard == ["422 Unprocessable Entity"]
    assert json.loads(answer)["reasons"][0]["code"] == "TOO_DEEP"


@pytest.mark.parametrize(
    ("amqp_uri", "needs_servers"), [("embedded://demo", True), ("amqp://there/%2F", False)]
)
def test_its_end_says_how_a_whole_park_is_played_and_looked_at(
    monkeypatch, amqp_uri, needs_servers
):
    told = io.StringIO()
    monkeypatch.setattr(how, "out", Console(file=told, width=200))

    how.tell_how(8000, SimpleNamespace(ports={}), Settings(amqp_uri=amqp_uri))

    said = told.getvalue()
    assert "tenglong year --plots 60 --play" in said
    assert "tenglong overview --on 2023-07-31" in said
    assert ("make run AMQP_URI=" in said) is needs_servers


def test_it_plays_a_small_year_after_its_story_and_shows_what_the_overview_counts_of_it():
    ports = dict.fromkeys(("GATEWAY_PORT", *(f"{name.upper()}_PORT" for name in SERVICES)), "0")
    kept = {
        name: each for name, each in os.environ.items() if name not in ("AMQP_URI", "REDIS_URL")
    }
    command = [sys.executable, "-W", "ignore", "-m", "demo"]
    with subprocess.Popen(
        command, env={**kept, **ports, "COLUMNS": "200"}, text=True, stdout=subprocess.PIPE
    ) as running:
        told = list(
            itertools.takewhile(lambda line: "The services are up" not in line, running.stdout)
        )
        running.terminate()
    said, plan = "".join(told), of_size(small_year.SEED, LEAST_PLOTS)

    assert "each was taken, or refused because it was mistyped on purpose" in said, said
    assert f"{plan.plots} plots  plots surveyed" in said
    # the land of the story is surveyed later, so its use on that day is not known
    assert f"≥ {plan.firms} firms  firms on these plots" in said
    mu = number(show_mu(Decimal(plan.m2(14662))))
    assert f"{mu} mu  land remediated" in said
    assert " 1 city  cities visited" in said
    assert "1,770,000,000" not in said  # that is of the whole park
    assert f"{plan.scaled(1_770_000_000):,} yuan  fixed-asset investment" in said
