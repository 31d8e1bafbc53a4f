"""Facts as the other services say them, and the events that carry them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from backbone.messages.envelope import Event

TOWNSHIP = "330604006"
CASE = f"{TOWNSHIP}-C17"
PARCEL = f"{TOWNSHIP}-0231"
LISTING = "listing-17"
NOON = datetime(2023, 8, 21, 4, 0, tzinfo=UTC)  # noon in the park

ON_REGISTRY = {"code": "ART66_NOT_REMOVED", "sentence": "The plot is still on the soil registry."}
PAPERS = {"code": "SURVEY_NOT_FILED", "sentence": "The survey was not filed."}

FACTS: dict[str, dict[str, Any]] = {
    "parcels.land_released": {
        "parcel_id": PARCEL,
        "case_id": CASE,
        "township": TOWNSHIP,
        "area_m2": "11781.00",
        "target_use": "industrial",
        "release_no": 1,
        "evidence_ids": ["soil-1"],
        "released_on": "2023-08-21",
    },
    "parcels.release_blocked": {
        "parcel_id": PARCEL,
        "case_id": CASE,
        "township": TOWNSHIP,
        "release_no": 1,
        "reasons": [ON_REGISTRY, PAPERS],
    },
    "parcels.release_revoked": {
        "parcel_id": PARCEL,
        "case_id": CASE,
        "township": TOWNSHIP,
        "release_no": 2,
        "reasons": [ON_REGISTRY],
    },
    "parcels.remediation_contradicted": {
        "case_id": CASE,
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "report": "remediation.completed",
        "reasons": [{"code": "BEFORE_PLAN", "sentence": "It was completed before it was planned."}],
    },
    "parcels.boundary_doubtful": {
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "finding_no": 1,
        "reasons": [{"code": "OVERLAPS", "sentence": "The outline shares 90 m² with another."}],
    },
    "parcels.boundary_cleared": {"parcel_id": PARCEL, "township": TOWNSHIP, "finding_no": 2},
    "parcels.idle_land_found": {
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "idle_standing": "idle_1y",
        "idle_since_on": "2023-07-12",
        "found_on": "2023-08-21",
        "investigate_by_on": "2023-09-20",
        "consequences": [{"code": "IDLE_FEE", "sentence": "A fee of 20 % is due."}],
        "change_no": 1,
    },
    "parcels.idle_land_ended": {
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "previous_idle_standing": "idle_1y",
        "change_no": 2,
    },
    "parcels.low_efficiency_suspected": {
        "suspicion_id": f"{PARCEL}:2022",
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "data_year": 2022,
        "criteria": ["output_per_mu_below (绍兴)"],
        "judgements": [],
        "change_no": 1,
    },
    "parcels.suspicion_lifted": {
        "suspicion_id": f"{PARCEL}:2022",
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "data_year": 2022,
        "change_no": 2,
    },
    "projects.listing_drafted": {
        "listing_id": LISTING,
        "parcel_id": PARCEL,
        "case_id": CASE,
        "township": TOWNSHIP,
        "area_m2": "11781.00",
        "target_use": "industrial",
        "release_no": 1,
    },
    "projects.land_matched": {
        "listing_id": LISTING,
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "area_m2": "11781.00",
        "lead_ids": ["lead-2", "lead-1"],
    },
    "projects.listing_published": {
        "listing_id": LISTING,
        "parcel_id": PARCEL,
        "case_id": CASE,
        "township": TOWNSHIP,
        "area_m2": "11781.00",
        "listing_number": "虞土工告[2023]12号",
        "notice_start_on": "2023-08-22",
        "listing_start_on": "2023-09-11",
        "listing_end_on": "2023-09-21",
        "bond_deadline_on": "2023-09-19",
        "start_price_cny": "4700000.00",
        "notice_version": 1,
    },
    "projects.listing_withdrawn": {
        "listing_id": LISTING,
        "parcel_id": PARCEL,
        "case_id": CASE,
        "township": TOWNSHIP,
        "reasons": [ON_REGISTRY],
        "was_published": True,
    },
    "enterprises.standing_changed": {
        "enterprise_id": f"{TOWNSHIP}-E9",
        "township": TOWNSHIP,
        "parcel_id": PARCEL,
        "case_id": CASE,
        "standing": "bought_out",
        "previous_standing": "under_remediation",
    },
    "enterprises.request_escalated": {
        "service_request_id": f"{TOWNSHIP}-R1",
        "township": TOWNSHIP,
        "holder": "construction",
        "step": "answer",
        "round": 1,
        "level": "reminder",
        "due_on": "2023-08-20",
        "days_overdue": 1,
    },
}


def fact(type_: str, minute: int = 0, cause: Event | None = None, **changes: Any) -> Event:
    """A fact of a service, `minute` minutes after noon; `cause` is the event that it came from."""
    data = FACTS.get(type_, {}) | changes
    return Event(
        id=str(
            uuid.uuid5(uuid.NAMESPACE_URL, f"{type_} {minute} {sorted(map(str, data.items()))}")
        ),
        source=f"/services/{type_.partition('.')[0]}",
        type=type_,
        subject=next(iter(data.values()), None),
        time=NOON + timedelta(minutes=minute),
        data=data,
        correlation_id="chain-1",
        causation_id=cause.id if cause else None,
        causation_source=cause.source if cause else None,
        causation_type=cause.type if cause else None,
    )


COMPLETED = Event(
    id="r-88", source=f"/townships/{TOWNSHIP}", type="remediation.completed", time=NOON, data={}
)
