"""Clauses of notices and policies: what the rules of fair competition ask, for a person to answer."""

from __future__ import annotations

from typing import Any

from backbone import Collection, command, query, reads
from park.rules import broken, refuse

from . import facts, schemas
from .answer import ClauseAnswer, ClauseRecord
from .questions import checked_clauses
from .rules import ANSWER_RULES, Answering, lacking_for

KEPT = (Collection(ClauseRecord, key="clause_id"),)
EMITTED = facts.EMITTED


class Clauses:
    """Asks, and keeps what people answered. It gives no verdict and bars nothing."""

    store: Any  # within a handler, the unit of work

    get_clause_record, list_clause_records, clause_record_history = reads(ClauseRecord)

    @query(schemas.CheckClauses, answers=schemas.CheckedClauses)
    def check_clauses(self, request: dict[str, Any]) -> Any:
        """The questions of each clause with their articles, and what was answered to them by that day."""
        on = request.pop("on") or self.store.today
        known = {
            each.clause_id: self.store.get(ClauseRecord, each.clause_id)
            for each in request["clauses"]
            if each.clause_id
        }
        return self.store.dump(checked_clauses(**request, on=on, known=known))

    @command(schemas.RecordClauseAnswer, answers=ClauseRecord)
    def record_clause_answer(self, request: dict[str, Any]) -> Any:
        """Record what a person answered to a question of a clause, with day and reasons, or correct it."""
        answer = ClauseAnswer(**request["answer"], known_at=self.store.now)
        situation = Answering(answer=answer, today=self.store.today)
        refuse(*broken(ANSWER_RULES, situation), *lacking_for(answer))
        clause_id = request["clause_id"]
        before = self.store.get(ClauseRecord, clause_id) or ClauseRecord(clause_id=clause_id)
        after = before.with_answer(answer)
        self.store.save(after)
        if after != before:
            self.store.announce(facts.answered_of(after, answer))
        return self.store.dump(after)
