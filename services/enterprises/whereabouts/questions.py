"""Where the premises of a firm are after a split or a merge, and what only its township can say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from ..firms.enterprise import Enterprise, OpenPremises, Premises
from ..firms.land import Land


def with_open_premises(firm: Enterprise, land: Land) -> Enterprise:
    """The firm with what is open about its premises: where they are since the last split or merge, and
    where they were on the days of a case. One question for each parcel that the township named."""
    found = [q for each in firm.premises if (q := _question(firm, each, land))]
    by_parcel = {each.parcel_id: each for each in found}
    return replace(firm, open_premises=tuple(each for _, each in sorted(by_parcel.items())))


def _question(firm: Enterprise, premises: Premises, land: Land) -> OpenPremises | None:
    ends = [(day, firm.candidates(premises, day, land)) for day in land.ending_days]
    ends = [(day, found) for day, found in ends if found] if ends and ends[-1][1] else []
    at_stake = list(_at_stake(firm, premises, land))
    days = [day for day, _ in ends] + [day for _, day, _ in at_stake]
    if not days:
        return None
    perhaps = [found for _, found in ends[-1:]] + [found for *_, found in at_stake]
    return OpenPremises(
        parcel_id=premises.parcel_id,
        role=premises.role,
        candidate_ids=tuple(sorted({*chain.from_iterable(perhaps)})),
        since_on=min(days),
        case_ids=tuple(sorted({case_id for case_id, *_ in at_stake})),
    )


def _at_stake(
    firm: Enterprise, premises: Premises, land: Land
) -> Iterator[tuple[str, date, tuple[str, ...]]]:
    """The cases that concern the firm only if it was on their parcel: the case, its day, and the
    parcels on which the firm perhaps was then."""
    for case in land.cases:
        for day in case.days:
            candidates = firm.candidates(premises, day, land)
            if case.parcel_id in candidates:
                yield case.case_id, day, candidates
