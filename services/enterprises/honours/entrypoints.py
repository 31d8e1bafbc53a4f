"""Honours: townships report them, and whose honour ends or is to be re-checked is listed ahead."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from backbone import Collection, hears, query, reads
from backbone.messages.envelope import Event
from park.rules import broken

from ..firms.entrypoints import LATER_STANDS, Reporting
from . import schemas
from .honours import FirmHonours, Honour, deadlines
from .rules import HONOUR_DOUBTS

MOST = 100_000  # firms: far more than a district has
KEPT = (Collection(FirmHonours, key="enterprise_id", filters=("township",)),)


class Honours(Reporting):
    """Keeps the honours of firms."""

    get_firm_honours, list_firm_honours, firm_honours_history = reads(FirmHonours)

    @hears("township", "enterprise.honour_reported", schemas.HonourReported)
    def report_honour(self, event: Event) -> str | None:
        """A township reported an honour of a firm: its grant, its end, or that it was withdrawn."""
        said = self._said_of_firm(event)
        given = {name: value for name, value in event.data.items() if name != "on"}
        enterprise_id = given.pop("enterprise_id")
        honour = Honour(**given, said=said)
        known = self.store.get(FirmHonours, enterprise_id)
        new = FirmHonours(enterprise_id=enterprise_id, township=event.publisher)
        after = (known or new).with_honour(honour)
        self.store.save(after)
        self.deadlines_concerned(enterprise_id)
        if honour not in after.honours:
            return LATER_STANDS
        return " ".join(each.sentence for each in broken(HONOUR_DOUBTS, honour)) or None

    @query(schemas.HonoursAsked, answers=schemas.HonoursOf)
    def honours_of(self, request: dict[str, Any]) -> Any:
        """Every honour of a firm, and whether it stands on a day."""
        on = request["on"] or self.store.today
        firm = self.store.require(FirmHonours, request["enterprise_id"], "enterprise_id")
        held = [
            {
                "honour": each.honour,
                "honour_name": each.kind.name if each.kind else None,
                "level": each.level,
                "year": each.year,
                "granted_on": each.granted_on,
                "expires_on": each.last_day,
                "inferred": each.expires_on is None and each.last_day is not None,
                "recheck_due_on": each.recheck_due_on,
                "withdrawn_on": each.withdrawn_on,
                "stands": each.stands_on(on),
            }
            for each in firm.honours
        ]
        return self.store.dump({"enterprise_id": firm.enterprise_id, "on": on, "honours": held})

    @query(schemas.ExpiringAsked, answers=schemas.HonoursExpiring)
    def honours_expiring(self, request: dict[str, Any]) -> Any:
        """Whose honour ends, or has to be re-checked, within so many days; overdue re-checks are first."""
        on, wanted = request["on"] or self.store.today, request["honour"]
        until = on + timedelta(days=request["within_days"])
        found: list[dict[str, Any]] = [
            {"enterprise_id": firm.enterprise_id, "township": firm.township, "deadline": each}
            for firm in self._honoured(request["township"])
            for each in deadlines(firm, on, until)
            if wanted in (None, each.honour)
        ]
        found.sort(key=lambda each: (each["deadline"].due_on, each["enterprise_id"]))
        return self.store.dump({"on": on, "until": until, "deadlines": found})

    @query(schemas.CountsAsked, answers=schemas.HonourCounts)
    def honour_counts(self, request: dict[str, Any]) -> Any:
        """How many firms have each honour on a day."""
        on = request["on"] or self.store.today
        counts: Counter[Any] = Counter()
        for firm in self._honoured(request["township"]):
            counts.update({(each.honour, each.level) for each in firm.standing_on(on)})
        found = [
            {"honour": honour, "level": level, "firms": firms}
            for (honour, level), firms in sorted(counts.items())
        ]
        return self.store.dump({"on": on, "honour_counts": found})

    def _honoured(self, township: str | None) -> list[FirmHonours]:
        where = {"township": township} if township else {}
        return self.store.find(FirmHonours, MOST, **where)  # type: ignore[no-any-return]
