"""What is due after an award, until the contract is signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..dues.due_step import About, DueStep, StepKind
from ..periods.counting import PERIODS
from .supply import Supply


def steps_of(supply: Supply) -> Iterator[DueStep]:
    """Publicity of the result, return of the other bonds, and the contract; of an offer that was terminated
    all bonds. The days of the contract are
    those of the notice, else those of the rulebook."""
    closed_on, award, notice = supply.ended_on, supply.award, supply.notice
    if closed_on is None:
        return
    about = About(supply.supply_id, supply.listing_id, supply.parcel_id, supply.township)
    periods = PERIODS.on(closed_on)
    yield about.step(
        StepKind.BOND_RETURN,
        working_days=(closed_on, periods["bond_return"].days or 0),
        done_on=bonds_returned_on(supply),
    )
    if award is None:
        return
    void = award.voided_on is not None
    yield about.step(
        StepKind.RESULT_PUBLICITY,
        working_days=(closed_on, periods["result_publicity"].days or 0),
        done_on=award.publicised_on,
        dropped=void,
    )
    days = notice.contract_terms.sign_within_working_days or periods["contract"].days or 0
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
