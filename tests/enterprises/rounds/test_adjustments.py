"""定档, 提档, 降档, 一票否决: in that order, each by a document, each on record."""

from __future__ import annotations

from datetime import date

import pytest

from services.enterprises.rounds.entry import Adjustment, AdjustmentKind, adjusted
from services.enterprises.rounds.law import Grade

from .conftest import ROUND, firm_id
from .test_the_round import refused


def adjustment(kind, target, **more):
    return Adjustment(
        adjustment_id=f"{kind}-{target}",
        kind=AdjustmentKind(kind),
        target_grade=Grade(target),
        reason="by the list",
        document_id="D-1",
        on=date(2023, 7, 10),
        **more,
    )


@pytest.mark.parametrize(
    ("scored", "adjustments", "grade"),
    [
        ("B", [], "B"),
        ("C", [("fixed", "A")], "A"),
        ("A", [("fixed", "B")], "B"),
        ("C", [("raised", "B")], "B"),
        ("A", [("raised", "B")], "A"),
        ("B", [("lowered", "C")], "C"),
        ("D", [("lowered", "C")], "D"),
        ("A", [("veto", "C")], "C"),
        ("D", [("veto", "C")], "D"),
        ("A", [("veto", "D"), ("fixed", "A"), ("raised", "A")], "D"),
        ("C", [("lowered", "C"), ("raised", "A")], "C"),
        ("D", [("raised", "C"), ("fixed", "B")], "B"),
        (None, [("raised", "A"), ("veto", "D")], None),
        (None, [("fixed", "B")], "B"),
    ],
)
def test_adjustments_apply_in_their_order_whichever_was_entered_first(scored, adjustments, grade):
    found = [adjustment(*each) for each in adjustments]
    start = Grade(scored) if scored else None

    assert adjusted(start, found) == adjusted(start, found[::-1]) == grade


def test_one_that_was_withdrawn_counts_no_more():
    held = adjustment("veto", "D", withdrawn_on=date(2023, 7, 11))

    assert adjusted(Grade.A, [held]) == "A"


@pytest.fixture
def scored(desk):
    desk.until_scored()
    return desk


def test_a_veto_stands_on_record_with_its_document_and_can_be_taken_back(scored):
    entry = scored.adjust(1, "veto", "D")
    assert (entry["scored_grade"], entry["grade"]) == ("A", "D")
    assert entry["adjustments"][0]["document_id"] == "D-7"

    about = {"enterprise_id": firm_id(1), "adjustment_id": entry["adjustments"][0]["adjustment_id"]}
    entry = scored.step("withdraw_adjustment", "2023-07-11", **about)

    assert entry["grade"] == "A"
    assert entry["adjustments"][0]["withdrawn_on"] == "2023-07-11"


@pytest.mark.parametrize(
    ("kind", "target", "fits"),
    [
        ("raised", "A", True),
        ("raised", "B", False),
        ("lowered", "C", True),
        ("lowered", "B", False),
        ("fixed", "B", True),
        ("veto", "C", True),
    ],
)
def test_an_adjustment_that_would_do_nothing_is_refused(scored, kind, target, fits):
    if fits:
        assert scored.adjust(2, kind, target)["grade"] == target
    else:
        assert refused(scored.adjust, 2, kind, target) == ["TARGET_GRADE"]


def test_the_ranks_stay_when_a_grade_is_adjusted(scored):
    scored.adjust(1, "veto", "D")

    ranks = {number: each["rank"] for number, each in scored.scored().items()}
    assert ranks == {"1": 1, "2": 2, "3": 3, "4": 4}


def test_an_adjustment_that_is_not_there_is_not_found(scored):
    about = {"enterprise_id": firm_id(1), "adjustment_id": f"{ROUND}/x/A1"}
    assert refused(scored.step, "withdraw_adjustment", "2023-07-11", **about) == ["NOT_FOUND"]


@pytest.mark.parametrize("kind", ["raised", "lowered", "veto"])
def test_a_firm_without_a_grade_can_only_be_given_one(desk, kind):
    desk.survey(5)
    desk.firm(5)  # and no figures, so it has no score
    desk.until_scored()
    assert refused(desk.adjust, 5, kind, "D") == ["TARGET_GRADE"]

    assert desk.adjust(5, "fixed", "B")["grade"] == "B"


def test_a_firm_that_is_left_out_is_not_adjusted(desk):
    desk.survey(1, "1000", version=2)
    desk.until_scored()

    assert refused(desk.adjust, 1, "fixed", "A") == ["FIRM_LEFT_OUT"]
