"""A record of innovation: a platform, a talent, a result that was converted; and how they are counted.

What is recorded is never written over: each report of a record is one more, and the last one stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER


@record
class InnovationKind:
    """`person`: a record of somebody, of whom no name is kept."""

    title: str
    levels: tuple[str, ...] = ()
    person: bool = False


@record
class Count:
    """What is counted, and the indicator under which a figure of the same is stated."""

    name: str
    kind: str
    levels: tuple[str, ...] = ()
    stated: str | None = None


@record
class InnovationBook:
    kinds: Mapping[str, InnovationKind]
    counts: tuple[Count, ...]


INNOVATION = Rulebook(FOLDER / "innovation", InnovationBook)


@record
class InnovationReport:
    """What was said of a record. It is there from `from_on` to `to_on`, both included; a result, from the
    day of its conversion on. `withdrawn`: it never was. `enterprise_id` is the firm that has it or takes
    it, `host_id` the platform that it belongs to or comes from, `member_ids` the firms and platforms of
    a consortium."""

    level: str | None = None
    name: str | None = None
    enterprise_id: str | None = None
    host_id: str | None = None
    member_ids: tuple[str, ...] = ()
    amount_cny: Decimal | None = None
    from_on: date
    to_on: date | None = None
    withdrawn: bool = False
    source: str
    known_at: datetime
    report_id: str

    def covers(self, day: date) -> bool:
        begun = self.from_on <= day and not self.withdrawn
        return begun and (self.to_on is None or day <= self.to_on)


@record
class InnovationRecord:
    """`reports` are all that was said of it, the last one stands."""

    innovation_id: str
    kind: str
    reports: tuple[InnovationReport, ...] = ()

    @property
    def township(self) -> str:
        return self.innovation_id.partition("-")[0]

    @property
    def enterprise_id(self) -> str | None:
        return self.reports[-1].enterprise_id if self.reports else None

    def with_report(self, report: InnovationReport) -> InnovationRecord:
        return replace(self, reports=(*self.reports, report))

    def known(self, moment: datetime) -> InnovationReport | None:
        """What stood of it at the moment."""
        said = [each for each in self.reports if each.known_at <= moment]
        return said[-1] if said else None


def counted(
    count: Count, records: Iterable[InnovationRecord], on: date, known_at: datetime
) -> tuple[str, ...]:
    """The ids of the records that count on the day, as known at the moment."""
    return tuple(
        sorted(
            record.innovation_id
            for record in records
            if record.kind == count.kind
            and (said := record.known(known_at))
            and said.covers(on)
            and (not count.levels or said.level in count.levels)
        )
    )
