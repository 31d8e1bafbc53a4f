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
    assert alert["data"]["upheld"] is True
