"""Verdicts: what would be judged otherwise by a changed rulebook. Nothing is kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.verdicts.answers import RulesCompared, RulesKept, compared, kept_of
from park.verdicts.asked import RulesQuestion
from park.verdicts.topic import Judged, Page

from ..evaluation.kept import Schemes, named, schemes_of
from ..evaluation.scheme import Scheme
from ..rounds.asked.entrypoints import RoundsAsked
from ..rounds.entry import RoundFirm
from ..rounds.grades import FirmGrades
from ..rounds.round import Round
from ..rulebook import FOLDER
from .grades import SCORED, by_scheme, not_applied, told
from .topics import topics


class CompareRules(Contract, RulesQuestion):
    """Which firms or requests would be judged otherwise by a changed rulebook, or by one edition and another.
    A page of `evaluation` is one round, whatever `limit` says, for its firms are ranked together."""


class RulesWanted(Contract):
    """The rulebooks by which things can be compared."""


class Verdicts(RoundsAsked):
    """Answers what a rulebook that might be would make of the firms and requests that there are."""

    @query(RulesWanted, answers=RulesKept)
    def rules_kept(self, _: dict[str, Any]) -> Any:
        """The rulebooks by which things can be compared, with the first days of their editions; of each other
        one, why nothing is."""
        return self.store.dump(kept_of(topics(), FOLDER, self.store.today))

    @query(CompareRules, answers=RulesCompared)
    def compare_rules(self, request: dict[str, Any]) -> Any:
        """A page of things by two rulebooks: the verdicts that are other ones, and what would be announced;
        of a final round what a new version of it would. A round that was not scored yet, or stands no more,
        has no verdicts."""
        return self.store.dump(compared(topics(), FOLDER, self, request))

    def judged_round(self, page: Page) -> Judged:
        """The firms of the round of the page, by the schemes of either side."""
        asked = page.asked
        before, after = _schemes(page.sides[0], "before"), _schemes(page.sides[1], "after")
        if asked["before"] is None:
            not_applied(before, after, "after.changes" if asked["after"].changes else "after")
        for held in page.things:
            if held.state in SCORED:
                return self._by_schemes(held, before, after)
        return Judged(things=0, rulings=({}, {}))

    def _by_schemes(
        self, held: Round, before: Mapping[str, Scheme], after: Mapping[str, Scheme]
    ) -> Judged:
        firms = self._entries(held)
        elsewhere = self._grades_elsewhere(held, firms)
        one, was = by_scheme(held, firms, self._scheme_in(held, before), elsewhere)
        with named("after"):
            other, graded = by_scheme(held, firms, self._scheme_in(held, after), elsewhere)
        facts = told(held, was, graded, self._grades_told(firms), self.store.now)
        return Judged(things=len(firms), rulings=(one, other), facts=facts)

    def _scheme_in(self, held: Round, schemes: Mapping[str, Scheme]) -> Scheme | None:
        return self._scheme(held, schemes) if held.scheme in schemes else None

    def _grades_told(self, firms: Sequence[RoundFirm]) -> dict[str, FirmGrades]:
        """The final grades of the firms, read at once."""
        ids = [each.enterprise_id for each in firms]
        if ids:
            self.store.read_ahead.fetch([], [(FirmGrades, each) for each in ids])
        found = {each: self.store.get(FirmGrades, each) for each in ids}
        return {each: firm for each, firm in found.items() if firm}


def _schemes(rules: Schemes, field: str) -> dict[str, Scheme]:
    with named(field):
        return schemes_of(rules)
