"""What is owed and promised on a day by one contract, as it is known: arrears and promises, and whose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from backbone.records import record

from .land import Bearer, Finding, Held, Instalment, LandObligations, Promise

CENT, NOTHING = Decimal("0.01"), Decimal(0)
FirmOf = Callable[[Bearer], str | None]


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@record
class Asked:
    """What is asked: of which firms, on which day; `firm_of` says which firm a party of a contract is."""

    firms: Collection[str]
    firm_of: FirmOf
    on: date

    def ours(self, bearers: Iterable[Bearer]) -> tuple[str, ...]:
        """Those of the firms that are among them."""
        found = {self.firm_of(each) for each in bearers}
        return tuple(sorted(each for each in found if each is not None and each in self.firms))


@record
class Arrear:
    """An instalment that is late on the day. `owed_cny` is the part of the firms that were asked for;
    `why` says why that is not known."""

    contract_id: str
    parcel_id: str
    instalment_no: int
    due_on: date
    days_late: int
    amount_cny: Decimal | None
    owed_cny: Decimal | None
    enterprise_ids: tuple[str, ...]
    why: str | None = None


@record
class PromiseStanding:
    """How a promise stands with the firms that were asked for. `reviewed_on` is the day of the review
    that decided, none while it is open."""

    contract_id: str
    parcel_id: str
    commitment_id: str
    indicator: str | None
    check_stage: str | None
    op: str | None
    required: Decimal | None
    unit: str | None
    promise_state: PromiseState
    actual: Decimal | None = None
    reviewed_on: date | None = None
    enterprise_ids: tuple[str, ...] = ()


def arrears(land: LandObligations, asked: Asked) -> list[Arrear]:
    """The instalments that are late on that day. Each is owed by whoever held the land when it was due:
    what was broken before a transfer stays with whoever broke it (浙江省土地管理条例, 2021, art. 35)."""
    paid = {each.instalment_no: each.paid_on for each in land.payments}  # the later word counts
    return [
        _arrear(land, each, asked)
        for each in _instalments(land)
        if each.due_on < asked.on < paid.get(each.instalment_no, date.max)
    ]


def promises(land: LandObligations, asked: Asked) -> list[PromiseStanding]:
    """How each promise stands with these firms: those that they have the duty of on that day, and those
    of which a review found something while they had it."""
    held = held_on(land, asked.on)
    if held and held.from_on > asked.on:
        return []
    duty = asked.ours(held.bearers) if held else ()
    found = (_standing(land, each, duty, asked) for each in _promises(land))
    return [each for each in found if each]


def doubtful(land: LandObligations, asked: Asked) -> str | None:
    """Why nobody can say whose the duties of the contract are on that day; none if it is known."""
    held = held_on(land, asked.on)
    if held is None:
        return "CONTRACT_UNKNOWN"
    unknown = any(asked.firm_of(each) is None for each in held.bearers)
    return "PARTY_UNKNOWN" if unknown else None


def held_on(land: LandObligations, day: date) -> Held | None:
    """Who held the land on that day; the first holders before the contract. What was told of the same
    people again, as the land was delivered, is no change of hands."""
    changes: list[Held] = []
    for each in sorted(land.held, key=lambda each: (each.change_no, each.known_at)):
        if changes and changes[-1].change_no == each.change_no:
            changes.pop()
        if not changes or _people(changes[-1]) != _people(each):
            changes.append(each)
    begun = [each for each in changes if each.from_on <= day]
    return next(reversed(begun or changes[:1]), None)


def _people(held: Held) -> tuple[tuple[Bearer, ...], tuple[Bearer, ...]]:
    return held.holders, held.bearers


def _instalments(land: LandObligations) -> list[Instalment]:
    """Each once; one with its amount goes before a reminder without."""
    found: dict[int, Instalment] = {}
    for each in land.instalments:
        known = found.get(each.instalment_no)
        if known is None or known.amount_cny is None or each.amount_cny is not None:
            found[each.instalment_no] = each
    return [found[number] for number in sorted(found)]


def _arrear(land: LandObligations, each: Instalment, asked: Asked) -> Arrear:
    held = held_on(land, each.due_on)
    holders = held.holders if held else ()
    owed, why = _part(each.amount_cny, holders, asked)
    return Arrear(
        contract_id=land.contract_id,
        parcel_id=land.parcel_id,
        instalment_no=each.instalment_no,
        due_on=each.due_on,
        days_late=(asked.on - each.due_on).days,
        amount_cny=each.amount_cny,
        owed_cny=owed,
        enterprise_ids=asked.ours(holders),
        why=why,
    )


def _part(
    amount: Decimal | None, holders: tuple[Bearer, ...], asked: Asked
) -> tuple[Decimal | None, str | None]:
    """What the firms owe of it, to the cent, or why nobody can say."""
    if not holders:
        return None, "CONTRACT_UNKNOWN"
    whose = [asked.firm_of(each) for each in holders]
    ours = [each for each, firm in zip(holders, whose, strict=True) if firm in asked.firms]
    if not ours:
        return (None, "PARTY_UNKNOWN") if None in whose else (NOTHING, None)
    if amount is None:
        return None, "AMOUNT_UNKNOWN"
    if len(ours) == len(holders):
        return amount, None
    shares = [each.share for each in ours if each.share is not None]
    if len(shares) < len(ours):
        return None, "SHARES_UNKNOWN"
    return (amount * sum(shares, NOTHING)).quantize(CENT, ROUND_HALF_UP), None


def _promises(land: LandObligations) -> list[Promise]:
    """Each once; one that says what is promised goes before one that was only counted, or of which only a
    review was told."""
    found: dict[str, Promise] = {
        each.commitment_id: Promise(commitment_id=each.commitment_id, known_at=each.known_at)
        for each in land.findings
    }
    for each in land.promises:
        known = found.get(each.commitment_id)
        if known is None or known.indicator is None:
            found[each.commitment_id] = each
    return [found[key] for key in sorted(found)]


def _standing(
    land: LandObligations, promise: Promise, duty: tuple[str, ...], asked: Asked
) -> PromiseStanding | None:
    """A breach is theirs who had the duty then; what another holder kept counts for those who have it."""
    found = {
        each.review_id: (each, asked.ours(_bearers(land, each)))
        for each in findings(land, promise.commitment_id, asked.on)
    }
    counted = [each for each, ours in found.values() if ours or (duty and each.met)]
    state, decided = _state(counted, promise.years_running)
    if state is PromiseState.OPEN and not duty:
        return None
    names = ("commitment_id", "indicator", "check_stage", "op", "required", "unit")
    return PromiseStanding(
        contract_id=land.contract_id,
        parcel_id=land.parcel_id,
        **{name: getattr(promise, name) for name in names},
        promise_state=state,
        actual=decided.actual if decided else None,
        reviewed_on=decided.reviewed_on if decided else None,
        enterprise_ids=(found[decided.review_id][1] if decided else ()) or duty,
    )


def findings(land: LandObligations, commitment_id: str, on: date) -> list[Finding]:
    """What the reviews up to that day found: of one review the later word counts."""
    of_it = [each for each in land.findings if each.commitment_id == commitment_id]
    newest = {each.review_id: each for each in of_it}.values()
    lifted = {e.review_id: e.known_at for e in land.lifted if e.commitment_id == commitment_id}
    standing = (
        each
        for each in newest
        if each.reviewed_on <= on and not _is_lifted(each, lifted.get(each.review_id))
    )
    return sorted(standing, key=lambda each: (each.reviewed_on, each.review_id))


def _bearers(land: LandObligations, found: Finding) -> tuple[Bearer, ...]:
    """Who had the duty on the day of the review: as it was told, else by the contract."""
    held = held_on(land, found.reviewed_on)
    return found.bearers or (held.bearers if held else ())


def _is_lifted(finding: Finding, lifted_at: datetime | None) -> bool:
    """What is told of a review after that counts again."""
    return not finding.met and lifted_at is not None and finding.known_at <= lifted_at


def _state(found: list[Finding], running: int) -> tuple[PromiseState, Finding | None]:
    """A figure that is to be met in years running is broken by any year, and kept when all were met; of
    any other the newest review decides. With the review that decided."""
    years = {each.year: each for each in found}
    if not years:
        return PromiseState.OPEN, None
    last = years[max(years)]
    if running == 1:
        return (PromiseState.KEPT if last.met else PromiseState.BROKEN), last
    missed = [each for each in years.values() if not each.met]
    if missed:
        return PromiseState.BROKEN, missed[-1]
    is_whole = any(all(year + n in years for n in range(running)) for year in years)
    return (PromiseState.KEPT, last) if is_whole else (PromiseState.OPEN, None)
