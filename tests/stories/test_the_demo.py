"""The story that `make run` plays is one that could be true."""

from __future__ import annotations

import io
import json
import uuid
from types import SimpleNamespace

import pytest
from rich.console import Console

from backbone.settings import Settings
from demo import how
from demo.story import Plot
from tests.support.doorway import Host
from tests.support.eventually import eventually


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
