"""`tenglong doctor` sees whether anybody would be told when the platform is not well."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from backbone.errors import Unavailable
from cli.doctor.hearers import NOT_ARRIVED, SUBSCRIBE, TOLD, hearers

GUIDE = Path(__file__).parents[3] / "docs" / "operations.md"
EVERYTHING = {"townships": [], "kinds": [], "channel": "email"}
ALARMS = {"townships": [], "kinds": ["alarm_raised"], "channel": "chat"}
SILENCE = {"townships": [], "kinds": ["feed_silent", "release_ready"], "channel": "webhook"}
OF_ONE = {"townships": ["330604006"], "kinds": [], "channel": "email"}
LOGGED = {"townships": [], "kinds": [], "channel": "log"}


@pytest.mark.parametrize(
    ("active", "unheard"),
    [
        ([], ["alarm_raised", "feed_silent"]),
        ([EVERYTHING], []),
        ([OF_ONE], ["alarm_raised", "feed_silent"]),
        ([OF_ONE, ALARMS], ["feed_silent"]),
        ([SILENCE, OF_ONE], ["alarm_raised"]),
        ([ALARMS, SILENCE], []),
        ([LOGGED], ["alarm_raised", "feed_silent"]),
        ([LOGGED, ALARMS], ["feed_silent"]),
        ([LOGGED, EVERYTHING], []),
    ],
)
def test_who_would_not_be_told_is_seen_among_all_who_are_subscribed_now(active, unheard):
    notify = OneAPage(active)
    found = hearers(notify)

    assert found.state == ("look" if unheard else "well")
    assert found.remedy == (SUBSCRIBE if unheard else "")
    assert [kind for kind in TOLD if f"({kind})" in found.said] == unheard
    assert notify.asked == {"state": "active"}
    alone = bool(unheard) and LOGGED in active
    assert ("to a log alone reaches no person" in found.said) is alone


def test_a_message_that_does_not_arrive_is_told_though_somebody_subscribed():
    late = {"channel": "email", "last_error": "No mail server is set (SMTP_URL)."}
    found = hearers(OneAPage([EVERYTHING], [late]))

    assert (found.state, found.remedy) == ("look", NOT_ARRIVED)
    assert found.said == "a message by email is tried again: No mail server is set (SMTP_URL)."


class OneAPage:
    """notify with these subscriptions, of which it shows one a page, and these deliveries that are tried
    again."""

    def __init__(self, active: list[dict[str, Any]], late: Sequence[dict[str, Any]] = ()) -> None:
        self.active, self.late = active, late
        self.asked: dict[str, str] = {}

    def list_subscriptions(
        self, filter: dict[str, str], limit: int, cursor: str | None
    ) -> dict[str, Any]:
        self.asked, at = filter, int(cursor or 0)
        more = at + 1 < len(self.active)
        return {"items": self.active[at : at + 1], "cursor": str(at + 1) if more else None}

    def list_deliveries(self, filter: dict[str, str], limit: int) -> dict[str, Any]:
        assert filter == {"state": "retrying"}
        return {"items": [*self.late][:limit], "cursor": None}


def test_a_notify_that_tells_us_nothing_of_its_subscriptions_is_not_taken_for_well():
    class Shut:
        def list_subscriptions(self, **_asked: Any) -> dict[str, Any]:
            raise Unavailable("notify did not answer")

    found = hearers(Shut())
    assert (found.state, found.said) == ("look", "notify does not tell us who is told")


def test_the_command_that_subscribes_is_the_one_of_the_guide_to_which_it_leads():
    page = GUIDE.read_text("utf-8")
    section = page.partition("## The first subscription\n")[2].partition("\n## ")[0]

    assert SUBSCRIBE.split("`")[1] in section.splitlines()
    assert SUBSCRIBE.endswith("docs/operations.md#the-first-subscription")
    assert page.count("](#the-first-subscription)") >= 3, "each way of installing leads there"
