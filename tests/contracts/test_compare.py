"""A change of a contract that breaks somebody is found, and said to break whom."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from backbone.contracts.compare import breaks
from backbone.messages.contract import load
from cli.contracts import HOME, ROOT, broken_since, documents, of_yaml, version_of
from tests.contracts.test_samples import READINGS

RELEASED = sorted(
    (ROOT / HOME / "released").iterdir(), key=lambda each: [int(n) for n in each.name.split(".")]
)


@cache
def now(name: str) -> Any:
    return of_yaml(documents()[HOME / name])


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


def take_smaller(document: Any) -> None:
    data_of(document, REPORT)["properties"]["area_m2"]["anyOf"][0]["maximum"] = 1000


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
        (take_smaller, f"{REPORT} data.area_m2: a value with another maximum"),
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


def say_no_form(document: Any) -> None:
    del data_of(document, FACT)["properties"]["released_on"]["format"]


def say_any_number(document: Any) -> None:
    data_of(document, FACT)["properties"]["release_no"]["type"] = "number"


def say_other_reasons(document: Any) -> None:
    inner = data_of(document, "parcels.release_blocked")["properties"]["reasons"]["items"]
    inner["additionalProperties"] = {"type": "integer"}


def leave_out_the_id(document: Any) -> None:
    document["components"]["schemas"]["envelope"]["required"].remove("id")


def ask_for_a_subject(document: Any) -> None:
    document["components"]["schemas"]["envelope"]["required"].append("subject")


def move_the_exchange(document: Any) -> None:
    document["channels"][FACT]["bindings"]["amqp"]["exchange"]["name"] = "park.events"


def route_otherwise(document: Any) -> None:
    document["channels"][REPORT]["address"] = "{publisher}.plot"


def rename_a_queue(document: Any) -> None:
    channels = document["channels"]
    channels["parcels.inbox.v2"] = channels.pop("parcels.inbox.v1")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (say_no_form, f"{FACT} data.released_on: a text of another form may be said now"),
        (say_any_number, f"{FACT} data.release_no: a value that is number may be said now"),
        (say_other_reasons, "reasons[].*: a value that is integer may be said now"),
        (leave_out_the_id, "envelope: a thing without id may be said now"),
        (ask_for_a_subject, "envelope: a thing without subject is refused now"),
        (move_the_exchange, "land_released on the exchange park.events"),
        (route_otherwise, "is {publisher}.plot on the exchange township.events"),
        (rename_a_queue, "parcels.inbox.v1: the queue is gone"),
    ],
)
def test_another_form_another_envelope_or_another_way_breaks_somebody(change, says):
    (said,) = after("asyncapi.yaml", change)

    assert says in said


def test_an_error_that_callers_catch_breaks_them_when_it_is_gone():
    said = "error NotFound: it is gone. This breaks whoever catches it."

    assert after("rpc.json", lambda document: document["errors"].pop("NotFound")) == [said]


@pytest.mark.parametrize(
    ("wide", "narrow", "breaks_somebody"),
    [
        ({"enum": ["a", "b"]}, {"type": "string"}, False),
        ({"enum": ["a", 1]}, {"type": "string"}, True),
        ({"const": "a"}, {"type": "string", "minLength": 1, "maxLength": 1}, False),
        ({"enum": ["a", "bb"]}, {"type": "string", "maxLength": 1}, True),
        ({"enum": ["a"]}, {"type": "string", "pattern": "^[a-z]$"}, False),
        ({"enum": ["A"]}, {"type": "string", "pattern": "^[a-z]$"}, True),
        ({"enum": ["a"]}, {"type": "string", "format": "date"}, True),
        ({"type": "string"}, {"enum": ["a"]}, True),
        ({"type": "integer"}, {"type": "number"}, False),
        ({"type": "number"}, {"type": "integer"}, True),
        ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 0}, False),
        ({"type": "integer"}, {"type": "integer", "minimum": 0}, True),
    ],
)
def test_what_takes_more_breaks_and_what_takes_less_does_not(wide, narrow, breaks_somebody):
    """A report that was `wide` and is `narrow`."""
    document = copy.deepcopy(now("asyncapi.yaml"))
    data_of(document, REPORT)["properties"]["land_use"] = wide
    changed = copy.deepcopy(document)
    data_of(changed, REPORT)["properties"]["land_use"] = narrow

    assert bool(breaks(document, changed)) == breaks_somebody


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


def unannounced(broken: list[Any], released: str, version: str) -> list[str]:
    """What breaks although the version is still the released one."""
    return [str(each) for each in broken] if version == released else []


def test_whoever_relied_on_the_last_release_is_served_or_there_is_a_new_version():
    last = RELEASED[-1]

    assert unannounced(broken_since(str(last)), last.name, version_of(ROOT)) == []


@pytest.mark.parametrize(("version", "is_told"), [("0.2.0", True), ("0.3.0", False)])
def test_a_break_without_a_new_version_is_told_and_with_one_it_is_announced(version, is_told):
    document = copy.deepcopy(now("asyncapi.yaml"))
    ask_more(document)

    broken = unannounced(breaks(now("asyncapi.yaml"), document), "0.2.0", version)

    assert bool(broken) is is_told


@pytest.mark.parametrize("release", RELEASED, ids=lambda each: each.name)
def test_what_the_producers_of_a_release_say_is_read_today(release):
    messages = of_yaml((release / "asyncapi.yaml").read_text("utf-8"))["components"]["messages"]
    read = 0
    for name, message in messages.items():
        source, type_ = name.split(".", 1)
        for example in message.get("examples", []):
            for service, entrypoint in READINGS:
                if entrypoint.source == source and entrypoint.type in (type_, "#"):
                    assert load(entrypoint.schema(), example["payload"]["data"]), (service, name)
                    read += 1
    assert read >= len(messages)
