"""The contracts of listings: the facts that they follow, and what may be asked of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import (
    fields,
    post_load,
    validate,
)

from backbone.errors import Reason
from backbone.messages.contract import Contract, Fact
from park.fields import AreaM2, Day, Figure, Moment, MoneyCny, Reference, Text, WholeNumber

from ..rulebook import USES
from . import notice
from .release import Release, Revocation, Standing

# --- facts of parcels: only the fields that are used


class ReasonGiven(Fact):
    code = fields.Str(required=True)
    sentence = fields.Str(required=True)
    field = fields.Str(load_default=None, allow_none=True)
    source = fields.Str(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Reason:
        return Reason(**data)


class LandReleased(Fact):
    """Loads to the names of the listing and `release`, a `Release`."""

    parcel_id = fields.Str(required=True)
    case_id = fields.Str(required=True)
    township = fields.Str(required=True)
    release_no = WholeNumber(required=True)
    area_m2 = AreaM2(required=True)
    target_use = fields.Str(required=True, validate=validate.OneOf(USES))
    industry_code = fields.Str(load_default=None, allow_none=True)
    evidence_ids = fields.List(fields.Str(), load_default=list)
    vacated_on = Day(load_default=None, allow_none=True)
    released_on = Day(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        evidence_ids = tuple(data.pop("evidence_ids"))
        names = {name: data.pop(name) for name in ("parcel_id", "case_id", "township")}
        return names | {"release": Release(**data, evidence_ids=evidence_ids)}


class ReleaseRevoked(Fact):
    """Loads to the names of the listing and `revocation`, a `Revocation`."""

    parcel_id = fields.Str(required=True)
    case_id = fields.Str(required=True)
    township = fields.Str(required=True)
    release_no = WholeNumber(required=True)
    reasons = fields.List(fields.Nested(ReasonGiven), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        reasons = tuple(data.pop("reasons"))
        return data | {"revocation": Revocation(release_no=data.pop("release_no"), reasons=reasons)}


class ReleaseStanding(Fact):
    """What `parcels.release_standing` answers; loads to a `Standing`."""

    state = fields.Str(required=True)
    release_no = WholeNumber(load_default=None, allow_none=True)
    reasons = fields.List(fields.Nested(ReasonGiven), load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Standing:
        return Standing(**data | {"reasons": tuple(data["reasons"])})


# --- requests


class NoticeDay(Day):
    """A day on which a notice can stand, so that a slip in the year is found."""

    def __init__(self, **more: Any) -> None:
        days = validate.Range(
            date(2000, 1, 1), date(2199, 12, 31), error="Give a day from {min} to {max}."
        )
        super().__init__(validate=days, required=True, **more)


class Indicator(Contract):
    """One figure of standard land [标准地]; a range is two of them."""

    code = Text(60, required=True)
    op = fields.Enum(notice.Comparison, by_value=True, required=True)
    value = Figure(required=True)
    unit = Text(30, required=True)
    check_stage = fields.Enum(notice.CheckStage, by_value=True, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> notice.Indicator:
        return notice.Indicator(**data)


class PublishListing(Contract):
    """`start_price_cny` and `bid_step_cny` are for the whole land or for each m², as `price_basis`
    says; `bond_cny` is for the whole land. The two moments are given when there is timed bidding.
    Loads to `listing_id` and `notice`, a `Notice`."""

    listing_id = fields.Str(required=True)
    listing_number = Reference(60, required=True)
    approval_document_number = Reference(60, required=True)
    approved_on = NoticeDay()
    notice_start_on = NoticeDay()
    notice_end_on = NoticeDay()
    application_start_on = NoticeDay()
    application_end_on = NoticeDay()
    bond_deadline_on = NoticeDay()
    listing_start_on = NoticeDay()
    listing_end_on = NoticeDay()
    listing_ends_at = Moment(load_default=None, allow_none=True)
    timed_bidding_starts_at = Moment(load_default=None, allow_none=True)
    use_term_years = WholeNumber(required=True, validate=validate.Range(1, error="Give 1 or more."))
    price_basis = fields.Enum(notice.PriceBasis, by_value=True, required=True)
    start_price_cny = MoneyCny(required=True)
    bid_step_cny = MoneyCny(required=True)
    bond_cny = MoneyCny(required=True)
    indicators = fields.List(fields.Nested(Indicator), load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        listing_id, indicators = data.pop("listing_id"), tuple(data.pop("indicators"))
        return {
            "listing_id": listing_id,
            "notice": notice.Notice(**data, indicators=indicators),
        }
