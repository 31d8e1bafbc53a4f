"""What is due under a notice, and after the award until the contract is signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ..dues.due_step import About, DueStep, StepKind
from ..periods.counting import PERIODS
from .bidding import law_for
from .supply import Award, Supply


def steps_of(supply: Supply) -> Iterator[DueStep]:
    """The deadlines of the notice; afterwards publicity of the result, return of the other bonds, and the
    contract. Of an offer that was terminated all bonds go back. The days of the contract are those of the
    notice, else those of its place, else those of the rulebook."""
    about = About(supply.supply_id, supply.listing_id, supply.parcel_id, supply.township)
    notice, ended_on = supply.notice, supply.ended_on
    ends = (
        (StepKind.APPLICATIONS, notice.application_end_on, notice.applications_close_at),
        (StepKind.BONDS, notice.bond_deadline_on, notice.bonds_close_at),
    )
    still = supply.suspension
    for kind, due_on, closes_at in ends:
        suspended = still is not None and closes_at >= still.amended_at
        step = about.step(kind, due_on=due_on, dropped=ended_on is not None)
        yield replace(step, suspended=suspended)
    if ended_on is None:
        return
    place = law_for(supply).days
    by_place = (
        place.bond_return_working_days.whole if place else PERIODS.on(ended_on)["bond_return"].days
    )
    yield about.step(
        StepKind.BOND_RETURN,
        working_days=(ended_on, by_place or 0),
        done_on=bonds_returned_on(supply),
    )
    if supply.award:
        yield from _after(supply.award, supply, about)


def _after(award: Award, supply: Supply, about: About) -> Iterator[DueStep]:
    """What follows an award until its contract."""
    periods, void = PERIODS.on(award.awarded_on), award.voided_on is not None
    yield about.step(
        StepKind.RESULT_PUBLICITY,
        working_days=(award.awarded_on, periods["result_publicity"].days or 0),
        done_on=award.publicised_on,
        dropped=void,
    )
    terms = supply.notice.contract_terms
    place = law_for(supply).days
    by_place = place.contract_working_days.whole if place else periods["contract"].days
    days = terms.sign_within_working_days or by_place or 0
    yield about.step(
        StepKind.CONTRACT,
        working_days=(award.awarded_on, days),
        done_on=award.contract_signed_on,
        dropped=void,
    )


def bonds_returned_on(supply: Supply) -> date | None:
    """The day on which the last bond of the other bidders went back; that of the closing if there is none.
    None while one is still held."""
    winner = supply.award.application_id if supply.award else None
    others = [a.bond for a in supply.applications if a.bond and a.application_id != winner]
    if any(bond.returned_on is None for bond in others):
        return None
    return max((b.returned_on for b in others if b.returned_on), default=supply.ended_on)
