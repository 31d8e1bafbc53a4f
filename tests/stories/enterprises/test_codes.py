"""A code that got worse is told; when its figures are corrected, whoever was told is told again."""

from __future__ import annotations

from typing import Any

from tests.support.eventually import eventually


def record(story: Any, day: str, major: int) -> Any:
    entry = {
        "enterprise_id": story.enterprise_id,
        "kind": "risk_code",
        "valid_from": day,
        "figures": {"major_hazards_open": major, "hazards_overdue": 0},
        "source_class": "declared",
        "document": f"inspection of {day}",
    }
    return story.write("enterprises", "record_code_figures", **entry)


def test_whoever_was_told_of_a_red_code_is_told_when_it_turns_out_green(story):
    reports = dict(story.reports())
    story.tell([("enterprise.registered", reports["enterprise.registered"])])
    desk = {"name": "safety desk", "channel": "log", "address": "safety"}
    own = story.write("notify", "subscribe", **desk, kinds=["code_worsened"])
    record(story, "2023-08-10", 0)
    record(story, "2023-08-20", 1)

    worse = story.alert("code_worsened")
    assert (worse["data"]["value"], worse["data"]["previous_value"]) == ("red", "green")
    record(story, "2023-08-20", 0)

    def corrected() -> Any:
        return [each for each in story.alerts("code_changed") if each["data"]["change_no"] == 2]

    told = eventually(corrected)[0]
    assert own["subscription_id"] in told["recipients"]  # it asked for no such alerts
    assert (told["data"]["told_value"], told["data"]["value"]) == ("red", "green")


def test_a_scanned_card_leads_to_the_codes_of_its_firm(story):
    reports = dict(story.reports())
    story.tell([("enterprise.registered", reports["enterprise.registered"])])
    about = {"enterprise_id": story.enterprise_id, "kind": "risk_code"}
    card = story.park.call("enterprises", "code_card", **about)

    found = story.park.call("enterprises", "look_up_code", text=card["printed_code"])
    assert (found["enterprise_id"], found["looked_up"]) == (story.enterprise_id, "risk_code")
