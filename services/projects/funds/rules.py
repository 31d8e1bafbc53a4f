"""What a report of a fund must keep to, and what it is warned of. Each rule answers with a reason, or
nothing; a warning refuses nothing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook
from park.rules import Rule, broken

from .fund import FUND_BOOK, Fund, FundBook, FundCommitment, FundReport, FundState


@record
class FundSaid:
    """A report of a fund, and the day in the park."""

    report: FundReport
    today: date
    book: Rulebook[FundBook] = FUND_BOOK


@record
class Committing:
    """Money for a project, the fund, and the day in the park."""

    made: FundCommitment
    fund: Fund
    today: date


@record
class FundSeen:
    """A fund as it stands, with what it has put into projects."""

    report: FundReport
    commitments: tuple[FundCommitment, ...]
    book: Rulebook[FundBook] = FUND_BOOK

    @property
    def law(self) -> FundBook:
        return self.book.on(self.report.judged_on)

    @property
    def committed_cny(self) -> Decimal:
        return sum((each.amount_cny for each in self.commitments), Decimal(0))


def kind_is_listed(said: FundSaid) -> Reason | None:
    """A fund of another kind would be found by nobody."""
    kinds = said.book.on(said.report.judged_on).kinds
    if said.report.fund_kind in kinds:
        return None
    return Reason("FUND_KIND_UNKNOWN", f"Give one of these: {', '.join(kinds)}.", "fund_kind")


def purposes_are_listed(said: FundSaid) -> Reason | None:
    """The rules on funds ask for their purposes, so they are words of a list."""
    purposes = said.book.on(said.report.judged_on).purposes
    if all(each in purposes for each in said.report.purposes):
        return None
    return Reason("FUND_PURPOSE_UNKNOWN", f"Give some of these: {', '.join(purposes)}.", "purposes")


def tranche_is_of_the_total(said: FundSaid) -> Reason | None:
    """The first payment is a part of the fund, or all of it."""
    if _within_total(said.report.first_tranche_cny, said.report):
        return None
    sentence = "Give at most the total of the fund, or correct the total."
    return Reason("FIRST_TRANCHE_OVER_TOTAL", sentence, "first_tranche_cny")


def paid_is_of_the_total(said: FundSaid) -> Reason | None:
    """Nobody pays in more than the fund has."""
    if _within_total(said.report.paid_in_cny, said.report):
        return None
    sentence = "Give at most the total of the fund, or correct the total."
    return Reason("PAID_IN_OVER_TOTAL", sentence, "paid_in_cny")


def ratios_are_of_one_whole(said: FundSaid) -> Reason | None:
    """Whoever pays pro rata must know of what: the ratios add up to 1, and each partner is named once."""
    partners = said.report.partners
    total = sum(each.ratio for each in partners)
    once = len({each.partner for each in partners}) == len(partners)
    if not partners or (total == 1 and once):
        return None
    sentence = (
        f"Name each partner once, with ratios that add up to 1, not {total}; "
        "of equal parts that cannot be written give the last one what is left."
    )
    return Reason("PARTNER_RATIOS", sentence, "partners")


def was_set_up_if_it_is_established(said: FundSaid) -> Reason | None:
    """The day on which a fund was set up decides which rules hold for it."""
    report = said.report
    if report.fund_state is not FundState.ESTABLISHED or report.set_up_on:
        return None
    sentence = "Give the day on which the fund was set up; its rules are those of that day."
    return Reason("SET_UP_DAY_MISSING", sentence, "set_up_on")


def report_is_not_of_tomorrow(said: FundSaid) -> Reason | None:
    """A report is about a day that has come, and a fund was set up by then."""
    report = said.report
    if report.reported_on > said.today:
        return _not_yet("reported_on", said.today)
    if report.set_up_on and report.set_up_on > report.reported_on:
        return _not_yet("set_up_on", report.reported_on)
    return None


def money_is_committed(committing: Committing) -> Reason | None:
    """What will be committed is a plan."""
    if committing.made.committed_on <= committing.today:
        return None
    return _not_yet("committed_on", committing.today)


def money_stays_with_its_project(committing: Committing) -> Reason | None:
    """A correction is of the same project; what was another's was entered wrongly, and is withdrawn."""
    known = committing.fund.commitment(committing.made.fund_commitment_id)
    if known is None or known.project_id == committing.made.project_id:
        return None
    said = (
        f"It was recorded for {known.project_id}; withdraw it, and give the other one its own id."
    )
    return Reason("COMMITMENT_OF_OTHER_PROJECT", said, "project_id")


def not_for_investment_promotion(seen: FundSeen) -> Reason | None:
    """No fund is set up to attract investment: 国办发〔2025〕1号, item 17, from 2025-01-07 on."""
    barred = seen.law.barred_purposes
    if barred is None or not {*barred.words} & {*seen.report.purposes}:
        return None
    sentence = f"From {_since(seen.book)} on no fund is set up to attract investment; ask whether it may be."
    return Reason("FUND_FOR_INVESTMENT_PROMOTION", sentence, "purposes", barred.source)


def without_reinvestment(seen: FundSeen) -> Reason | None:
    """Conditions of reinvestment are to be lowered or dropped: 国办发〔2025〕1号."""
    guidance = seen.law.reinvestment
    if guidance is None or not seen.report.reinvestment_multiple:
        return None
    sentence = "Conditions that money is invested again in the place are to be lowered or dropped."
    return Reason("REINVESTMENT_CONDITION", sentence, "reinvestment_multiple", guidance.source)


def not_of_a_limited_level(seen: FundSeen) -> Reason | None:
    """Counties set up funds under strict limits: 国办发〔2025〕1号."""
    guidance = seen.law.limited_levels
    level = seen.report.approval_level
    if guidance is None or level is None or level.value not in guidance.words:
        return None
    sentence = (
        f"Funds that are approved by a {level.value} are strictly limited; ask whether it may be."
    )
    return Reason("FUND_OF_LIMITED_LEVEL", sentence, "approval_level", guidance.source)


def has_what_it_committed(seen: FundSeen) -> Reason | None:
    """A fund cannot put more into projects than it is to have (ours)."""
    total = seen.report.total_cny
    if total is None or seen.committed_cny <= total:
        return None
    sentence = f"It committed {seen.committed_cny} yuan, and has {total} in all; check both."
    return Reason("COMMITTED_OVER_TOTAL", sentence, "total_cny")


def is_there_to_commit(seen: FundSeen) -> Reason | None:
    """A fund commits money once it has been set up (ours)."""
    set_up_on = seen.report.set_up_on
    early = [each for each in seen.commitments if not set_up_on or each.committed_on < set_up_on]
    if not early:
        return None
    sentence = (
        f"{len(early)} commitment(s) are of a day on which it was not set up; check the days."
    )
    return Reason("COMMITTED_BEFORE_SET_UP", sentence, "set_up_on")


def _within_total(amount: Decimal | None, report: FundReport) -> bool:
    return amount is None or report.total_cny is None or amount <= report.total_cny


def _not_yet(field: str, today: date) -> Reason:
    return Reason("NOT_YET", f"Give a day no later than {today}.", field)


def _since(rules: Rulebook[FundBook]) -> date:
    return min(day for day, book in rules.editions.items() if book.barred_purposes)


FUND_RULES: tuple[Rule[FundSaid], ...] = (
    kind_is_listed,
    purposes_are_listed,
    tranche_is_of_the_total,
    paid_is_of_the_total,
    ratios_are_of_one_whole,
    was_set_up_if_it_is_established,
    report_is_not_of_tomorrow,
)
COMMITTING_RULES: tuple[Rule[Committing], ...] = (money_is_committed, money_stays_with_its_project)
FUND_WARNINGS: tuple[Rule[FundSeen], ...] = (
    not_for_investment_promotion,
    without_reinvestment,
    not_of_a_limited_level,
    has_what_it_committed,
    is_there_to_commit,
)


def warnings_of(
    fund: Fund, today: date, known_at: datetime, book: Rulebook[FundBook] = FUND_BOOK
) -> tuple[Reason, ...]:
    """What speaks against the fund as it stands on a day, as known at the moment."""
    report = fund.report(today, known_at)
    if report is None:
        return ()
    seen = FundSeen(report=report, commitments=fund.promised(today, known_at), book=book)
    return broken(FUND_WARNINGS, seen)
