"""Which offer plans lie too long, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..plans.facts import lies_of
from ..plans.offer_plan import OfferPlan
from ..plans.rulebook import PlanBook


def by_days_of_waiting(plans: Iterable[OfferPlan], rules: Rulebook[PlanBook], on: date) -> Rulings:
    """From when on each offer plan lies; of one that waits for nobody that it does nowhere."""
    return {(each.listing_id, "lies"): _ruling(each, rules, on) for each in plans}


def _ruling(plan: OfferPlan, rules: Rulebook[PlanBook], on: date) -> Ruling:
    day, law = plan.lies_from_by(rules), rules.on(plan.last.since_on).lies_after_days
    if day == date.max:
        return Ruling(says="lies nowhere", source=law.source)
    says = f"lies since {day}" if day <= on else f"lies from {day} on"
    return Ruling(says=says, source=law.source)


def lying_told(
    plans: Iterable[OfferPlan], before: Rulebook[PlanBook], after: Rulebook[PlanBook], on: date
) -> Iterator[Any]:
    """The facts of plans of which it would be told that they lie, or lie no longer, by the other days."""
    for plan in plans:
        now = plan.told_by(on, before)
        then = now.told_by(on, after)
        if then != now:
            yield lies_of(then)
