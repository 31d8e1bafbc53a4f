"""The rulebooks of projects by which things are compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from park.rulebook import Rulebook
from park.verdicts.topic import Topic, Topics, judged_by

from ..assignment.rulebook import ASSIGNMENT_LAW
from ..contests.contest import CONTEST_BOOK
from ..contests.entry import ContestEntry
from ..dues.due_step import REMINDERS, DueStep
from ..funds.fund import FUND_BOOK, Fund
from ..handbook.rulebook import HANDBOOK
from ..leads.lead import Lead
from ..listings.listing import Listing, ListingState
from ..notices.bonds import PLACE_BONDS
from ..notices.rulebook import FLOOR_PRICES, NOTICE_LAW
from ..notices.rules import NoticeBooks
from ..periods.counting import PERIODS
from ..pipeline.project import Project
from ..pipeline.rulebook import PIPELINE
from ..plans.offer_plan import OfferPlan
from ..plans.rulebook import PLAN_BOOK
from ..platforms.platform import PLATFORM_BOOK, Platform
from ..policies.condition import POLICY_BOOK
from ..policies.policy import Policy
from ..rulebook import LISTING_LAW
from .contests import by_contest_rules, known_entries, settlements_told
from .funds import by_guidance, known_funds, warnings_told
from .notices import by_books, known_notices
from .plans import by_days_of_waiting, lying_told
from .platforms import by_project_kinds
from .policies import by_days_before, ends_told
from .projects import by_pipeline, missing_told
from .steps import by_reminders, reminders_told


def _of_notices(
    rulebook: Rulebook[Any], judges: str, books_of: Callable[[Rulebook[Any]], NoticeBooks]
) -> Topic:
    """One of the rulebooks by which a notice that is out is judged."""
    return Topic(
        rulebook=rulebook,
        thing="listing",
        judges=judges,
        kind=Listing,
        where={"state": ListingState.NOTICE_PUBLISHED},
        judge=judged_by(
            lambda listings, rules, _: by_books(listings, books_of(rules)), known=known_notices
        ),
    )


LAND: Topics = {
    "assignment": Topic(
        rulebook=ASSIGNMENT_LAW,
        thing="lead",
        judges="which open plot suits a lead best, and which it misses by little",
        kind=Lead,
        where={"is_looking": True},
        judge=lambda service, page: service.judged_leads(page),
    ),
    "handbook": Topic(
        rulebook=HANDBOOK,
        thing="listing",
        judges="whether an open plot can be had, by what projects knows",
        kind=Listing,
        where={"is_open": True},
        judge=lambda service, page: service.judged_plots(page),
    ),
    "notices": _of_notices(
        NOTICE_LAW,
        "what each rule for a notice says of one that is out, and how much that weighs",
        lambda rules: NoticeBooks(notices=rules),
    ),
    "listings": _of_notices(
        LISTING_LAW,
        "whether the term and the bond of a notice that is out are lawful",
        lambda rules: NoticeBooks(listings=rules),
    ),
    "periods": _of_notices(
        PERIODS,
        "whether a notice that is out, and its listing, are long enough",
        lambda rules: NoticeBooks(periods=rules),
    ),
    "floor_prices": _of_notices(
        FLOOR_PRICES,
        "whether the start price of a notice that is out is at least the lowest of its place",
        lambda rules: NoticeBooks(floor_prices=rules),
    ),
    "bonds": _of_notices(
        PLACE_BONDS,
        "whether the bond of a notice that is out is usual for its place",
        lambda rules: NoticeBooks(bonds=rules),
    ),
    "plans": Topic(
        rulebook=PLAN_BOOK,
        thing="offer_plan",
        judges="from when on an offer plan has waited too long",
        kind=OfferPlan,
        judge=judged_by(by_days_of_waiting, lying_told),
    ),
    "reminders": Topic(
        rulebook=REMINDERS,
        thing="due_step",
        judges="which reminder of an open step has come, and which is the next",
        kind=DueStep,
        where={"is_open": True},
        judge=judged_by(by_reminders, reminders_told),
    ),
}
INVESTMENT: Topics = {
    "platforms": Topic(
        rulebook=PLATFORM_BOOK,
        thing="platform",
        judges="whether the kinds of project in the plan of a platform, and in what was proved of it, are "
        "words of the list",
        kind=Platform,
        judge=judged_by(by_project_kinds),
    ),
    "pipeline": Topic(
        rulebook=PIPELINE,
        thing="project",
        judges="whether a project is open, and from when on its team is told that nothing is planned",
        kind=Project,
        judge=judged_by(by_pipeline, missing_told),
    ),
    "funds": Topic(
        rulebook=FUND_BOOK,
        thing="fund",
        judges="what a fund is warned of, by the guidance of the day on which it was set up",
        kind=Fund,
        judge=judged_by(by_guidance, warnings_told, known_funds),
    ),
    "policies": Topic(
        rulebook=POLICY_BOOK,
        thing="policy",
        judges="how near the end of a policy is, and from when on that is told",
        kind=Policy,
        judge=judged_by(by_days_before, ends_told),
    ),
    "contests": Topic(
        rulebook=CONTEST_BOOK,
        thing="contest_entry",
        judges="whether the project of an entry has landed, and what is told of a winner who is to settle",
        kind=ContestEntry,
        judge=judged_by(by_contest_rules, settlements_told, known_entries),
    ),
}
TOPICS: Topics = {**LAND, **INVESTMENT}
