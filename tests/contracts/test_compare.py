"""A change of a contract that breaks somebody is found, and said to break whom."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import pytest
import yaml

from backbone.contracts.compare import breaks
from cli.contracts import HOME, ROOT, broken_since, documents, version_of

RELEASED = sorted(
    (ROOT / HOME / "released").iterdir(), key=lambda each: [int(n) for n in each.name.split(".")]
)


@cache
def now(name: str) -> Any:
    return yaml.safe_load(documents()[HOME / name])


def data_of(document: Any, message: str) -> Any:
    return document["components"]["messages"][message]["payload"]["allOf"][1]["properties"]["data"]


def call_of(document: Any, service: str, method: str) -> Any:
    return document["services"][service]["methods"][method]


def after(name: str, change: Any) -> list[str]:
    """What breaks when the document is changed so."""
    document = copy.deepcopy(now(name))
    change(document)
    return [str(each) for each in breaks(now(name), document)]


def test_without_a_change_nothing_breaks():
    for name in ("asyncapi.yaml", "rpc.json"):
        assert after(name, lambda _: None) == []


REPORT, FACT = "township.parcel.registered", "parcels.land_released"


def ask_more(document: Any) -> None:
    data = data_of(document, REPORT)
    data["properties"]["colour"] = {"type": "string"}
    data["required"].append("colour")


def know_less(document: Any) -> None:
    del data_of(document, REPORT)["properties"]["industry_code"]


def take_fewer_values(document: Any) -> None:
    data_of(document, REPORT)["properties"]["land_use"]["enum"].remove("public")


def take_shorter(document: Any) -> None:
    data_of(document, REPORT)["properties"]["identifiers"]["maxItems"] = 5


def take_no_numbers(document: Any) -> None:
    data_of(document, REPORT)["properties"]["area_m2"]["anyOf"].pop(0)


def take_another_form(document: Any) -> None:
    data_of(document, REPORT)["properties"]["parcel_id"]["pattern"] = "^[0-9]+$"


def stop_hearing(document: Any) -> None:
    del document["components"]["messages"][REPORT]


def say_less(document: Any) -> None:
    data = data_of(document, FACT)
    del data["properties"]["area_m2"]
    data["required"].remove("area_m2")


def say_new_values(document: Any) -> None:
    data_of(document, FACT)["properties"]["target_use"]["enum"].append("farming")


def say_none(document: Any) -> None:
    data_of(document, FACT)["properties"]["area_m2"] = {
        "anyOf": [data_of(document, FACT)["properties"]["area_m2"], {"type": "null"}]
    }


def say_another_type(document: Any) -> None:
    data_of(document, FACT)["properties"]["release_no"] = {"type": "string"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (ask_more, f"{REPORT} data: a thing without colour"),
        (know_less, f"{REPORT} data: a thing with industry_code"),
        (take_fewer_values, f"{REPORT} data.land_use: the value public"),
        (take_shorter, f"{REPORT} data.identifiers: a value with another maxItems"),
        (take_no_numbers, f"{REPORT} data.area_m2: a value that is number"),
        (take_another_form, f"{REPORT} data.parcel_id: a text of another form"),
        (say_less, f"{FACT} data: a thing without area_m2"),
        (say_new_values, f"{FACT} data.target_use: the value farming"),
        (say_none, f"{FACT} data.area_m2: a value that is null"),
        (say_another_type, f"{FACT} data.release_no: a value that is string"),
    ],
)  # fmt: skip
def test_what_breaks_somebody_is_said(change, says):
    end = "is refused now. This breaks whoever publishes it."
    if FACT in says:
        end = "may be said now. This breaks whoever hears it."
    assert after("asyncapi.yaml", change) == [f"{says} {end}"]


def test_an_event_that_is_heard_no_more_breaks_its_publishers():
    said = f"{REPORT}: it is gone. This breaks whoever publishes it."

    assert after("asyncapi.yaml", stop_hearing) == [said]


def test_a_method_that_is_gone_or_answers_less_breaks_its_callers():
    def change(document: Any) -> None:
        del document["services"]["projects"]["methods"]["fit"]
        reply = call_of(document, "parcels", "release_standing")["reply"]
        del reply["properties"]["state"]
        reply["required"].remove("state")

    assert after("rpc.json", change) == [
        "parcels.release_standing reply: a thing without state may be answered now. "
        "This breaks whoever reads it.",
        "projects.fit: it is gone. This breaks whoever calls it.",
    ]


def test_whoever_gives_or_gets_more_is_not_broken():
    def change(document: Any) -> None:
        data_of(document, REPORT)["properties"]["colour"] = {"type": "string"}
        data_of(document, REPORT)["properties"]["land_use"]["enum"].append("farming")
        data_of(document, FACT)["properties"]["colour"] = {"type": "string"}
        data_of(document, FACT)["properties"]["target_use"]["enum"].remove("public")
        data_of(document, FACT)["properties"]["area_m2"]["description"] = "Other words."

    assert after("asyncapi.yaml", change) == []


def test_a_fact_of_a_new_version_is_another_one():
    def change(document: Any) -> None:
        say_less(document)
        own = document["components"]["messages"][FACT]["payload"]["allOf"][1]["properties"]
        own["dataschema"]["const"] = "urn:event:parcels.land_released:2"

    assert after("asyncapi.yaml", change) == []


def test_whoever_relied_on_the_last_release_is_served_or_there_is_a_new_version():
    last = RELEASED[-1]
    broken = broken_since(str(last))

    assert not broken or version_of(ROOT) != last.name, json.dumps(
        [str(e) for e in broken], indent=1
    )
