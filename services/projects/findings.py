"""What a rule of a notice answers: kept, warned, broken, or that it does not apply; and by which side."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record


class Outcome(StrEnum):
    """A rule that is broken refuses; one that warns leaves the decision to the land desk."""

    KEPT = "kept"
    WARNED = "warned"
    BROKEN = "broken"
    DOES_NOT_APPLY = "does_not_apply"


@record
class Finding:
    """`code` names the rule, `source` cites it; `computed` is the side that the rule worked out (a day,
    or yuan) and held what was given against; `sentence` says what was found. A finding is true when it
    refuses, so that `park.rules.broken` asks such rules, too."""

    code: str
    outcome: Outcome
    sentence: str
    field: str
    source: str
    computed: str | None = None

    def __bool__(self) -> bool:
        return self.outcome is Outcome.BROKEN

    @property
    def reason(self) -> Reason:
        return Reason(self.code, self.sentence, field=self.field, source=self.source)


def reasons_of(found: Iterable[Finding], outcome: Outcome) -> tuple[Reason, ...]:
    """The reasons of the rules that came out so, in the order of the rules."""
    return tuple(each.reason for each in found if each.outcome is outcome)
