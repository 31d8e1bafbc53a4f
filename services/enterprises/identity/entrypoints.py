"""Identities: townships report codes and names with their days; whoever has a code is found by it."""

from __future__ import annotations

from typing import Any

from backbone import Collection, hears, query, reads
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..firms.enterprise import Enterprise
from ..firms.entrypoints import LATER_STANDS, Reporting
from . import facts, finding, schemas
from .codes import Claim, CodeClaims, CodeReported
from .firm_identity import FirmIdentity, NameReported
from .rules import CODE_DOUBTS, CODE_RULES, code_is_claimed, code_is_of_many

MOST = 100_000  # firms: far more than a district has
KEPT = (
    Collection(FirmIdentity, key="enterprise_id", filters=("township", "code_values")),
    Collection(CodeClaims, key="code_id"),
)
EMITTED = facts.EMITTED


class Identities(Reporting):
    """Keeps which codes and names a firm has when, and finds it by them."""

    get_firm_identity, list_firm_identities, firm_identity_history = reads(FirmIdentity)

    @hears("township", "enterprise.code_reported", schemas.CodeReported)
    def report_code(self, event: Event) -> str | None:
        """A township reported a code of a firm, or that one was mistyped."""
        data, said = dict(event.data), self._said_of_firm(event)
        enterprise_id = data.pop("enterprise_id")
        del data["on"]
        code = CodeReported(**data, said=said)
        refuse(*broken(CODE_RULES, code))
        known = self._identity(enterprise_id)
        after = self._settle_identity(known.with_code(code))
        if code not in after.codes_reported:
            return LATER_STANDS
        claims = self._claims_of(code.kind, code.value)
        found = [
            *broken(CODE_DOUBTS, code),
            code_is_claimed(claims, enterprise_id),
            code_is_of_many(claims),
        ]
        return " ".join(reason.sentence for reason in found if reason) or None

    @hears("township", "enterprise.name_reported", schemas.NameReported)
    def report_name(self, event: Event) -> str | None:
        """A township reported the name of a firm from a day on."""
        data, said = event.data, self._said_of_firm(event)
        name = NameReported(name=data["name"], valid_from=data["valid_from"], said=said)
        after = self._settle_identity(self._identity(data["enterprise_id"]).with_name(name))
        return None if name in after.names_reported else LATER_STANDS

    @query(schemas.FindEnterprise, answers=schemas.FoundFirms)
    def find_enterprise(self, request: dict[str, Any]) -> Any:
        """The firms that have or had a code or a name, those of the day first; codes are masked."""
        refuse(finding.nothing_asked(request))
        on = request["on"] or self.store.today
        code, name = request["code"], request["name"]
        found: list[dict[str, Any]] = []
        held_by, question = None, None
        if code:
            for written in _writings(code):
                found += finding.by_code(self._with_code(written), written, on)
            held_by, question = finding.holder(found, on)
        if name:
            ids = {each["enterprise_id"] for each in found}
            named = finding.by_name(self._all_identities(), name, on)
            found = [each for each in named if not code or each["enterprise_id"] in ids]
        answer = {
            "on": on,
            "held_by": held_by,
            "question": question.sentence if question else None,
            "firms_found": len({each["enterprise_id"] for each in found}),
            "found_firms": finding.in_order(found)[: request["limit"]],
        }
        return self.store.dump(answer)

    def review_identity(self, enterprise_id: str) -> None:
        """Let the codes and names follow what the firm's own reports say."""
        self._settle_identity(self._identity(enterprise_id))

    def _with_code(self, code: str) -> list[FirmIdentity]:
        """The firms with that code. One of which nothing came since identities are kept has none yet."""
        kept = self.store.find(FirmIdentity, MOST, code_values=code)
        others = self.store.find(Enterprise, MOST, uscc=code)
        lacking = [each for each in others if not self.store.get(FirmIdentity, each.enterprise_id)]
        return [*kept, *(self._identity(e.enterprise_id).with_firm(e) for e in lacking)]

    def _all_identities(self) -> list[FirmIdentity]:
        kept = self.store.find(FirmIdentity, MOST)
        known = {each.enterprise_id for each in kept}
        firms = [e for e in self.store.find(Enterprise, MOST) if e.enterprise_id not in known]
        return [*kept, *(self._identity(each.enterprise_id).with_firm(each) for each in firms)]

    def _identity(self, enterprise_id: str) -> FirmIdentity:
        known = self.store.get(FirmIdentity, enterprise_id)
        township = enterprise_id[: enterprise_id.index("-")]
        return known or FirmIdentity(enterprise_id=enterprise_id, township=township)

    def _claims_of(self, kind: Any, value: str) -> CodeClaims:
        code_id = f"{kind.value}:{value}"
        return self.store.get(CodeClaims, code_id) or CodeClaims(code_id=code_id, kind=kind)

    def _settle_identity(self, identity: FirmIdentity) -> FirmIdentity:
        """Keep it as it follows from all that was reported, and its claims with the codes."""
        before = self._identity(identity.enterprise_id)
        after = identity.with_firm(self.store.get(Enterprise, identity.enterprise_id))
        self.store.save(after)
        held = {each.code_id: each for each in after.codes}
        known = {each.code_id: each for each in before.codes}
        for code_id in sorted(held):
            if held[code_id] != known.get(code_id):
                self._claim(after, held[code_id])
        return after

    def _claim(self, firm: FirmIdentity, held: Any) -> None:
        claim = None
        if held.valid_from is not None:
            claim = Claim(
                enterprise_id=firm.enterprise_id,
                township=firm.township,
                valid_from=held.valid_from,
                valid_to=held.valid_to,
            )
        before = self._claims_of(held.kind, held.value)
        after = before.with_claim(firm.enterprise_id, claim)
        self.store.save(after)
        self.store.announce(*facts.facts_of(before, after))


def _writings(code: str) -> list[str]:
    """The code as it may be kept: with its dash, and without."""
    written = schemas.code_as_written(code, None)
    return sorted({written, written.replace("-", "")})
