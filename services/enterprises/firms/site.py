"""A site: one parcel as `enterprises` sees it: the firms on it and the remediation cases of it.

Firms and cases meet here, whichever is heard of first. Firms are only added, and of a case the newest
word counts, so that the order in which it is heard makes no difference. What the parcel became by a
split or a merge meets them here, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from backbone.records import record

from ..case import Case


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Ending:
    """What `parcels` said at that moment of the end of a parcel: on the day `on` these took its place;
    none of them if a split was undone."""

    said_at: datetime
    on: date
    parcel_ids: tuple[str, ...] = ()


@record
class Site:
    """`enterprise_ids` are the firms that ever reported premises here; the firm knows from when to
    when. `cases` by their ids. `endings` in the order in which they were said; `origin_ids` are the
    parcels that ever named this one among those that took their place."""

    parcel_id: str
    enterprise_ids: tuple[str, ...] = ()
    cases: dict[str, Case]
    endings: tuple[Ending, ...] = ()
    origin_ids: tuple[str, ...] = ()

    @classmethod
    def unknown(cls, parcel_id: str) -> Site:
        """The site of a parcel of which nothing was heard yet."""
        return cls(parcel_id=parcel_id, cases={})

    @property
    def became(self) -> Ending | None:
        """The end that stands: the last word, unless that took the end back."""
        last = self.endings[-1] if self.endings else None
        return last if last and last.parcel_ids else None

    @property
    def kin(self) -> tuple[str, ...]:
        """The parcels on either side of it, those of a split that was undone included."""
        after = {each for ending in self.endings for each in ending.parcel_ids}
        return tuple(sorted({*self.origin_ids, *after}))

    def case(self, case_id: str) -> Case:
        return self.cases.get(case_id) or Case(case_id=case_id, parcel_id=self.parcel_id)

    def with_case(self, case: Case) -> Site:
        return replace(self, cases=dict(sorted((self.cases | {case.case_id: case}).items())))

    def with_firm(self, enterprise_id: str) -> Site:
        return replace(self, enterprise_ids=tuple(sorted({*self.enterprise_ids, enterprise_id})))

    def ended(self, ending: Ending) -> Site:
        return replace(self, endings=tuple(sorted({*self.endings, ending})))

    def made_of(self, parcel_ids: Iterable[str]) -> Site:
        return replace(self, origin_ids=tuple(sorted({*self.origin_ids, *parcel_ids})))
