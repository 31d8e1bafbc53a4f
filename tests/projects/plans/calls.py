"""What each call of plans is given."""

from __future__ import annotations

from typing import Any

from ..desk import LISTING
from .office import APPROVAL, CONTENT, DISTRICT, PLAN

CALLS: dict[str, dict[str, Any]] = {
    "record_supply_plan": DISTRICT,
    "supply_plan_progress": {"plan_id": PLAN, "on": "2023-08-21"},
    "submit_offer_plan": {
        "listing_id": LISTING,
        "content": CONTENT,
        "submitted_on": "2023-07-25",
        "document": "request 7",
    },
    "approve_offer_plan": {"listing_id": LISTING} | APPROVAL,
    "return_offer_plan": {"listing_id": LISTING, "remarks": "The price is too low."} | APPROVAL,
}
