"""What may be asked of holds, the handbook and prospects' pages, and what the land register answers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from backbone.messages.contract import Contract
from park.fields import Day, Text, TownshipCode, Tuple

from ..leads.schemas import Wish
from ..listings.listing import ListingState
from ..listings.notice import SupplyForm
from ..listings.schemas import ReleaseStanding
from .pages.page import PageState
from .rulebook import HoldKind
from .rules import LandSaid

ID = validate.Regexp(
    r"[A-Za-z0-9._-]{1,80}\Z", error="Use 1 to 80 letters, digits, dots, underscores or dashes."
)
TOKEN = validate.Regexp(
    r"[0-9a-f]{64}\Z", error="Give the token as it was shown when the page was opened."
)


class OfProspect(Contract):
    """`project_id` is that of a project, `lead_id` that of a lead: the same where the one began as the
    other. One of them is given. Loads to `project_id`."""

    project_id = fields.Str(load_default=None, allow_none=True, validate=ID)
    lead_id = fields.Str(load_default=None, allow_none=True, validate=ID)
    needed = True

    @validates_schema
    def name_one(self, data: dict[str, Any], **_: Any) -> None:
        given = [data[name] for name in ("project_id", "lead_id") if data.get(name)]
        if len(given) > 1 or (self.needed and not given):
            raise ValidationError("Give either the project_id or the lead_id.", "project_id")

    @post_load
    def name_it(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        lead_id = data.pop("lead_id")
        return data | {"project_id": data["project_id"] or lead_id}


class HoldPlot(OfProspect):
    """Without `until_on` the hold lasts as long as the rulebook says for its kind. `team` has the project in
    hand; of the person the first character is kept: 王**."""

    listing_id = fields.Str(required=True)
    hold_kind = fields.Enum(HoldKind, by_value=True, load_default=HoldKind.RESERVED)
    team = Text(100, required=True)
    person = Text(100, load_default=None, allow_none=True)
    until_on = Day(load_default=None, allow_none=True)

    @post_load
    def mask(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        name = data["person"]
        return data | {"person": name and f"{name.strip()[:1]}**"}


class ReleaseHold(Contract):
    listing_id = fields.Str(required=True)


class AvailabilityAsked(OfProspect):
    """Of one plot; for a project, if one is named: a plot that is held for it can be had by it."""

    listing_id = fields.Str(required=True)
    needed = False


class HandbookAsked(Contract):
    """What can be had on a day, today or later, by what is known now."""

    on = Day(load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)


class OpenProspectPage(OfProspect):
    """`listing_ids` are the plots that the page may show. Without them a `wish` chooses; without that, the
    wish of the lead. `team` hears what becomes of the plots: that of the project, if it is left out."""

    ends_on = Day(load_default=None, allow_none=True)
    listing_ids = Tuple(fields.Str(), load_default=(), validate=validate.Length(max=200))
    wish = fields.Nested(Wish, load_default=None, allow_none=True)
    team = Text(100, load_default=None, allow_none=True)

    @validates_schema
    def choose_one_way(self, data: dict[str, Any], **_: Any) -> None:
        if data["listing_ids"] and data["wish"]:
            raise ValidationError("Give listing_ids or a wish, not both.", "wish")


class PageAsked(Contract):
    token = fields.Str(required=True, validate=TOKEN)


class CloseProspectPage(Contract):
    page_id = fields.Str(required=True)


# --- what parcels answers: only what is read


class Answer(Schema):
    class Meta:
        unknown = EXCLUDE


class Recorded(Answer):
    on_registry = fields.Bool(load_default=False)
    case_open = fields.Bool(load_default=False)


class Lies(Answer):
    kind = fields.Str(required=True)
    from_on = fields.Date(required=True)
    to_on = fields.Date(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> tuple[str, date, date | None]:
        return data["kind"], data["from_on"], data["to_on"]


class AllThatLies(Answer):
    entries = fields.List(fields.Nested(Lies), load_default=list)


class Land(Answer):
    """What `parcels.get_parcel` answers, with `standing`, the answer of `parcels.release_standing`; loads to
    `LandSaid`."""

    state = fields.Str(required=True)
    soil = fields.Nested(Recorded, load_default=None, allow_none=True)
    encumbrances = fields.Nested(AllThatLies, load_default=None, allow_none=True)
    plan_conditions = fields.Dict(load_default=None, allow_none=True)
    standing = fields.Nested(ReleaseStanding, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> LandSaid:
        soil, lies = data["soil"] or {}, data["encumbrances"] or {}
        plan = {name: each for name, each in (data["plan_conditions"] or {}).items() if each}
        plan.pop("recorded", None)
        return LandSaid(
            standing=data["standing"],
            state=data["state"],
            on_registry=soil.get("on_registry", False),
            soil_case_open=soil.get("case_open", False),
            encumbrances=tuple(lies.get("entries", ())),
            plan_conditions=plan or None,
        )


class FreeUnit(Answer):
    unit_id = fields.Str(required=True)
    township = fields.Str(required=True)
    park_name = fields.Str(load_default=None, allow_none=True)
    building_name = fields.Str(load_default=None, allow_none=True)
    floor = fields.Int(load_default=None, allow_none=True)
    free_area_m2 = fields.Decimal(required=True)
    free_until = fields.Date(load_default=None, allow_none=True)
    fit_out = fields.Str(load_default=None, allow_none=True)
    asking_rent_cny_per_m2_month = fields.Decimal(load_default=None, allow_none=True)


class UnitsFree(Answer):
    """What `parcels.units_available` answers."""

    units_found = fields.Int(required=True)
    units = fields.List(fields.Nested(FreeUnit), required=True)


# --- answers

Why = dict[str, str]


class IndicatorOnOffer(TypedDict):
    code: str
    op: str
    value: Decimal
    unit: str


class PlotOnOffer(TypedDict):
    """A plot that can be had. Its start price is that of the notice; `floor_price_cny` is the lowest price
    of the whole land by the table of the province, none for another use than industry."""

    listing_id: str
    township: str
    township_name: str | None
    state: ListingState
    area_m2: Decimal
    area_mu: Decimal
    target_use: str
    industry_code: str | None
    listing_number: str | None
    notice_start_on: date | None
    application_end_on: date | None
    start_price_cny: Decimal | None
    bond_cny: Decimal | None
    supply_form: SupplyForm | None
    use_term_years: int | None
    floor_price_cny: Decimal | None
    floor_price_source: str | None
    indicators: list[IndicatorOnOffer]
    plan_conditions: dict[str, Any] | None
    platforms: list[str]
    remarks: list[Why]


class UnitOnOffer(TypedDict):
    unit_id: str
    township: str
    township_name: str | None
    park_name: str | None
    building_name: str | None
    floor: int | None
    free_area_m2: Decimal
    area_mu: Decimal
    free_until: date | None
    fit_out: str | None
    asking_rent_cny_per_m2_month: Decimal | None


class PlotNotShown(TypedDict):
    listing_id: str
    township: str
    reasons: list[Why]


class PolicyOnOffer(TypedDict):
    policy_id: str
    title: str
    clause: str
    document: str
    ends_on: date | None


class PromotionHandbook(TypedDict):
    """`units` is none where parcels could not be reached. `not_shown` are the plots that cannot be had, with
    the reasons; awarded and withdrawn land is not among them. `unreachable` names who did not answer."""

    on: date
    known_at: datetime
    plots: list[PlotOnOffer]
    plots_area_m2: Decimal
    plots_area_mu: Decimal
    units: list[UnitOnOffer] | None
    units_found: int | None
    policies: list[PolicyOnOffer]
    not_shown: list[PlotNotShown]
    unreachable: list[str]


class PlotAvailability(TypedDict):
    listing_id: str
    on: date
    can_be_had: bool
    reasons: list[Why]
    remarks: list[Why]


class OpenedPage(TypedDict):
    """`token` opens the page. It is shown this once: a repeat of the call has none, and a page whose token
    is lost is closed and another opened. `warnings` say that nothing fits the wish as the page is opened."""

    page_id: str
    project_id: str
    team: str | None
    opened_on: date
    ends_on: date
    token: str | None
    warnings: list[Why]


class ProspectPageNow(TypedDict):
    """The page as things stand; one that is over shows nothing. `not_shown_count` are plots that were chosen
    and cannot be had at present."""

    page_id: str
    state: PageState
    ends_on: date
    seen_at: datetime
    plots: list[PlotOnOffer]
    not_shown_count: int
    unreachable: list[str]
