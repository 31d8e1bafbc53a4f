"""The contracts of projects: the facts that it reads, and what may be asked of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import (
    EXCLUDE,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from backbone.contract import Contract
from backbone.errors import Reason
from park.fields import (
    AreaM2,
    Day,
    Figure,
    IndustryCode,
    Moment,
    MoneyCny,
    Text,
    TownshipCode,
    WholeNumber,
)

from . import lead, notice
from .land import Release, Revocation, Standing
from .policy import USES

# --- facts of other services, and our own: only the fields that are used


class Fact(Contract):
    class Meta:
        unknown = EXCLUDE


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
    release_no = fields.Int(required=True)
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
    release_no = fields.Int(required=True)
    reasons = fields.List(fields.Nested(ReasonGiven), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        reasons = tuple(data.pop("reasons"))
        return data | {"revocation": Revocation(release_no=data.pop("release_no"), reasons=reasons)}


class ReleaseStanding(Fact):
    """What `parcels.release_standing` answers; loads to a `Standing`."""

    state = fields.Str(required=True)
    release_no = fields.Int(load_default=None, allow_none=True)
    reasons = fields.List(fields.Nested(ReasonGiven), load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Standing:
        return Standing(**data | {"reasons": tuple(data["reasons"])})


class ListingDrafted(Fact):
    listing_id = fields.Str(required=True)


class LeadRegistered(Fact):
    lead_id = fields.Str(required=True)


# --- requests


class Request(Contract):
    """What a call asks for."""


class NoticeDay(Day):
    """A day on which a notice can stand, so that a slip in the year is found."""

    def __init__(self, **more: Any) -> None:
        days = validate.Range(
            date(2000, 1, 1), date(2199, 12, 31), error="Give a day from {min} to {max}."
        )
        super().__init__(validate=days, required=True, **more)


class Indicator(Request):
    """One figure of standard land [标准地]; a range is two of them."""

    code = Text(60, required=True)
    op = fields.Enum(notice.Comparison, by_value=True, required=True)
    value = Figure(required=True)
    unit = Text(30, required=True)
    check_stage = fields.Enum(notice.CheckStage, by_value=True, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> notice.Indicator:
        return notice.Indicator(**data)


class PublishListing(Request):
    """`start_price_cny` and `bid_step_cny` are for the whole land or for each m², as `price_basis`
    says; `bond_cny` is for the whole land. The two moments are given when there is timed bidding.
    Loads to `listing_id` and `notice`, a `Notice`."""

    listing_id = fields.Str(required=True)
    listing_number = Text(60, required=True)
    approval_document_number = Text(60, required=True)
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


class Wish(Request):
    """The land that a lead wishes for; what is left out is open."""

    min_area_m2 = AreaM2(load_default=None, allow_none=True)
    max_area_m2 = AreaM2(load_default=None, allow_none=True)
    townships = fields.List(TownshipCode(), load_default=list)
    industry_codes = fields.List(IndustryCode(), load_default=list)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        least, most = data.get("min_area_m2"), data.get("max_area_m2")
        if least and most and least > most:
            raise ValidationError("Give at most max_area_m2.", "min_area_m2")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> lead.Wish:
        lists = {name: tuple(data[name]) for name in ("townships", "industry_codes")}
        return lead.Wish(**data | lists)


class RegisterLead(Request):
    """`name` is the project's, not a person's."""

    lead_id = fields.Str(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(
            r"[A-Za-z0-9._-]{1,80}\Z",
            error="Use 1 to 80 letters, digits, dots, underscores or dashes.",
        ),
    )
    name = Text(required=True)
    source = fields.Enum(lead.LeadSource, by_value=True, required=True)
    stage = fields.Enum(lead.Stage, by_value=True, load_default=lead.Stage.LEAD)
    wish = fields.Nested(Wish, load_default=lead.Wish)


class Fit(Request):
    listing_id = fields.Str(required=True)
    lead_id = fields.Str(required=True)
