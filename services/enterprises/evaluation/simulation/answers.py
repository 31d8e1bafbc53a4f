"""What a simulation answers. Points and percents to four places, as schemes are published."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypedDict

from ..grading import Step
from ..reading import WIDE
from ..scheme import Scheme
from ..scoring import Missing, Score

FOUR_PLACES = Decimal("0.0001")


class Doubt(TypedDict):
    """What to look at before the simulation is believed."""

    code: str
    sentence: str


class ScoredFirm(TypedDict):
    """`of` counts those that are ranked together; `steps` lead to the grade."""

    firm: str
    parts: Mapping[str, Decimal]
    total: Decimal | None
    rank: int | None
    of: int | None
    percentile: Decimal | None
    grade: str | None
    steps: list[Step]
    missing: list[Missing]
    excluded: str | None
    shared_with: list[str]


class Simulated(TypedDict):
    """`grades` counts the firms of each grade, `ranked` those that have a rank; `unused` are names in
    the figures of which the scheme makes nothing."""

    scheme_id: str
    data_year: int | None
    ties: str
    firms: int
    ranked: int
    grades: dict[str, int]
    unused: list[str]
    doubts: list[Doubt]
    scores: list[ScoredFirm]


class ComparedFirm(TypedDict):
    """`moved` is better, worse or same, by the places of the two grades in their schemes; none if one
    lacks. `parts_change` is by indicator."""

    firm: str
    total_before: Decimal | None
    total_after: Decimal | None
    change: Decimal | None
    parts_change: dict[str, Decimal]
    rank_before: int | None
    rank_after: int | None
    grade_before: str | None
    grade_after: str | None
    moved: str | None
    cost_before_cny: Decimal | None
    cost_after_cny: Decimal | None
    excluded_before: str | None
    excluded_after: str | None


class Move(TypedDict):
    grade_before: str | None
    grade_after: str | None
    firms: int


class Compared(TypedDict):
    """`winners` have more points by the second scheme, `losers` fewer. Costs are those that the schemes
    name for a grade."""

    before: str
    after: str
    winners: int
    losers: int
    better: int
    worse: int
    cost_change_cny: Decimal | None
    moves: list[Move]
    compared: list[ComparedFirm]


class Need(TypedDict):
    """`needed` is the first figure that reaches the grade, all else equal; none if no figure does, and
    `why` says so. `total` and `rank` are those with it."""

    indicator: str
    now: Decimal | None
    needed: Decimal | None
    more: Decimal | None
    total: Decimal | None
    rank: int | None
    why: str | None


class Forecast(TypedDict):
    """`wanted` is none if the firm has the best grade already."""

    firm: str
    grade: str | None
    total: Decimal | None
    rank: int | None
    wanted: str | None
    needs: list[Need]


def four_places(number: Decimal | None) -> Any:
    """Half up, and never -0."""
    if number is None:
        return None
    return number.quantize(FOUR_PLACES, ROUND_HALF_UP, context=WIDE) + 0


def firm_of(score: Score) -> ScoredFirm:
    """The score as it is answered."""
    return {
        "firm": score.firm,
        "parts": {code: four_places(points) for code, points in score.parts.items()},
        "total": four_places(score.total),
        "rank": score.rank,
        "of": score.of,
        "percentile": four_places(score.percentile),
        "grade": score.grade,
        "steps": list(score.steps),
        "missing": [
            Missing(each.indicator, each.why, each.filled_by, four_places(each.points))
            for each in score.missing
        ],
        "excluded": score.excluded,
        "shared_with": list(score.shared_with),
    }


class KeptScheme(TypedDict):
    """`indicators` are their codes, `grade_names` from the best to the last."""

    scheme_id: str
    place: str | None
    data_year: int | None
    group: str | None
    indicators: list[str]
    grade_names: list[str]
    source: str | None


class SchemesKept(TypedDict):
    schemes: list[KeptScheme]


def kept_of(scheme: Scheme) -> KeptScheme:
    """What is answered of a scheme that is kept."""
    return {
        "scheme_id": scheme.id,
        "place": scheme.place,
        "data_year": scheme.data_year,
        "group": scheme.group,
        "indicators": list(scheme.codes),
        "grade_names": list(scheme.grades),
        "source": scheme.source,
    }
