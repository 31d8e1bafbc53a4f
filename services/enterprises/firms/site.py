"""A site: one parcel as `enterprises` sees it: the firms on it and the remediation cases of it.

Firms and cases meet here, whichever is heard of first. Firms are only added, and of a case the newest
word counts, so that the order in which it is heard makes no difference.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`enterprise_ids` are the firms that ever reported premises here; the firm knows from when to
    when. `cases` by their ids."""

    parcel_id: str
    enterprise_ids: tuple[str, ...] = ()
    cases: dict[str, Case]

    @classmethod
    def unknown(cls, parcel_id: str) -> Site:
        """The site of a parcel of which nothing was heard yet."""
        return cls(parcel_id=parcel_id, cases={})

    def case(self, case_id: str) -> Case:
        return self.cases.get(case_id) or Case(case_id=case_id, parcel_id=self.parcel_id)

    def with_case(self, case: Case) -> Site:
        return replace(self, cases=dict(sorted((self.cases | {case.case_id: case}).items())))

    def with_firm(self, enterprise_id: str) -> Site:
        return replace(self, enterprise_ids=tuple(sorted({*self.enterprise_ids, enterprise_id})))
