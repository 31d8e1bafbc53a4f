"""What a service announces names the version of its type; a listener reads the versions before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

import pytest

from backbone.messages import envelope
from backbone.messages.envelope import Event
from backbone.messages.versions import dataschema_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LandReleased:
    parcel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSplit:
    contract_version: ClassVar[int] = 2

    parcel_id: str


def test_a_fact_is_of_version_1_unless_its_class_says_otherwise():
    assert dataschema_of("parcels", LandReleased) == "urn:event:parcels.land_released:1"
    assert dataschema_of("parcels", ParcelSplit) == "urn:event:parcels.parcel_split:2"


@pytest.mark.parametrize(
    "dataschema",
    [
        None,
        "urn:event:parcels.land_released:1",
        "urn:event:parcels.land_released:2",
        "https://a.example/1",
    ],
)
@pytest.mark.parametrize("kind", ["application/cloudevents+json", "application/json"])
def test_an_event_is_read_whatever_version_it_names_or_none(dataschema, kind):
    sent = Event(id="1", source="/s", type="t", data={"a": 1}, dataschema=dataschema)

    read = envelope.decode(envelope.encode(sent), kind, {})

    assert (read.dataschema, read.data) == (dataschema, {"a": 1})


def test_an_event_without_a_version_has_no_member_for_it():
    body = json.loads(envelope.encode(Event(id="1", source="/s", type="t", data={})))

    assert "dataschema" not in body
