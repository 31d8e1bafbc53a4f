"""Asking rules. A rule is a function of one situation that answers with a reason, or with nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

from backbone.errors import Reason, Refused

Situation = TypeVar("Situation")
Rule: TypeAlias = Callable[[Situation], Reason | None]


def broken(rules: Iterable[Rule[Situation]], situation: Situation) -> tuple[Reason, ...]:
    """The reason of every rule that the situation breaks, in the order of the rules: whoever is
    refused hears everything at once."""
    return tuple(reason for rule in rules if (reason := rule(situation)))


def refuse(*found: Reason | None) -> None:
    """Raise `Refused` with these reasons, if there are any: `refuse(*broken(RULES, situation))`."""
    if reasons := [reason for reason in found if reason]:
        raise Refused(reasons)
