"""Whether what leads from one part of the broker to another is all there, for as far as it can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from backbone.amqp.management import (
    Link,
    NotLetIn,
    Unreachable,
    bounded_users_at,
    kinds_at,
    links_at,
    sent_on_at,
)
from backbone.amqp.rights import receipts_links
from backbone.host.installation import Installation
from backbone.settings import Settings, latest
from park import townships
from services import access
from services.installation import TOWNSHIPS

from .finding import Finding
from .strangers import replaced, strangers

SUBJECT = "bindings"
PLUGIN = (
    "Switch the plugin on (rabbitmq-plugins enable rabbitmq_management), say in MANAGEMENT_URL where it "
    "answers, and give its user the tag management"
)
LOST_RECEIPTS = (
    "Its password stays. What it has no receipt for it sends once more: that is harmless."
)
LOGIN = (
    "Put name and password right there, or give that user rights in the virtual host and the tag management "
    "(`tenglong grant` does, and rabbitmqctl set_user_tags)"
)


def bindings(there: Installation, remedy: str, today: date) -> Iterator[Finding]:
    """Those of the installation, which `remedy` makes again, and those of the queues in which the townships
    of the day have their receipts kept; whether each that was let in has its queue; whether an exchange of
    ours is of another kind; and what is none of ours and leads to us."""
    at = there.settings.management_url, there.settings.amqp_uri
    try:
        found, sent_on, kinds = links_at(*at), sent_on_at(*at), kinds_at(*at)
    except Unreachable as problem:
        yield _unseen(problem, "lost bindings")
        return
    users: frozenset[str] = frozenset()
    try:
        users = granted(there.settings)
    except Unreachable as problem:
        yield _unseen(problem, "deleted queues of receipts")
    missing = [
        Finding(SUBJECT, "broken", f"{_said(link)} is missing", remedy)
        for link in sorted(there.bindings() - found)
    ]
    missing += _of_receipts(found, townships.codes(today), users)
    yield from missing or [Finding(SUBJECT, "well", "all are there")]
    yield from replaced(there, kinds)
    yield from strangers(there, found, sent_on, users)


def _unseen(problem: Unreachable, what: str) -> Finding:
    remedy = LOGIN if isinstance(problem, NotLetIn) else PLUGIN
    return Finding(SUBJECT, "look", str(problem), f"{remedy}: else {what} are not seen.")


def granted(settings: Settings) -> frozenset[str]:
    """The users whom `tenglong grant` let into this installation, without the name of its zone; it bounds
    the connections of each but the administrator. Raises `Unreachable`."""
    own, _ = access.zone_of(unquote(urlsplit(latest(settings.amqp_uri)).username or ""))
    found = map(access.zone_of, bounded_users_at(settings.management_url, settings.amqp_uri))
    return frozenset(plain for zone, plain in found if zone == own)


def _of_receipts(
    found: frozenset[Link], codes: Iterable[str], users: frozenset[str]
) -> Iterator[Finding]:
    """A township that was let in has a queue of receipts. One that has one of its two bindings misses nothing
    yet."""
    queues = {link.destination for link in found}
    for code in sorted(codes):
        links = receipts_links(TOWNSHIPS, code)
        lost = [link for link in links if link not in found]
        remedy = f"`tenglong grant township {code}`, again."
        if not lost:
            continue
        if lost[0].destination not in queues:
            if f"township-{code}" in users:
                said = (
                    f"township {code} has no queue {lost[0].destination}: nobody keeps its receipts"
                )
                yield Finding(SUBJECT, "broken", said, f"{remedy} {LOST_RECEIPTS}")
        elif len(lost) == len(links):
            said = f"{_said(lost[0])} is missing: receipts do not get there"
            yield Finding(SUBJECT, "broken", said, remedy)
        else:
            said = f"{_said(lost[0])} is missing; receipts get there by the other one of two"
            yield Finding(SUBJECT, "look", said, remedy)


def _said(link: Link) -> str:
    return f"{link.source} → {link.destination} ({link.key})"
