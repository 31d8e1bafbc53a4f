"""What a subscription has to keep to: `rules/subscriptions/<first day>.toml`, and known townships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from backbone.errors import Reason
from park import dated
from park.townships import codes

from .subscription import Subscription

FOLDER = Path(__file__).parents[1] / "rules" / "subscriptions"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRules:
    """`most_active`: so many may be active at once."""

    most_active: int


RULES: dict[date, SubscriptionRules] = dated.load(
    FOLDER, partial(msgspec.toml.decode, type=SubscriptionRules)
)


def in_force(day: date) -> SubscriptionRules:
    """The rules of that day in the park; before the first ones, the first ones."""
    return dated.in_force(RULES, day)


def broken(subscription: Subscription, others: int, most: int, today: date) -> list[Reason]:
    """Every rule that stands against the subscription; `others` are active beside it."""
    found = (no_room(others, most), unknown_township(subscription, today))
    return [reason for reason in found if reason]


def no_room(others: int, most: int) -> Reason | None:
    """`most_active`: every alert looks at every subscription."""
    if others < most:
        return None
    sentence = f"There are {others} subscriptions; end one of them first, or share one."
    return Reason("TOO_MANY_SUBSCRIPTIONS", sentence, field="subscription_id")


def unknown_township(subscription: Subscription, today: date) -> Reason | None:
    """Who mistypes a township would wait for its alerts in vain."""
    unknown = sorted(set(subscription.townships) - codes(today))
    if not unknown:
        return None
    sentence = f"There is no township {', '.join(unknown)}; give the 9-digit division code."
    return Reason("UNKNOWN_TOWNSHIP", sentence, field="townships")
