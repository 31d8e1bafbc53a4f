"""docs/contracts/ is what the code says, and reads as what it claims to be."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from backbone.contracts.service import ServiceContract
from backbone.contracts.words import values_of
from backbone.rpc.methods import misfit
from cli import contracts, typed
from cli.app import app
from services.contracts import dictionary
from services.installation import HOMES as SERVICES
from services.installation import classes
from tests.support.judge import takes

ROOT = Path(__file__).parents[2]
HOME = ROOT / "docs" / "contracts"
DOCUMENTS = contracts.documents()
RPC = json.loads(DOCUMENTS[Path("docs/contracts/rpc.json")])
ASYNC = contracts.of_yaml(DOCUMENTS[Path("docs/contracts/asyncapi.yaml")])


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_each_file_is_as_it_would_be_written_now(path):
    there = (ROOT / path).read_text("utf-8")

    assert there == DOCUMENTS[path], "run `make contracts`"


@pytest.mark.parametrize("home", [contracts.HOME, typed.HOME], ids=str)
def test_no_file_is_left_of_a_service_that_is_gone(home):
    kept = {file.relative_to(ROOT) for file in (ROOT / home).iterdir() if file.is_file()}

    assert kept == {path for path in DOCUMENTS if path.parent == home}


def test_the_official_parser_takes_the_asyncapi_document():
    checked = subprocess.run(
        [ROOT / "bin" / "asyncapi", HOME / "asyncapi.yaml"], capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"{len(ASYNC['channels'])} channels" in checked.stdout


def test_the_official_parser_refuses_a_document_that_is_none(tmp_path):
    document = contracts.of_yaml((HOME / "asyncapi.yaml").read_text("utf-8"))
    document["operations"]["parcels.hears.township.parcel.registered"]["action"] = "listen"
    (tmp_path / "asyncapi.yaml").write_text(yaml.safe_dump(document))

    checked = subprocess.run(
        [ROOT / "bin" / "asyncapi", tmp_path / "asyncapi.yaml"], capture_output=True, text=True
    )

    assert checked.returncode == 1
    assert "parcels.hears.township.parcel.registered" in checked.stdout


def payload_of(name: str) -> dict[str, Any]:
    """The schema of a whole event, with its envelope in its place."""
    payload = ASYNC["components"]["messages"][name]["payload"]
    return {"allOf": [ASYNC["components"]["schemas"]["envelope"], payload["allOf"][1]]}


@pytest.mark.parametrize("name", sorted(ASYNC["components"]["messages"]))
def test_each_event_has_a_valid_example_and_no_other_type_is_one(name):
    (example,) = ASYNC["components"]["messages"][name]["examples"]
    event = example["payload"]

    assert takes(payload_of(name), event)
    assert not takes(payload_of(name), event | {"type": "other"})
    assert not takes(payload_of(name), event | {"time": "yesterday"})
    assert not takes(payload_of(name), event | {"data": None})


METHODS = [
    (f"{service}.{name}", method)
    for service, each in (RPC["services"] | {"every": RPC["every_service"]}).items()
    for name, method in each["methods"].items()
]


@pytest.mark.parametrize(
    ("name", "method"), METHODS, ids=lambda each: each if type(each) is str else ""
)
def test_request_and_reply_of_each_method_are_json_schema(name, method):
    Draft202012Validator.check_schema(method["request"])
    Draft202012Validator.check_schema(method["reply"])
    assert method["meaning"].endswith(".")
    assert method["request"]["additionalProperties"] is False
    assert method["writes"] == ("request_id" in method["request"].get("required", ()))


@pytest.mark.parametrize(
    ("request_", "is_taken"),
    [
        ({}, True),
        ({"filter": {"state": "released"}}, False),
        ({"filter": {"state": "split", "township": "330604006"}, "order": "-area_m2"}, True),
        ({"filter": {"colour": "red"}}, False),
        ({"order": "-state"}, False),
        ({"limit": 201}, False),
        ({"limit": 200, "cursor": None}, True),
    ],
)
def test_a_list_is_asked_for_by_its_own_filters_and_orders(request_, is_taken):
    schema = RPC["services"]["parcels"]["methods"]["list_parcels"]["request"]

    assert takes(schema, request_) == is_taken


def test_every_fact_has_the_name_of_its_version_as_dataschema():
    said = {
        name: message["payload"]["allOf"][1]["properties"].get("dataschema")
        for name, message in ASYNC["components"]["messages"].items()
        if not name.startswith("township.")
    }

    assert said
    assert said == {name: {"const": f"urn:event:{name}:1"} for name in said}


def test_an_operator_is_told_that_nothing_broke_or_that_there_is_no_such_release():
    told = CliRunner().invoke(app, ["contracts", "diff", str(HOME)])
    assert (told.exit_code, told.stdout.split()[0]) == (0, "compatible")

    told = CliRunner().invoke(app, ["contracts", "diff", "no-such-revision"])
    assert told.exit_code == 2
    assert "neither a folder nor a revision" in told.output


FILTERS = [
    (f"{cls.name}.list_{name}", call.kind, filtered)
    for cls in classes(SERVICES)
    for name, call in ServiceContract(cls, dictionary()).calls().items()
    if call.lists
    for filtered in next(kept for kept in cls.store.collections if kept.type is call.kind).filters
]


@pytest.mark.parametrize(("method", "kind", "name"), FILTERS)
def test_the_schema_of_a_filter_takes_what_the_list_takes(method, kind, name):
    service, _, called = method.partition(".list_")
    schema = RPC["services"][service]["methods"][called]["request"]["properties"]["filter"]

    values = values_of(schema["properties"][name])
    for value in [None, True, False, "true", "", 0, 1, 1.5, [], {}, "x", "330604006", *values]:
        assert takes(schema, {name: value}) == (misfit(kind, name, value) is None), value
