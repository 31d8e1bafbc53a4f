"""How commitments stand on a day: kept, late, breached, open, or moved to a successor; counted, with shares
as ratios of sums."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backbone.records import record

from ..contracts.contract import Contract, Party
from ..listings.notice import CheckStage
from .commitment import Commitment, CommitmentState, LandCommitments, Review
from .due import days_of, is_early, overdue_since

UNKNOWN = "unknown"


class Standing(StrEnum):
    KEPT = "kept"
    LATE = "late"  # a review was due and not done
    BREACHED = "breached"
    OPEN = "open"
    MOVED = "moved"  # to whoever has the land now, before anything was found


CAME_DUE = (Standing.KEPT, Standing.LATE, Standing.BREACHED)


@record
class About:
    """What a contract's commitments are counted by."""

    sector: str | None
    team: str | None
    policy_code: str | None


@record
class StandingRow:
    """One commitment in the hands of those who bore it from a day on. `late_since` is the day by which a
    review was due and not done; `breaches` counts the reviews in their time that missed it."""

    contract_id: str
    commitment_id: str
    parcel_id: str
    township: str
    indicator: str
    check_stage: CheckStage
    standing: Standing
    due_on: date | None
    late_since: date | None
    breaches: int
    bearers: tuple[Party, ...]
    bearers_from_on: date
    sector: str | None
    team: str | None
    policy_code: str | None


@record
class KeptShare:
    """Kept of all that came due: kept, late and breached; no ratio where nothing has."""

    numerator: int
    denominator: int
    ratio: Decimal | None


def rows_of(
    land: LandCommitments, contract: Contract, about: About, on: date
) -> Iterator[StandingRow]:
    """How each commitment of a contract stood on the day: a row for whoever bore it until then. A breach
    stays with whoever bore it on the day of its review (浙江省土地管理条例, 2021, art. 35). A contract that
    is void promises nothing."""
    if on < contract.signed_on or (contract.voided_on and contract.voided_on <= on):
        return
    for commitment in land.commitments:
        said = (r for r in commitment.reviews if _is_known(r, commitment, contract, on))
        known = _with(commitment, (replace(each, early=False) for each in said))
        for tenure, own, standing in _stood(known, contract, on):
            days = days_of(known, contract)
            late = overdue_since(known, contract, on) if standing is Standing.LATE else None
            yield StandingRow(
                contract_id=land.contract_id,
                commitment_id=commitment.commitment_id,
                parcel_id=land.parcel_id,
                township=land.township,
                indicator=commitment.promised.code,
                check_stage=commitment.promised.check_stage,
                standing=standing,
                due_on=late or next((d for d in days if d >= on), days[-1] if days else None),
                late_since=late,
                breaches=len(own.breaches),
                bearers=tenure.parties,
                bearers_from_on=tenure.from_on,
                sector=about.sector,
                team=about.team,
                policy_code=about.policy_code,
            )


def _stood(
    known: Commitment, contract: Contract, on: date
) -> Iterator[tuple[Any, Commitment, Standing]]:
    """Each who bore it until the day, the reviews of their time, and how it stood with them. What was kept
    once and for all does not move on."""
    tenures, settled = [each for each in contract.tenures if each.from_on <= on], False
    for number, tenure in enumerate(tenures):
        is_last = number == len(tenures) - 1
        until = date.max if is_last else tenures[number + 1].from_on
        own = _with(known, (r for r in known.reviews if _is_in(r, tenure.from_on, until, number)))
        if settled and not own.reviews:
            continue
        if own.state is CommitmentState.BREACHED:
            standing = Standing.BREACHED
        elif is_last:
            standing = _now(known, contract, on)
        else:
            kept = own.state is CommitmentState.KEPT
            standing = Standing.KEPT if kept else Standing.MOVED
        yield tenure, own, standing
        once = known.promised.check_stage is not CheckStage.ANNUAL
        settled = once and standing is Standing.KEPT


def _now(known: Commitment, contract: Contract, on: date) -> Standing:
    """How it stands with whoever has the land: what a predecessor missed is theirs to do, and not theirs to
    answer for."""
    if overdue_since(known, contract, on):
        return Standing.LATE
    return Standing.KEPT if known.state is CommitmentState.KEPT else Standing.OPEN


def _with(commitment: Commitment, reviews: Iterable[Review]) -> Commitment:
    return replace(commitment, reviews=tuple(reviews))


def _is_known(review: Review, commitment: Commitment, contract: Contract, on: date) -> bool:
    """Whether the review says something of that day: an early one never does."""
    return review.reviewed_on <= on and not is_early(commitment, contract, review)


def _is_in(review: Review, from_on: date, until: date, number: int) -> bool:
    return (from_on <= review.reviewed_on or number == 0) and review.reviewed_on < until


def counted(rows: Iterable[StandingRow]) -> dict[str, Any]:
    """The counts of these rows, and the share that was kept of what came due."""
    found = Counter(row.standing for row in rows)
    due = sum(found[each] for each in CAME_DUE)
    return {
        **{each.value: found[each] for each in Standing},
        "kept_share": share(found[Standing.KEPT], due),
    }


def counted_by(
    rows: Iterable[StandingRow], key: Callable[[StandingRow], str | None]
) -> list[dict[str, Any]]:
    """The same for each group, by its name; what has none is `unknown`."""
    groups: dict[str, list[StandingRow]] = defaultdict(list)
    for row in rows:
        groups[key(row) or UNKNOWN].append(row)
    return [{"group": name, **counted(groups[name])} for name in sorted(groups)]


def share(part: int, whole: int) -> KeptShare:
    ratio = (Decimal(part) / whole).quantize(Decimal("0.0001")) if whole else None
    return KeptShare(numerator=part, denominator=whole, ratio=ratio)
