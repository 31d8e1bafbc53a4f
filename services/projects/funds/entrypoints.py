"""Funds: what they are and have, and what they put into projects."""

from __future__ import annotations

from typing import Any

from backbone import Collection, command, query, reads
from park.rules import broken, refuse

from . import facts, schemas
from .fund import Fund, FundCommitment, FundReport
from .overview import FundOverview, overview
from .rules import COMMITTING_RULES, FUND_RULES, Committing, FundSaid, warnings_of

MOST_FUNDS = 1000  # far more than a zone has
KEPT = (Collection(Fund, key="fund_id", filters=("fund_state",)),)
EMITTED = facts.EMITTED


class Funds:
    """Keeps the funds of the zone; what speaks against one is a warning, for a person to look at."""

    store: Any  # within a handler, the unit of work

    get_fund, list_funds, fund_history = reads(Fund)

    @command(schemas.RecordFund, answers=Fund)
    def record_fund(self, request: dict[str, Any]) -> Any:
        """Record how a fund is on a day, or correct what was said of that day."""
        report = FundReport(**request["report"], known_at=self.store.now)
        refuse(*broken(FUND_RULES, FundSaid(report=report, today=self.store.today)))
        fund_id = request["fund_id"]
        before = self.store.get(Fund, fund_id) or Fund(fund_id=fund_id)
        after = before.with_report(report)
        if after != before:
            warnings = warnings_of(after, report.reported_on, self.store.now)
            self.store.announce(facts.reported_of(after, report, warnings))
        return self._keep_fund(after)

    @command(schemas.CommitFund, answers=Fund)
    def commit_fund(self, request: dict[str, Any]) -> Any:
        """Record what a fund puts into a project, with its evidence, or correct it."""
        before = self.store.require(Fund, request["fund_id"], "fund_id")
        made = FundCommitment(**request["made"], known_at=self.store.now)
        situation = Committing(made=made, fund=before, today=self.store.today)
        refuse(*broken(COMMITTING_RULES, situation))
        after = before.with_commitment(made)
        if after != before:
            self.store.announce(facts.committed_of(after, made))
        return self._keep_fund(after)

    @query(schemas.FundOverviewAsked, answers=FundOverview)
    def fund_overview(self, request: dict[str, Any]) -> Any:
        """The funds of a day, as known at a moment: what they have, what they put into projects, and what
        speaks against them."""
        now, fund_id = self.store.now, request["fund_id"]
        known_at = min(request["known_at"] or now, now)
        on = request["on"] or self.store.today
        funds = (
            [self.store.require(Fund, fund_id, "fund_id")]
            if fund_id
            else self.store.find(Fund, MOST_FUNDS)
        )
        return self.store.dump(overview(funds, on, known_at))

    def _keep_fund(self, fund: Fund) -> Any:
        """Save it, and tell what speaks against it as it stands today, if that is news."""
        reasons = warnings_of(fund, self.store.today, self.store.now)
        after = fund.with_warnings(reasons)
        self.store.save(after)
        if after.warning_no != fund.warning_no:
            self.store.announce(facts.warned_of(after, reasons))
        return self.store.dump(after)
