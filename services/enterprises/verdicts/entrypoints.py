"""Verdicts: which firms would have another grade, and which requests another day, by a changed rulebook.
Nothing is kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from backbone.plain import snake
from park.verdicts.asked import RulesQuestion
from park.verdicts.compared import (
    FollowingFact,
    RulesCompared,
    RulesKept,
    Rulings,
    Sides,
    Topic,
    compared,
    kept_of,
    sides_of,
    topic_of,
)

from ..evaluation.kept import Schemes, named, rulebook, schemes_of
from ..evaluation.scheme import Scheme
from ..requests.levels import CLOCKS
from ..requests.request import ServiceRequest
from ..rounds.asked.entrypoints import RoundsAsked
from ..rounds.entry import RoundFirm
from ..rounds.grades import FirmGrades
from ..rounds.round import Round
from .grades import SCORED, by_scheme, not_applied, told
from .requests import by_clocks, lateness_told

REQUESTS = "request_clocks"
Found = tuple[int, tuple[Rulings, Rulings], list[FollowingFact]]


def topics() -> Mapping[str, Topic]:
    """Schemes are read at the first use, as most processes need none."""
    grades = "which grade the scheme of a scored round gives a firm by its frozen figures"
    clocks = "which step of an open request is due, by when, and how late it is today"
    return {
        "evaluation": Topic(rulebook=rulebook(), thing="enterprise", judges=grades),
        REQUESTS: Topic(rulebook=CLOCKS, thing="service_request", judges=clocks),
    }


class CompareRules(Contract, RulesQuestion):
    """Which firms would have another grade, or requests another day, by a changed rulebook, or by one edition
    and another. A page of firms is one round, whatever `limit` says, for they are ranked together."""


class RulesWanted(Contract):
    """The rulebooks by which things can be compared."""


class Verdicts(RoundsAsked):
    """Answers what a rulebook that might be would make of the firms of rounds, and of open requests."""

    @query(RulesWanted, answers=RulesKept)
    def rules_kept(self, _: dict[str, Any]) -> Any:
        """The rulebooks by which things can be compared, with the first days of their editions."""
        return self.store.dump(kept_of(topics(), self.store.today))

    @query(CompareRules, answers=RulesCompared)
    def compare_rules(self, request: dict[str, Any]) -> Any:
        """The firms of a round, or a page of open requests, by two rulebooks: the grades and days that are
        other ones, and what a new version of a final round, or a late request, would tell. A round that was
        not scored yet, or stands no more, has none."""
        name = request["topic"]
        topic = topic_of(topics(), name)
        sides = sides_of(topic.rulebook, request["before"], request["after"], self.store.today)
        if name == REQUESTS:
            return self.store.dump(self._requests_by(request, topic, sides))
        before, after = _schemes(sides[0], "before"), _schemes(sides[1], "after")
        if request["before"] is None:
            not_applied(before, after, "after.changes" if request["after"].changes else "after")
        page = self.store.repository.page(Round, {}, "key", 1, request["cursor"])
        found: Found = (0, ({}, {}), [])
        for held in page.items:
            if held.state in SCORED:
                found = self._judged_round(held, before, after)
        return self.store.dump(compared(name, topic, *found, page.cursor))

    def _requests_by(self, request: dict[str, Any], topic: Topic, sides: Sides) -> RulesCompared:
        asked, today = (request["limit"], request["cursor"]), self.store.today
        page = self.store.repository.page(ServiceRequest, {"is_open": True}, "key", *asked)
        one, other = (by_clocks(page.items, clocks, today) for clocks in sides)
        facts = lateness_told(page.items, *sides, today)
        told = [_supposed(self.store.dump(each), each) for each in facts]
        return compared(REQUESTS, topic, len(page.items), (one, other), told, page.cursor)

    def _judged_round(
        self, held: Round, before: Mapping[str, Scheme], after: Mapping[str, Scheme]
    ) -> Found:
        firms = self._entries(held)
        elsewhere = self._grades_elsewhere(held, firms)
        one, was = by_scheme(held, firms, self._scheme_in(held, before), elsewhere)
        with named("after"):
            other, graded = by_scheme(held, firms, self._scheme_in(held, after), elsewhere)
        known = self._grades_told(firms)
        facts = told(held, was, graded, known, self.store.now)
        return len(firms), (one, other), [_supposed(self.store.dump(e), e) for e in facts]

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


def _supposed(data: dict[str, Any], fact: Any) -> FollowingFact:
    return {"type": f"enterprises.{snake(type(fact).__name__)}", "data": data}
