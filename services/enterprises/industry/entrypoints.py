"""Industries: townships state them in either edition, and everybody may ask what a code is."""

from __future__ import annotations

from typing import Any

from backbone import Collection, hears, query
from backbone.messages.envelope import Event

from ..firms.enterprise import Enterprise
from ..firms.entrypoints import LATER_STANDS, Reporting
from . import schemas
from .catalogues import places_of
from .firm_industry import FirmIndustry, IndustryStated, industry_on
from .rules import code_is_unlisted, code_was_split
from .standard import Edition, Mapped, Mapping, counted, mapped, split_and_merged

MOST = 100_000  # firms: far more than a district has
KEPT = (Collection(FirmIndustry, key="enterprise_id", filters=("township",)),)
SECTIONS = "ABCDEFGHIJKLMNOPQRST"


class Industries(Reporting):
    """Keeps what is stated of the industries of firms, and maps codes from edition to edition."""

    @hears("township", "enterprise.industry_reported", schemas.IndustryReported)
    def report_industry(self, event: Event) -> str | None:
        """A township stated in which industry a firm is. A code that was split is kept, and asked about."""
        data, said = event.data, self._said_of_firm(event)
        edition, code = data["edition"], data["code"]
        statement = IndustryStated(
            edition=edition, code=code, valid_from=data["valid_from"], said=said
        )
        held = self.store.get(FirmIndustry, data["enterprise_id"]) or FirmIndustry(
            enterprise_id=data["enterprise_id"], township=event.publisher
        )
        after = held.with_statement(statement)
        self.store.save(after)
        if statement not in after.stated:
            return LATER_STANDS
        doubt = code_is_unlisted(code, edition, "data.code")
        if edition is Edition.OF_2011:
            doubt = doubt or code_was_split(mapped(code, edition, Edition.OF_2017), "data.code")
        return doubt.sentence if doubt else None

    @query(schemas.FirmAsked, answers=schemas.IndustryOf)
    def industry_of(self, request: dict[str, Any]) -> Any:
        """The industry of a firm on a day, or the question that is open about it."""
        enterprise_id, on = request["enterprise_id"], request["on"] or self.store.today
        held = self.store.get(FirmIndustry, enterprise_id)
        firm = (
            self.store.get(Enterprise, enterprise_id)
            if held
            else self.store.require(Enterprise, enterprise_id, "enterprise_id")
        )
        industry = industry_on(held, firm, on)
        answer = {
            "enterprise_id": enterprise_id,
            "on": on,
            "industry": industry,
            "question": _question(industry),
            "catalogue_places": places_of(industry.code_2017, on),
        }
        return self.store.dump(answer)

    @query(schemas.MapIndustry, answers=schemas.IndustryMapped)
    def map_industry(self, request: dict[str, Any]) -> Any:
        """What a code of one edition is in the other: a code, or a question with its candidates."""
        code, to, on = request["code"], request["to"], request["on"] or self.store.today
        found = mapped(code, request["edition"], to)
        places = places_of(found.code, on) if to is Edition.OF_2017 else ()
        answer = {
            "code": code,
            "edition": request["edition"],
            "to": to,
            "kind": found.kind,
            "mapped_code": found.code,
            "candidates": found.candidates,
            "question": _question(found),
            "on": on,
            "catalogue_places": places,
        }
        return self.store.dump(answer)

    @query(schemas.QuestionsAsked, answers=schemas.IndustryQuestions)
    def industry_questions(self, request: dict[str, Any]) -> Any:
        """The firms whose industry of the day is a question, for their townships to answer."""
        on = request["on"] or self.store.today
        where = {"township": request["township"]} if request["township"] else {}
        asked = []
        for held in self.store.find(FirmIndustry, MOST, **where):
            firm = self.store.get(Enterprise, held.enterprise_id)
            found = industry_on(held, firm, on)
            if found.kind is Mapping.QUESTION:
                about = {"stated_code": found.stated_code, "candidates": found.candidates}
                asked.append({"enterprise_id": held.enterprise_id, **about})
        return self.store.dump({"on": on, "industry_questions": asked})

    @query(schemas.StandardAsked, answers=schemas.Standard)
    def industry_standard(self, request: dict[str, Any]) -> Any:
        """How many codes the list of an edition has, counted from it, and how many were split."""
        edition = request["edition"]
        split, merged = split_and_merged()
        answer = {
            "edition": edition,
            "counted": counted(edition),
            "sections": [{"section": each, "counted": counted(edition, each)} for each in SECTIONS],
            "split_codes": split,
            "merged_codes": merged,
        }
        return self.store.dump(answer)


def _question(found: Any) -> str | None:
    asked = Mapped(kind=found.kind, candidates=found.candidates)
    reason = code_was_split(asked, "code")
    return reason.sentence if reason else None
