from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.notify.alerts.rules import KINDS, Severity
from services.notify.subscriptions.rules import no_room, unknown_township
from services.notify.subscriptions.subscription import Channel, Subscription

from .facts import NOON
from .test_alert import alert_for

TOWNSHIPS = ["330604006", "330604007", "330604008"]
ALERT = alert_for("parcels.land_released")

alerts = st.builds(
    lambda township, kind, severity: replace(
        ALERT, township=township, kind=kind, severity=severity
    ),
    st.sampled_from([*TOWNSHIPS, None]),
    st.sampled_from(KINDS),
    st.sampled_from(Severity),
)
subsets = st.lists(st.sampled_from(TOWNSHIPS), unique=True).map(tuple)


def subscription(**terms) -> Subscription:
    everything = {"townships": (), "kinds": (), "min_severity": Severity.INFO}
    return Subscription(
        subscription_id="desk",
        name="land desk",
        channel=Channel.LOG,
        address="",
        since=NOON,
        **everything | terms,
    )


@given(alerts)
def test_a_subscription_without_a_filter_wants_everything(alert) -> None:
    assert subscription().wants(alert)


@given(alerts, subsets, st.lists(st.sampled_from(KINDS)).map(tuple), st.sampled_from(Severity))
def test_every_part_of_a_filter_must_agree(alert, townships, kinds, severity) -> None:
    parts = [{"townships": townships}, {"kinds": kinds}, {"min_severity": severity}]
    alone = [subscription(**part).wants(alert) for part in parts]
    together = subscription(townships=townships, kinds=kinds, min_severity=severity)
    assert together.wants(alert) is all(alone)


@given(alerts, subsets.filter(bool))
def test_a_township_is_told_of_itself_only(alert, townships) -> None:
    assert subscription(townships=townships).wants(alert) is (alert.township in townships)


@given(alerts)
def test_who_wants_warnings_is_spared_the_rest(alert) -> None:
    wanted = subscription(min_severity=Severity.WARNING).wants(alert)
    assert wanted is (alert.severity in ("warning", "critical"))


def test_there_is_an_end_to_subscriptions() -> None:
    assert no_room(others=9, most=10) is None
    full = no_room(others=10, most=10)
    assert full
    assert full.code == "TOO_MANY_SUBSCRIPTIONS"


def test_a_mistyped_township_is_refused_and_not_waited_for_in_vain() -> None:
    assert unknown_township(subscription(townships=("330604006",)), NOON.date()) is None
    assert unknown_township(subscription(townships=()), NOON.date()) is None
    reason = unknown_township(subscription(townships=("330604006", "330604999")), NOON.date())
    assert reason
    assert "330604999" in reason.sentence
