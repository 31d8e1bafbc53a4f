"""Who was told of a low grade, or of a suspicion, is told when that does not hold any more, or does again."""

from __future__ import annotations

from itertools import permutations

import pytest

from .conftest import Notify, desk
from .facts import PARCEL, TOWNSHIP, fact
from .test_dispatch import kinds_by_recipient

FIRM = f"{TOWNSHIP}-E9"
ABOUT = {
    "grade_id": f"{FIRM}:2022",
    "enterprise_id": FIRM,
    "township": TOWNSHIP,
    "data_year": 2022,
    "round_id": "上虞:2022:below_scale:1",
}


def dropped(grade, revision):
    more = {"grade": grade, "previous_grade": "B", "revision": revision}
    return fact("enterprises.grade_dropped", minute=revision, **ABOUT, **more)


def restored(revision):
    return fact(
        "enterprises.grade_restored", minute=revision, **ABOUT, grade="B", revision=revision
    )


STORY = [dropped("D", 1), dropped("C", 2), restored(3), dropped("D", 4)]


@pytest.mark.parametrize("order", list(permutations(STORY)))
def test_whatever_is_heard_first_who_was_told_of_a_low_grade_is_told_all_that_came_of_it(order):
    notify = Notify()
    notify.call("subscribe", **desk("firms", kinds=["grade_dropped"]))
    notify.call("subscribe", **desk("others", kinds=["standing_changed"]))

    notify.hear_facts(*order)

    told = ["grade_dropped"] * 3 + ["grade_restored"]
    assert kinds_by_recipient(notify) == {"firms": told}


def test_a_plot_that_is_suspected_again_by_the_same_criterion_is_told_again(notify: Notify) -> None:
    notify.call("subscribe", **desk("township", kinds=["low_efficiency_suspected"]))
    about = {"criteria": ["final_grade (ours)"]}
    suspected = "parcels.low_efficiency_suspected"
    notify.hear_facts(
        fact(suspected, minute=1, **about, change_no=1),
        fact("parcels.suspicion_lifted", minute=2, change_no=2),
        fact(suspected, minute=3, **about, change_no=3),
    )

    again = ["low_efficiency_suspected", "low_efficiency_suspected", "suspicion_lifted"]
    assert kinds_by_recipient(notify) == {"township": again}


def test_the_township_reads_what_came_of_the_objection_and_the_firm_by_its_id(
    notify: Notify,
) -> None:
    about = {"objection_id": "o-1", "round_id": ABOUT["round_id"], "enterprise_id": FIRM}
    more = {"township": TOWNSHIP, "upheld": True, "reviewed_on": "2023-08-30"}
    notify.hear_facts(fact("enterprises.objection_reviewed", **about, **more))

    [alert] = notify.alerts()
    assert FIRM in alert["title"]
    assert PARCEL not in alert["text"]
    assert alert["text"].endswith("was reviewed on 2023-08-30 and upheld.")
    assert alert["data"]["upheld"] is True


def test_an_objection_that_was_not_upheld_is_told_as_such(notify: Notify) -> None:
    about = {"objection_id": "o-1", "round_id": ABOUT["round_id"], "enterprise_id": FIRM}
    more = {"township": TOWNSHIP, "upheld": False, "reviewed_on": "2023-08-30"}
    notify.hear_facts(fact("enterprises.objection_reviewed", **about, **more))

    [alert] = notify.alerts()
    assert alert["text"].endswith("was reviewed on 2023-08-30 and not upheld.")


REVISION = {"corrects": f"{FIRM}:2022:1", "told_grade": "B"}


def told(notify: Notify, name: str, **more: object) -> tuple[str, str]:
    """The title, and what the text says after the firm."""
    notify.hear_facts(fact(f"enterprises.{name}", **more))
    [alert] = notify.alerts()
    return alert["title"], alert["text"].partition(FIRM)[2]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"previous_grade": None}, " is D."),  # the first grade, from which nothing dropped
        ({"previous_grade": "C"}, " is D. In the year before it was C."),
        ({"previous_grade": None, **REVISION}, " is D. It is a revision. Told before: B."),
        ({"previous_grade": None, **REVISION, "told_grade": None}, " is D. It is a revision."),
        (
            {"previous_grade": "A", **REVISION},
            " is D. It is a revision. Told before: B. In the year before it was A.",
        ),
    ],
)
def test_a_low_grade_is_told_with_what_was_told_before_and_the_year_before(notify, more, said):
    found = told(notify, "grade_dropped", **ABOUT, grade="D", revision=2, **more)

    assert found == (f"Grade D of 2022 [亩均评价]: {FIRM}", said)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"grade": "A", "told_grade": "D"}, " Told before: D. It is A now."),
        (
            {"grade": None, "told_grade": "D"},
            " Told before: D. It was withdrawn; there is none now.",
        ),
        ({"grade": "B"}, " It is B now."),
    ],
)
def test_a_grade_that_was_corrected_is_told_with_what_was_told_before(notify, more, said):
    _, found = told(notify, "grade_restored", **ABOUT, revision=2, **more)

    assert found == f" does not hold any more.{said}"


CODE = {"code_id": f"{FIRM}:grade_code:2022", "enterprise_id": FIRM, "township": TOWNSHIP}
CODE |= {"kind": "grade_code", "period": "2022", "corrected": False, "change_no": 1}
CODE |= {"value": "D", "colour": "red", "told_value": None, "previous_value": None}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, " is now D (red)."),
        ({"told_value": "A"}, " is now D (red). Told before of this period: A."),
        ({"previous_value": "B"}, " is now D (red). In the period before it was B."),
        (
            {"value": None, "colour": None, "told_value": "D"},
            " was taken back; there is none now. Told before of this period: D.",
        ),
    ],
)
def test_a_code_is_told_in_sentences_without_a_dash(notify, more, said):
    _, found = told(notify, "code_changed", **CODE | more)

    assert found == f" for 2022{said}"
