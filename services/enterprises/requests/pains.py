"""Pain points that several firms share: one topic, many firms, a short time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from backbone.records import record

from .levels import Repeated
from .request import TOWNSHIP_DIGITS, ServiceRequest
from .words import RequestState

LATEST = "latest"
Raised = tuple[date, str, str]  # the day, the firm, the request


@record
class RepeatedPainPoint:
    """A topic that enough firms raised within the days of the rule, from the first of those requests to
    the last. A firm counts once, however often it asks. `townships` are those of the firms."""

    topic: str
    first_on: date
    last_on: date
    firms: int
    enterprise_ids: tuple[str, ...]
    townships: tuple[str, ...]
    service_request_ids: tuple[str, ...]


def repeated_pain_points(
    requests: Iterable[ServiceRequest], rule: Repeated
) -> list[RepeatedPainPoint]:
    """The repeated pain points among these requests, the one of most firms first. Requests that were
    withdrawn do not count."""
    raised: dict[str, list[Raised]] = defaultdict(list)
    for each in requests:
        counts = each.received_on and each.state is not RequestState.WITHDRAWN
        if each.received_on and counts and each.topic and each.enterprise_id:
            said = (each.received_on, each.enterprise_id, each.service_request_id)
            raised[each.topic].append(said)
    found = [
        _of(topic, spell) for topic, said in raised.items() for spell in _spells(sorted(said), rule)
    ]
    return sorted(found, key=lambda each: (-each.firms, each.topic, each.first_on))


def _spells(raised: list[Raised], rule: Repeated) -> Iterator[list[Raised]]:
    """Windows of `rule.days` days with enough firms; those that share a request are one spell."""
    spell: list[Raised] = []
    for last, *_ in raised:
        first = last - timedelta(days=rule.days - 1)
        window = [each for each in raised if first <= each[0] <= last]
        if len({firm for _, firm, _ in window}) < rule.firms:
            continue
        if spell and window[0] > spell[-1]:
            yield spell
            spell = []
        spell = sorted({*spell, *window})
    if spell:
        yield spell


def _of(topic: str, spell: list[Raised]) -> RepeatedPainPoint:
    firms = tuple(sorted({firm for _, firm, _ in spell}))
    return RepeatedPainPoint(
        topic=topic,
        first_on=spell[0][0],
        last_on=spell[-1][0],
        firms=len(firms),
        enterprise_ids=firms,
        townships=tuple(sorted({firm[:TOWNSHIP_DIGITS] for firm in firms})),
        service_request_ids=tuple(request for _, _, request in spell),
    )


@record
class PainPointsTold:
    """The topics that repeated when the clock looked last. What repeats anew is told."""

    look_id: str = LATEST
    topics: tuple[str, ...] = ()
