"""What speaks against funds by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook
from park.rules import broken
from park.verdicts.compared import Ruling, Rulings
from park.verdicts.words import listed

from ..funds.facts import warned_of
from ..funds.fund import Fund, FundBook
from ..funds.rules import FundSaid, kind_is_listed, purposes_are_listed, warnings_of


@record
class KnownFund:
    """A fund, and the moment up to which reports of it count."""

    fund: Fund
    known_at: datetime


def known_funds(store: Any, funds: Sequence[Fund]) -> list[KnownFund]:
    return [KnownFund(fund=each, known_at=store.now) for each in funds]


def by_guidance(funds: Iterable[KnownFund], rules: Rulebook[FundBook], on: date) -> Rulings:
    """What each fund is warned of, and whether its report would be taken: its kind and its purposes are
    words of the list."""
    found: dict[tuple[str, str], Ruling] = {}
    for each in funds:
        fund_id, report = each.fund.fund_id, each.fund.report(on, each.known_at)
        if report is None:
            continue
        said = FundSaid(report=report, today=on, book=rules)
        unknown = next(iter(broken((kind_is_listed, purposes_are_listed), said)), None)
        taken = "would be refused" if unknown else "would be taken"
        found[fund_id, "report"] = Ruling(says=taken, reason=unknown)
        reasons = warnings_of(each.fund, on, each.known_at, rules)
        first = next(iter(reasons), None)
        found[fund_id, "warnings"] = Ruling(
            says=listed(reason.code for reason in reasons),
            reason=first,
            source=first.source if first else None,
        )
    return found


def warnings_told(
    funds: Iterable[KnownFund],
    before: Rulebook[FundBook],
    after: Rulebook[FundBook],
    on: date,
) -> Iterator[Any]:
    """The facts of funds that would be warned of something else by the other guidance."""
    for each in funds:
        now = each.fund.with_warnings(warnings_of(each.fund, on, each.known_at, before))
        reasons = warnings_of(each.fund, on, each.known_at, after)
        then = now.with_warnings(reasons)
        if then.warning_no != now.warning_no:
            yield warned_of(then, reasons)
