"""Supplies: from the notice to the award, its confirmation and its publicity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from backbone import Collection, command, query, reads
from backbone.errors import NotFound
from park.rules import broken, refuse
from park.time import day_of

from ..bidding.model import BiddingOutcome, Judgement
from ..dues.entrypoints import Dues
from ..listings.amendment import notice_on
from ..listings.facts import why_withdrawn
from ..listings.listing import Listing, ListingState, Result
from ..listings.schemas import ReleaseStanding
from . import facts, schemas
from .bidding import End, bond_of_winner, came_out, judgement_of, mistyped, not_over
from .rules import (
    APPLYING_RULES,
    CLOSING_RULES,
    Applying,
    Closing,
    bond_is_late,
    bond_is_short,
    day_in_order,
    not_yet_moment,
    standing_award,
    withdrawal_is_late,
)
from .steps import steps_of
from .supply import Application, Award, Bond, Supply, SupplyState, supply_id_of, supply_of

KEPT = (
    Collection(
        Supply,
        key="supply_id",
        filters=("listing_id", "parcel_id", "township", "state"),
        orders=("closed_on",),
    ),
)
EMITTED = facts.EMITTED


class SupplyDesk(Dues):
    """What the things of a supply share."""

    parcels: Any  # the service, as the listings ask it

    def land_turned(self, listing: Listing) -> None:
        """Land was awarded, found no buyer, or is free again. The service says who looks at it."""
        raise NotImplementedError

    def _keep_result(self, listing: Listing) -> None:
        self.store.save(listing)
        self.land_turned(listing)

    def _listing(self, listing_id: str) -> Listing:
        listing: Listing = self.store.require(Listing, listing_id, "listing_id")
        return listing

    def _supply(self, listing: Listing, notice_version: int | None = None) -> Supply:
        """The supply under the newest notice, or under that one."""
        supply_id = f"{listing.listing_id}.{notice_version or listing.notice_version}"
        found = self.store.get(Supply, supply_id)
        if found is None and supply_id == supply_id_of(listing):
            found = supply_of(listing)
        if found is None:
            raise NotFound.of("supply: the listing had no such notice", "listing_id")
        return found  # type: ignore[no-any-return]

    def _newest_supply(self, listing_id: str) -> Supply:
        return self._supply(self._listing(listing_id))

    def _as_known(self, supply: Supply, known_at: datetime | None) -> Supply:
        """The supply as it was on record at a moment, with the notice that was in force; now without one."""
        if known_at is None:
            return supply
        found: Supply | None = self.store.repository.as_of(Supply, supply.supply_id, known_at)
        notice = notice_on(supply.notice, supply.amendments, known_at, known_at)
        return found or replace(supply, applications=(), notice=notice)

    def _keep_supply(self, supply: Supply) -> None:
        self.store.save(supply)
        self.keep_dues(steps_of(supply))

    def _release_stands(self, listing: Listing) -> None:
        """Raises `Refused` if the land register says that the land must not be supplied."""
        answer = self.parcels.release_standing(parcel_id=listing.parcel_id, case_id=listing.case_id)
        refuse(*ReleaseStanding().load(answer).against(listing.release))


def applicants_of(supply: Supply, at: datetime, known_at: datetime) -> list[schemas.Applicant]:
    """Who had applied at a moment, by what was recorded until another."""
    return [
        schemas.Applicant(
            application_id=each.application_id,
            bidder=each.bidder,
            applied_at=each.applied_at,
            bond_paid=each.had_paid(at, known_at),
        )
        for each in supply.applications
        if each.stood(at, known_at)
    ]


class Supplies(SupplyDesk):
    """Keeps who applied and paid until when, and awards the land."""

    get_supply, list_supplies, supply_history = reads(Supply)

    @command(schemas.ApplyForLand, answers=Supply)
    def apply_for_land(self, request: dict[str, Any]) -> Any:
        """Enter an application [竞买申请]. An agreement that a second party asks for becomes a listing."""
        listing = self._listing(request.pop("listing_id"))
        supply = self._supply(listing)
        applied_at = request.pop("applied_at") or self.store.now
        application = Application(**request, applied_at=applied_at, recorded_at=self.store.now)
        applying = Applying(
            application=application,
            supply=supply,
            listing_state=listing.state,
            now=self.store.now,
        )
        refuse(*broken(APPLYING_RULES, applying))
        return self._changed(supply, supply.with_application(application))

    @command(schemas.WithdrawApplication, answers=Supply)
    def withdraw_application(self, request: dict[str, Any]) -> Any:
        """An applicant withdraws before the applications end."""
        supply = self._newest_supply(request["listing_id"])
        application = self._application(supply, request["application_id"])
        at = request["withdrawn_at"] or self.store.now
        refuse(not_yet_moment(at, self.store.now, "withdrawn_at"), withdrawal_is_late(supply, at))
        gone = replace(application, withdrawn_at=at, withdrawal_recorded_at=self.store.now)
        return self._changed(supply, supply.with_application(gone))

    @command(schemas.RecordBond, answers=Supply)
    def record_bond(self, request: dict[str, Any]) -> Any:
        """A bond [竞买保证金] was paid; what comes late, or is too little, admits nobody."""
        supply = self._newest_supply(request["listing_id"])
        application = self._application(supply, request["application_id"])
        paid_at, amount = request["paid_at"], request["amount_cny"]
        refuse(
            not_yet_moment(paid_at, self.store.now, "paid_at"),
            bond_is_late(supply, paid_at),
            bond_is_short(supply, amount),
        )
        bond = Bond(amount_cny=amount, paid_at=paid_at, recorded_at=self.store.now)
        return self._changed(supply, supply.with_application(replace(application, bond=bond)))

    @command(schemas.ReturnBond, answers=Supply)
    def return_bond(self, request: dict[str, Any]) -> Any:
        """The bond of a bidder who did not win went back."""
        listing = self._listing(request["listing_id"])
        supply = self._supply(listing, request["notice_version"])
        application = self._application(supply, request["application_id"])
        if application.bond is None:
            raise NotFound.of("bond of this application", "application_id")
        refuse(
            self._in_order(request["returned_on"], "returned_on", day_of(application.bond.paid_at)),
            bond_of_winner(supply, application.application_id, self.store.now),
        )
        bond = replace(application.bond, returned_on=request["returned_on"])
        return self._changed(supply, supply.with_application(replace(application, bond=bond)))

    @command(schemas.CloseBidding, answers=Supply)
    def close_bidding(self, request: dict[str, Any]) -> Any:
        """The listing is over: by the rules of its place the land is awarded or unsold, or an online auction
        decides, and then `auction` says when."""
        listing = self._listing(request.pop("listing_id"))
        supply, closed_at = self._supply(listing), request["closed_at"]
        closing = Closing(
            supply=supply, listing_state=listing.state, closed_at=closed_at, now=self.store.now
        )
        refuse(*broken(CLOSING_RULES, closing))
        bids = request.pop("bids")
        supply, end = supply.with_bids(bids), End(**request)
        found = judgement_of(supply, end)
        refuse(*mistyped(found, bids))
        return self._come_out(listing, supply, end, found)

    @command(schemas.ConfirmAward, answers=Supply)
    def confirm_award(self, request: dict[str, Any]) -> Any:
        """The confirmation of the award [成交确认书] was signed with the winner."""
        return self._step_of_award(request["listing_id"], "confirmed_on", request["confirmed_on"])

    @command(schemas.PubliciseResult, answers=Supply)
    def publicise_result(self, request: dict[str, Any]) -> Any:
        """The result was made public [成交结果公示]."""
        return self._step_of_award(request["listing_id"], "publicised_on", request["publicised_on"])

    @query(schemas.AskApplicants, answers=schemas.Applicants)
    def applicants(self, request: dict[str, Any]) -> Any:
        """Who had applied at a moment, by what was known then or is known now."""
        supply = self._supply(self._listing(request["listing_id"]), request["notice_version"])
        known_at = request["known_at"] or self.store.now
        known = self._as_known(supply, request["known_at"])
        at = request["at"] or known.notice.applications_close_at
        answer = {"supply_id": supply.supply_id, "at": at, "known_at": known_at}
        found = {"supply_way": known.way_at(at), "applicants": applicants_of(known, at, known_at)}
        return self.store.dump(answer | found)

    def follow_listing(self, listing: Listing) -> None:
        """A notice is out: it has its deadlines. What is heard of the release of awarded land stands against
        the award, or does no longer; land that is taken off the market before needs no bidders."""
        if listing.state is ListingState.NOTICE_PUBLISHED:
            self._keep_supply(self._supply(listing).under(listing))
        if listing.state is not ListingState.AWARDED:
            self._terminate(listing)
            return
        revoked = listing.revocation if listing.is_revoked else None
        before = self._supply(listing)
        after = replace(before, against=revoked.reasons if revoked else ())
        self.store.save(after)
        if after.against != before.against:
            told = facts.contested_of if after.against else facts.contest_lifted_of
            self.store.announce(told(after))
            self.award_followed(after)

    def award_followed(self, supply: Supply) -> None:
        """Something has come to stand against an award, or does no longer. The service says who looks."""
        raise NotImplementedError

    def _terminate(self, listing: Listing) -> None:
        supply = self.store.get(Supply, supply_id_of(listing))
        is_out = listing.state is ListingState.NOTICE_PUBLISHED
        if supply and supply.state is SupplyState.OPEN and not is_out:
            today = self.store.today
            self._keep_supply(replace(supply, terminated_on=today))
            self.store.announce(facts.terminated_of(supply, today, why_withdrawn(listing)))

    def _changed(self, before: Supply, after: Supply) -> Any:
        self._keep_supply(after)
        self.store.announce(*facts.way_changed_of(before, after))
        return self.store.dump(after)

    def _come_out(self, listing: Listing, supply: Supply, end: End, found: Judgement) -> Any:
        refuse(*not_over(supply, found, end.closed_at))
        judged, closed_on = came_out(supply, found), day_of(end.closed_at)
        if found.outcome is BiddingOutcome.AUCTION:
            return self._call_auction(supply, judged)
        closed = replace(judged, closed_on=closed_on)
        if found.winner is None:
            return self._unsold(listing, closed, closed_on)
        self._release_stands(listing)
        award = Award(
            application_id=found.winner.bidder,
            price_cny=found.winner.price_cny,
            awarded_on=closed_on,
        )
        return self._awarded(listing, replace(closed, award=award), award)

    def _call_auction(self, before: Supply, after: Supply) -> Any:
        """The auction is told once, and again when its moments change."""
        self._keep_supply(after)
        self.store.announce(*facts.auction_told_of(before, after))
        return self.store.dump(after)

    def _unsold(self, listing: Listing, supply: Supply, closed_on: date) -> Any:
        self._keep_supply(supply)
        self._keep_result(listing.with_result(Result.UNSOLD))
        self.store.announce(facts.unsold_of(supply, closed_on))
        return self.store.dump(supply)

    def _awarded(self, listing: Listing, supply: Supply, award: Award) -> Any:
        self._keep_supply(supply)
        self._keep_result(listing.with_result(Result.AWARDED))
        winner = self._application(supply, award.application_id)
        self.store.announce(facts.awarded_of(supply, award, winner))
        return self.store.dump(supply)

    def _step_of_award(self, listing_id: str, step: str, on: date) -> Any:
        supply = self._newest_supply(listing_id)
        award = standing_award(supply)
        refuse(self._in_order(on, step, award.awarded_on))
        day: dict[str, Any] = {step: on}
        return self._changed(supply, replace(supply, award=replace(award, **day)))

    def _in_order(self, given: date, field: str, first: date | None) -> Any:
        return day_in_order(given, field, first, self.store.today)

    def _application(self, supply: Supply, application_id: str) -> Application:
        found = supply.application(application_id)
        if found is None:
            raise NotFound.of("application", "application_id")
        return found
