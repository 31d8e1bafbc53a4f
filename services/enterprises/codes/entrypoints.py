"""Two codes govern enterprises [双码治企]: what is said of them, what follows, and the printed card."""

from __future__ import annotations

import base64
from typing import Any

from backbone import Collection, command, every, hears, query, reads
from backbone.errors import NotFound
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..firms.enterprise import Enterprise
from . import facts, schemas
from .answers import CodeCard, CodeOn, CodesOn, codes_on
from .firm_codes import FirmCodes
from .kinds import CODES, first_day
from .marks import IndustryMean, Mark
from .means import CarbonMean
from .printed import png_picture, problem_of, read, svg_card
from .reporting_rules import ENTRY_RULES, Entry, division_of, mean_is_of_a_division

KEPT = (
    Collection(
        FirmCodes,
        key="enterprise_id",
        filters=("township", "current", "rules_from"),
        history=False,  # every mark is kept in the thing itself
    ),
    Collection(CarbonMean, key="carbon_mean_id", history=False),
)
EMITTED = facts.EMITTED
MOST_FIRMS = 1000  # that are looked at in one tick after the rules changed
GRADE_CODE = "grade_code"


class FirmCodesDesk:
    """Keeps every mark of a firm's codes, and announces what follows from them."""

    store: Any  # within a handler, the unit of work

    list_firm_codes = reads(FirmCodes)[1]

    @hears(
        "enterprises",
        "grade_final",
        schemas.GradeFinal,
        in_order_of="enterprise_id",
    )
    def mark_grade(self, event: Event) -> None:
        """The grade of a firm is final, was corrected, or was withdrawn: its grade code follows."""
        data = event.data
        mark = Mark(
            kind=GRADE_CODE,
            period=str(data["data_year"]),
            valid_from=data["final_on"],
            decided_on=data["decided_on"] or data["final_on"],
            value=data["grade"],
            previous_value=data["previous_grade"],
            source=" ".join(filter(None, ("round", data["round_id"], data["scheme"]))),
            revision=data["revision"],
            said_at=event.time or self.store.now,
            known_at=self.store.now,
            report_id=event.id,
        )
        self._mark_code(data["enterprise_id"], mark)

    @command(schemas.RecordCodeFigures, answers=CodesOn)
    def record_code_figures(self, request: dict[str, Any]) -> Any:
        """A desk enters the figures of a code, or corrects them; the code follows, and whoever was told is
        told again."""
        enterprise_id = request["enterprise_id"]
        self.store.require(Enterprise, enterprise_id, "enterprise_id")
        entry = Entry(**request["entry"], today=self.store.today)
        refuse(*broken(ENTRY_RULES, entry))
        mark = self._entered_mark(entry, request["document"])
        self._mark_code(enterprise_id, mark)
        return self._codes_answer(enterprise_id, {})

    @command(schemas.RecordCarbonMean, answers=CarbonMean)
    def record_carbon_mean(self, request: dict[str, Any]) -> Any:
        """The statistics desk enters the mean carbon intensity of an industry in a year; the carbon code of
        each firm that it measures follows."""
        refuse(mean_is_of_a_division(request["industry_code"]))
        mean = IndustryMean(**request, **self._entered_now())
        meeting = self._carbon_mean(mean.industry_code, mean.data_year).with_mean(mean)
        self.store.save(meeting)
        for enterprise_id in meeting.enterprise_ids:
            self._tell_codes(enterprise_id, lambda firm: firm.with_means(meeting.means))
        return self.store.dump(meeting)

    @query(schemas.GetCodes, answers=CodesOn)
    def get_codes(self, request: dict[str, Any]) -> Any:
        """The codes of a firm on a day, as known at a moment, under the rules of a day, each with its
        colour, reason, figures, consequences and past."""
        return self._codes_answer(request["enterprise_id"], request)

    @query(schemas.LookUpCode, answers=CodesOn)
    def look_up_code(self, request: dict[str, Any]) -> Any:
        """The codes of the firm that a printed code names."""
        text = request["text"]
        refuse(problem_of(text))
        enterprise_id, letter = read(text)
        found = self._codes_answer(enterprise_id, request, "text")
        kinds = CODES.on(self.store.today)
        looked_up = next((name for name, kind in kinds.items() if kind.mark == letter), None)
        if looked_up is None:
            raise NotFound.of("kind of code", "text")
        return found | {"looked_up": looked_up}

    @query(schemas.DrawCard, answers=CodeCard)
    def code_card(self, request: dict[str, Any]) -> Any:
        """A card with a code of a firm to be put up, as an SVG, or its QR code alone as a PNG."""
        firm, on = self._firm_codes(request["enterprise_id"]), request["on"] or self.store.today
        found = codes_on(firm, on, self.store.now, on)
        code = next((each for each in found.codes if each.kind == request["kind"]), None)
        if code is None:
            raise NotFound.of("kind of code", "kind")
        return self.store.dump(_card(firm.enterprise_id, code, found, request["form"]))

    @every(600)
    def follow_code_rules(self, _: Event) -> None:
        """When a new rulebook comes into force, tell what is another code under it."""
        in_force = first_day(self.store.today)
        for first in sorted(CODES.editions.keys() - {in_force}):
            stale = self.store.find(FirmCodes, limit=MOST_FIRMS, rules_from=first.isoformat())
            for firm in stale:
                self._tell_codes(firm.enterprise_id, lambda held: held)

    def _mark_code(self, enterprise_id: str, mark: Mark) -> None:
        """Keep the mark, where firm and industry meet as well, and tell what follows."""
        means: tuple[IndustryMean, ...] = ()
        if mark.industry_code:
            meeting = self._carbon_mean(mark.industry_code, int(mark.period))
            self.store.save(meeting.with_firm(enterprise_id))
            means = meeting.means
        self._tell_codes(enterprise_id, lambda firm: firm.with_means(means).with_mark(mark))

    def _tell_codes(self, enterprise_id: str, change: Any) -> None:
        before = self._firm_codes(enterprise_id, must_be=False)
        today = self.store.today
        after = change(before).told_under(CODES.on(today), first_day(today))
        self.store.save(after)
        self.store.announce(*facts.facts_of(before, after))

    def _codes_answer(
        self, enterprise_id: str, asked: dict[str, Any], field: str = "enterprise_id"
    ) -> Any:
        firm = self._firm_codes(enterprise_id, field=field)
        on = asked.get("on") or self.store.today
        known_at = asked.get("known_at") or self.store.now
        return self.store.dump(codes_on(firm, on, known_at, asked.get("rules_of") or on))

    def _firm_codes(
        self, enterprise_id: str, *, must_be: bool = True, field: str = "enterprise_id"
    ) -> FirmCodes:
        held: FirmCodes | None = self.store.get(FirmCodes, enterprise_id)
        if held is None and must_be:
            self.store.require(Enterprise, enterprise_id, field)
        return held or FirmCodes(enterprise_id=enterprise_id)

    def _carbon_mean(self, industry_code: str, data_year: int) -> CarbonMean:
        unknown = CarbonMean.unknown(industry_code, data_year)
        return self.store.get(CarbonMean, unknown.carbon_mean_id) or unknown

    def _entered_mark(self, entry: Entry, document: str) -> Mark:
        return Mark(
            kind=entry.kind,
            period=str(entry.data_year or entry.valid_from),
            valid_from=entry.valid_from,
            figures=entry.figures,
            industry_code=division_of(entry.industry_code),
            source=f"{entry.source_class}, {document}",
            **self._entered_now(),
        )

    def _entered_now(self) -> dict[str, Any]:
        now = self.store.now
        return {"said_at": now, "known_at": now, "report_id": self.store.cause.id}


def _card(enterprise_id: str, code: CodeOn, found: CodesOn, form: schemas.Form) -> CodeCard:
    if form is schemas.Form.PNG:
        media_type = "image/png"
        content = base64.b64encode(png_picture(code.printed_code)).decode()
    else:
        media_type = "image/svg+xml"
        content = svg_card(
            code.printed_code, code.title, code.value, code.colour, found.on.isoformat()
        )
    return CodeCard(
        enterprise_id=enterprise_id,
        kind=code.kind,
        printed_code=code.printed_code,
        value=code.value,
        colour=code.colour,
        on=found.on,
        media_type=media_type,
        content=content,
    )
