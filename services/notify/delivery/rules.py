"""How often and how soon a message is tried again: `rulebook/delivery/<first day>.toml`."""

from __future__ import annotations

from pathlib import Path

from backbone.records import record
from park.rulebook import Rulebook

FOLDER = Path(__file__).parents[1] / "rulebook" / "delivery"


@record
class DeliveryRules:
    """How often and how soon a message is tried again."""

    delays_s: tuple[int, ...]
    jitter: float
    longest_delay_s: int

    def delay_s(self, tries: int, spread: float, asked_s: float = 0) -> int | None:
        """Seconds to the next try after `tries` failed ones, or none when there is no next try.

        `spread` in 0..1 is the jitter; `asked_s` is the patience that the channel asked for.
        """
        if tries > len(self.delays_s):
            return None
        own = self.delays_s[tries - 1] * (1 + self.jitter * spread)
        return round(max(own, min(asked_s, self.longest_delay_s)))


DELIVERY_RULES = Rulebook(FOLDER, DeliveryRules)
