"""Why it is so: what the rules say of a thing."""

from __future__ import annotations

from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.why.said import RuleSaid, RulesQuestion, explained


class AskRules(Contract, RulesQuestion):
    """A thing that projects keeps."""


class Explanations:
    """Answers what holds of a thing, what is late or broken, and what bars its next step."""

    store: Any  # within a handler, the unit of work

    @query(AskRules, answers=list[RuleSaid])
    def rules_of(self, request: dict[str, Any]) -> Any:
        """What the rules say of a thing today, or said of it at `as_of`; by the day `on`, where one is given:
        each with its code and its source. Nothing of a kind of which no rule speaks."""
        from .kinds import EXPLAINED  # late, for few ask

        return self.store.dump(explained(self.store, EXPLAINED, **request))
