"""Who was told what about one thing, so that a correction reaches everyone who needs it.

A correction may be heard before what it corrects. Both meet here: whichever is heard second finds
the other one, so that in the end the same people are told the same things.
"""

from __future__ import annotations

from dataclasses import replace

from backbone.records import record


@record
class Telling:
    """One alert about the thing. `moment` sorts as the facts happened; `cause` is the event that its
    fact came from; `corrects` and `concerns` are kinds: what it takes back, and what it puts in doubt."""

    alert_id: str
    kind: str
    moment: str
    cause: str | None
    corrects: tuple[str, ...]
    concerns: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    def is_corrected_by(self, other: Telling) -> bool:
        """Facts of one cause were said together, so none of them takes back another: land that is
        released on other terms withdraws its listing and drafts it anew in one moment."""
        return self.kind in other.corrects and self._is_before(other)

    def is_followed_by(self, other: Telling) -> bool:
        """Whoever was told this is to know the other, which takes it back or puts it in doubt."""
        return self.kind in (*other.corrects, *other.concerns) and self._is_before(other)

    def _is_before(self, other: Telling) -> bool:
        together = self.cause is not None and self.cause == other.cause
        return self.moment <= other.moment and not together


@record
class Audience:
    """Every alert about one thing, in the order in which notify heard of them."""

    subject: str
    tellings: tuple[Telling, ...] = ()

    def recipients_before(self, later: Telling) -> frozenset[str]:
        """Everyone who was told what `later` takes back or puts in doubt."""
        return frozenset(
            recipient
            for telling in self.tellings
            if telling.is_followed_by(later)
            for recipient in telling.recipients
        )

    def followers_of(self, telling: Telling) -> tuple[str, ...]:
        """The alerts, heard already, that take `telling` back or put it in doubt."""
        return tuple(t.alert_id for t in self.tellings if telling.is_followed_by(t))

    def is_corrected(self, alert_id: str) -> bool:
        told = [each for each in self.tellings if each.alert_id == alert_id]
        return any(each.is_corrected_by(other) for each in told for other in self.tellings)

    def with_telling(self, telling: Telling) -> Audience:
        return replace(self, tellings=(*self.tellings, telling))
