"""Firms are scored by a scheme on trial. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ..grading import TOO_SMALL, too_small
from ..inputs import inputs_of
from ..reading import NOTHING
from ..rows import unused
from ..scheme import Scheme
from ..scoring import Score, scored
from ..terms import HUNDRED, Ties
from .answers import Doubt, Simulated, firm_of


def simulate(scheme: Scheme, figures: Sequence[Any]) -> Simulated:
    """The score of each firm in the order given. Raises `Invalid` as `scored` does."""
    scores = scored(scheme, figures)
    left = unused(scheme, inputs_of(scheme.data_year), figures)
    grades = Counter(score.grade for score in scores if score.grade)
    return {
        "scheme_id": scheme.id,
        "data_year": scheme.data_year,
        "ties": scheme.ties,
        "firms": len(scores),
        "ranked": sum(1 for score in scores if score.rank),
        "grades": {grade: grades[grade] for grade in [*scheme.grades, *sorted(grades)]},
        "unused": left,
        "doubts": list(doubts(scheme, scores, left)),
        "scores": [firm_of(score) for score in scores],
    }


def doubts(scheme: Scheme, scores: Sequence[Score], left: Sequence[str]) -> Iterator[Doubt]:
    """What of a scheme and its outcome a person should look at."""
    weights = sum((each.weight or NOTHING for each in scheme.indicators), NOTHING)
    if weights not in (NOTHING, HUNDRED):
        yield _doubt("WEIGHTS_NOT_100", f"The weights add up to {weights}, and not to 100.")
    for each in scheme.indicators:
        if each.cap is not None and each.weight is not None and each.cap < each.weight:
            yield _doubt(
                "CAP_BELOW_WEIGHT",
                f"The cap of {each.code}, {each.cap} points, is below its weight of {each.weight}; "
                f"for a multiple of the weight give cap_times_weight.",
            )
    if left:
        yield _doubt("FIGURES_NOT_USED", f"The scheme makes nothing of {', '.join(left)}.")
    if names := ", ".join(name for name in scheme.notes if name != "note"):
        yield _doubt("NOT_APPLIED", f"Kept as notes of the scheme, and not applied: {names}.")
    yield from _of_cuts(scheme, scores)


def _of_cuts(scheme: Scheme, scores: Sequence[Score]) -> Iterator[Doubt]:
    if not scheme.cuts:
        yield _doubt("NO_CUTS", "The scheme publishes no cuts, so that nobody has a grade by rank.")
        return
    for ranked in sorted({score.of for score in scores if score.of}):
        counted = sum(cut.value for cut in scheme.cuts if cut.by == "count")
        if counted and counted != ranked:
            yield _doubt(
                "COUNTS_DO_NOT_ADD_UP",
                f"The counts of the grades add up to {counted}, and {ranked} firms are ranked.",
            )
        if small := too_small(scheme, ranked):
            yield _doubt(TOO_SMALL, small)
    if tied := sum(1 for score in scores if score.tie_decided):
        way = "best" if scheme.ties is Ties.BEST_RANK else "worst"
        yield _doubt(
            "TIE_OVER_A_CUT",
            f"{tied} firms of equal totals lie over a cut; they took the grade of their {way} rank.",
        )


def _doubt(code: str, sentence: str) -> Doubt:
    return {"code": code, "sentence": sentence}
