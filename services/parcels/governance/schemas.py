"""What may be asked about a plot by its code, the page that answers it, and what others say of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import EXCLUDE, Schema, fields, post_load

from backbone.messages.contract import Contract
from park.fields import Day, Text

from ..register.parcel import Parcel
from ..register.rights.rights import Encumbrance, Holder
from ..remediation.course import CaseState
from ..remediation.release import ReleaseState
from ..words import DisposalWay, Why


class ResolveCode(Contract):
    """`code` is a governance code, a dated code of any kind, or the id of the parcel. `on` is the day
    on which the code is looked up and the firms are there; today if it is left out."""

    code = Text(100, required=True)
    on = Day(load_default=None, allow_none=True)


# --- the page


class CaseOfPlot(TypedDict):
    """A case that concerns the plot, and how the release of what it vacated stands."""

    case_id: str
    state: CaseState
    disposal_way: DisposalWay | None
    release_state: ReleaseState
    release_no: int
    reasons: list[Why]


class Occupier(TypedDict):
    """A firm on the plot, as enterprises knows it."""

    enterprise_id: str
    role: str
    standing: str


class PerhapsOccupier(Occupier):
    """A firm of which enterprises does not know on which of these parcels it works."""

    candidate_ids: list[str]


class Offer(TypedDict):
    """A listing of the plot, as projects knows it."""

    listing_id: str
    case_id: str
    state: str
    area_m2: Decimal | None
    listing_number: str | None


class ContractOfPlot(TypedDict):
    """A contract of the plot, as projects knows it; its price is for the whole land."""

    contract_id: str
    contract_number: str
    case_id: str
    state: str
    price_cny: Decimal
    signed_on: date
    ends_on: date


class PlotPage(TypedDict):
    """All that hangs on the code of a plot. `holders` hold its use right, `encumbrances` are the mortgages
    and seizures that lie on it on that day, `plot_ratio` is the present one. `became_ids` are the parcels
    that have taken its place. `perhaps_occupiers` are firms of which it is open since a split or a merge
    whether they are here. What only another service knows is none where that could not be reached:
    `unreachable` names it, and `unreachable_reasons` say what is missing and why."""

    land_code: str
    on: date
    parcel: Parcel
    plot_ratio: Decimal | None
    holders: list[Holder]
    encumbrances: list[Encumbrance]
    cases: list[CaseOfPlot]
    occupiers: list[Occupier] | None
    perhaps_occupiers: list[PerhapsOccupier] | None
    listings: list[Offer] | None
    became_ids: list[str]
    contracts: list[ContractOfPlot] | None
    unreachable: list[str]
    unreachable_reasons: list[Why]


# --- what the other services answer


class Answer(Schema):
    class Meta:
        unknown = EXCLUDE  # the other service may say more than is read here


class Firm(Answer):
    enterprise_id = fields.Str(required=True)
    role = fields.Str(required=True)
    standing = fields.Str(required=True)


class PerhapsFirm(Firm):
    candidate_ids = fields.List(fields.Str(), required=True)


class Firms(Answer):
    """What `enterprises.firms_on_parcel` answers; loads to what it adds to the page."""

    firms = fields.List(fields.Nested(Firm), required=True)
    perhaps = fields.List(fields.Nested(PerhapsFirm), load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"occupiers": data["firms"], "perhaps_occupiers": data["perhaps"]}


class Released(Answer):
    area_m2 = fields.Decimal(required=True)


class Notice(Answer):
    listing_number = fields.Str(required=True)


class Listing(Answer):
    listing_id = fields.Str(required=True)
    case_id = fields.Str(required=True)
    state = fields.Str(required=True)
    release = fields.Nested(Released, load_default=None, allow_none=True)
    notice = fields.Nested(Notice, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Offer:
        release, notice = data["release"], data["notice"]
        return Offer(
            listing_id=data["listing_id"],
            case_id=data["case_id"],
            state=data["state"],
            area_m2=release and release["area_m2"],
            listing_number=notice and notice["listing_number"],
        )


class Listings(Answer):
    """What `projects.list_listings` answers; loads to what it adds to the page."""

    items = fields.List(fields.Nested(Listing), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, list[Offer]]:
        return {"listings": data["items"]}


class ContractSigned(Answer):
    """One contract of what `projects.contracts_of_parcel` answers."""

    contract_id = fields.Str(required=True)
    contract_number = fields.Str(required=True)
    case_id = fields.Str(required=True)
    state = fields.Str(required=True)
    price_cny = fields.Decimal(required=True)
    signed_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class Contracts(Answer):
    """What `projects.contracts_of_parcel` answers, as `items`; loads to `contracts`."""

    items = fields.List(fields.Nested(ContractSigned), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, list[ContractOfPlot]]:
        return {"contracts": data["items"]}
