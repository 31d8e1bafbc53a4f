from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.errors import Invalid
from services.notify.alerts.alert import Alert, AlertState, alert_of
from services.notify.alerts.rules import ALERT_RULES
from services.notify.dispatch.dispatch import hop_of

from .facts import FACTS, NOON, fact

RULES = ALERT_RULES.on(date(2023, 8, 21))
REASONS = st.lists(
    st.fixed_dictionaries({"code": st.sampled_from("ABCDE"), "sentence": st.text(max_size=9)})
)


def alert_for(type_: str, **changes) -> Alert:
    event = fact(type_, **changes)
    rule = RULES.rule_for(type_)
    assert rule
    return alert_of(rule, hop_of(event), event.data, RULES, NOON)


@pytest.mark.parametrize("type_", FACTS)
def test_an_alert_reads_as_a_sentence_with_nothing_left_out(type_: str) -> None:
    alert = alert_for(type_)
    assert "{" not in alert.title + alert.text
    assert "–" not in alert.title + alert.text, "a dash stands for what the fact did not say"
    assert alert.text.endswith(".")
    assert "(330604006)" in alert.text
    assert "\n" not in alert.title


@pytest.mark.parametrize(
    ("level", "severity"), [("reminder", "warning"), ("supervised", "critical")]
)
def test_a_request_that_stays_late_matters_more(level: str, severity: str) -> None:
    assert alert_for("enterprises.request_escalated", level=level).severity == severity


def test_an_area_is_told_in_both_units_and_a_use_in_both_languages() -> None:
    text = alert_for("parcels.land_released").text
    assert "11,781.00 m² (17.67 mu [亩])" in text
    assert "industrial [工业]" in text


def test_a_blocked_release_names_every_reason() -> None:
    text = alert_for("parcels.release_blocked").text
    assert "The plot is still on the soil registry. The survey was not filed." in text


@given(REASONS, st.randoms())
def test_the_same_reasons_in_any_order_are_one_alert(reasons, random) -> None:
    shuffled = random.sample(reasons, len(reasons))
    first = alert_for("parcels.release_blocked", reasons=reasons)
    again = alert_for("parcels.release_blocked", reasons=shuffled, release_no=5)
    assert first.alert_id == again.alert_id


@given(REASONS, REASONS)
def test_another_set_of_reasons_is_another_alert(one, other) -> None:
    same = {r["code"] for r in one} == {r["code"] for r in other}
    first = alert_for("parcels.release_blocked", reasons=one)
    second = alert_for("parcels.release_blocked", reasons=other)
    assert (first.alert_id == second.alert_id) is same


def test_land_that_is_released_anew_is_told_anew() -> None:
    first = alert_for("parcels.land_released", release_no=1)
    assert first.alert_id != alert_for("parcels.land_released", release_no=3).alert_id


def test_a_changed_notice_is_told_anew() -> None:
    first = alert_for("projects.listing_published", notice_version=1)
    assert first.alert_id != alert_for("projects.listing_published", notice_version=2).alert_id


def test_a_personal_id_in_a_reason_reaches_nobody() -> None:
    reason = {"code": "X", "sentence": "Held by 330602198001011234."}
    alert = alert_for("parcels.release_blocked", reasons=[reason])
    assert "330602198001011234" not in f"{alert.title} {alert.text} {alert.data}"


def test_an_alert_keeps_only_what_its_rule_names() -> None:
    alert = alert_for("parcels.land_released", right_holder="Wang", evidence_ids=["a"])
    assert {"right_holder", "evidence_ids"}.isdisjoint(alert.data)
    assert alert.data["area_m2"] == "11781.00"


def test_a_word_in_braces_from_outside_stays_a_word() -> None:
    reason = {"code": "X", "sentence": "See {township.__class__} and {0}."}
    assert reason["sentence"] in alert_for("parcels.release_blocked", reasons=[reason]).text


def test_a_fact_that_does_not_say_what_it_is_about_is_no_alert() -> None:
    with pytest.raises(Invalid, match=r"FIELD_MISSING \(data.case_id\)"):
        alert_for("parcels.land_released", case_id=None)


def test_what_is_nice_to_know_may_be_missing() -> None:
    assert "from –" in alert_for("projects.listing_published", start_price_cny=None).text


def test_the_first_who_acknowledges_stays() -> None:
    alert = alert_for("parcels.land_released").acknowledged("land desk", NOON)
    assert alert.acknowledged("projects team", NOON).acknowledged_by == "land desk"
    assert alert.with_recipients(["late"]).state is AlertState.ACKNOWLEDGED
