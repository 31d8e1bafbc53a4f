"""What the terms of honours and of capital, the days ahead of them, and the bar of scale make of firms, by
any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..deadlines.facts import capital_told, honours_told
from ..deadlines.told import (
    STEPS,
    Ahead,
    DeadlineRules,
    DeadlinesTold,
    capital_near,
    capital_of,
    honours_near,
)
from ..firms.enterprise import Enterprise, Scale
from ..honours.honours import FirmHonours, Honour, HonourKinds
from ..profile.firm_profile import FirmProfile
from ..profile.rulebook import CapitalTerm, ScaleBar
from ..profile.rules import capital_due, capital_standing, scale_differs
from ..profile.scale import judging_revenue, scale_by_revenue


@record
class KnownFirm:
    """What is known of a firm, and what was told of its deadlines."""

    enterprise_id: str
    declared: Scale | None
    honours: FirmHonours | None
    profile: FirmProfile | None
    told: DeadlinesTold


def known_firms(store: Any, things: Sequence[Any]) -> list[KnownFirm]:
    """The firms of these honours, profiles or reports, with all that is known of each, read at once."""
    ids = [each.enterprise_id for each in things]
    kinds = (Enterprise, FirmHonours, FirmProfile, DeadlinesTold)
    if ids:
        store.read_ahead.fetch([], [(kind, each) for kind in kinds for each in ids])
    return [_known(each, *(store.get(kind, each) for kind in kinds)) for each in ids]


def _known(
    enterprise_id: str,
    firm: Enterprise | None,
    honours: FirmHonours | None,
    profile: FirmProfile | None,
    told: DeadlinesTold | None,
) -> KnownFirm:
    return KnownFirm(
        enterprise_id=enterprise_id,
        declared=firm.scale if firm else None,
        honours=honours,
        profile=profile,
        told=told or DeadlinesTold.nothing(enterprise_id),
    )


def by_honour_kinds(firms: Iterable[KnownFirm], kinds: HonourKinds, on: date) -> Rulings:
    """Of each honour that was granted whether it stands on that day, and until when it does, for the years
    that its kind is valid."""
    found: dict[tuple[str, str], Ruling] = {}
    for firm in firms:
        for honour in firm.honours.honours if firm.honours else ():
            name, kind = " ".join(map(str, honour.key)), honour.kind_by(kinds)
            years = kind.valid_years if kind and honour.expires_on is None else None
            ruling = Ruling(
                says="stands" if honour.stands_on(on, kinds) else "does not stand",
                figure=None if years is None else Decimal(years),
                unit="years",
                source=kind.source if kind else None,
            )
            found[firm.enterprise_id, f"honour {name}"] = ruling
            found[firm.enterprise_id, f"term {name}"] = replace(ruling, says=_term(honour, kinds))
    return found


def _term(honour: Honour, kinds: HonourKinds) -> str:
    last_day = honour.last_day_by(kinds)
    return f"until {last_day}" if last_day else "no term known"


def by_capital_terms(firms: Iterable[KnownFirm], terms: Rulebook[CapitalTerm], on: date) -> Rulings:
    """What is due of the capital of each firm, and by when."""
    found: dict[tuple[str, str], Ruling] = {}
    for firm in firms:
        if firm.profile is None:
            continue
        standing = capital_standing(firm.profile, on, terms)
        dues = [each for each in capital_due(standing) if each.code in STEPS]
        says = f"{STEPS[dues[0].code]} by {dues[0].due_on}" if dues else "nothing due"
        found[firm.enterprise_id, "capital"] = Ruling(says=says, source=standing.term.source)
    return found


def by_days_ahead(firms: Iterable[KnownFirm], ahead: Rulebook[Ahead], on: date) -> Rulings:
    """The deadlines of each firm that are near enough to be told of."""
    rules, law = DeadlineRules(ahead=ahead), ahead.on(on)
    found: dict[tuple[str, str], Ruling] = {}
    for firm in firms:
        for due in honours_near(firm.honours, on, rules) if firm.honours else ():
            name = f"{due.due} {due.honour} {due.level} {due.year}"
            told = Ruling(says=f"told, due {due.due_on}", source=law.honours_source)
            found[firm.enterprise_id, name] = told
        dues = capital_of(firm.profile, on, rules)[1] if firm.profile else ()
        for near in capital_near(dues, on, rules):
            told = Ruling(says=f"told, due {near.due_on}", source=law.capital_source)
            found[firm.enterprise_id, f"capital {near.level}"] = told
    return found


def by_scale_bar(firms: Iterable[KnownFirm], bars: Rulebook[ScaleBar], on: date) -> Rulings:
    """Whether the revenue of each firm puts it above scale, and whether that is what its report says."""
    bar = bars.on(on)
    found: dict[tuple[str, str], Ruling] = {}
    for firm in firms:
        revenue = judging_revenue(firm.profile, on) if firm.profile else None
        scale = scale_by_revenue(revenue, on, bars)
        found[firm.enterprise_id, "scale"] = Ruling(
            says=scale.value if scale else None,
            figure=revenue.main_revenue_cny if revenue else None,
            bar=bar.main_revenue_cny,
            unit="yuan",
            source=bar.source,
        )
        differs = scale_differs(firm.declared, scale)
        found[firm.enterprise_id, "as_reported"] = Ruling(
            says="differs" if differs else "no doubt", reason=differs, source=bar.source
        )
    return found


def honours_due_told(
    firms: Iterable[KnownFirm], before: HonourKinds, after: HonourKinds, on: date
) -> Iterator[Any]:
    """The facts of honours that would be due soon, or are not any more, by the other terms."""
    return _told(firms, DeadlineRules(honours=before), DeadlineRules(honours=after), on)


def capital_due_told(
    firms: Iterable[KnownFirm],
    before: Rulebook[CapitalTerm],
    after: Rulebook[CapitalTerm],
    on: date,
) -> Iterator[Any]:
    """The facts of capital that would be due soon, or is not any more, by the other law."""
    return _told(firms, DeadlineRules(capital=before), DeadlineRules(capital=after), on)


def days_ahead_told(
    firms: Iterable[KnownFirm], before: Rulebook[Ahead], after: Rulebook[Ahead], on: date
) -> Iterator[Any]:
    """The facts of what would be near by the other days, and is not by these."""
    return _told(firms, DeadlineRules(ahead=before), DeadlineRules(ahead=after), on)


def _told(
    firms: Iterable[KnownFirm], before: DeadlineRules, after: DeadlineRules, on: date
) -> Iterator[Any]:
    """What would be told of each firm by the one rules, once all was told by the other ones."""
    for firm in firms:
        if firm.honours:
            now, _ = honours_told(firm.told, firm.honours, on, before)
            yield from honours_told(now, firm.honours, on, after)[1]
        if firm.profile:
            now, _ = capital_told(firm.told, firm.profile, on, before)
            yield from capital_told(now, firm.profile, on, after)[1]
