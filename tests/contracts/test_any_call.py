"""Whatever JSON is given to whatever method of whatever service: it answers, or says what is wrong."""

from __future__ import annotations

import inspect
import uuid
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.amqp.topology import INBOX, queue_name
from backbone.errors import Answered, Damaged, Invalid
from backbone.parking.lot import ParkingLot
from backbone.rpc.admin import OPERATIONS
from backbone.rpc.server import Rpc
from backbone.settings import Settings
from backbone.testing import Rehearsal
from services.installation import HOMES, classes
from services.projects.listings.listing import listing_id_of
from tests.contracts.handbook_given import HANDBOOK_GIVEN
from tests.contracts.overview_given import OVERVIEW_GIVEN
from tests.contracts.pipeline_given import PIPELINE_GIVEN
from tests.enterprises.requests.calls import CALLS as REQUEST_CALLS
from tests.notify.conftest import Postman
from tests.parcels.others import Enterprises, Projects
from tests.projects.amendments.calls import CALLS as AMENDMENT_CALLS
from tests.projects.clauses.calls import CALLS as CLAUSE_CALLS
from tests.projects.conftest import NOON, LandRegister
from tests.projects.contests.calls import CALLS as CONTEST_CALLS
from tests.projects.examples import CASE, PARCEL, released, terms
from tests.projects.plans.calls import CALLS as PLAN_CALLS
from tests.projects.platforms.calls import CALLS as PLATFORM_CALLS
from tests.projects.policies.calls import CALLS as POLICY_CALLS
from tests.projects.talents.calls import CALLS as TALENT_CALLS

SERVICES = {cls.name: cls for cls in classes(HOMES)}
METHODS = [
    (service, name)
    for service, cls in SERVICES.items()
    for name, method in inspect.getmembers(cls, inspect.isfunction)
    if any(isinstance(each, Rpc) for each in getattr(method, "nameko_entrypoints", ()))
]
SOIL = dict.fromkeys(("on_registry", "survey_reviewed", "survey_filed", "case_open"), False)
SOIL_REPORT = {"parcel_id": PARCEL, "soil_report_id": "r-1"}
UNIT = "330604006-P1-5-301"
LEASE = {
    "unit_id": UNIT,
    "lease_id": "330604006-L1",
    "lessee_name": "works",
    "area_m2": "300",
    "starts_on": "2023-03-01",
    "ends_on": "2024-02-29",
    "rent_cny_per_m2_month": "17",
    "deposit_cny": "0",
    "use": "production",
    "signed_on": "2023-02-20",
}
SIMULATED = {
    "scheme": {
        "rule": "sum(x/baseline*weight)",
        "indicators": [{"code": "x", "weight": "100", "baseline": "2.5", "missing": "mean_score"}],
        "cuts": [["A", "<=", 50], ["B", "last", 50]],
    },
    "figures": [{"firm": "f-1", "x": "2"}, {"firm": "f-2", "x": 4}, {"firm": "f-3"}],
}
OF_LISTING = {"listing_id": listing_id_of(PARCEL, CASE)}
OF_CONTRACT = {"contract_id": f"{OF_LISTING['listing_id']}.1"}
BIDDER = {"name": "an example works", "uscc": None, "enterprise_id": "330604006-E42"}
SUPPLY: dict[str, dict[str, Any]] = {
    "applicants": {**OF_LISTING, "notice_version": 1, "at": "2023-08-28T17:00:00+08:00"},
    "apply_for_land": {
        **OF_LISTING,
        "application_id": "A",
        "bidder": BIDDER,
        "applied_at": "2023-08-10T10:00:00+08:00",
    },
    "withdraw_application": {**OF_LISTING, "application_id": "A"},
    "record_bond": {
        **OF_LISTING,
        "application_id": "A",
        "amount_cny": "4700000",
        "paid_at": "2023-08-20T10:00:00+08:00",
    },
    "return_bond": {**OF_LISTING, "application_id": "A", "returned_on": "2023-09-07"},
    "close_bidding": {
        **OF_LISTING,
        "closed_at": "2023-08-31T16:00:00+08:00",
        "bids": [{"application_id": "A", "price_cny": "1", "bid_at": "2023-08-25T10:00:00+08:00"}],
        "reserve_price_cny": "1",
    },
    "enter_bid": {
        **OF_LISTING,
        "application_id": "A",
        "price_cny": "4700000",
        "bid_at": "2023-08-21T10:00:00+08:00",
    },
    "record_interruption": {
        **OF_LISTING,
        "frozen_at": "2023-08-21T10:00:00+08:00",
        "repaired_at": "2023-08-21T10:30:00+08:00",
    },
    "close_auction": {
        **OF_LISTING,
        "closed_at": "2023-08-31T16:00:00+08:00",
        "bids": [{"application_id": "A", "price_cny": "1", "bid_at": "2023-08-31T10:17:00+08:00"}],
    },
    "confirm_award": {**OF_LISTING, "confirmed_on": "2023-09-01"},
    "publicise_result": {**OF_LISTING, "publicised_on": "2023-09-01"},
    "void_award": {**OF_LISTING, "voided_on": "2023-09-20", "void_reason": "r"},
    "contracts_of_parcel": {"parcel_id": PARCEL},
    "sign_contract": {
        **OF_LISTING,
        "contract_number": "1",
        "signed_on": "2023-09-08",
        "holders": [{"name": "an example works", "share": "1"}],
    },
    "record_payment": {**OF_CONTRACT, "instalment_no": 1, "paid_on": "2023-10-07"},
    "record_delivery": {**OF_CONTRACT, "delivered_on": "2023-09-20"},
    "register_right": {**OF_CONTRACT, "registered_on": "2023-11-10"},
    "record_construction": {**OF_CONTRACT, "started_on": "2024-02-01", "completed_on": None},
    "transfer_contract": {
        **OF_CONTRACT,
        "transfer_kind": "transfer",
        "transferred_on": "2026-01-01",
        "holders": [{"name": "an example works"}],
    },
    "commitment_standing": {"on": "2026-06-30", "known_at": None, "township": "330604006"},
    "review_commitments": {
        **OF_CONTRACT,
        "review_id": "R",
        "check_stage": "annual",
        "reviewed_on": "2023-08-01",
        "data_year": 2022,
        "figures": [{"code": "tax", "value": "1", "unit": "万元/亩"}],
        "evidence_ids": ["d"],
    },
}
FITTING: dict[str, dict[str, Any]] = {
    "publish_listing": {
        **terms(),
        "listing_id": listing_id_of(PARCEL, CASE),
        "listing_ends_at": "2023-08-31T15:00:00+08:00",
        "timed_bidding_starts_at": "2023-08-31T15:05:00+08:00",
        "indicators": [
            {"code": "r", "op": ">=", "value": "1", "unit": "1", "check_stage": "annual"}
        ],
    },
    **SUPPLY,
    **REQUEST_CALLS,
    **PLATFORM_CALLS,
    **TALENT_CALLS,
    **CONTEST_CALLS,
    **CLAUSE_CALLS,
    **POLICY_CALLS,
    **AMENDMENT_CALLS,
    **PLAN_CALLS,
    "check_notice": {"draft": {"price_printed": "1361", "area_m2": "20016", "bond_wan": "272"}},
    "earliest_dates": {
        "draft": {"published_on": "2025-03-10", "sale_from": "2025-03-31T09:00"},
        "supplements": ["2025-03-12"],
        "suspensions": [{"suspended_on": "2025-03-24", "resumed_on": "2025-03-31T09:00"}],
    },
    "judge_bidding": {
        "start": "1361",
        "step": 10,
        "end": "2025-04-10T10:00",
        "bids": [["A", "2025-04-02T10:00", "1361"]],
        "frozen": ["2025-04-03T12:00", None],
    },
    "simulate_scores": SIMULATED,
    "compare_schemes": SIMULATED | {"against": "huangyan-2021-below"},
    "forecast_grade": SIMULATED | {"firm": "f-1", "grade": "B", "unit": "0.01"},
    "list_schemes": {"place": "黄岩区"},
    "record_code_figures": {
        "enterprise_id": "330604006-E9",
        "kind": "risk_code",
        "valid_from": "2023-08-10",
        "figures": {"major_hazards_open": 0, "hazards_overdue": "2"},
        "source_class": "declared",
        "document": "inspection 17",
    },
    "record_carbon_mean": {
        "industry_code": "C34",
        "data_year": 2022,
        "mean_tco2_per_wan": "1.2",
        "document": "means 2022",
    },
    "get_codes": {"enterprise_id": "330604006-E9", "known_at": "2023-08-21T12:00:00+08:00"},
    "look_up_code": {"text": "330604006-E9/G72", "rules_of": "2023-08-01"},
    "record_indicator": {
        "indicator": "trade",
        "basis": "zone",
        "period_start": "2023-01-01",
        "period_end": "2023-07-31",
        "value": "106.2",
        "unit": "亿元",
        "document": "report 7/2023",
    },
    "indicator_on": {"indicator": "trade", "known_at": "2023-08-21T12:00:00+08:00"},
    "indicator_growth": {"indicator": "trade", "period_end": "2023-07-31"},
    "sum_indicator": {
        "figures": [{"indicator": "trade", "basis": "330604006", "period_end": "2023-07-31"}]
    },
    "record_innovation": {
        "innovation_id": "330604006-I1",
        "kind": "enterprise_institute",
        "level": "provincial",
        "from_on": "2022-05-01",
        "document": "list of 2022",
    },
    "innovation_overview": {"township": "330604006", "on": "2023-08-01"},
    "code_card": {"enterprise_id": "330604006-E9", "kind": "grade_code", "form": "png"},
    "rank_plots": {"lead_id": "lead-1", "weights": {"area": 60, "price": "0"}, "most": 5},
    "best_assignment": {"weights": {"placed": 0}, "township": "330604006", "on": "2023-08-21"},
    "near_misses": {"lead_id": "lead-1", "area_share": "0.1"},
    **PIPELINE_GIVEN,
    **HANDBOOK_GIVEN,
    **OVERVIEW_GIVEN,
    "register_lead": {"name": "n", "source": "fund_led", "wish": {"min_area_m2": "1"}},
    "decide_case": {"case_id": CASE, "met_on": "2023-08-04", "decision": "d"},
    "record_soil": {"parcel_id": PARCEL, "recorded_on": "2023-08-01", **SOIL},
    "apply_soil_registry_notice": {
        "batch": "2023-3",
        "issued_on": "2023-08-01",
        "added": [PARCEL],
    },
    "soil_duties": {"parcel_id": PARCEL, "target_use": "residential"},
    "record_soil_survey": {
        **SOIL_REPORT,
        "concluded_on": "2023-08-01",
        "phase": "preliminary",
        "conclusion": "met",
        "findings": [{"medium": "soil", "substance": "lead", "exceeded": False, "limit": "400"}],
    },
    "record_risk_assessment": {**SOIL_REPORT, "assessed_on": "2023-08-01", "acceptable": False},
    "record_risk_control": {
        **SOIL_REPORT,
        "controlled_on": "2023-08-01",
        "control_step": "started",
    },
    "record_soil_cleanup": {
        **SOIL_REPORT,
        "cleanup_started_on": "2023-08-01",
        "contractor": {"name": "an example works"},
    },
    "record_effect_assessment": {
        **SOIL_REPORT,
        "assessed_on": "2023-08-01",
        "assessor": {"name": "an example works"},
        "target_met": True,
    },
    "record_soil_removal": {
        **SOIL_REPORT,
        "removal_decided_on": "2023-08-01",
        "removal_step": "granted",
        "after_care_conditions": ["no wells"],
    },
    "split_parcel": {
        "parcel_id": PARCEL,
        "case_id": CASE,
        "split_on": "2023-08-01",
        "children": [],
    },
    "lease_unit": LEASE,
    "end_lease": {"unit_id": UNIT, "lease_id": "330604006-L1", "ended_on": "2023-08-01"},
    "renew_lease": {
        "unit_id": UNIT,
        "lease_id": "330604006-L1",
        "new_lease_id": "330604006-L2",
        "signed_on": "2023-08-01",
        "ends_on": "2025-08-01",
    },
    "merge_parks": {
        "source_ids": ["330604006-P1"],
        "into_id": "330604006-P2",
        "merged_on": "2023-08-01",
        "operator": "o",
        "document_number": "d",
    },
    "due": {"on": "2023-08-01", "late": False, "within_days": 30, "holder": "economy", "limit": 5},
    "due_outcomes": {
        "from_on": "2023-07-01",
        "to_on": "2023-09-30",
        "holder": "economy",
        "limit": 5,
    },
    "report_times": {"township": "330604006", "since": "2023-08-01T00:00:00+08:00"},
    "units_available": {"on": "2023-08-01", "area_from_m2": "1", "small_firm_park": True},
    "leases_ending": {"within_months": 6, "township": "330604006"},
    "relocation_matches": {"within_months": 6, "most": 3},
    "occupancy": {"park_id": "330604006-P1"},
    "sale_price": {"unit_id": UNIT, "buyer_revenue_cny": "50000000"},
    "subscribe": {
        "name": "desk",
        "channel": "log",
        "address": "desk",
        "townships": [],
        "kinds": [],
    },
    "acknowledge": {"alert_id": "a", "by": "desk"},
    "edit_parked": {"parked_id": "p", "body": "{}", "by": "me", "reason": "r"},
    "discard_parked": {"parked_id": "p", "by": "me", "reason": "r"},
    "replay_parked": {"parked_id": "p", "by": "me"},
}
KEYS = [kept.key for cls in SERVICES.values() for kept in cls.store.collections]
FILTERS = [
    each for cls in SERVICES.values() for kept in cls.store.collections for each in kept.filters
]
NAMES = sorted(
    {
        *KEYS,
        "as_of",
        "filter",
        "order",
        "limit",
        "cursor",
        "request_id",
        "self",
        "service_host",
        "args",
        "on",
    }
)

ODD = st.sampled_from(
    [
        "", " ", "x", "-", "key", "-updated_at", "\0", "\u200b", "1e999999", "2023-08-01", "9999-12-31",
        "9999-12-31T23:59:59-08:00", "0001-01-01T00:00:00+14:00", "2023-08-01T00:00:00Z", PARCEL, CASE,
        "20230801", "330604006", 0, 1, -1, 50, 1.5, 1e300, 2**63, -(2**63), True, None,
        [], {}, [[]], [None], {"": None}, {"self": 1},
    ]
)  # fmt: skip
ANY = st.recursive(
    ODD | st.text(max_size=8) | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FILTERS) | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


def arguments(method: str) -> st.SearchStrategy[dict[str, Any]]:
    """What fits, with some of it changed, taken away or added."""
    fitting = FITTING.get(method, {})
    names = st.sampled_from([*fitting, *NAMES]) | st.text(max_size=5)
    changed = st.dictionaries(names, ANY, max_size=3)
    absent = st.sets(st.sampled_from([*fitting, ""]), max_size=1)
    return st.builds(
        lambda more, less: {k: v for k, v in {**fitting, **more}.items() if k not in less},
        changed,
        absent,
    )


def is_answered(call: Any, given: dict[str, Any]) -> bool:
    """Whether it is answered, as a client would be: over JSON, and every no with its reasons."""
    try:
        orjson.dumps(call(**orjson.loads(orjson.dumps(given))), default=str)
    except Answered as no:
        return bool(no.reasons) and all(reason.sentence for reason in no.reasons)
    return True


@pytest.fixture(scope="module")
def services() -> dict[str, Rehearsal]:
    given = {
        "parcels": {"enterprises": Enterprises(), "projects": Projects()},
        "projects": {"parcels": LandRegister()},
        "notify": {"channels": Postman()},
    }
    found = {
        name: Rehearsal(cls, clock=lambda: NOON, **given.get(name, {}))
        for name, cls in SERVICES.items()
    }
    found["projects"].hear("parcels", "land_released", released())
    found["projects"].call("register_lead", lead_id="lead-1", **FITTING["register_lead"])
    return found


@pytest.fixture(scope="module")
def service_host(services: dict[str, Rehearsal]) -> Any:
    parcels = services["parcels"]
    lot = ParkingLot(parcels.repository, Settings())
    return SimpleNamespace(
        service="parcels",
        lot=lot,
        inboxes={queue_name("parcels", INBOX): parcels.lane},
        container=SimpleNamespace(service_cls=SERVICES["parcels"]),
        installation=SimpleNamespace(dictionary=(), heard=(), feeds=(), version="0.2.0"),
    )


@pytest.mark.parametrize(("service", "method"), METHODS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_call_of_a_service_is_answered_or_told_what_is_wrong(services, service, method, data):
    request = data.draw(arguments(method))
    if data.draw(st.booleans()):
        request.setdefault("request_id", uuid.uuid4().hex)
    assert is_answered(getattr(services[service].service(), method), request)


@pytest.mark.parametrize("method", OPERATIONS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_call_about_parked_messages_is_answered_or_told_what_is_wrong(
    service_host, method, data
):
    request = data.draw(arguments(method))
    assert is_answered(lambda **given: OPERATIONS[method](service_host, **given), request)


@pytest.mark.parametrize(
    ("service", "method", "given", "field", "says"),
    [
        ("parcels", "get_parcel", {"self": 1, "parcel_id": "x"}, "self", "no such field"),
        ("parcels", "get_parcel", {"parcel_id": None}, "parcel_id", "null"),
        ("parcels", "get_parcel", {"parcel_id": "x", "as_of": "9999-12-31T23:59:59-08:00"}, "as_of", "year"),
        ("parcels", "list_parcels", {"limit": 1.5}, "limit", "a whole number"),
        ("parcels", "list_parcels", {"limit": 2.0}, "limit", "a whole number"),
        ("parcels", "list_parcels", {"limit": True}, "limit", "a whole number"),
        ("parcels", "list_parcels", {"limit": 0}, "limit", "from 1 to 200"),
        ("parcels", "list_parcels", {"limit": "x"}, "limit", "a whole number"),
        ("parcels", "list_parcels", {"filter": {"township": ["x"]}}, "filter.township", "Give a text."),
        ("parcels", "list_parcels", {"filter": {"township": 330604006}}, "filter.township", "Give a text."),
        ("parcels", "list_parcels", {"filter": {"township": None}}, "filter.township", "Give a text."),
        ("parcels", "list_parcels", {"filter": {"state": {}}}, "filter.state", "Give one of"),
        ("projects", "list_listings", {"filter": {"is_open": 1}}, "filter.is_open", "true, false"),
        ("projects", "list_matches", {"filter": {"lead_ids": ["x"]}}, "filter.lead_ids", "Give a text."),
        ("parcels", "list_parcels", {"filter": []}, "filter", "one JSON object"),
        ("parcels", "list_parcels", {"filter": None}, "filter", "null"),
        ("parcels", "parcel_history", {"parcel_id": ["x"]}, "parcel_id", "a text"),
        ("projects", "publish_listing", FITTING["publish_listing"]
            | {"request_id": "y", "listing_ends_at": "9999-12-31T23:59:59-08:00"}, "listing_ends_at", "year"),
        ("projects", "publish_listing", FITTING["publish_listing"] | {"request_id": 7}, "request_id",
            "1 to 100"),
    ],
)  # fmt: skip
def test_an_argument_that_does_not_fit_is_named(services, service, method, given, field, says):
    with pytest.raises(Invalid) as refused:
        getattr(services[service].service(), method)(**given)
    assert [(reason.field, says in reason.sentence) for reason in refused.value.reasons] == [
        (field, True)
    ]


@pytest.mark.parametrize(
    ("method", "given", "field", "says"),
    [
        ("show_parked", {"parked_id": None}, "parked_id", "null"),
        ("show_parked", {"parked_id": 7}, "parked_id", "Give a text."),
        ("show_parked", {"parked_id": "x", "service_host": 1}, "service_host", "no such field"),
        ("list_parked", {"limit": "x"}, "limit", "a whole number"),
        ("list_parked", {"limit": 1.5}, "limit", "a whole number"),
        ("parked_audit", {"limit": None}, "limit", "null"),
        ("parked_audit", {"limit": -1}, "limit", "from 1"),
        ("edit_parked", FITTING["edit_parked"] | {"body": None}, "body", "null"),
        ("edit_parked", FITTING["edit_parked"] | {"body": {}}, "body", "Give a text."),
        ("discard_parked", FITTING["discard_parked"] | {"reason": "\u200b"}, "reason", "U+200B"),
        ("replay_parked", FITTING["replay_parked"] | {"by": " "}, "by", "1 to 100"),
    ],
)
def test_an_argument_about_parked_messages_that_does_not_fit_is_named(
    service_host, method, given, field, says
):
    with pytest.raises(Invalid) as refused:
        OPERATIONS[method](service_host, **given)
    [reason] = refused.value.reasons
    assert reason.field == field
    assert says in reason.sentence


def test_every_argument_of_a_call_comes_by_its_name(services, service_host):
    for call in (
        services["parcels"].service().get_parcel,
        lambda x: OPERATIONS["show_parked"](service_host, x),
    ):
        with pytest.raises(Invalid, match="by its name"):
            call("x")


@pytest.mark.parametrize("left", [b"{", b"[]", b"{}", b'{"said": "x"}', b"\xff"])
def test_a_damaged_answer_of_an_earlier_call_names_its_key(services, left):
    repository = services["projects"].repository
    key = repository.mark("call", "register_lead", "again")
    repository.redis.set(key, left)
    with pytest.raises(Damaged, match="The answer to the request again cannot be read") as told:
        services["projects"].service().register_lead(request_id="again", **FITTING["register_lead"])
    assert key in str(told.value)
