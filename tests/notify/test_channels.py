"""What the channels share: settings, the log, and that no secret leaves the store."""

from __future__ import annotations

import json

import pytest
import structlog
from prometheus_client import REGISTRY

from backbone.errors import Invalid, Refused
from services.notify.channels import BY_NAME, Outlets, log
from services.notify.channels.settings import ChannelSettings, from_environment
from services.notify.delivery.message import Message
from services.notify.subscriptions import rules
from services.notify.subscriptions.subscription import Channel
from services.notify.subscriptions.target import Target

from .conftest import Notify, desk
from .facts import CASE, PARCEL, fact
from .servers import on_loopback, website
from .test_webhook import SECRET


def test_there_is_a_channel_for_every_name() -> None:
    assert set(BY_NAME) == set(Channel)


def test_the_mail_server_is_read_from_one_url() -> None:
    url = "smtp://notify:p%40ss@mail.example.org:587?from=notify@example.org"
    smtp = from_environment({"SMTP_URL": url}).smtp
    assert smtp
    assert (smtp.host, smtp.port, smtp.tls) == ("mail.example.org", 587, False)
    assert (smtp.user, smtp.password, smtp.sender) == ("notify", "p@ss", "notify@example.org")
    assert "p@ss" not in repr(smtp)


def test_smtps_is_tls_from_the_first_byte() -> None:
    smtp = from_environment({"SMTP_URL": "smtps://mail.example.org?from=a@example.org"}).smtp
    assert smtp
    assert (smtp.port, smtp.tls) == (465, True)


def test_networks_that_webhooks_may_reach_are_a_list_of_networks_and_addresses() -> None:
    settings = from_environment({"WEBHOOK_NETWORKS": "10.2.0.0/16, fd00::/8,192.168.7.9 "})
    assert [str(each) for each in settings.networks] == [
        "10.2.0.0/16",
        "fd00::/8",
        "192.168.7.9/32",
    ]


@pytest.mark.parametrize(("text", "allowed"), [("", False), ("no", False), ("yes", True)])
def test_plain_http_is_for_those_who_ask_for_it(text: str, allowed: bool) -> None:
    assert from_environment({"WEBHOOK_HTTP": text}).plain_http is allowed


def test_without_settings_everything_but_mail_works() -> None:
    assert from_environment({}) == ChannelSettings()


@pytest.mark.parametrize(
    "env",
    [
        {"SMTP_URL": "http://u:hush@host?from=a@b.org"},
        {"SMTP_URL": "smtp://u:hush@host"},
        {"SMTP_URL": "smtp://u:hush@host?from=a@b.org&ssl_ca_cert=/ca"},
        {"CHANNEL_TIMEOUT_S": "soon"},
        {"CHANNEL_TIMEOUT_S": "0"},
        {"CHANNEL_TIMEOUT_S": "-1"},
        {"CHANNEL_TIMEOUT_S": "nan"},
        {"CHANNEL_TIMEOUT_S": "inf"},
        {"CHANNEL_TIMEOUT_S": "30"},
        {"CHANNEL_TIMEOUT_S": "8", "HANDLER_DEADLINE_S": "8"},
        {"WEBHOOK_HTTP": "perhaps"},
        {"WEBHOOK_NETWORKS": "10.0.0.0/33"},
        {"WEBHOOK_NETWORKS": "10.0.0.1/8"},
        {"WEBHOOK_NETWORKS": "intranet"},
    ],
)
def test_a_setting_that_cannot_be_read_is_named_without_its_password(env) -> None:
    with pytest.raises(ValueError, match=next(iter(env))) as refused:
        from_environment(env)
    assert "hush" not in str(refused.value)


def test_the_log_says_that_there_is_an_alert_and_names_no_parcel() -> None:
    alert = {
        "alert_id": "a-1",
        "kind": "release_ready",
        "severity": "info",
        "township": "330604006",
        "subject": CASE,
    }
    message = Message(delivery_id="d-1", title=PARCEL, text=PARCEL, alert=alert)
    with structlog.testing.capture_logs() as lines:
        log.send(Target(subscription_id="desk", address="land-desk"), message, ChannelSettings())
    [line] = lines
    assert (line["event"], line["to"], line["alert_id"]) == ("alert", "land-desk", "a-1")
    assert PARCEL not in str(line)
    assert CASE not in str(line)


def test_tries_are_counted_by_channel_and_state() -> None:
    labels = {"channel": "log", "state": "delivered"}
    before = REGISTRY.get_sample_value("tenglong_deliveries_total", labels) or 0
    Outlets(ChannelSettings()).count("log", "delivered")
    assert REGISTRY.get_sample_value("tenglong_deliveries_total", labels) == before + 1


# --- secrets


def everything_shown(notify: Notify) -> str:
    """All that any call answers and all that is announced."""
    calls = ("alert", "subscription", "delivery")
    lists = ("list_alerts", "list_subscriptions", "list_deliveries")
    items = {kind: notify.read(name)["items"] for kind, name in zip(calls, lists, strict=True)}
    histories = [
        notify.read(f"{kind}_history", **{f"{kind}_id": item[f"{kind}_id"]})
        for kind, found in items.items()
        for item in found
    ]
    announced = [each.body.decode() for each in notify.outbox]
    return json.dumps([items, histories, announced], default=str)


@pytest.mark.parametrize("status", [200, 404, 503])
def test_no_secret_of_a_webhook_is_ever_told(status: int) -> None:
    with website((status, {})) as site:
        notify = Notify(Outlets(on_loopback()))
        terms = desk(channel="webhook", address=f"{site.url}/hooks/T0KEN", secret=SECRET)
        answer = notify.call("subscribe", **terms)
        notify.hear_facts(fact("parcels.land_released"))
        notify.hear_itself()
    assert len(site.seen) == 1
    shown = json.dumps(answer, default=str) + everything_shown(notify)
    assert "T0KEN" not in shown
    assert SECRET not in shown
    assert f"127.0.0.1:{site.port}" in shown


def test_no_token_of_a_chat_is_told_when_the_address_is_refused() -> None:
    notify = Notify(Outlets(ChannelSettings()))
    with pytest.raises(Invalid) as refused:
        notify.call("subscribe", **desk(channel="chat", address="nochat://T0KEN"))
    assert "T0KEN" not in str(refused.value)
    assert refused.value.reasons[0].field == "address"


def test_an_address_is_forgotten_when_the_subscription_ends() -> None:
    notify = Notify(Outlets(ChannelSettings()))
    notify.call("subscribe", **desk(channel="email", address="land.desk@example.org"))
    notify.call("unsubscribe", subscription_id="land-desk")
    assert notify.repository.load(Target, "land-desk").thing == Target(subscription_id="land-desk")


# --- subscribing


def test_subscribing_again_changes_the_terms(notify: Notify) -> None:
    notify.call("subscribe", **desk(min_severity="info"))
    notify.call("subscribe", **desk(min_severity="critical"))
    [subscription] = notify.read("list_subscriptions")["items"]
    assert subscription["min_severity"] == "critical"


def test_who_gives_no_id_has_one_subscription_for_each_address(notify: Notify) -> None:
    terms = {"name": "土地科", "channel": "log", "address": "land-desk"}
    first = notify.call("subscribe", **terms)
    again = notify.call("subscribe", **terms, min_severity="critical")
    other = notify.call("subscribe", **terms | {"address": "archive"})
    assert first["subscription_id"] == again["subscription_id"] != other["subscription_id"]
    assert len(notify.read("list_subscriptions")["items"]) == 2


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"subscription_id": "No Spaces"}, "subscription_id"),
        ({"kinds": ["moon_landed"]}, "kinds.0"),
        ({"min_severity": "terrible"}, "min_severity"),
        ({"channel": "pigeon"}, "channel"),
        ({"address": "two words"}, "address"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_subscription_that_cannot_work_is_refused_with_the_field(
    notify: Notify, terms, field
) -> None:
    with pytest.raises(Invalid) as refused:
        notify.call("subscribe", **desk() | terms)
    assert [reason.field for reason in refused.value.reasons] == [field]


def test_a_subscription_to_a_township_that_there_is_not_is_refused(notify: Notify) -> None:
    with pytest.raises(Refused, match="UNKNOWN_TOWNSHIP"):
        notify.call("subscribe", **desk(townships=["330604999"]))


def test_there_is_an_end_to_subscriptions_but_not_to_changing_one(
    notify: Notify, monkeypatch
) -> None:
    editions = rules.SUBSCRIPTION_RULES.editions
    for first_day in editions:
        monkeypatch.setitem(editions, first_day, rules.SubscriptionRules(most_active=1))
    notify.call("subscribe", **desk("first"))
    with pytest.raises(Refused, match="TOO_MANY_SUBSCRIPTIONS"):
        notify.call("subscribe", **desk("second"))
    notify.call("subscribe", **desk("first", min_severity="critical"))
    notify.call("unsubscribe", subscription_id="first")
    notify.call("subscribe", **desk("second"))


def test_an_alert_is_acknowledged_once(notify: Notify) -> None:
    notify.hear_facts(fact("parcels.land_released"))
    [alert] = notify.alerts()
    notify.call("acknowledge", alert_id=alert["alert_id"], by="land desk")
    again = notify.call("acknowledge", alert_id=alert["alert_id"], by="projects team")
    assert (again["state"], again["acknowledged_by"]) == ("acknowledged", "land desk")
    assert notify.alerts(state="acknowledged")


def test_the_first_delivery_that_fails_is_a_rise_from_nought() -> None:
    """An alert looks for a rise, and of a series that begins at 1 there is none."""
    Outlets(ChannelSettings())

    for channel in BY_NAME:
        for state in ("failed", "given_up"):
            labels = {"channel": channel, "state": state}
            assert REGISTRY.get_sample_value("tenglong_deliveries_total", labels) is not None
