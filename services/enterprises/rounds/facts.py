"""The facts of rounds, and when each is announced. Days in the park."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from backbone.records import record

from .entry import Objection, Outcome, RoundFirm
from .grades import FirmGrades, YearGrade
from .law import Grade
from .round import Round


@record
class GradeFinal:
    """`enterprises.grade_final`: the grade of a firm's year is final, or final anew with the next
    `revision`; none when it was withdrawn. `previous_grade` is that of the year before; `parcels` are
    the plots on which the firm is on `final_on`. With `corrects` it takes the place of the fact of that
    `change_id`: that of the revision before, of the same year. `decided_on` is the day on which this grade
    was decided: before `final_on`, where only the grade of the year before is another."""

    enterprise_id: str
    township: str
    data_year: int
    grade: Grade | None
    previous_grade: Grade | None
    revision: int
    final_on: date
    round_id: str
    scheme: str
    parcels: tuple[str, ...]
    change_id: str | None = None
    corrects: str | None = None
    decided_on: date | None = None


@record
class GradeDropped:
    """`enterprises.grade_dropped`: a final grade is C or D, or worse than that of the year before. With
    `corrects` it is a revision and takes the place of the `grade_final` of that `change_id`, by which
    `told_grade` was told; none where the grade had been withdrawn."""

    grade_id: str
    enterprise_id: str
    township: str
    data_year: int
    grade: Grade
    previous_grade: Grade | None
    revision: int
    round_id: str
    change_id: str | None = None
    corrects: str | None = None
    told_grade: Grade | None = None


@record
class GradeRestored:
    """`enterprises.grade_restored`: what was told of a dropped grade does not hold any more: it was
    revised or withdrawn. `told_grade` was told before, by the `grade_final` with the `change_id` that is
    in `corrects`."""

    grade_id: str
    enterprise_id: str
    township: str
    data_year: int
    grade: Grade | None
    revision: int
    round_id: str
    change_id: str | None = None
    corrects: str | None = None
    told_grade: Grade | None = None


@record
class GradesPublicised:
    """`enterprises.grades_publicised`: the grades of a round are published [公示], and objections are
    heard up to the last day."""

    round_id: str
    data_year: int
    group: str
    first: date
    last: date
    firms: int


@record
class ObjectionReviewed:
    """`enterprises.objection_reviewed`: a firm's objection was upheld or not."""

    objection_id: str
    round_id: str
    enterprise_id: str
    township: str
    upheld: bool
    reviewed_on: date


EMITTED = (GradeFinal, GradeDropped, GradeRestored, GradesPublicised, ObjectionReviewed)
LOW = (Grade.C, Grade.D)


def grade_facts_of(before: FirmGrades, after: FirmGrades) -> Iterator[Any]:
    """The facts of every revision that came in this step."""
    for new in after.revisions[len(before.revisions) :]:
        earlier = [each for each in after.revisions if each.data_year == new.data_year]
        if any(each.revision == new.revision for each in earlier if each is not new):
            continue  # another version of the round, which leaves the grade as it was told
        last = next((each for each in reversed(earlier) if each.revision < new.revision), None)
        yield _final(after, last, new)
        yield from _dropped(after, last, new)


def dropped(grade: YearGrade | None) -> bool:
    """C or D, or worse than in the year before."""
    if grade is None or grade.grade is None:
        return False
    worse = grade.previous_grade is not None and grade.grade > grade.previous_grade
    return grade.grade in LOW or worse


def _change_id(firm: FirmGrades, grade: YearGrade) -> str:
    return f"{firm.enterprise_id}:{grade.data_year}:{grade.revision}"


def _final(firm: FirmGrades, last: YearGrade | None, new: YearGrade) -> GradeFinal:
    return GradeFinal(
        enterprise_id=firm.enterprise_id,
        township=firm.township,
        data_year=new.data_year,
        grade=new.grade,
        previous_grade=new.previous_grade,
        revision=new.revision,
        final_on=new.final_on,
        round_id=new.round_id,
        scheme=new.scheme,
        parcels=new.parcels,
        change_id=_change_id(firm, new),
        corrects=_change_id(firm, last) if last else None,
        decided_on=new.decided_on,
    )


def _dropped(firm: FirmGrades, last: YearGrade | None, new: YearGrade) -> Iterator[Any]:
    about: dict[str, Any] = {
        "grade_id": f"{firm.enterprise_id}:{new.data_year}",
        "enterprise_id": firm.enterprise_id,
        "township": firm.township,
        "data_year": new.data_year,
        "revision": new.revision,
        "round_id": new.round_id,
        "change_id": _change_id(firm, new),
        "corrects": _change_id(firm, last) if last else None,
        "told_grade": last.grade if last else None,
    }
    if last and (last.grade, last.previous_grade) == (new.grade, new.previous_grade):
        return
    if dropped(new) and new.grade is not None:
        yield GradeDropped(**about, grade=new.grade, previous_grade=new.previous_grade)
    elif dropped(last):
        yield GradeRestored(**about, grade=new.grade)


def publicised_of(held: Round, graded: int) -> GradesPublicised:
    """Of a round that has just been publicised."""
    published = held.grades_published
    if published is None:
        raise ValueError(f"{held.round_id} is not publicised")
    return GradesPublicised(
        round_id=held.round_id,
        data_year=held.data_year,
        group=held.group,
        first=published.first,
        last=published.last,
        firms=graded,
    )


def reviewed_of(entry: RoundFirm, objection: Objection) -> ObjectionReviewed:
    """Of an objection that has just been reviewed."""
    if objection.reviewed_on is None:
        raise ValueError(f"{objection.objection_id} is not reviewed")
    return ObjectionReviewed(
        objection_id=objection.objection_id,
        round_id=entry.round_id,
        enterprise_id=entry.enterprise_id,
        township=entry.township,
        upheld=objection.outcome is Outcome.UPHELD,
        reviewed_on=objection.reviewed_on,
    )
