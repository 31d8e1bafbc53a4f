"""The condition of a policy: criteria over the facts of a project, all of which it meets.

Which facts a condition may ask for is dated data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook, hold_within

from ..rulebook import FOLDER


class FactForm(StrEnum):
    STAGE = "stage"
    FIGURE = "figure"
    WORD = "word"
    CODE = "code"


@record
class PolicyBook:
    """`facts` by their form; `marks` are those that the desk records itself, with their words, if any are
    listed."""

    told_days_before: int
    gives: dict[str, str]
    facts: dict[str, FactForm]
    marks: dict[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        hold_within(0, 3660, told_days_before=self.told_days_before)


POLICY_BOOK = Rulebook(FOLDER / "policies", PolicyBook)


class CriterionTest(StrEnum):
    """How a fact is held against a criterion."""

    REACHED = "reached"  # 已达到
    ONE_OF = "one_of"  # 属于
    NONE_OF = "none_of"  # 不属于
    AT_LEAST = "at_least"  # 不低于
    MORE_THAN = "more_than"  # 超过
    AT_MOST = "at_most"  # 不高于
    LESS_THAN = "less_than"  # 低于


TESTS = {
    FactForm.STAGE: (CriterionTest.REACHED,),
    FactForm.WORD: (CriterionTest.ONE_OF, CriterionTest.NONE_OF),
    FactForm.CODE: (CriterionTest.ONE_OF, CriterionTest.NONE_OF),
    FactForm.FIGURE: (
        CriterionTest.AT_LEAST,
        CriterionTest.MORE_THAN,
        CriterionTest.AT_MOST,
        CriterionTest.LESS_THAN,
    ),
}
COMPARED: dict[CriterionTest, Callable[[Decimal, Decimal], bool]] = {
    CriterionTest.AT_LEAST: lambda has, asked: has >= asked,
    CriterionTest.MORE_THAN: lambda has, asked: has > asked,
    CriterionTest.AT_MOST: lambda has, asked: has <= asked,
    CriterionTest.LESS_THAN: lambda has, asked: has < asked,
}


@record
class Criterion:
    """One thing that a policy asks of a project: a figure is compared with `figure`, anything else is held
    against `words`."""

    fact: str
    test: CriterionTest
    figure: Decimal | None = None
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        asked = ", ".join(self.words) if self.figure is None else f"{self.figure:f}"
        return f"{self.fact} {self.test} {asked}"


@record
class ProjectFacts:
    """What is known of a project on a day. A figure or words that nobody knows are missing; of marks, and of
    stages, nothing recorded is no word."""

    project_id: str
    figures: Mapping[str, Decimal]
    words: Mapping[str, tuple[str, ...]]
    given_up: bool = False

    def meets(self, criterion: Criterion, form: FactForm) -> bool | None:
        """None where the fact is not known."""
        if form is FactForm.FIGURE:
            has = self.figures.get(criterion.fact)
            if has is None or criterion.figure is None:
                return None
            return COMPARED[criterion.test](has, criterion.figure)
        words = self.words.get(criterion.fact)
        if words is None:
            return None
        found = any(_fits(word, asked, form) for word in words for asked in criterion.words)
        return not found if criterion.test is CriterionTest.NONE_OF else found


def _fits(word: str, asked: str, form: FactForm) -> bool:
    return word.startswith(asked) if form is FactForm.CODE else word == asked


def why_not(
    condition: tuple[Criterion, ...], facts: ProjectFacts, forms: Mapping[str, FactForm]
) -> tuple[Reason, ...]:
    """Each criterion that the project does not meet, or of which that is not known."""
    found = []
    if facts.given_up:
        found.append(Reason("PROJECT_GIVEN_UP", "It was given up by that day.", "stage"))
    for each in condition:
        form = forms.get(each.fact)  # none where a later list has it no longer
        meets = facts.meets(each, form) if form else None
        if meets is None:
            found.append(Reason("FACT_NOT_KNOWN", f"Nobody recorded it: {each}.", each.fact))
        elif not meets:
            has = _shown(facts, each.fact)
            found.append(
                Reason("CRITERION_NOT_MET", f"It asks for {each}; there is {has}.", each.fact)
            )
    return tuple(found)


def _shown(facts: ProjectFacts, fact: str) -> str:
    if fact in facts.figures:
        return f"{facts.figures[fact]:f}"
    return ", ".join(facts.words.get(fact, ())) or "none"
