"""Whether what leads from one part of the broker to another is all there, for as far as it can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from backbone.amqp.management import Link, NotLetIn, Unreachable, links_at
from backbone.amqp.rights import receipts_links
from backbone.host.installation import Installation
from park import townships
from services.installation import TOWNSHIPS

from .finding import Finding

SUBJECT = "bindings"
PLUGIN = (
    "Switch the plugin on (rabbitmq-plugins enable rabbitmq_management), say in MANAGEMENT_URL where it "
    "answers, and give its user the tag management"
)
LOGIN = (
    "Put name and password right there, or give that user rights in the virtual host and the tag management "
    "(`tenglong grant` does, and rabbitmqctl set_user_tags)"
)


def bindings(there: Installation, remedy: str, today: date) -> Iterator[Finding]:
    """Those of the installation, which `remedy` makes again, and those of the queues in which the townships
    of the day have their receipts kept."""
    try:
        found = links_at(there.settings.management_url, there.settings.amqp_uri)
    except Unreachable as problem:
        remedy = LOGIN if isinstance(problem, NotLetIn) else PLUGIN
        yield Finding(SUBJECT, "look", str(problem), f"{remedy}: else lost bindings are not seen.")
        return
    missing = [
        Finding(SUBJECT, "broken", f"{_said(link)} is missing", remedy)
        for link in sorted(there.bindings() - found)
    ]
    missing += _of_receipts(found, townships.codes(today))
    yield from missing or [Finding(SUBJECT, "well", "all are there")]


def _of_receipts(found: frozenset[Link], codes: Iterable[str]) -> Iterator[Finding]:
    """A queue of receipts that has one of its two bindings misses nothing yet."""
    queues = {link.destination for link in found}
    for code in sorted(codes):
        links = receipts_links(TOWNSHIPS, code)
        lost = [link for link in links if link not in found]
        if not lost or lost[0].destination not in queues:
            continue
        remedy = f"`tenglong grant township {code}`, again."
        if len(lost) == len(links):
            said = f"{_said(lost[0])} is missing: receipts do not get there"
            yield Finding(SUBJECT, "broken", said, remedy)
        else:
            said = f"{_said(lost[0])} is missing; receipts get there by the other one of two"
            yield Finding(SUBJECT, "look", said, remedy)


def _said(link: Link) -> str:
    return f"{link.source} → {link.destination} ({link.key})"
