"""

Written by `tenglong contracts write`; change the contracts, not this file.
"""
# mypy: no-warn-return-any

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NotRequired, TypedDict

from ..values import LEFT_OUT, Day, Figure, Moment
from .every_service import EveryService


Severity = Literal['critical', 'info', 'warning']


AlertState = Literal['acknowledged', 'no_recipients', 'raised']


class Alert(TypedDict):
    alert_id: str  # The id of the alert.
    kind: str  # What kind of thing it tells of.
    severity: Severity  # How much it matters.
    township: str | None  # The 9-digit division code of the township.
    subject: str  # The id of the thing that it is about.
    title: str  # The alert in a few words.
    text: str  # The alert in whole sentences.
    data: dict[str, Any]  # What the alert keeps of the fact that raised it: no names, no codes.
    happened_at: datetime  # When the fact happened.
    raised_at: datetime  # When notify heard of the fact.
    cause_event_id: str  # The id of the fact that raised it.
    cause_type: str  # The type of the fact that raised it.
    correlation_id: str | None  # The id that all events of one chain share.
    recipients: list[str]  # The subscriptions that were told.
    state: AlertState  # Whether somebody was told, and whether somebody has taken it in hand.
    acknowledged_by: str | None  # The role or desk that has taken it in hand.
    acknowledged_at: datetime | None  # When it was taken in hand.


class ChangedBy(TypedDict):
    caller: str | None  # The broker's user who called; null for an event, and for a call that does not say it.
    id: str  # The id of that event, or the request_id of the call.
    source: str  # Who sent that event, or which method was called.
    time: datetime | None  # When that event says that it was so; null for a call, and for what was kept before this was.
    type: str  # The type of that event, or rpc. and the name of the method.


class Change(TypedDict):
    at: datetime  # When the change was put on record.
    by: ChangedBy  # The event or the call that changed it.
    changed: dict[str, Any]  # The fields that changed, with their values after the change.
    facts: list[str]  # The facts that tell of the change, by their names.
    version: int  # The number of the change; a thing's first one is 1.


class FollowingFact(TypedDict):
    data: dict[str, Any]  # The fact, as it would be announced.
    type: str  # The type of the fact with the service that would announce it.


class Reason(TypedDict):
    code: str  # The stable name of the rule, for programs.
    sentence: str  # What was wrong and what would be right.
    field: str | None  # The path of the field that is to blame, where one is.
    source: str | None  # The law or the notice that the rule comes from.


class Ruling(TypedDict):
    says: str | None  # The verdict in a word: the verdict of a criterion, a standing, a grade, a listing; none where there is none, say no grade.
    figure: Decimal | None  # The figure behind it, if there is one. (see `unit`)
    bar: Decimal | None  # The bar to which the figure was held, if it is held to one. (see `unit`)
    unit: str | None  # The unit of figure and bar.
    reason: Reason | None  # Why it says so, where more than a figure and a bar says it; or what is missing.
    source: str | None  # Where the rule comes from, by the rulebook of that side.


class VerdictChange(TypedDict):
    thing_id: str  # The thing, by its id.
    verdict: str  # Which verdict of the thing, and what it is about after the first word: the criterion with its place and year, the grade of a round, the term of an honour.
    before: Ruling | None  # What the one side says; none where it does not judge so.
    after: Ruling | None  # What the other side says; none where it does not judge so.


class RulesCompared(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    supposed_facts: list[FollowingFact]  # What the service would announce if the one side took the place of the other, each as a report for `what_if`; nothing is announced. Where no verdict leads to a fact, none.
    thing: str  # The kind of the things that were judged.
    things_judged: int  # How many things the page judged, whether a verdict is another one or not.
    topic: str  # The rulebook by which was judged.
    verdict_changes: list[VerdictChange]  # Each verdict of the page that says something else on the two sides, or for another reason. Another figure or bar alone is no change.


class EditionGiven(TypedDict):
    first_day: NotRequired[Day | None]  # A day on which the edition that is meant, or that is changed, is in force; of a whole edition its first day. Today if it is left out.
    edition: NotRequired[dict[str, Any] | None]  # A whole edition, as its file in the rulebook would have it: tables, lists, texts and numbers by their names.
    changes: NotRequired[dict[str, Any]]  # What is to stand at a path of the edition. An entry of a list is named by its number from 0, or by a text that it alone has.


class AlarmOver(TypedDict):
    alarm_id: str  # What tells the alarm from others of its name: the fingerprint of its labels.
    alarm: str  # The name of the alert in Prometheus.
    where: str  # The labels that say what it is about: a process, a queue, a feed.
    started_at: datetime  # When it began to fire.
    ended_at: datetime  # When it ceased to fire.


class Explanation(TypedDict):
    alert: Alert  # The alert that is explained.
    chain: list[dict[str, str]]  # The events behind it, the latest first: type, source, id, perhaps time, and a sentence.
    complete: bool  # Whether no event between is missing.


Channel = Literal['chat', 'email', 'log', 'webhook']


DeliveryState = Literal['delivered', 'failed', 'given_up', 'pending', 'retrying']


class Delivery(TypedDict):
    delivery_id: str  # The id of the delivery: one for each alert and subscription.
    alert_id: str  # The id of the alert.
    subscription_id: str  # The id of the subscription; who gives none gets one for each address.
    recipient: str  # The role or desk that is told.
    channel: Channel  # How the alerts are brought.
    created_at: datetime  # When it was first to be sent.
    state: DeliveryState  # Where the delivery stands.
    attempts: int  # How often it was tried. (tries)
    last_error: str | None  # Why the last try failed, without addresses or secrets.
    next_try_at: datetime | None  # When it is tried again, if it is.
    delivered_at: datetime | None  # When it was delivered.


SubscriptionState = Literal['active', 'ended']


class Subscription(TypedDict):
    subscription_id: str  # The id of the subscription; who gives none gets one for each address.
    name: str  # The role or desk that is told, not a person.
    townships: list[str]  # Townships by their codes; none named means all of them.
    kinds: list[str]  # The kinds of alerts that are wanted; none named means all of them.
    min_severity: Severity  # The least severity that is wanted.
    channel: Channel  # How the alerts are brought.
    address: str  # What the channel takes: a word, a URL, an e-mail address, an apprise URL; secrets in it are shown masked.
    since: datetime  # When it was asked for.
    state: SubscriptionState  # Whether it is in force.
    ended_at: datetime | None  # When it was ended.


class TownshipFeed(TypedDict):
    feed_id: str  # The code of the township whose feed it is.
    last_on: date  # The day on which something last came of a report of the township.
    told: int  # How many reminders were sent of this silence.


class ListAlertsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Alert]  # The things of this page.


class AlertFilter(TypedDict):
    township: NotRequired[str | None]  # The 9-digit division code of the township.
    kind: NotRequired[str]  # What kind of thing it tells of.
    severity: NotRequired[Severity]  # How much it matters.
    state: NotRequired[AlertState]  # Whether somebody was told, and whether somebody has taken it in hand.
    subject: NotRequired[str]  # The id of the thing that it is about.
    parcel_id: NotRequired[str | None]  # The township's own id of the parcel [地块]; it stays when codes change.


class ListDeliveriesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Delivery]  # The things of this page.


class DeliveryFilter(TypedDict):
    alert_id: NotRequired[str]  # The id of the alert.
    subscription_id: NotRequired[str]  # The id of the subscription; who gives none gets one for each address.
    channel: NotRequired[Channel]  # How the alerts are brought.
    state: NotRequired[DeliveryState]  # Where the delivery stands.


class ListSubscriptionsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Subscription]  # The things of this page.


class SubscriptionFilter(TypedDict):
    state: NotRequired[SubscriptionState]  # Whether it is in force.
    channel: NotRequired[Channel]  # How the alerts are brought.
    townships: NotRequired[str]  # A township that the subscription names.
    kinds: NotRequired[str]  # A kind of alerts that the subscription names.


class ListTownshipFeedsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[TownshipFeed]  # The things of this page.


class TownshipFeedFilter(TypedDict):
    pass


class AlarmRaised(TypedDict):
    alarm_id: str  # What tells the alarm from others of its name: the fingerprint of its labels.
    alarm: str  # The name of the alert in Prometheus.
    level: Severity  # How much it matters.
    summary: str  # What it means for the park, in a sentence.
    where: str  # The labels that say what it is about: a process, a queue, a feed.
    started_at: datetime  # When it began to fire.
    runbook: str | None  # The address of the page that says what to do.


class NotCompared(TypedDict):
    topic: str  # The name of the rulebook.
    why: str  # Why nothing is compared by it, in words.


class KeptRules(TypedDict):
    editions: list[date]  # The first days of its editions.
    in_force: date  # The first day of the edition that is in force today.
    judges: str  # What is judged by it, in words.
    thing: str  # The kind of the things that are judged by it.
    topic: str  # The name of the rulebook.


class RulesKept(TypedDict):
    not_compared: list[NotCompared]  # The other rulebooks of the service, by which nothing is compared.
    rulebooks: list[KeptRules]  # The rulebooks by which the service can compare things.


class FeedMostlyRefused(TypedDict):
    township: str  # The 9-digit division code of the township.
    on: date  # The day on which more than half of what the township reported was refused.


class Notify(EveryService):
    """"""

    name = "notify"

    def acknowledge(
        self,
        *,
        alert_id: str,
        by: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Alert:
        """Somebody has taken the alert in hand.

        alert_id: The id of the alert.
        by: Who does it, a role or a desk; it stays on record.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "acknowledge",
            Alert,
            {
                "alert_id": alert_id,
                "by": by,
            },
            timeout, request_id,
        )

    def alert_history(
        self,
        *,
        alert_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one alert, oldest first.

        alert_id: The id of the alert.
        """
        return self._ask(
            "alert_history",
            list[Change],
            {
                "alert_id": alert_id,
            },
            timeout,
        )

    def compare_rules(
        self,
        *,
        topic: str,
        after: EditionGiven,
        before: EditionGiven | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> RulesCompared:
        """A page of things by two rulebooks: the verdicts that are other ones, and what would be told.

        topic: The rulebook, as `rules_kept` names those by which things can be compared.
        after: The edition of the other side. Without `before` it has the place of the edition that it changes, or of its first day, in the rulebook as it is; with `before` it alone judges there.
        before: The edition of the one side, which alone judges there. If it is left out, the one side is the rulebook as it is.
        limit: How many things are judged for a page at most; by `evaluation` always the firms of one round, which are ranked together.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "compare_rules",
            RulesCompared,
            {
                "topic": topic,
                "after": after,
                "before": before,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def delivery_history(
        self,
        *,
        delivery_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one delivery, oldest first.

        delivery_id: The id of the delivery: one for each alert and subscription.
        """
        return self._ask(
            "delivery_history",
            list[Change],
            {
                "delivery_id": delivery_id,
            },
            timeout,
        )

    def end_alarm(
        self,
        *,
        alarm_id: str,
        alarm: str,
        where: str,
        started_at: Moment,
        ended_at: Moment,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> AlarmOver:
        """Have whoever was told of an alarm of operations told that it is over.

        alarm_id: What tells the alarm from others of its name: the fingerprint of its labels.
        alarm: The name of the alert in Prometheus.
        where: The labels that say what it is about: a process, a queue, a feed.
        started_at: When it began to fire.
        ended_at: When it ceased to fire.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "end_alarm",
            AlarmOver,
            {
                "alarm_id": alarm_id,
                "alarm": alarm,
                "where": where,
                "started_at": started_at,
                "ended_at": ended_at,
            },
            timeout, request_id,
        )

    def explain(
        self,
        *,
        alert_id: str,
        timeout: float | None = None,
    ) -> Explanation:
        """Why the alert exists: the chain of events behind it, back to the township's.

        alert_id: The id of the alert.
        """
        return self._ask(
            "explain",
            Explanation,
            {
                "alert_id": alert_id,
            },
            timeout,
        )

    def get_alert(
        self,
        *,
        alert_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Alert:
        """The alert now, or as it was at `as_of`.

        alert_id: The id of the alert.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_alert",
            Alert,
            {
                "alert_id": alert_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_delivery(
        self,
        *,
        delivery_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Delivery:
        """The delivery now, or as it was at `as_of`.

        delivery_id: The id of the delivery: one for each alert and subscription.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_delivery",
            Delivery,
            {
                "delivery_id": delivery_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_subscription(
        self,
        *,
        subscription_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Subscription:
        """The subscription now, or as it was at `as_of`.

        subscription_id: The id of the subscription; who gives none gets one for each address.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_subscription",
            Subscription,
            {
                "subscription_id": subscription_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_township_feed(
        self,
        *,
        feed_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> TownshipFeed:
        """The township feed now, or as it was at `as_of`.

        feed_id: The code of the township whose feed it is.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_township_feed",
            TownshipFeed,
            {
                "feed_id": feed_id,
                "as_of": as_of,
            },
            timeout,
        )

    def list_alerts(
        self,
        *,
        filter: AlertFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'raised_at', '-raised_at', 'happened_at', '-happened_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListAlertsPage:
        """Things of the kind alert, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_alerts",
            ListAlertsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_alerts(
        self,
        *,
        filter: AlertFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'raised_at', '-raised_at', 'happened_at', '-happened_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Alert]:
        """Each thing of `list_alerts`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_alerts",
            ListAlertsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_deliveries(
        self,
        *,
        filter: DeliveryFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'created_at', '-created_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListDeliveriesPage:
        """Things of the kind delivery, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_deliveries",
            ListDeliveriesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_deliveries(
        self,
        *,
        filter: DeliveryFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'created_at', '-created_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Delivery]:
        """Each thing of `list_deliveries`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_deliveries",
            ListDeliveriesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_subscriptions(
        self,
        *,
        filter: SubscriptionFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListSubscriptionsPage:
        """Things of the kind subscription, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_subscriptions",
            ListSubscriptionsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_subscriptions(
        self,
        *,
        filter: SubscriptionFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Subscription]:
        """Each thing of `list_subscriptions`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_subscriptions",
            ListSubscriptionsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_township_feeds(
        self,
        *,
        filter: TownshipFeedFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'tell_on', '-tell_on', 'last_on', '-last_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListTownshipFeedsPage:
        """Things of the kind township feed, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_township_feeds",
            ListTownshipFeedsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_township_feeds(
        self,
        *,
        filter: TownshipFeedFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'tell_on', '-tell_on', 'last_on', '-last_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[TownshipFeed]:
        """Each thing of `list_township_feeds`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_township_feeds",
            ListTownshipFeedsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def raise_alarm(
        self,
        *,
        alarm_id: str,
        alarm: str,
        where: str,
        started_at: Moment,
        level: Literal['info', 'warning', 'critical'],
        summary: str,
        runbook: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> AlarmRaised:
        """Have whoever subscribed told that an alarm of operations was raised. Raised again with the same `started_at` it is one alert.

        alarm_id: What tells the alarm from others of its name: the fingerprint of its labels.
        alarm: The name of the alert in Prometheus.
        where: The labels that say what it is about: a process, a queue, a feed.
        started_at: When it began to fire.
        level: How much it matters.
        summary: What it means for the park, in a sentence.
        runbook: The address of the page that says what to do.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "raise_alarm",
            AlarmRaised,
            {
                "alarm_id": alarm_id,
                "alarm": alarm,
                "where": where,
                "started_at": started_at,
                "level": level,
                "summary": summary,
                "runbook": runbook,
            },
            timeout, request_id,
        )

    def rules_kept(
        self,
        *,
        timeout: float | None = None,
    ) -> RulesKept:
        """The rulebooks by which things can be compared, with the first days of their editions; of each other one, why nothing is."""
        return self._ask(
            "rules_kept",
            RulesKept,
            {
            },
            timeout,
        )

    def subscribe(
        self,
        *,
        name: str,
        channel: Literal['log', 'webhook', 'email', 'chat'],
        subscription_id: Figure | None = LEFT_OUT,
        townships: list[str] = LEFT_OUT,
        kinds: list[Literal['alarm_over', 'alarm_raised', 'award_contest_lifted', 'award_contested', 'award_voided', 'bidding_frozen', 'bidding_resumes', 'boundary_cleared', 'boundary_doubtful', 'bulletin_issued', 'capital_due', 'capital_due_lifted', 'code_changed', 'code_disputed', 'code_settled', 'code_worsened', 'commitment_breach_lifted', 'commitment_breached', 'contract_overdue', 'contract_signed', 'deadline_near', 'feed_heard_again', 'feed_mostly_refused', 'feed_silent', 'firm_code_disputed', 'firm_code_settled', 'fund_warned', 'fund_warning_lifted', 'grade_dropped', 'grade_restored', 'grades_publicised', 'honour_due', 'honour_due_lifted', 'idle_land_ended', 'idle_land_found', 'land_matched', 'lease_set_aside', 'listing_awarded', 'listing_drafted', 'listing_published', 'listing_unsold', 'listing_withdrawn', 'low_efficiency_suspected', 'match_withdrawn', 'meeting_decided', 'next_step_missing', 'next_step_missing_lifted', 'notice_resumed', 'notice_supplemented', 'notice_suspended', 'objection_reviewed', 'offer_departed', 'offer_plan_approved', 'offer_plan_ended', 'offer_plan_lies', 'offer_plan_lies_lifted', 'offer_plan_returned', 'offer_plan_submitted', 'offer_terminated', 'online_auction_called', 'online_auction_dropped', 'pain_point_repeated', 'payment_due', 'platform_target_miss_lifted', 'platform_target_missed', 'plot_hold_ended', 'policy_ended', 'policy_ending', 'policy_ending_lifted', 'policy_warned', 'policy_warning_lifted', 'possible_duplicate_found', 'premises_in_doubt', 'premises_settled', 'project_land_contest_lifted', 'project_land_contested', 'project_stage_changed', 'project_stage_withdrawn', 'project_terminated', 'release_blocked', 'release_ready', 'release_revoked', 'remediation_contradicted', 'remediation_overdue', 'remediation_reopened', 'remediation_returned', 'request_answered', 'request_clock_settled', 'request_clock_waiting', 'request_escalated', 'request_extended', 'request_handed_over', 'request_received', 'request_reopened', 'request_withdrawn', 'review_due', 'settlement_due', 'settlement_lifted', 'settlement_missed', 'shown_plot_back', 'shown_plot_gone', 'soil_registered', 'soil_registry_removed', 'soil_report_due', 'standing_changed', 'start_overdue', 'supply_plan_overdue', 'supply_plan_overdue_lifted', 'supply_plan_recorded', 'supply_step_overdue', 'supply_way_changed', 'suspicion_lifted', 'talent_step_recorded', 'talent_step_revoked', 'unit_vacated']] = LEFT_OUT,
        min_severity: Literal['info', 'warning', 'critical'] = LEFT_OUT,
        address: str = LEFT_OUT,
        secret: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Subscription:
        """Subscribe `name` to the alerts that pass the filter; the same `subscription_id` again changes the terms.

        name: The role or desk that is told, not a person.
        channel: How the alerts are brought.
        subscription_id: The id of the subscription; who gives none gets one for each address.
        townships: Townships by their codes; none named means all of them.
        kinds: The kinds of alerts that are wanted; none named means all of them.
        min_severity: The least severity that is wanted.
        address: What the channel takes: a word, a URL, an e-mail address, an apprise URL; secrets in it are shown masked.
        secret: The key with which a webhook is signed; it is never shown.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "subscribe",
            Subscription,
            {
                "name": name,
                "channel": channel,
                "subscription_id": subscription_id,
                "townships": townships,
                "kinds": kinds,
                "min_severity": min_severity,
                "address": address,
                "secret": secret,
            },
            timeout, request_id,
        )

    def subscription_history(
        self,
        *,
        subscription_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one subscription, oldest first.

        subscription_id: The id of the subscription; who gives none gets one for each address.
        """
        return self._ask(
            "subscription_history",
            list[Change],
            {
                "subscription_id": subscription_id,
            },
            timeout,
        )

    def tell_mostly_refused(
        self,
        *,
        township: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> FeedMostlyRefused:
        """Have the township told, and whoever else wants to know of it, that most of what it reports is refused today.

        township: The 9-digit division code of the township.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "tell_mostly_refused",
            FeedMostlyRefused,
            {
                "township": township,
            },
            timeout, request_id,
        )

    def township_feed_history(
        self,
        *,
        feed_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one township feed, oldest first.

        feed_id: The code of the township whose feed it is.
        """
        return self._ask(
            "township_feed_history",
            list[Change],
            {
                "feed_id": feed_id,
            },
            timeout,
        )

    def unsubscribe(
        self,
        *,
        subscription_id: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Subscription:
        """Tell them nothing more, and forget the address.

        subscription_id: The id of the subscription; who gives none gets one for each address.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "unsubscribe",
            Subscription,
            {
                "subscription_id": subscription_id,
            },
            timeout, request_id,
        )
