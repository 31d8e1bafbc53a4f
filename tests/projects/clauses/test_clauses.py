"""Of a clause is asked what a person has to answer, with the article, and no more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Invalid
from backbone.testing import Rehearsal
from services.projects.clauses.check import Clause, asked_of
from services.projects.clauses.law import CLAUSE_LAW, WORDINGS, DocumentKind
from services.projects.service import ProjectsService

from ..conftest import LandRegister
from ..desk import at
from ..platforms.test_platforms import refused
from .calls import ANSWER, EXCEPTION, HERE
from .wordings import ASKED, ASKED_TWICE, PLAIN

TAX_SHARE = "按企业缴纳税收地方留存部分的50%给予奖励"
FIRST, MEASURES = date(2024, 8, 1), date(2025, 4, 20)


def codes(text: str, document: str = "notice", on: str = "2025-06-01") -> list[str]:
    found = asked_of(Clause(text=text), DocumentKind(document), date.fromisoformat(on))
    return [each.question.code for each in found]


class ReviewDesk(Rehearsal):
    def __init__(self) -> None:
        self.moment = at("2025-07-01")
        super().__init__(ProjectsService, clock=lambda: self.moment, parcels=LandRegister())

    def answer(self, **changes: Any) -> Any:
        return self.call("record_clause_answer", **ANSWER | changes)

    def asked(self, on: str = "2025-06-01", **clause: Any) -> dict[str, Any]:
        clause = {"text": TAX_SHARE, "clause_id": "policy-12.3"} | clause
        found = self.read("check_clauses", document_kind="policy", clauses=[clause], on=on)
        return found["clauses"][0] | {"open": found["open_questions"]}

    def standing(self, on: str = "2025-06-01") -> str | None:
        [question] = self.asked(on)["questions"]
        return question["answer"] and question["answer"]["conclusion"]


@pytest.fixture
def desk() -> ReviewDesk:
    return ReviewDesk()


@pytest.mark.parametrize(("document", "text", "code"), ASKED)
def test_a_clause_is_asked_by_its_wording(document, text, code):
    assert codes(text, document) == [code]


@pytest.mark.parametrize("document", ["notice", "policy"])
@pytest.mark.parametrize(("text", "expected"), ASKED_TWICE)
def test_a_clause_that_is_of_several_kinds_is_asked_of_each(document, text, expected):
    assert codes(text, document) == expected


@pytest.mark.parametrize("document", ["notice", "policy"])
@pytest.mark.parametrize("text", PLAIN)
def test_nothing_is_asked_of_a_plain_clause(document, text):
    assert codes(text, document) == []


@pytest.mark.parametrize(
    "text", ["竞得人须在 本 县\u3000注册成立公司", "竞得人须在本县注册成立公司。容积率不低于２.０"]
)
def test_spaces_width_and_other_sentences_make_no_difference(text):
    assert codes(text) == ["FORCED_TO_SET_UP_HERE"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("对本地企业给予奖励", "本地企业给予奖励"),
        ("竞得人须在本区缴纳税收", "竞得人须在本区缴纳税收"),
    ],
)
def test_the_words_that_raise_a_question_end_with_a_whole_word(text, words):
    found = asked_of(Clause(text=text), DocumentKind.NOTICE, date(2025, 6, 1))
    assert {each.matched for each in found} <= {words, words.removeprefix("竞得人")}


def test_words_of_two_sentences_make_no_clause():
    assert codes("竞得人须在本县报名。注册资金一千万元的公司优先") == []


@pytest.mark.parametrize(("between", "asked"), [(30, 1), (31, 0)])
def test_words_that_stand_far_apart_make_no_clause(between, asked):
    assert len(codes("须" + "图" * between + "在本县注册成立公司")) == asked


@pytest.mark.parametrize(
    ("on", "asked", "article"),
    [
        ("2019-05-01", 0, ""),
        ("2024-07-31", 0, ""),
        ("2024-08-01", 1, "公平竞争审查条例 art. 10(2)"),
        ("2025-04-19", 1, "公平竞争审查条例 art. 10(2)"),
        ("2025-04-20", 1, "公平竞争审查条例 art. 10(2); 实施办法 art. 19"),
    ],
)
def test_a_clause_is_asked_by_the_law_of_its_day(desk, on, asked, article):
    found = desk.asked(on, text="对首次纳入本区统计的企业奖励10万元", clause_id=None)
    assert [each["article"] for each in found["questions"]] == [article] * asked


def test_every_question_has_its_article_and_a_wording_that_raises_it():
    for day in (FIRST, MEASURES):
        law = CLAUSE_LAW.on(day)
        assert {each.clause_kind for each in law.questions} == set(WORDINGS.on(day).kinds)
        assert all(each.article.startswith("公平竞争审查条例 art.") for each in law.questions)


def test_an_admission_opinion_is_asked_of_a_notice_alone():
    text = "申请人须取得项目准入意见后方可申请"
    assert codes(text) == ["ADMISSION_OPINION_FIRST"]
    assert codes(text, "policy") == []


def test_a_clause_whose_kind_is_known_is_asked_whatever_it_says(desk):
    [question] = desk.asked(text="see annex 3", clause_kind="reward_for_statistics")["questions"]
    assert (question["code"], question["matched"]) == ("REWARD_FOR_STATISTICS_HERE", None)
    with pytest.raises(Invalid, match="set_up_here"):
        desk.asked(clause_kind="unheard_of")


# --- exceptions, conclusions, reviews


@pytest.mark.parametrize(
    ("lacks", "asked"),
    [
        ({}, []),
        ({"ends_on": None}, []),
        ({"end_condition": None}, []),
        ({"ends_on": None, "end_condition": None}, ["EXCEPTION_TERM"]),
        ({"no_milder_way": False}, ["EXCEPTION_MILDER_WAY"]),
        ({"ground": None}, ["EXCEPTION_GROUND"]),
        ({"ground": "convenience"}, ["EXCEPTION_GROUND"]),
    ],
)
def test_an_exception_is_asked_for_what_it_lacks(desk, lacks, asked):
    exception = EXCEPTION | lacks
    found = desk.asked(exception=exception, conclusion_reasons="r")["exception_questions"]
    assert [each["code"] for each in found] == asked
    assert {each["source"] for each in found} <= {"公平竞争审查条例 art. 12"}
    if asked:
        assert refused(desk.answer, exception=exception) == asked


def test_the_conclusion_says_why_an_exception_holds(desk):
    [asked] = desk.asked(exception=EXCEPTION)["exception_questions"]
    assert (asked["code"], asked["source"]) == ("CONCLUSION_REASONS", "公平竞争审查条例 art. 17")
    assert desk.asked("2024-07-31", exception={})["exception_questions"] == []


@pytest.mark.parametrize(
    ("document", "on", "reviewed_on", "asked"),
    [
        ("policy", "2025-06-01", None, ["REVIEW_MISSING"]),
        ("policy", "2025-06-01", "2025-06-01", []),
        ("policy", "2025-06-01", "2025-06-02", ["REVIEW_MISSING"]),
        ("policy", "2024-07-31", None, []),
        ("notice", "2025-06-01", None, []),
    ],
)
def test_a_policy_without_a_review_is_asked_for_it(desk, document, on, reviewed_on, asked):
    found = desk.read(
        "check_clauses",
        document_kind=document,
        clauses=[{"text": "容积率不低于2.0"}],
        reviewed_on=reviewed_on,
        on=on,
    )
    assert [each["code"] for each in found["document_questions"]] == asked
    assert found["open_questions"] == len(asked)


# --- answers


def test_an_answered_question_is_open_no_longer_until_its_exception_ends(desk):
    before = desk.asked()["open"]
    desk.answer()
    assert desk.asked()["open"] == before - 1
    assert desk.standing("2025-05-31") is None
    assert desk.standing("2027-12-31") == "exception"
    assert desk.standing("2028-01-01") is None


def test_every_answer_is_kept_and_that_of_the_latest_day_stands(desk):
    desk.answer(decided_on="2025-06-20", conclusion="struck_out", exception=None)
    desk.answer()
    desk.answer()
    assert desk.standing("2025-06-19") == "exception"
    assert desk.standing("2025-06-20") == "struck_out"
    assert len(desk.read("get_clause_record", clause_id="policy-12.3")["answers"]) == 2
    told = desk.facts_named("clause_answered")
    assert [(each["answer_no"], each["ends_on"]) for each in told] == [(1, None), (2, "2027-12-31")]
    assert desk.asked(clause_id="policy-12.4")["questions"][0]["answer"] is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "COLOUR"}, "QUESTION_UNKNOWN"),
        ({"decided_on": "2024-07-31"}, "QUESTION_UNKNOWN"),
        ({"decided_on": "2025-07-02"}, "NOT_YET"),
        ({"conclusion": "to_be_changed"}, "NO_EXCEPTION"),
    ],
)
def test_an_answer_that_answers_nothing_is_refused(desk, changes, code):
    assert refused(desk.answer, **changes)[0] == code
    assert desk.facts == []


def test_an_exception_without_anything_said_for_it_is_refused(desk):
    lacking = ["EXCEPTION_GROUND", "EXCEPTION_MILDER_WAY", "EXCEPTION_TERM"]
    assert refused(desk.answer, exception=None) == lacking
    with pytest.raises(Invalid, match="conclusion_reasons"):
        desk.answer(conclusion_reasons=None)


DAYS = ["2025-05-01", "2025-06-01", "2025-06-15"]
SAID = [
    {"decided_on": day, "conclusion": conclusion, "exception": None}
    for day, conclusion in zip(
        DAYS, ["struck_out", "to_be_changed", "keeps_the_rules"], strict=True
    )
]


@settings(max_examples=15, deadline=None)
@given(st.permutations([*SAID, SAID[0]]))
def test_answers_may_come_in_any_order_and_twice(said):
    desk = ReviewDesk()
    for each in said:
        desk.answer(**each)
    assert [desk.standing(day) for day in DAYS] == [each["conclusion"] for each in SAID]
    assert len(desk.facts_named("clause_answered")) == len(SAID)


# --- notices


def test_a_notice_is_warned_of_what_its_conditions_ask_and_barred_by_none(desk):
    draft = {"published_on": "2025-06-01", "conditions": [HERE, "容积率不低于2.0"]}
    found = desk.read("check_notice", draft=draft)
    [asked] = [each for each in found["findings"] if each["field"] == "conditions"]
    assert (asked["code"], asked["outcome"]) == ("FORCED_TO_SET_UP_HERE", "warned")
    assert asked["severities"]["publication"] == "warning"
    assert asked["sentence"].endswith(f"It says: {HERE[3:]}")
    assert found["bars"] is False


def test_a_notice_of_2019_is_not_asked_by_a_law_of_2024(desk):
    found = desk.read("check_notice", draft={"published_on": "2019-06-01", "conditions": [HERE]})
    assert [each for each in found["findings"] if each["field"] == "conditions"] == []
