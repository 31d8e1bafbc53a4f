"""What is refused of a policy, a revision or a claim, and what is warned of.

Each rule answers with a reason, or nothing; a warning refuses nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record

from ..clauses.check import ClauseException, lacking_of
from ..clauses.law import CLAUSE_LAW
from ..leads.lead import LeadSource, Stage
from .condition import POLICY_BOOK, TESTS, FactForm, PolicyBook
from .policy import Policy, PolicyClaim, PolicyGrant, PolicyTerms, ReviewConclusion

NO_EXCEPTION = ClauseException()
OWN_WORDS = {"stage": tuple(Stage), "lead_source": tuple(LeadSource)}


@record
class PolicySaid:
    """What a policy says, or would say after a revision, and the day in the park."""

    terms: PolicyTerms
    today: date

    @property
    def book(self) -> PolicyBook:
        return POLICY_BOOK.on(self.terms.valid_from)


def gift_is_listed(said: PolicySaid) -> Reason | None:
    """What a policy gives is a word of a list, so that the policies can be told apart."""
    gives = said.book.gives
    if said.terms.gives_kind in gives:
        return None
    return Reason("POLICY_GIFT_UNKNOWN", f"Give one of these: {', '.join(gives)}.", "gives_kind")


def facts_are_listed(said: PolicySaid) -> Reason | None:
    """A condition asks for what is known of projects; nobody would meet any other."""
    facts = said.book.facts
    for number, each in enumerate(said.terms.condition):
        if each.fact not in facts:
            sentence = f"{_unlisted(each.fact, facts)} Ask for some of these: {', '.join(facts)}."
            return Reason("FACT_UNKNOWN", sentence, f"condition.{number}.fact")
    return None


def tests_fit_their_facts(said: PolicySaid) -> Reason | None:
    """A figure is compared, a stage is reached, and a word is one of some."""
    for number, each in enumerate(said.terms.condition):
        form = said.book.facts.get(each.fact)
        if form and each.test not in TESTS[form]:
            sentence = (
                f"{each.fact} is not tested by {each.test}, but by: {', '.join(TESTS[form])}."
            )
            return Reason("TEST_DOES_NOT_FIT", sentence, f"condition.{number}.test")
    return None


def criteria_have_their_value(said: PolicySaid) -> Reason | None:
    """A figure is compared with a figure, and anything else is held against words."""
    for number, each in enumerate(said.terms.condition):
        form = said.book.facts.get(each.fact)
        wants_figure = form is FactForm.FIGURE
        if form and (wants_figure != (each.figure is not None) or wants_figure == bool(each.words)):
            wanted = "`figure` and no words" if wants_figure else "`words` and no figure"
            field = f"condition.{number}.{'figure' if wants_figure else 'words'}"
            return Reason("CRITERION_VALUE", f"Give {wanted} for {each.fact}.", field)
    return None


def words_are_listed(said: PolicySaid) -> Reason | None:
    """Where the words of a fact are listed, others are met by nobody."""
    for number, each in enumerate(said.terms.condition):
        listed = OWN_WORDS.get(each.fact) or said.book.marks.get(each.fact, ())
        wrong = [word for word in each.words if listed and word not in listed]
        if wrong:
            sentence = f"{_unlisted(wrong[0], listed)} Words of {each.fact}: {', '.join(listed)}."
            return Reason("CRITERION_WORD_UNKNOWN", sentence, f"condition.{number}.words")
    return None


def _unlisted(word: str, listed: Iterable[str]) -> str:
    """What was read, and the word of the list that is nearest to it."""
    near = difflib.get_close_matches(word, [str(each) for each in listed], 1)
    return f"{word} is none{f'; did you mean {near[0]}?' if near else '.'}"


def review_has_been(said: PolicySaid) -> Reason | None:
    """A review has a day that has come."""
    review = said.terms.review
    if review is None or review.reviewed_on <= said.today:
        return None
    return not_yet("review", said.today)


def ends_after_it_begins(said: PolicySaid) -> Reason | None:
    """The last day is none before the first."""
    terms = said.terms
    if terms.valid_to is None or terms.valid_from <= terms.valid_to:
        return None
    return Reason("INVALID", f"Give a day from {terms.valid_from} on.", "valid_to")


POLICY_RULES = (
    gift_is_listed,
    facts_are_listed,
    tests_fit_their_facts,
    criteria_have_their_value,
    words_are_listed,
    review_has_been,
    ends_after_it_begins,
)


@record
class PolicySeen:
    """A policy as it stands, and the day whose rules of review hold for it."""

    terms: PolicyTerms
    judged_on: date


def is_reviewed(seen: PolicySeen) -> Reason | None:
    """条例 art. 18: without a review no policy goes out."""
    law = CLAUSE_LAW.on(seen.judged_on).review
    if law is None or seen.terms.review:
        return None
    sentence = "It was not reviewed for fair competition."
    return Reason("POLICY_NOT_REVIEWED", sentence, "review", law.article)


def review_was_passed(seen: PolicySeen) -> Reason | None:
    """条例 art. 18: a policy that breaks arts. 8 to 11 and is no exception does not go out."""
    law, review = CLAUSE_LAW.on(seen.judged_on).review, seen.terms.review
    if law is None or review is None or review.conclusion is not ReviewConclusion.BREAKS_THE_RULES:
        return None
    sentence = "By its review it breaks the rules of fair competition."
    return Reason("POLICY_BREAKS_THE_RULES", sentence, "review", law.article)


def conclusion_says_why(seen: PolicySeen) -> Reason | None:
    """条例 art. 17: the conclusion says in detail why an exception holds."""
    law, review = CLAUSE_LAW.on(seen.judged_on).conclusion, seen.terms.review
    if law is None or review is None or review.conclusion is not ReviewConclusion.EXCEPTION:
        return None
    if review.conclusion_reasons:
        return None
    return Reason("CONCLUSION_REASONS", law.asks, "review", law.article)


POLICY_WARNINGS = (is_reviewed, review_was_passed, conclusion_says_why)


def lacking_in(seen: PolicySeen) -> tuple[Reason, ...]:
    """条例 art. 12: what the exception lacks on which the review rests."""
    review = seen.terms.review
    if review is None or review.conclusion is not ReviewConclusion.EXCEPTION:
        return ()
    return lacking_of(seen.terms.exception or NO_EXCEPTION, seen.judged_on)


@record
class Claiming:
    """A claim, its policy as it was before, and the day in the park."""

    claim: PolicyClaim
    policy: Policy
    today: date


def claim_has_been_made(claiming: Claiming) -> Reason | None:
    """A claim is of a day that has come."""
    if claiming.claim.claimed_on <= claiming.today:
        return None
    return not_yet("claimed_on", claiming.today)


def claim_stays_with_its_project(claiming: Claiming) -> Reason | None:
    """A correction is of the same project; another one has a claim of its own."""
    before = claiming.policy.claim(claiming.claim.policy_claim_id)
    if before is None or before.project_id == claiming.claim.project_id:
        return None
    sentence = "This claim is another project's; give the new one an id of its own."
    return Reason("CLAIM_OF_OTHER_PROJECT", sentence, "policy_claim_id")


CLAIM_RULES = (claim_has_been_made, claim_stays_with_its_project)


def over_the_most(policy: Policy, claim: PolicyClaim) -> Reason | None:
    """All claims of a project together are no more than the policy gives it; more is warned of."""
    terms = policy.terms(claim.claimed_on)
    most = terms.amount_cny if terms else None
    of_project = [each for each in policy.claimed() if each.project_id == claim.project_id]
    total = sum((each.claimed_cny for each in of_project), Decimal(0))
    if most is None or total <= most:
        return None
    sentence = f"The project claims {total:f} yuan in all; the policy gives at most {most:f}."
    return Reason("CLAIM_OVER_POLICY", sentence, "claimed_cny")


def over_the_claim(claim: PolicyClaim, granted_cny: Decimal) -> Reason | None:
    """More than was claimed is warned of."""
    if granted_cny <= claim.claimed_cny:
        return None
    sentence = f"{claim.claimed_cny:f} yuan were claimed; {granted_cny:f} are granted."
    return Reason("GRANT_OVER_CLAIM", sentence, "granted_cny")


def granted_over_the_most(policy: Policy, claim: PolicyClaim) -> Reason | None:
    """All grants to a project together are no more than the policy gives it; more is warned of."""
    terms = policy.terms(claim.claimed_on)
    most = terms.amount_cny if terms else None
    claims = {c.policy_claim_id for c in policy.claimed() if c.project_id == claim.project_id}
    granted = [each for each in policy.granted(date.max) if each.policy_claim_id in claims]
    total = sum((each.granted_cny for each in granted), Decimal(0))
    if most is None or total <= most:
        return None
    sentence = f"The project is granted {total:f} yuan in all; the policy gives at most {most:f}."
    return Reason("GRANT_OVER_POLICY", sentence, "granted_cny")


def before_the_claim(claim: PolicyClaim, grant: PolicyGrant) -> Reason | None:
    """Nothing is granted before it is claimed; a grant that is taken back keeps the day that it had."""
    if grant.withdrawn or claim.claimed_on <= grant.granted_on:
        return None
    sentence = f"It was claimed on {claim.claimed_on}; give a day from then on."
    return Reason("GRANT_BEFORE_CLAIM", sentence, "granted_on")


def not_yet(field: str, today: date) -> Reason:
    return Reason("NOT_YET", f"Today is {today}; give a day that has come.", field)


def mark_is_listed(kind: str, word: str, on: date) -> Reason | None:
    """A mark is of a kind that conditions may ask for, in the words of its list."""
    marks = POLICY_BOOK.on(on).marks
    if kind not in marks:
        return Reason("MARK_UNKNOWN", f"Give one of these: {', '.join(marks)}.", "mark_kind")
    if marks[kind] and word not in marks[kind]:
        return Reason("MARK_WORD_UNKNOWN", f"Give one of: {', '.join(marks[kind])}.", "word")
    return None
