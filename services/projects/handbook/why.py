"""Why a plot is kept for a project, or is no longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from backbone.errors import Reason
from park.why.said import RuleOutcome, RuleSaid, all_said, said

from ..listings.listing import Listing
from .hold import PlotHold
from .limits import why_gone
from .rulebook import HANDBOOK
from .rules import Plot, plot_is_held

PRACTICE = "practice of investment desks"


def rules_of(hold: PlotHold, listing: Listing, at: datetime) -> Iterator[RuleSaid]:
    """What the hold means for others at a moment, how it ended, and what was said against its length."""
    plot = Plot(listing=listing, at=at, hold=hold, project_id=None)
    against = HANDBOOK.on(plot.on).against
    if held := plot_is_held(plot):
        yield said(held, RuleOutcome.BARS, against[held.code].source, due_on=hold.until_on)
    elif hold.end is None and not why_gone(hold, listing):
        over = Reason("HOLD_OVER", f"Its last day was {hold.until_on}.", field="until_on")
        yield said(over, RuleOutcome.FOLLOWS, PRACTICE, due_on=hold.until_on)
    if hold.end:
        ended = Reason(f"HOLD_{hold.end.upper()}", f"The hold ended: {hold.end}.", field="end")
        yield said(ended, RuleOutcome.FOLLOWS, against["PLOT_GONE"].source)
    gone = hold.end_reasons or why_gone(hold, listing)
    yield from all_said(gone, RuleOutcome.BARS, against["PLOT_GONE"].source)
    yield from all_said(hold.warnings, RuleOutcome.WARNS, PRACTICE)
