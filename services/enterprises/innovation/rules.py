"""What a record of innovation must keep to. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from .innovation import (
    INNOVATION,
    InnovationBook,
    InnovationKind,
    InnovationRecord,
    InnovationReport,
)


@record
class Situation:
    """A report of a record, what was known of the record, and the day in the park."""

    kind: str
    report: InnovationReport
    known: InnovationRecord | None
    today: date

    @property
    def book(self) -> InnovationBook:
        return INNOVATION.on(self.report.from_on)

    @property
    def kept_as(self) -> InnovationKind | None:
        return self.book.kinds.get(self.kind)


def kind_is_known(situation: Situation) -> Reason | None:
    """A kind that is on no list would be counted by nobody."""
    if situation.kept_as:
        return None
    known = ", ".join(situation.book.kinds)
    return Reason("INNOVATION_KIND_UNKNOWN", f"Kinds are {known}.", field="kind")


def kind_stays(situation: Situation) -> Reason | None:
    """What was entered as one kind and is another was entered wrongly, and is withdrawn."""
    if situation.known is None or situation.known.kind == situation.kind:
        return None
    said = f"It was recorded as {situation.known.kind}; withdraw it, and give the other one its own id."
    return Reason("INNOVATION_KIND_CHANGED", said, field="kind")


def level_is_of_the_kind(situation: Situation) -> Reason | None:
    """Some kinds have levels, and only those."""
    levels = situation.kept_as.levels if situation.kept_as else ()
    level = situation.report.level
    if situation.kept_as is None or (level in levels if levels else level is None):
        return None
    said = (
        f"Give one of {', '.join(levels)}." if levels else "This kind has no levels; leave it out."
    )
    return Reason("INNOVATION_LEVEL", said, field="level")


def nobody_is_named(situation: Situation) -> Reason | None:
    """To count talents nobody's name is needed (个人信息保护法, 2021, art. 6)."""
    if situation.kept_as is None or not situation.kept_as.person or not situation.report.name:
        return None
    said = "Leave the name of a person out; the id is enough to count."
    return Reason("PERSON_NAMED", said, field="name", source="个人信息保护法 art. 6")


def day_has_come(situation: Situation) -> Reason | None:
    """What will be is a target, not a record."""
    if situation.report.from_on <= situation.today:
        return None
    return Reason("NOT_YET", "That day has not come yet.", field="from_on")


RECORD_RULES: tuple[Rule[Situation], ...] = (
    kind_is_known,
    kind_stays,
    level_is_of_the_kind,
    nobody_is_named,
    day_has_come,
)
