"""The facts of premises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backbone.records import record

from ..firms.enterprise import Enterprise, OpenPremises


@record
class PremisesInDoubt:
    """`enterprises.premises_in_doubt`: by a split or a merge it is open on which of the candidates the
    firm works, and how it stands through the cases. Its township is to report it anew."""

    question_id: str
    enterprise_id: str
    township: str
    parcel_id: str
    candidate_ids: tuple[str, ...]
    case_ids: tuple[str, ...]
    since_on: date


@record
class PremisesSettled:
    """`enterprises.premises_settled`: it is known again where the firm works."""

    question_id: str
    enterprise_id: str
    township: str
    parcel_id: str


EMITTED = (PremisesInDoubt, PremisesSettled)


def facts_of(before: Enterprise, after: Enterprise) -> Iterator[PremisesInDoubt | PremisesSettled]:
    """A fact for each question that was opened, that changed, or that is answered."""
    was, now = _questions(before), _questions(after)
    for parcel_id, question in now.items():
        if was.get(parcel_id) != question:
            yield PremisesInDoubt(
                **_about(after, parcel_id),
                candidate_ids=question.candidate_ids,
                case_ids=question.case_ids,
                since_on=question.since_on,
            )
    for parcel_id in was.keys() - now.keys():
        yield PremisesSettled(**_about(after, parcel_id))


def _about(firm: Enterprise, parcel_id: str) -> dict[str, str]:
    return {
        "question_id": f"{firm.enterprise_id}/{parcel_id}",
        "enterprise_id": firm.enterprise_id,
        "township": firm.township,
        "parcel_id": parcel_id,
    }


def _questions(firm: Enterprise) -> dict[str, OpenPremises]:
    return {each.parcel_id: each for each in firm.open_premises}
