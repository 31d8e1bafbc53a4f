"""A delivery is honest about where it stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import structlog
from urllib3.exceptions import LocationParseError

from services.notify.delivery.message import ChannelError, Message
from services.notify.delivery.rules import DELIVERY_RULES
from services.notify.subscriptions.target import Target

from .conftest import Notify, Postman, desk
from .facts import fact

TRIES = len(DELIVERY_RULES.on(datetime.now(UTC).date()).delays_s) + 1


def busy(retry_after_s: float = 0) -> ChannelError:
    return ChannelError(False, "The webhook answered 503.", retry_after_s)


def one_alert(*answers: Exception | None) -> Notify:
    notify = Notify(Postman(*answers))
    notify.call("subscribe", **desk())
    notify.hear_facts(fact("parcels.land_released"))
    return notify


def test_an_alert_waits_as_pending_until_it_is_sent() -> None:
    [delivery] = one_alert().deliveries()
    assert (delivery["state"], delivery["attempts"]) == ("pending", 0)


def test_a_busy_channel_is_tried_again_later_and_then_has_it() -> None:
    notify = one_alert(busy())
    notify.hear_itself()
    [delivery] = notify.deliveries()
    assert (delivery["state"], delivery["attempts"]) == ("retrying", 1)
    assert delivery["last_error"] == "The webhook answered 503."
    assert delivery["next_try_at"] > notify.now.isoformat()

    [delay_s] = notify.hear_itself()
    assert delay_s >= 15
    [delivery] = notify.deliveries()
    assert (delivery["state"], delivery["attempts"]) == ("delivered", 2)
    assert delivery["last_error"] is None
    assert delivery["next_try_at"] is None


def test_a_channel_that_asks_for_patience_gets_it() -> None:
    notify = one_alert(busy(retry_after_s=7200))
    notify.hear_itself()
    assert notify.hear_itself() == [7200]


@pytest.mark.parametrize(
    "defect",
    [
        ValueError("https://host/T0KEN"),
        UnicodeError("T0KEN"),
        KeyError("T0KEN"),
        LocationParseError("T0KEN"),
        RecursionError(),
        OSError("T0KEN"),
        AssertionError(),
    ],
)
def test_a_defect_of_a_channel_is_a_failed_try_and_repeats_no_token(defect: Exception) -> None:
    notify = one_alert(defect)
    with structlog.testing.capture_logs() as lines:
        notify.hear_itself()
    [delivery] = notify.deliveries()
    assert (delivery["state"], delivery["attempts"]) == ("retrying", 1)
    assert type(defect).__name__ in delivery["last_error"]
    assert "T0KEN" not in str(delivery) + str(lines)
    notify.hear_itself()
    assert notify.deliveries(state="delivered")


def test_a_permanent_no_is_a_failure_at_once() -> None:
    notify = one_alert(ChannelError(True, "The webhook answered 410."))
    notify.hear_itself()
    [delivery] = notify.deliveries(state="failed")
    assert delivery["attempts"] == 1
    assert notify.hear_itself() == []
    assert [f["state"] for f in notify.facts_named("delivery_settled")] == ["failed"]


def test_a_channel_that_stays_down_is_given_up_after_the_last_try() -> None:
    notify = one_alert(*[busy() for _ in range(TRIES)])
    delays = [notify.hear_itself() for _ in range(TRIES)]
    assert notify.hear_itself() == []
    waits = [delay for [delay] in delays]
    assert waits == sorted(waits), "each wait is longer than the one before"
    [delivery] = notify.deliveries(state="given_up")
    assert delivery["attempts"] == TRIES
    assert len(notify.facts_named("delivery_settled")) == 1


def test_a_delivered_message_is_not_sent_again_by_a_late_copy(
    notify: Notify, postman: Postman
) -> None:
    notify.call("subscribe", **desk())
    notify.hear_facts(fact("parcels.land_released"))
    notify.hear_itself()
    notify.hear_itself(again=True)
    assert len(postman.sent) == 1


def test_what_changes_while_a_message_leaves_does_not_send_it_again(
    notify: Notify, postman: Postman
) -> None:
    """Another alert about the same land is raised, this one is taken in hand, and its desk renamed."""
    notify.call("subscribe", **desk())
    notify.hear_facts(fact("parcels.land_released"))
    [alert] = notify.alerts()
    take = postman.send

    def send(channel: str, target: Target, message: Message) -> None:
        take(channel, target, message)
        if len(postman.sent) == 1:
            notify.hear_facts(fact("parcels.release_revoked"))
            notify.call("acknowledge", alert_id=alert["alert_id"], by="land desk")
            notify.call("subscribe", **desk(name="the land desk", subscription_id="land-desk"))

    postman.send = send  # type: ignore[method-assign]
    notify.hear_itself()
    assert [message.delivery_id for _, _, message in postman.sent].count(
        notify.deliveries(alert_id=alert["alert_id"])[0]["delivery_id"]
    ) == 1
    assert notify.deliveries(alert_id=alert["alert_id"])[0]["state"] == "delivered"


def test_every_try_carries_the_same_id() -> None:
    notify = one_alert(busy())
    seen = []
    keep = notify.channels.send

    def send(channel, target, message):
        seen.append(message.delivery_id)
        keep(channel, target, message)

    notify.channels.send = send
    notify.hear_itself()
    notify.hear_itself()
    assert len(seen) == 2
    assert len(set(seen)) == 1


def test_a_subscription_that_ended_meanwhile_gets_nothing(notify: Notify, postman: Postman) -> None:
    notify.call("subscribe", **desk())
    notify.hear_facts(fact("parcels.land_released"))
    notify.call("unsubscribe", subscription_id="land-desk")
    notify.hear_itself()
    assert postman.sent == []
    [delivery] = notify.deliveries(state="failed")
    assert delivery["last_error"] == "The subscription has ended."


def test_a_changed_address_is_used_for_what_still_waits(postman: Postman) -> None:
    notify = one_alert(busy())
    notify.hear_itself()
    notify.call("subscribe", **desk(channel="email", address="desk@example.org"))
    notify.hear_itself()
    [(channel, target, _)] = notify.channels.sent
    assert (channel, target.address) == ("email", "desk@example.org")
    assert notify.deliveries(channel="email", state="delivered")


def test_every_try_is_counted_by_the_state_that_it_led_to() -> None:
    notify = one_alert(busy())
    notify.hear_itself()
    notify.hear_itself()
    assert notify.channels.counted == [("log", "retrying"), ("log", "delivered")]
