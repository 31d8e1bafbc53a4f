from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.alerts.rules import ALERT_RULES, FOLDER, KINDS, AlertRules
from services.notify.delivery.rules import DeliveryRules

SAMPLES = Path(__file__).parents[1] / "contracts" / "samples"
RULES = ALERT_RULES.on(date(2023, 8, 21))


def sample(fact: str) -> dict[str, Any]:
    """The fact as its contract's sample reads."""
    service, name = fact.split(".")
    data: dict[str, Any] = json.loads((SAMPLES / service / f"{name}.json").read_text("utf-8"))
    return data


def test_every_kind_that_the_desks_know_has_a_rule() -> None:
    assert set(KINDS) >= {
        "release_ready",
        "release_blocked",
        "release_revoked",
        "remediation_contradicted",
        "boundary_doubtful",
        "boundary_cleared",
        "low_efficiency_suspected",
        "suspicion_lifted",
        "idle_land_found",
        "idle_land_ended",
        "listing_drafted",
        "land_matched",
        "listing_published",
        "listing_withdrawn",
        "standing_changed",
    }


@pytest.mark.parametrize("rule", RULES.alerts, ids=lambda rule: rule.kind)
def test_a_rule_names_only_fields_that_its_fact_has(rule) -> None:
    data = sample(rule.on)
    optional = {"industry_code"}
    assert {rule.subject, *rule.once_per, *filter(None, [rule.order])} <= data.keys()
    assert set(rule.keep) - optional <= data.keys()
    assert {each.field for each in rule.also} <= data.keys()


@pytest.mark.parametrize("rule", RULES.alerts, ids=lambda rule: rule.kind)
def test_a_correction_names_kinds_that_exist_about_the_same_thing(rule) -> None:
    corrected = [other for other in RULES.alerts if other.kind in rule.corrects]
    assert len(corrected) == len(rule.corrects)
    assert {(other.subject, other.order) for other in corrected} <= {(rule.subject, rule.order)}


def test_most_facts_raise_no_alert() -> None:
    assert RULES.rule_for("parcels.parcel_registered") is None


def test_a_mistake_in_the_rules_is_named_and_not_guessed() -> None:
    text = (FOLDER / f"{min(ALERT_RULES.editions)}.toml").read_text("utf-8")
    with pytest.raises(msgspec.ValidationError, match=r"severity|alerts"):
        msgspec.toml.decode(text.replace('"critical"', '"terrible"'), type=AlertRules)


DELAYS = DeliveryRules(delays_s=(10, 60, 600), jitter=0.5, longest_delay_s=3600)


def test_each_try_waits_longer_and_the_last_is_the_last() -> None:
    assert [DELAYS.delay_s(tries, 0) for tries in (1, 2, 3, 4)] == [10, 60, 600, None]


@given(tries=st.integers(1, 3), spread=st.floats(0, 1), asked=st.floats(0, 1e9))
def test_a_channel_may_ask_for_more_patience_but_not_for_ever(tries, spread, asked) -> None:
    own, delay = DELAYS.delays_s[tries - 1], DELAYS.delay_s(tries, spread, asked)
    assert own <= delay <= max(own * 1.5, 3600)
    assert delay >= min(round(asked), 3600)
