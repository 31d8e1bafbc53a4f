"""What the rules say of a thing [依据], today or at a moment, in one form for all services: each with its
source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from marshmallow import Schema, fields, validate

from backbone.errors import Invalid, NotFound, Reason
from backbone.records import record

from ..dues.due import Due, counted
from ..fields import Day, Moment
from .then import OnDay, kept_at

OURS = "our own practice; no source was found"


class RuleOutcome(StrEnum):
    """What a rule comes to: it is `kept`; what it asks for is still `open`, or `late`; it is `broken`; it
    `bars` what would come next; it `warns`; or the value of the thing `follows` from it."""

    KEPT = "kept"
    OPEN = "open"
    LATE = "late"
    BROKEN = "broken"
    BARS = "bars"
    WARNS = "warns"
    FOLLOWS = "follows"


@record
class RuleSaid:
    """One rule. `thing` and `thing_id` name what it speaks through, where that is another thing that is
    kept: the step that is due, the case, the firm in its round."""

    code: str
    rule_outcome: RuleOutcome
    sentence: str
    field: str | None = None
    source: str
    due_on: date | None = None
    thing: str | None = None
    thing_id: str | None = None


Explainer: TypeAlias = Callable[[Any, Any], Iterable[RuleSaid]]  # of the store, and a thing in it


class RulesQuestion(Schema):
    """Which thing, by the name of its kind and its id; as of which moment, now if it is left out; and by
    the rules of which day, that of the moment if it is left out."""

    _SOME = validate.Length(1, 200, error="Give a text of 1 to 200 characters.")
    thing = fields.String(required=True, validate=_SOME)
    id = fields.String(required=True, validate=_SOME)
    as_of = Moment(load_default=None)
    on = Day(load_default=None)


def said(
    reason: Reason,
    outcome: RuleOutcome,
    source: str,
    *,
    due_on: date | None = None,
    of: tuple[str, str] | None = None,
) -> RuleSaid:
    """A reason as a rule says it; `source` is cited where the reason itself cites none."""
    thing, thing_id = of or (None, None)
    return RuleSaid(
        code=reason.code,
        rule_outcome=outcome,
        sentence=reason.sentence,
        field=reason.field,
        source=reason.source or source,
        due_on=due_on,
        thing=thing,
        thing_id=thing_id,
    )


def all_said(reasons: Iterable[Reason], outcome: RuleOutcome, source: str) -> list[RuleSaid]:
    """Reasons that came to the same."""
    return [said(each, outcome, source) for each in reasons]


def of_due(due: Due, done_on: date | None = None, about: str = "") -> RuleSaid:
    """What is due, and whether it was done, is late or is still to come. `about` says more of it."""
    by = f"is due by {due.due_on}" if due.due_on else "has no day yet"
    if done_on:
        outcome, how = RuleOutcome.KEPT, f"was done on {done_on}"
        if due.due_on and done_on > due.due_on:
            how += f", {_days(done_on - due.due_on)} after"
    elif due.stands_still:
        outcome, how = RuleOutcome.OPEN, "stands still"
    elif due.days_late:
        outcome, how = RuleOutcome.LATE, f"is {_days(timedelta(due.days_late))} late"
    else:
        outcome, how = RuleOutcome.OPEN, "is still to come"
    what = " ".join(filter(None, (due.what.replace("_", " "), about)))
    rule = ", ".join(filter(None, (due.rule, counted(due.length, due.counting))))
    reason = Reason(due.what.upper(), f"{what} {by} and {how} ({rule}; {due.holder}).")
    of = (due.thing, due.thing_id)
    return said(reason, outcome, due.source, due_on=due.due_on, of=of)


def _days(time: timedelta) -> str:
    return "1 day" if time.days == 1 else f"{time.days} days"


def explained(
    store: Any,
    explainers: Mapping[type, Explainer],
    thing: str,
    id: str,
    as_of: datetime | None,
    on: date | None,
) -> list[RuleSaid]:
    """What the rules say of a thing that the store keeps, or what they said of it at a moment, by what was
    on record then and the editions of that day, or of the day `on`; nothing of a kind without an explainer.
    Raises `Invalid` for a kind that is not kept, or has no history, and `NotFound`."""
    kinds = {each.name: each.type for each in store.repository.collections.values()}
    if thing not in kinds:
        raise Invalid([Reason("INVALID", f"Give one of {', '.join(sorted(kinds))}.", "thing")])
    kept = kept_at(store, as_of)
    if as_of and not kept.has_history(kinds[thing]):
        said = f"Of a {thing.replace('_', ' ')} no history is kept; ask for it as it is now."
        raise Invalid([Reason("INVALID", said, "as_of")])
    found = kept.get(kinds[thing], id)
    if found is None:
        raise NotFound.of(thing.replace("_", " "), "as_of" if as_of else "id")
    explainer = explainers.get(kinds[thing])
    return [*explainer(OnDay(kept, on) if on else kept, found)] if explainer else []
