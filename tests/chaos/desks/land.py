"""The life of a plot after its release: the supply, the contract, its soil, what was promised of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demo.story import Plot

if TYPE_CHECKING:
    from .life import Life

TAX = {"code": "tax", "op": ">=", "value": "30", "unit": "万元/亩", "check_stage": "full_capacity"}


def supply(life: Life) -> None:
    terms = {"payments": [{"share": "1", "within_months": 1}], "start_within_months": 6}
    notice = life.plot.notice() | {"indicators": [TAX], "contract_terms": terms}
    about = {"listing_id": life.listing_id}
    life.write("projects", "publish_listing", **about, **notice)
    firm = {"name": f"works {life.plot.run}", "enterprise_id": life.plot.enterprise_id}
    applied = {"application_id": "A-01", "bidder": firm, "lead_id": life.lead_id}
    life.write("projects", "apply_for_land", **about, **applied, applied_at=life.at(10, 10))
    paid = {"application_id": "A-01", "amount_cny": "940000", "paid_at": life.at(20, 10)}
    life.write("projects", "record_bond", **about, **paid)
    bid = {"application_id": "A-01", "price_cny": "4700000", "bid_at": life.at(30, 10)}
    life.write("projects", "close_bidding", **about, closed_at=life.at(34, 16), bids=[bid])
    life.write("projects", "confirm_award", **about, confirmed_on=life.plot.day(35))
    life.write("projects", "publicise_result", **about, publicised_on=life.plot.day(36))


def contract(life: Life) -> None:
    about, number = {"contract_id": life.contract_id}, {"contract_number": f"2023-{life.plot.run}"}
    signed = {"listing_id": life.listing_id, "signed_on": life.plot.day(40)}
    life.write("projects", "sign_contract", **signed, **number)
    life.write("projects", "record_payment", **about, instalment_no=1, paid_on=life.plot.day(50))
    life.write("projects", "record_delivery", **about, delivered_on=life.plot.day(60))
    life.write("projects", "record_construction", **about, started_on=life.plot.day(90))


def soil(life: Life) -> None:
    """The province puts the land on the registry and removes it; the contract hears of both."""
    for day, on_registry in ((100, True), (130, False)):
        record_soil(life, life.plot, day, on_registry)
        life.until(lambda hoped=on_registry: is_in_doubt(life) is hoped)


def record_soil(life: Life, plot: Plot, day: int, on_registry: bool) -> None:
    clean = dict.fromkeys(("survey_reviewed", "survey_filed"), True) | {"case_open": False}
    about = {"parcel_id": plot.parcel_id, "evidence_ids": ["E-1"], **clean}
    said = {"recorded_on": plot.day(day), "on_registry": on_registry}
    life.write("parcels", "record_soil", **about, **said)


def is_in_doubt(life: Life) -> bool:
    signed = life.ask("projects", "get_contract", contract_id=life.contract_id)
    return bool(signed["against"])


def promises(life: Life) -> None:
    about = {"contract_id": life.contract_id}
    review = about | {
        "review_id": "R-1",
        "check_stage": "full_capacity",
        "reviewed_on": "2025-06-30",
        "evidence_ids": ["doc-1"],
    }
    for value in ("28.5", "30"):
        figures = [{"code": "tax", "value": value, "unit": "万元/亩"}]
        life.write("projects", "review_commitments", **review, figures=figures)
    buyer = {"transfer_kind": "transfer", "holders": [{"name": "another works"}]}
    life.write("projects", "transfer_contract", **about, **buyer, transferred_on="2025-07-01")


def void(life: Life) -> None:
    why = {"voided_on": "2025-08-01", "void_reason": "The price was not paid."}
    life.write("projects", "void_award", listing_id=life.listing_id, **why)
