"""When people are told of the ends of policies, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings
from park.why.said import OURS

from ..policies.condition import PolicyBook
from ..policies.endings import first_told, news, stage_on
from ..policies.facts import told_of
from ..policies.policy import Policy


def by_days_before(policies: Iterable[Policy], rules: Rulebook[PolicyBook], on: date) -> Rulings:
    """Of each known end of a policy, or of an exception of its review, how near it is, and from when on
    that is told."""
    found: dict[tuple[str, str], Ruling] = {}
    for policy in policies:
        for what, ends_on in policy.endings().items():
            if ends_on is None:
                continue
            stage = stage_on(ends_on, on, rules)
            says = stage.value if stage else "not near"
            found[policy.policy_id, f"end {what}"] = Ruling(says=says, source=OURS)
            told = Ruling(says=f"from {first_told(ends_on, rules)} on", source=OURS)
            found[policy.policy_id, f"told {what}"] = told
    return found


def ends_told(
    policies: Iterable[Policy], before: Rulebook[PolicyBook], after: Rulebook[PolicyBook], on: date
) -> Iterator[Any]:
    """The facts of ends that would be near by the other days, or are not any more."""
    for policy in policies:
        now = policy.with_told(*news(policy.endings(), policy.told, on, before))
        for told in news(now.endings(), now.told, on, after):
            yield told_of(now.with_told(told), told)
