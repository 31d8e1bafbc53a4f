"""The contracts of listings: the facts that they follow, and what may be asked of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.errors import Reason
from backbone.messages.contract import Contract, Fact
from park.fields import (
    AreaM2,
    Day,
    Figure,
    Flag,
    Moment,
    MoneyCny,
    Reference,
    Share,
    Text,
    Tuple,
    WholeNumber,
)
from park.time import day_of

from ..bidding.rulebook import BIDDING_LAWS
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

CLOSING = {"application_ends_at": "application_end_on", "bond_due_at": "bond_deadline_on"}


class NoticeDay(Day):
    """A day on which a notice can stand, so that a slip in the year is found."""

    def __init__(self, **more: Any) -> None:
        days = validate.Range(
            date(2000, 1, 1), date(2199, 12, 31), error="Give a day from {min} to {max}."
        )
        super().__init__(validate=days, required=True, **more)


class Indicator(Contract):
    """One figure of standard land [标准地]; a range is two of them. `years_running` says in how many years
    running a yearly one has to be met."""

    code = Text(60, required=True)
    op = fields.Enum(notice.Comparison, by_value=True, required=True)
    value = Figure(required=True)
    unit = Text(30, required=True)
    check_stage = fields.Enum(notice.CheckStage, by_value=True, required=True)
    years_running = WholeNumber(
        load_default=1,
        validate=validate.Range(1, 20, error="Give a whole number from {min} to {max}."),
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> notice.Indicator:
        return notice.Indicator(**data)


class Within(WholeNumber):
    """A number of days, months or years; none where it is not asked."""

    def __init__(self, most: int, least: int = 1, **more: Any) -> None:
        bounds = validate.Range(least, most, error="Give a whole number from {min} to {max}.")
        super().__init__(**{"load_default": None, "allow_none": True} | more, validate=bounds)


class PaymentTerm(Contract):
    """A part of the price, and when it is due after the contract was signed: at once, or so much later."""

    share = Share(zero=False, required=True)
    within_months = Within(120, 0, load_default=0, allow_none=False)
    within_days = Within(3650, 0, load_default=0, allow_none=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> notice.PaymentTerm:
        return notice.PaymentTerm(**data)


class ContractTerms(Contract):
    """What the notice says of the contract; the payments sum to 1."""

    sign_within_working_days = Within(250)
    payments = Tuple(fields.Nested(PaymentTerm), load_default=(), validate=validate.Length(max=40))
    deliver_within_days = Within(3650)
    start_within_months = Within(120)
    complete_within_months = Within(240)
    no_transfer_years = Within(50)

    @validates_schema
    def pay_it_all(self, data: dict[str, Any], **_: Any) -> None:
        payments = data["payments"]
        if payments and sum(each.share for each in payments) != 1:
            raise ValidationError("Give shares that sum to 1.", "payments")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> notice.ContractTerms:
        return notice.ContractTerms(**data)


class PublishListing(Contract):
    """`start_price_cny` and `bid_step_cny` are for the whole land or for each m², as `price_basis`
    says; `bond_cny` is for the whole land. `listing_ends_at` and `timed_bidding_starts_at` are given when
    there is timed bidding, `application_ends_at` and `bond_due_at` when the last day closes early. An
    agreement names the days of the listing that it becomes if a second party asks. A `place` has bidding
    rules of its own; where these look at the last hour, `listing_ends_at` is given.
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
    indicators = fields.List(
        fields.Nested(Indicator), load_default=list, validate=validate.Length(max=60)
    )
    supply_way = fields.Enum(notice.SupplyWay, by_value=True, load_default=notice.SupplyWay.LISTING)
    supply_form = fields.Enum(
        notice.SupplyForm, by_value=True, load_default=notice.SupplyForm.GRANT
    )
    lease_years = Within(50)
    application_ends_at = Moment(load_default=None, allow_none=True)
    bond_due_at = Moment(load_default=None, allow_none=True)
    bids_in_steps = Flag(load_default=False)
    contract_terms = fields.Nested(ContractTerms, load_default=notice.ContractTerms())
    place = Text(60, load_default=None, allow_none=True)
    auction_step_cny = MoneyCny(load_default=None, allow_none=True)

    @validates_schema
    def close_on_the_last_day(self, data: dict[str, Any], **_: Any) -> None:
        for moment, day in CLOSING.items():
            if data[moment] and day_of(data[moment]) != data[day]:
                raise ValidationError(f"Give the moment as one of {day} in Asia/Shanghai.", moment)

    @validates_schema
    def place_has_rules(self, data: dict[str, Any], **_: Any) -> None:
        laws = BIDDING_LAWS.on(data["listing_end_on"])
        law = laws.of(data["place"]) if data["place"] else None
        if data["place"] and law is None:
            known = ", ".join(each.place for each in laws.places)
            raise ValidationError(f"Give a place with bidding rules: {known}.", "place")
        if law and law.last_hour and data["listing_ends_at"] is None:
            why = f"Give the moment at which the listing ends: {law.place} looks at its last hour."
            raise ValidationError(why, "listing_ends_at")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        listing_id, indicators = data.pop("listing_id"), tuple(data.pop("indicators"))
        return {
            "listing_id": listing_id,
            "notice": notice.Notice(**data, indicators=indicators),
        }
