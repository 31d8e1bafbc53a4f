"""Marks of a project: facts that a condition may ask for and that no other record has, as its sector."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from backbone.records import record


@record
class ProjectMark:
    """The project has the word from `from_on` to the end of `to_on`. `withdrawn`: it never had."""

    mark_id: str
    mark_kind: str
    word: str
    from_on: date
    to_on: date | None = None
    document: str
    withdrawn: bool = False
    known_at: datetime

    def holds_on(self, day: date) -> bool:
        begun = self.from_on <= day and not self.withdrawn
        return begun and (self.to_on is None or day <= self.to_on)


@record
class ProjectMarks:
    """All that was recorded, in the order in which it became known; of one mark the last record stands."""

    project_id: str
    marks: tuple[ProjectMark, ...] = ()

    def words(self, kind: str, on: date, known_at: datetime) -> tuple[str, ...]:
        """The words of a kind that the project has on a day, as known at a moment."""
        last = {each.mark_id: each for each in self.marks if each.known_at <= known_at}
        held = [each for each in last.values() if each.mark_kind == kind and each.holds_on(on)]
        return tuple(sorted({each.word for each in held}))

    def with_mark(self, mark: ProjectMark) -> ProjectMarks:
        said = [each for each in self.marks if each.mark_id == mark.mark_id]
        same = said and replace(said[-1], known_at=mark.known_at) == mark
        return self if same else replace(self, marks=(*self.marks, mark))
