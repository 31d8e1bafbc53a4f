"""Why a lead fits land, or does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from backbone.errors import Reason
from park.why.said import RuleOutcome, RuleSaid, said

from ..leads.lead import Lead
from ..listings.listing import Listing
from .rules import misfits

WISH = "the wish of the lead"


def rules_of(lead: Lead, listing: Listing, of: tuple[str, str]) -> Iterator[RuleSaid]:
    """What each criterion has against the pair; that it fits, if none has. `of` names the one of the two
    that is not asked about."""
    reasons = misfits(lead, listing)
    for each in reasons:
        yield said(each, RuleOutcome.BARS, WISH, of=of)
    if not reasons:
        fits = Reason("FITS", "The land on offer is what the lead wishes for.", field="wish")
        yield said(fits, RuleOutcome.KEPT, WISH, of=of)


def nothing_fits(lead: Lead, listings: Iterable[Listing]) -> RuleSaid:
    """Why none of the land that is on offer was matched, counted by reason."""
    looked = [misfits(lead, each) for each in listings]
    counted = Counter(reason.code for reasons in looked for reason in reasons)
    told = ", ".join(f"{code} {count}" for code, count in sorted(counted.items())) or "nothing"
    sentence = (
        f"No land was matched; of {len(looked)} listings that are open speaks against it: {told}."
    )
    return said(Reason("NOT_MATCHED", sentence, field="wish"), RuleOutcome.OPEN, WISH)
