"""What a subscription has to keep to: `rulebook/subscriptions/<first day>.toml`, and known townships."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook
from park.townships import codes

from .subscription import Subscription

FOLDER = Path(__file__).parents[1] / "rulebook" / "subscriptions"


@record
class SubscriptionRules:
    """`most_active`: so many may be active at once."""

    most_active: int


SUBSCRIPTION_RULES = Rulebook(FOLDER, SubscriptionRules)


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
