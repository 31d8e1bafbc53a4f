"""Who was told what about one thing, so that a correction reaches everyone who needs it.

A correction may be heard before what it corrects. Both meet here: whichever is heard second finds
the other one, so that in the end the same people are told the same things.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One alert about the thing. `moment` sorts as the facts happened; `cause` is the event that its
    fact came from; `corrects` are kinds."""

    alert_id: str
    kind: str
    moment: str
    cause: str | None
    corrects: tuple[str, ...]
    recipients: tuple[str, ...] = ()

    def is_corrected_by(self, other: Telling) -> bool:
        """Facts of one cause were said together, so none of them takes back another: land that is
        released on other terms withdraws its listing and drafts it anew in one moment."""
        together = self.cause is not None and self.cause == other.cause
        return self.kind in other.corrects and self.moment <= other.moment and not together


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Every alert about one thing, in the order in which notify heard of them."""

    subject: str
    tellings: tuple[Telling, ...] = ()

    def recipients_before(self, correction: Telling) -> frozenset[str]:
        """Everyone who was told what `correction` takes back."""
        return frozenset(
            recipient
            for telling in self.tellings
            if telling.is_corrected_by(correction)
            for recipient in telling.recipients
        )

    def corrections_of(self, telling: Telling) -> tuple[str, ...]:
        """The alerts, heard already, that take `telling` back."""
        return tuple(t.alert_id for t in self.tellings if telling.is_corrected_by(t))

    def is_corrected(self, alert_id: str) -> bool:
        return any(self.corrections_of(t) for t in self.tellings if t.alert_id == alert_id)

    def with_telling(self, telling: Telling) -> Audience:
        return replace(self, tellings=(*self.tellings, telling))
