"""The JSON Schema of whatever is read judges as the contract does that reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from marshmallow import ValidationError, fields

from backbone.contracts.read import field_of, schema_of
from backbone.contracts.said import schema_of_type
from backbone.plain import snake
from services.contracts import BEYOND
from services.installation import HOMES, classes
from services.projects.listings.schemas import PublishListing
from tests.contracts.rounds_given import ROUNDS_GIVEN
from tests.contracts.test_any_call import FITTING, METHODS, SERVICES
from tests.contracts.test_samples import FACTS, READINGS, heard, sample
from tests.support.judge import judge, takes

ROOT = Path(__file__).parents[2]
CALLS = {
    f"{service}.{name}": method.call
    for service, name in METHODS
    if (method := getattr(SERVICES[service], name)).call.kind is None
}
ALARM = {
    "alarm_id": "b2f5a0c1",
    "alarm": "QueueGrows",
    "where": "queue=parcels.inbox.v1",
    "started_at": "2023-09-11T09:30:00Z",
}
GIVEN: dict[str, dict[str, Any]] = FITTING | {
    **ROUNDS_GIVEN,
    "case_path": {"case_id": "330604006-C17"},
    "campaign_figures": {"from": "2023-01-01", "to": "2023-12-31"},
    "explain_figure": {"figure": "by_way", "from": "2023-01-01", "to": "2023-12-31"},
    "release_standing": {"parcel_id": "330604006-0231", "case_id": "330604006-C17"},
    "split_parcel": {
        "parcel_id": "330604006-0231",
        "case_id": "330604006-C17",
        "split_on": "2023-08-01",
        "children": [
            {"parcel_id": "330604006-0231A", "area_m2": "100.5", "vacated": True},
            {"parcel_id": "330604006-0231B", "area_mu": 3, "vacated": False},
        ],
    },
    "township_completeness": {"township": "330604006"},
    "bulletin_corrections": {"bulletin_id": "330604006-2023-W30"},
    "meeting_list": {"on": "2023-08-04", "township": "330604006"},
    "parcels_at": {"lon": 120.831517, "lat": 30.034687},
    "neighbours_of": {"parcel_id": "330604006-0231"},
    "boundaries_geojson": {"township": "330604006", "limit": 20},
    "idle_standing": {"parcel_id": "330604006-0231", "on": "2023-08-01"},
    "criteria_of": {"parcel_id": "330604006-0231", "on": "2023-08-01"},
    "case_benefit": {"case_id": "330604006-C17"},
    "campaign_benefit": {"township": "330604006", "from": "2021-01-01", "to": "2023-12-31"},
    "merge_parcels": {
        "parcel_id": "330604006-0240",
        "source_ids": ["330604006-0231", "330604006-0232"],
        "area_mu": 30,
        "merged_on": "2023-08-01",
    },
    "totals": {"by": ["township", "zone_township"], "on": "2023-08-01", "zone": "survey"},
    "correct_split": {
        "parcel_id": "330604006-0231",
        "children": [
            {"parcel_id": "330604006-0231A", "area_m2": "100.5"},
            {"parcel_id": "330604006-0231B", "area_mu": 3, "parcel_code": None},
        ],
        "reason": "measured the wrong way round",
        "corrected_on": "2023-08-01",
    },
    "lineage": {"parcel_id": "330604006-0231"},
    "find_parcel": {"code": "330604001002GB00017", "kind": "parcel_code", "on": "2023-08-01"},
    "record_encumbrances": {
        "parcel_id": "330604006-0231",
        "recorded_on": "2023-08-01",
        "encumbrances": [
            {
                "kind": "seizure",
                "from_on": "2023-03-01",
                "to_on": None,
                "document_number": "2023-12",
            },
            {"kind": "mortgage", "from_on": "2023-03-01", "creditor_kind": "bank"},
        ],
    },
    "resolve_code": {"code": "330604006-0231/67", "on": "2023-08-01"},
    "firms_on_parcel": {"parcel_id": "330604006-0231", "on": "2023-08-01"},
    "find_enterprise": {"code": "91330604XXXX00019D", "name": "a", "on": "2023-08-01", "limit": 9},
    "capital_of": {"enterprise_id": "330604006-E9", "on": "2023-08-01"},
    "capital_due_within": {"within_days": 90, "township": "330604006", "on": "2023-08-01"},
    "scale_of": {"enterprise_id": "330604006-E9", "on": "2023-08-01"},
    "honours_of": {"enterprise_id": "330604006-E9", "on": "2023-08-01"},
    "honours_expiring": {
        "within_days": 90,
        "township": "330604006",
        "honour": "little_giant",
        "on": "2023-08-01",
    },
    "honour_counts": {"township": "330604006", "on": "2023-08-01"},
    "premises_of": {"enterprise_id": "330604006-E9", "on": "2023-08-01"},
    "firms_in_unit": {"unit_id": "330604006-U1", "on": "2023-08-01"},
    "firm_populations": {
        "township": "330604006",
        "on": "2023-08-01",
        "new_from": "2023-01-01",
        "new_to": "2023-07-31",
    },
    "owners_of": {"enterprise_id": "330604006-E9", "on": "2023-08-01"},
    "group_overview": {"enterprise_id": "330604006-E9", "on": "2023-08-01"},
    "industry_of": {"enterprise_id": "330604006-E9", "on": "2023-08-01"},
    "map_industry": {"code": "C3511", "edition": "2011", "to": "2017", "on": "2023-08-01"},
    "industry_questions": {"township": "330604006", "on": "2023-08-01"},
    "industry_standard": {"edition": "2017"},
    "fit": {"listing_id": "a", "lead_id": "b"},
    "star_rated": {"on": "2023-08-01", "least_stars": 4},
    "carrier_findings": {"township": "330604006"},
    "tell_mostly_refused": {"township": "330604006"},
    "raise_alarm": ALARM | {"level": "critical", "summary": "It waits.", "runbook": "page.md"},
    "end_alarm": ALARM | {"ended_at": "2023-09-11T09:41:00Z"},
    "unsubscribe": {"subscription_id": "zone-land-desk"},
    "explain": {"alert_id": "a"},
    "rules_of": {"thing": "contract", "id": "a"},
    "rules_kept": {},
    "compare_rules": {
        "topic": "criteria",
        "before": {"first_day": "2021-01-01"},
        "after": {"changes": {"criteria.output_per_mu_below.floor": "6"}},
        "limit": 20,
    },
    "register_lead": {
        "name": "n",
        "source": "fund_led",
        "wish": {"min_area_m2": "1", "townships": ["330604006"], "industry_codes": ["C38"]},
    },
}
CONTRACTS = {
    **{f"{name} hears {e.source}.{e.type}": (e.schema(), heard(e)) for name, e in READINGS},
    **{name: (call.contract, [GIVEN[name.split(".")[1]]]) for name, call in CALLS.items()},
}


def is_taken(contract: Any, data: Any) -> tuple[bool, set[str]]:
    """Whether the contract takes it, and if not, with which sentences it refuses."""
    try:
        contract.load(copied(data))
    except ValidationError as problem:
        return False, set(sentences(problem.messages))
    return True, set()


def copied(data: Any) -> Any:
    """The same data once more; far faster than `copy.deepcopy`, since it is JSON."""
    return orjson.loads(orjson.dumps(data))


def sentences(told: Any) -> Any:
    if isinstance(told, dict):
        told = [each for part in told.values() for each in sentences(part)]
    return told


def is_beyond(told: set[str]) -> bool:
    """Whether a schema cannot know any of it."""
    return bool(told) and all(any(re.search(rule, each) for rule in BEYOND) for each in told)


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_schema_is_one(name):
    Draft202012Validator.check_schema(schema_of(CONTRACTS[name][0]))


@pytest.mark.parametrize("name", CONTRACTS)
def test_schema_and_contract_take_every_sample(name):
    contract, samples = CONTRACTS[name]

    assert samples
    for data in samples:
        assert is_taken(contract, data) == (True, set())
        assert takes(schema_of(contract), data)


@pytest.mark.parametrize(
    ("service", "fact"), FACTS, ids=lambda each: getattr(each, "__name__", each)
)
def test_a_fact_is_announced_as_its_schema_says(service, fact):
    schema, said = schema_of_type(fact), sample(service, snake(fact.__name__))

    assert takes(schema, said)
    for name in said:
        assert not takes(schema, {k: v for k, v in said.items() if k != name})
        assert not takes(schema, said | {name: {"other": []}})


NEARLY = [
    "", " ", "0", "-0", "0.0", "1", "1.50", "1e3", "+1", "60", "-1", "1.1234567", "1.10000000",
    "2023-08-01", "2023-02-30", "2023-13-01", "20230801", "1999-12-31", "2200-01-01", "true",
    "2023-08-01T09:30:00+08:00", "2023-08-01T09:30Z", "2023-08-01 09:30:00+08:00",
    "2023-02-30T09:30:00Z", "2023-08-01T25:00:00Z", "3000-01-01T00:00:00Z", "330604006",
    "330604006-0231", "330604006-", "330604006-a\n", "industrial", "C38", "C99", "x" * 201,
    "91330604XXXX00019D", "91330604XXXX00019E", "330604001002GB00017", "\u200b", "log", "九",
    None, True, False, 0, 1, -1, 60, 1.0, 0.5, 1e300, 10**16, 1.1234567, [], {}, [[]], [{}], ["a"],
    [None], ["330604006"], [1], {"a": 1},
]  # fmt: skip
ODD = st.one_of(
    st.integers(-(10**16), 10**16),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=4),
    st.text("0123456789.-+eE \n", max_size=6),
    st.lists(st.sampled_from(NEARLY), min_size=1, max_size=2),
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of each thing in the data that can be changed; of a list the first stands for the others."""
    pairs = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data[:1])
        if isinstance(data, list)
        else ()
    )
    return [p for key, value in pairs for p in ((*path, key), *places(value, (*path, key)))]


def changed(data: Any, path: tuple[Any, ...], value: Any, way: str) -> Any:
    """The data with the thing at the path changed, taken away, or with a stranger beside it."""
    after = copied(data)
    inner = after
    for key in path[:-1]:
        inner = inner[key]
    if way == "gone":
        del inner[path[-1]]
    elif way == "beside" and isinstance(inner, dict):
        inner["colour"] = value
    else:
        inner[path[-1]] = value
    return after


def disagreement(name: str, said: Any) -> Any:
    """What the contract says, if the schema says otherwise though it could know."""
    judged, (taken, told) = JUDGES[name](said), is_taken(CONTRACTS[name][0], said)
    if judged == taken:
        return None
    is_known = JUDGES[name](without_space(said)) if taken else is_beyond(told)
    return None if is_known else (said, taken, told)


def without_space(said: Any) -> Any:
    """The same without the space around its texts, which counts in a schema alone (`SHORT_OF`)."""
    if isinstance(said, dict):
        return {name: without_space(each) for name, each in said.items()}
    if isinstance(said, list):
        return [without_space(each) for each in said]
    return said.strip() if isinstance(said, str) else said


JUDGES = {name: judge(schema_of(contract)) for name, (contract, _) in CONTRACTS.items()}


@pytest.mark.parametrize("name", CONTRACTS)
def test_of_each_value_that_nearly_fits_the_schema_says_what_the_contract_says(name):
    said = CONTRACTS[name][1][0]
    tried = [changed(said, path, value, "other") for path in places(said) for value in NEARLY]
    tried += [changed(said, path, 1, way) for path in places(said) for way in ("gone", "beside")]

    assert [no for each in tried if (no := disagreement(name, each))] == []


def unbounded(said: Any, path: str) -> list[str]:
    """The lists of a schema that may be of any length."""
    if isinstance(said, list):
        return [found for each in said for found in unbounded(each, path)]
    if not isinstance(said, dict):
        return []
    mine = [path] if said.get("type") == "array" and "maxItems" not in said else []
    named = said.get("properties", {})
    inside = [found for name, each in named.items() for found in unbounded(each, f"{path}.{name}")]
    more = (said[key] for key in ("items", "anyOf", "additionalProperties") if key in said)
    return mine + inside + [found for each in more for found in unbounded(each, path)]


def test_every_list_that_a_call_takes_has_a_bound():
    said = json.loads((ROOT / "docs" / "contracts" / "rpc.json").read_text("utf-8"))
    everywhere = {"every service": said["every_service"]}
    asked = {
        f"{service}.{name}": method["request"]
        for service, each in (said["services"] | everywhere).items()
        for name, method in each["methods"].items()
    }
    assert len(asked) > 300
    assert [found for name, each in asked.items() for found in unbounded(each, name)] == []


def texts_of(longest: int) -> list[str]:
    """Texts as long as a field may have them and longer, alone and with space around them."""
    around = [("x" * (longest + more), space) for more in (-1, 0, 1) for space in ("", " ", "\n")]
    return [space + text + space for text, space in around]


@pytest.mark.parametrize("name", CONTRACTS)
def test_of_a_text_that_is_nearly_too_long_the_schema_says_what_the_contract_says(name):
    said = CONTRACTS[name][1][0]
    bounds = re.findall(r'"maxLength": (\d+)', json.dumps(schema_of(CONTRACTS[name][0])))
    texts = [text for bound in {*bounds, "2000"} for text in texts_of(int(bound))]
    tried = [changed(said, path, text, "other") for path in places(said) for text in texts]

    assert [no for each in tried if (no := disagreement(name, each))] == []


def test_space_around_a_text_counts_in_a_schema_alone():
    name, said = "projects.publish_listing", FITTING["publish_listing"]
    padded = said | {"listing_number": f" {'x' * 60} "}

    assert is_taken(CONTRACTS[name][0], padded) == (True, set())
    assert not JUDGES[name](padded)


def numbers_of(schema: Any, path: str) -> dict[str, Any]:
    """Each field of a contract that reads a number, by its path."""
    if isinstance(schema, fields.Nested):
        schema = schema.schema
    if isinstance(schema, fields.List):
        return numbers_of(schema.inner, f"{path}[]")
    if isinstance(schema, fields.Number):
        return {path: schema}
    inner = getattr(schema, "load_fields", {})
    return {
        k: v for name, each in inner.items() for k, v in numbers_of(each, f"{path}.{name}").items()
    }


NUMBERS = {k: v for name, (c, _) in CONTRACTS.items() for k, v in numbers_of(c, name).items()}
ROUND = {10**k for k in range(16)} | {20, 40, 50, 60, 70, 200, 1_500_000}
BOUNDARIES = sorted({sign * (each + by) for each in ROUND for by in (-1, 0, 1) for sign in (1, -1)})


@pytest.mark.parametrize("name", NUMBERS)
def test_of_each_number_the_schema_says_what_its_field_says(name):
    """Of numbers, which a schema can compare, and not of numbers that are given as text."""
    field = NUMBERS[name]
    judge_of = judge(field_of(field))

    numbers = [*BOUNDARIES, 1.5, True]
    assert [each for each in numbers if judge_of(each) != field_takes(field, each)] == []


def field_takes(field: Any, value: Any) -> bool:
    try:
        field.deserialize(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("service", ["enterprises", "notify", "parcels", "projects"])
@given(st.data())
@settings(max_examples=300, deadline=None)  # each run draws others
def test_what_one_refuses_the_other_refuses(service, data):
    names = [each for each, (_, samples) in CONTRACTS.items() if places(samples[0])]
    name = data.draw(st.sampled_from([each for each in names if each.startswith(service)]))
    said = data.draw(st.sampled_from([each for each in CONTRACTS[name][1] if places(each)]))
    said = changed(said, data.draw(st.sampled_from(places(said))), data.draw(ODD), "other")

    assert disagreement(name, said) is None


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"approved_on": "1999-12-31"}, "Give a day from"),
        ({"use_term_years": "0"}, "Give 1 or more"),
        ({"bond_cny": 0.001}, "decimal places"),
        ({"bond_cny": "99999999999999"}, "Give at most"),
        ({"listing_ends_at": "2023-02-30T09:30:00Z"}, "There is no such day"),
        ({"listing_number": "a\u200b"}, "Character"),
    ],
)
def test_what_a_schema_cannot_say_the_contract_refuses(said, rule):
    said = FITTING["publish_listing"] | said
    taken, told = is_taken(PublishListing(), said)

    assert takes(schema_of(PublishListing()), said)
    assert not taken
    assert is_beyond(told)
    assert rule in str(told)


def test_each_request_of_a_service_has_a_sample():
    assert {name.split(".")[1] for name in CALLS} <= GIVEN.keys()


def test_there_are_samples_of_every_service():
    folders = {path.name for path in (Path(__file__).parent / "samples").iterdir()}

    assert folders == {"township", *HOMES}
    assert json.dumps([cls.name for cls in classes(HOMES)])
