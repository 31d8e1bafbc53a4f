"""Land, notices and leads for the tests: lawful and plain, with whatever a test changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.errors import Reason
from services.projects.listings.notice import Notice, PriceBasis
from services.projects.listings.release import Release, Revocation

TOWNSHIP = "330604006"
PARCEL = f"{TOWNSHIP}-0231"
CASE = f"{TOWNSHIP}-C17"
SOIL = Reason(
    "ART66_NOT_REMOVED", "The plot is on the soil registry again.", source="土壤污染防治法 art. 66"
)

RELEASED = {
    "parcel_id": PARCEL,
    "case_id": CASE,
    "township": TOWNSHIP,
    "area_m2": "11781.00",
    "target_use": "industrial",
    "industry_code": None,
    "release_no": 1,
    "evidence_ids": ["soil-1"],
    "vacated_on": "2023-07-20",
    "released_on": "2023-08-01",
}
REVOKED = {
    "parcel_id": PARCEL,
    "case_id": CASE,
    "township": TOWNSHIP,
    "release_no": 2,
    "reasons": [SOIL.as_dict()],
}
# The example of the land-trade platform: notice 1 August, listing from the 21st, to the 31st.
TERMS = {
    "listing_number": "虞土工告[2023]12号",
    "approval_document_number": "虞政土[2023]88号",
    "approved_on": "2023-07-28",
    "notice_start_on": "2023-08-01",
    "notice_end_on": "2023-08-21",
    "application_start_on": "2023-08-01",
    "application_end_on": "2023-08-28",
    "bond_deadline_on": "2023-08-29",
    "listing_start_on": "2023-08-21",
    "listing_end_on": "2023-08-31",
    "use_term_years": 50,
    "price_basis": "total",
    "start_price_cny": "4700000",
    "bid_step_cny": "100000",
    "bond_cny": "4700000",
}
LEAD = {"name": "固态电池隔膜项目", "source": "fund_led"}


def released(**changes: Any) -> dict[str, Any]:
    return RELEASED | changes


def revoked(**changes: Any) -> dict[str, Any]:
    return REVOKED | changes


def terms(**changes: Any) -> dict[str, Any]:
    return TERMS | changes


def release(release_no: int = 1, **changes: Any) -> Release:
    land = Release(
        release_no=release_no,
        area_m2=Decimal("11781.00"),
        target_use="industrial",
        vacated_on=date(2023, 7, 20),
        released_on=date(2023, 8, 21),
    )
    return replace(land, **changes)


def revocation(release_no: int = 2) -> Revocation:
    return Revocation(release_no=release_no, reasons=(SOIL,))


def notice(**changes: Any) -> Notice:
    dates = {name: date.fromisoformat(day) for name, day in TERMS.items() if name.endswith("_on")}
    lawful = Notice(
        **dates,
        listing_number="虞土工告[2023]12号",
        approval_document_number="虞政土[2023]88号",
        use_term_years=50,
        price_basis=PriceBasis.TOTAL,
        start_price_cny=Decimal(4_700_000),
        bid_step_cny=Decimal(100_000),
        bond_cny=Decimal(4_700_000),
    )
    return replace(lawful, **changes)
