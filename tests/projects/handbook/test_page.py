"""A prospect's page is private, ends by itself, and shows only what can be had at that moment."""

from __future__ import annotations

import json

import pytest

from backbone.errors import Answered, Invalid, NotFound, Refused
from backbone.plain import to_json
from services.projects.handbook.pages.page import hash_of

from .desk import Desk, listing_of


def test_a_page_shows_the_plots_that_were_chosen_and_no_others():
    desk = Desk("a", "b", "c")
    token = desk.open_page("a", "c")["token"]
    assert desk.shows(token) == ["a", "c"]


def test_without_chosen_plots_a_page_shows_what_the_lead_wishes_for_also_what_comes_later():
    desk = Desk("a")
    desk.release("b", area_m2="900")
    token = desk.open_page(wish={"min_area_m2": "5000"})["token"]
    assert desk.shows(token) == ["a"]

    desk.release("c", area_m2="6000")
    assert desk.shows(token) == ["a", "c"]


def test_a_plot_reads_with_its_area_in_both_units_and_the_lowest_price_of_the_place():
    desk = Desk("a")
    [plot] = desk.page(desk.open_page("a")["token"])["plots"]
    assert (plot["area_m2"], plot["area_mu"]) == ("11781", "17.67")
    assert plot["floor_price_cny"] == "2403324.00"  # 204 yuan for each m²
    assert [each["code"] for each in plot["remarks"]] == ["NOTICE_NOT_OUT"]


def test_a_plot_is_gone_as_soon_as_the_land_register_takes_its_release_back():
    desk = Desk()
    token = desk.open_page("a", "b")["token"]
    desk.revoke("a")
    assert desk.shows(token) == ["b"]


def test_a_plot_is_gone_even_before_projects_heard_that_its_release_was_taken_back():
    desk = Desk()
    token = desk.open_page("a", "b")["token"]
    desk.revoke("a", told=False)
    assert desk.shows(token) == ["b"]


def test_a_plot_that_is_kept_for_another_project_is_gone_and_back_when_that_ends():
    desk = Desk()
    token = desk.open_page("a", "b")["token"]
    desk.hold("a", "lead-2")
    assert desk.shows(token) == ["b"]

    desk.give_free("a")
    assert desk.shows(token) == ["a", "b"]


@pytest.mark.parametrize("happens", ["revoke", "hold"])
def test_a_plot_that_goes_while_the_page_is_made_is_not_shown(happens):
    desk = Desk("a")
    token = desk.open_page("a")["token"]
    desk.register.meanwhile = lambda: (
        desk.revoke("a") if happens == "revoke" else desk.hold("a", "lead-2")
    )
    assert desk.shows(token) == []
    assert desk.told() == [], "nobody saw it"


def test_a_plot_that_is_kept_for_the_project_itself_stays_on_its_page():
    desk = Desk("a")
    token = desk.open_page("a")["token"]
    desk.hold("a", "lead-1")
    [plot] = desk.page(token)["plots"]
    assert "HELD_FOR_YOU" in [each["code"] for each in plot["remarks"]]


def test_nothing_is_shown_while_the_land_register_is_silent_and_the_page_says_so():
    desk = Desk()
    token = desk.open_page("a", "b")["token"]
    desk.register.away = True
    page = desk.page(token)
    assert (page["plots"], page["not_shown_count"], page["unreachable"]) == ([], 2, ["parcels"])
    assert len(desk.register.asked) == 1, "a register that is away is asked once"


def test_a_silent_register_takes_no_plot_away_for_good():
    desk = Desk("a")
    token = desk.open_page("a")["token"]
    desk.page(token)
    desk.register.away = True
    desk.page(token)
    assert desk.told() == []


@pytest.mark.parametrize(
    ("day", "state", "plots"),
    [("08-20 23:59", "open", 1), ("08-21 00:00", "ended", 0), ("09-30", "ended", 0)],
)
def test_a_page_ends_by_itself_after_its_last_day(day, state, plots):
    desk = Desk("a")
    token = desk.open_page("a", ends_on="2023-08-20")["token"]
    page = desk.on(day).page(token)
    assert (page["state"], len(page["plots"])) == (state, plots)


def test_a_page_without_a_last_day_is_open_for_thirty_days():
    assert Desk("a").open_page("a", ends_on=None)["ends_on"] == "2023-09-09"


def test_a_page_that_is_closed_shows_nothing_and_stays_closed():
    desk = Desk("a")
    opened = desk.open_page("a")
    for _ in range(2):
        desk.call("close_prospect_page", page_id=opened["page_id"])
    page = desk.page(opened["token"])
    assert (page["state"], page["plots"]) == ("closed", [])
    kept = desk.read("get_prospect_page", page_id=opened["page_id"])
    assert kept["closed_on"] == "2023-08-10"


def test_the_token_is_shown_once_and_is_nowhere_in_the_store():
    desk = Desk("a")
    opened = desk.open_page("a", request_id="once")
    again = desk.open_page("a", request_id="once")
    desk.page(opened["token"])

    assert len(opened["token"]) == 64
    assert again == opened | {"token": None}
    keys = desk.repository.call("keys", "*")
    kept = " ".join(str(key) + str(desk.repository.call("dump", key)) for key in keys)
    assert hash_of(opened["token"]) in kept
    assert opened["token"] not in kept


def test_two_pages_have_tokens_of_their_own():
    desk = Desk("a")
    assert desk.open_page("a")["token"] != desk.open_page("a")["token"]


def test_nobody_gets_in_with_another_token():
    desk = Desk("a")
    token = desk.open_page("a")["token"]
    with pytest.raises(NotFound):
        desk.page(token[:-1] + ("a" if token[-1] != "a" else "b"))
    with pytest.raises(Invalid):
        desk.page("short")


def test_what_was_shown_when_is_written_down_by_the_plots_alone():
    desk = Desk()
    opened = desk.open_page("a", "b")
    desk.page(opened["token"])
    desk.on("08-11 09:00").revoke("a")
    desk.page(opened["token"])

    views = desk.read("list_page_views", filter={"page_id": opened["page_id"]}, order="seen_at")
    seen = [[each["listing_id"] for each in view["plots"]] for view in views["items"]]
    assert seen == [[listing_of("a"), listing_of("b")], [listing_of("b")]]
    assert views["items"][0]["seen_at"].startswith("2023-08-10T12:00:00")
    assert set(views["items"][0]) == {"view_id", "page_id", "seen_at", "plots", "incomplete"}
    assert opened["token"] not in json.dumps(views)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"ends_on": "2023-08-09"}, "ALREADY_OVER"),
        ({"lead_id": None}, "INVALID"),
        ({"project_id": "lead-1"}, "INVALID"),
        ({"lead_id": "lead-9"}, "NOT_FOUND"),
        ({"listing_ids": ["none"]}, "NOT_FOUND"),
        ({"wish": {"min_area_m2": "1"}}, "INVALID"),
    ],
)
def test_a_page_that_cannot_be_opened_says_why(given, code):
    with pytest.raises(Answered) as refused:
        Desk("a").open_page("a", **given)
    assert refused.value.reasons[0].code == code


def test_a_project_that_never_was_a_lead_names_its_plots_or_a_wish():
    desk = Desk("a")
    desk.call("enter_project", project_id="p-1", name="膜", stage="lead")
    with pytest.raises(Refused, match="NOTHING_CHOSEN"):
        desk.open_page(lead_id=None, project_id="p-1")
    opened = desk.open_page("a", lead_id=None, project_id="p-1")
    assert desk.shows(opened["token"]) == ["a"]


def test_the_team_of_the_project_has_its_page_unless_another_is_named():
    desk = Desk("a")
    desk.call("enter_project", project_id="p-1", name="膜", stage="lead")
    desk.call("hand_over_project", project_id="p-1", team="team 7", handed_on="2023-08-10")
    opened = desk.open_page("a", lead_id=None, project_id="p-1", team=None)
    assert opened["team"] == "team 7"
    assert to_json(opened)
