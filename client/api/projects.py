"""Drafts a listing for released land, holds its notice to the law, finds leads for it, and follows the land from its award to what was promised of it.

Written by `tenglong contracts write`; change the contracts, not this file.
"""
# mypy: no-warn-return-any

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NotRequired, TypedDict

from ..values import LEFT_OUT, Day, Figure, Moment
from .every_service import EveryService


class ApplicantsBidder(TypedDict):
    name: str  # What the bidder is called, without the number of an identity card.
    uscc: str | None  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.
    enterprise_id: str | None  # The township's own id of the firm.


class Applicant(TypedDict):
    application_id: str  # The land desk's id of an application, one within its supply.
    applied_at: datetime  # The moment of the application; it counts from then on.
    bidder: ApplicantsBidder  # Who applies.
    bond_paid: bool  # Whether its bond was there at that moment.


ApplicantsSupplyWay = Literal['agreement', 'auction', 'listing', 'tender']


class Applicants(TypedDict):
    applicants: list[Applicant]  # Who had applied at that moment; of a fact, how many there were.
    at: datetime  # The moment that the answer is about.
    known_at: datetime  # By what was known at that moment; now if it is left out.
    supply_id: str  # The id of a supply [供地]: that of the listing, a dot, and the version of the notice.
    supply_way: ApplicantsSupplyWay  # How the land is supplied [供应方式]; an agreement that a second party asks for becomes a listing.


PriceBasis = Literal['per_m2', 'total']


Comparison = Literal['<=', '=', '>=']


CheckStage = Literal['annual', 'completion', 'full_capacity', 'start']


class ApplyForLandIndicator(TypedDict):
    code: str  # Which figure it is.
    op: Comparison  # How the actual figure must stand to the value.
    value: Decimal  # The value that the figure is held against.
    unit: str  # The unit of the value.
    check_stage: CheckStage  # When it is checked.
    years_running: int  # In how many years running a yearly figure is to be met.


ApplyForLandSupplyForm = Literal['grant', 'lease', 'lease_then_grant']


class ApplyForLandPaymentTerm(TypedDict):
    share: Decimal  # The part of the price, of 1.
    within_months: int  # How many months after the contract it is due. (months)
    within_days: int  # How many days after the contract, or after those months, it is due. (days)


class ApplyForLandContractTerms(TypedDict):
    sign_within_working_days: int | None  # In how many working days after the award the contract is signed. (working days)
    payments: list[ApplyForLandPaymentTerm]  # The parts of the price, which sum to 1.
    deliver_within_days: int | None  # In how many days after the contract the land is delivered. (days)
    start_within_months: int | None  # In how many months after the contract building begins. (months)
    complete_within_months: int | None  # In how many months after the contract building is complete. (months)
    no_transfer_years: int | None  # For how many years after completion the land is not transferred. (years)


class Notice(TypedDict):
    listing_number: str  # The number of the listing.
    approval_document_number: str  # The number of the approval of the offer.
    approved_on: date  # The day of the approval [批复].
    notice_start_on: date  # The first day of the notice [公告期].
    notice_end_on: date  # The last day of the notice.
    application_start_on: date  # The first day on which bidders may apply.
    application_end_on: date  # The last day on which bidders may apply.
    bond_deadline_on: date  # The last day on which the bond may be paid in.
    listing_start_on: date  # The first day of the listing [挂牌期].
    listing_end_on: date  # The last day of the listing.
    use_term_years: int  # For how long the land is let [出让年限]. (years)
    price_basis: PriceBasis  # What start price and bid step are for.
    start_price_cny: Decimal  # The start price [起始价]; of a published listing, for the whole land. (CNY)
    bid_step_cny: Decimal  # By how much a bid must be higher than the one before [增价幅度]. (CNY)
    bond_cny: Decimal  # The bond [竞买保证金], always for the whole land. (CNY)
    listing_ends_at: datetime | None  # The moment at which the listing ends, when there is timed bidding.
    timed_bidding_starts_at: datetime | None  # The moment at which timed bidding [限时竞价] starts, when there is any.
    indicators: list[ApplyForLandIndicator]  # The figures of standard land [标准地]; a range is two of them.
    supply_way: ApplicantsSupplyWay  # How the land is supplied [供应方式]; an agreement that a second party asks for becomes a listing.
    supply_form: ApplyForLandSupplyForm  # What the winner gets.
    lease_years: int | None  # The years of the lease that comes before a grant [先租后让]. (years)
    application_ends_at: datetime | None  # The last moment at which one may apply, on the last day; without it the whole day counts.
    bond_due_at: datetime | None  # The last moment at which a bond is in time, on the last day; without it the whole day counts.
    bids_in_steps: bool  # Whether a bid is the start price and whole bid steps.
    contract_terms: ApplyForLandContractTerms  # What the notice says of the contract; what it does not say is not asked.
    place: str | None  # Whose bidding rules hold; the national ones if it is left out.
    auction_step_cny: Decimal | None  # The bid step of the online auction, as `price_basis` says; that of the listing if it is left out. (CNY)


class Bond(TypedDict):
    amount_cny: Decimal  # An amount of money. (CNY)
    paid_at: datetime  # The moment at which the money was there.
    recorded_at: datetime  # The moment at which it was entered.
    returned_on: date | None  # The day on which it went back.


class Application(TypedDict):
    application_id: str  # The land desk's id of an application, one within its supply.
    bidder: ApplicantsBidder  # Who applies.
    applied_at: datetime  # The moment of the application; it counts from then on.
    recorded_at: datetime  # The moment at which it was entered.
    lead_id: str | None  # The id of the lead [线索]; who gives none gets one.
    bond: Bond | None  # The bond [竞买保证金] as it was paid.
    withdrawn_at: datetime | None  # The moment of the withdrawal.
    withdrawal_recorded_at: datetime | None  # The moment at which the withdrawal was entered.


class ApplyForLandBid(TypedDict):
    application_id: str  # The land desk's id of an application, one within its supply.
    price_cny: Decimal  # A price of the whole land. (CNY)
    bid_at: datetime  # The moment of the bid.


class Reason(TypedDict):
    code: str  # The stable name of the rule, for programs.
    sentence: str  # What was wrong and what would be right.
    field: str | None  # The path of the field that is to blame, where one is.
    source: str | None  # The law or the notice that the rule comes from.


class BidRefused(TypedDict):
    application_id: str  # The land desk's id of an application, one within its supply.
    price_cny: Decimal  # A price of the whole land. (CNY)
    bid_at: datetime  # The moment of the bid.
    reason: Reason  # Why the bid did not count.
    right_price_cny: Decimal | None  # The lowest price from that of the bid on that would have counted; none where no price would. (CNY)


class Award(TypedDict):
    application_id: str  # The land desk's id of an application, one within its supply.
    price_cny: Decimal  # A price of the whole land. (CNY)
    awarded_on: date  # The day of the award [成交].
    confirmed_on: date | None  # The day on which the confirmation of the award [成交确认书] was signed.
    publicised_on: date | None  # The day on which the result was made public [成交结果公示].
    contract_signed_on: date | None  # The day on which the contract was signed.
    voided_on: date | None  # The day on which the award became void.
    void_reason: str | None  # Why the award is void, for those who were told of it.


AmendmentKind = Literal['resumption', 'supplement', 'suspension']


NoticeStep = Literal['application_end', 'application_start', 'bond_deadline', 'listing_end', 'listing_start', 'notice_end', 'timed_bidding']


class ApplyForLandMove(TypedDict):
    notice_step: NoticeStep  # Which date of the notice it is.
    previous_on: date  # The day on which it fell before.
    new_on: date | None  # The day on which it falls now; none while the notice is suspended.
    previous_at: datetime | None  # The moment at which it fell before, where the notice gave the hour.
    new_at: datetime | None  # The moment at which it falls now, where the notice gives the hour.


class Amendment(TypedDict):
    kind: AmendmentKind  # What was done to the notice.
    amended_at: datetime  # The moment from which it holds.
    recorded_at: datetime  # The moment at which it was entered.
    document: str  # The number of the paper that says it.
    reason: str  # Why, for those who are told.
    before: Notice  # The notice that was in force until then.
    moved_days: int  # The days by which each later date moves, before days off are left out. (days)
    moves: list[ApplyForLandMove]  # Each later date and where it went.
    changed_terms: list[str]  # The conditions that got another value, by their fields of the notice.
    warnings: list[Reason]  # What was doubtful of it, and accepted all the same.


class Interruption(TypedDict):
    frozen_at: datetime  # The moment at which the bidding was frozen.
    recorded_at: datetime  # The moment at which it was entered.
    repaired_at: datetime | None  # The moment of the repair; none while there is none.
    told_at: datetime | None  # The moment at which the bidders were told of the resumption.
    resumed_at: datetime | None  # The moment at which the bidding went on; the earliest lawful one if it is left out.
    ends_at: datetime | None  # The end of the listing that was set then; the earliest lawful one if it is left out.


class OnlineAuction(TypedDict):
    starts_at: datetime  # The moment from which its bids count.
    opens_at_price_cny: Decimal  # The lowest first bid of the auction for the whole land. (CNY)
    step_cny: Decimal  # Its bid step for the whole land. (CNY)
    ends_at: datetime  # Where its countdown ends after the bids so far.


SupplyState = Literal['awarded', 'confirmed', 'contract_signed', 'open', 'terminated', 'unsold', 'voided']


class Supply(TypedDict):
    supply_id: str  # The id of a supply [供地]: that of the listing, a dot, and the version of the notice.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    case_id: str  # The township's own id of the remediation case [整治].
    township: str  # The 9-digit division code of the township.
    area_m2: Decimal  # The area of the land. (m²)
    target_use: str  # The use of the land after the remediation; without it, the `planned_use` of the parcel.
    notice_version: int  # Counts every notice of the listing.
    notice: Notice  # The public notice [出让公告] of the release, once it is published.
    applications: list[Application]  # Who applied [竞买申请], in the order of the moments.
    bids: list[ApplyForLandBid]  # The bids [报价] as they were entered, for the whole land.
    bids_refused: list[BidRefused]  # The bids that did not count, and why.
    closed_on: date | None  # The day on which the bidding was closed.
    terminated_on: date | None  # The day on which the land was taken off the market while the notice was out.
    award: Award | None  # Who got the land, and what followed; none if it is unsold.
    against: list[Reason]  # What has come to stand against an award.
    amendments: list[Amendment]  # What became of the notice after it was published, in its order.
    interruptions: list[Interruption]  # When the bidding was frozen [中止], and when repaired.
    auction: OnlineAuction | None  # The online auction [限时竞价] that the end of the listing called; none without one.
    path: list[Reason]  # The steps by which the bids came out, each with its rule.
    state: SupplyState  # How far it has come.


class ApplyForLandBidder(TypedDict):
    name: str  # What the bidder is called, without the number of an identity card.
    uscc: NotRequired[str | None]  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.
    enterprise_id: NotRequired[str | None]  # The township's own id of the firm.


class ApplicationReport(TypedDict):
    talent_plan_id: str  # The id of the talent plan.
    talent_batch: str  # The name of the batch, one within its plan.
    talent_category: str  # The word by which the plan knows a category.
    person_id: str  # The talent office's own id of the person, which says nothing about who it is.
    submitted_at: datetime  # When the application was handed in.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    enterprise_id: str | None  # The firm that employs the person.
    project_id: str | None  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    township: str | None  # The 9-digit division code of the township.


ApplyForTalentPlanTalentState = Literal['approved', 'ended', 'formally_checked', 'interviewed', 'publicised', 'rejected', 'reviewed', 'site_checked', 'submitted', 'withdrawn']


class TalentStep(TypedDict):
    talent_state: ApplyForTalentPlanTalentState  # How far the application has come.
    entered_on: date  # The day on which the application entered the state.
    evidence_kind: str  # What shows the state, a word of the rulebook.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    entered_at: datetime | None  # The moment of it, where that is known.
    revoked: bool  # Whether it was not so after all.


class TalentApplication(TypedDict):
    talent_application_id: str  # The id of the application to a talent plan; the same id again corrects it.
    application_reports: list[ApplicationReport]  # All that was said of who applied for what, as each became known; the last one stands.
    talent_steps: list[TalentStep]  # Every record of a state, as each became known; of one state the last one stands.
    talent_state: ApplyForTalentPlanTalentState  # How far the application has come.


class TalentApplied(TypedDict):
    talent_application: TalentApplication  # The application as it now is.
    warnings: list[dict[str, str]]  # What a person should look at; it refused nothing.


class OfferContent(TypedDict):
    supply_way: ApplicantsSupplyWay  # How the land is supplied [供应方式]; an agreement that a second party asks for becomes a listing.
    supply_form: ApplyForLandSupplyForm  # What the winner gets.
    use_term_years: int  # For how long the land is let [出让年限]. (years)
    price_basis: PriceBasis  # What start price and bid step are for.
    start_price_cny: Decimal  # The start price [起始价]; of a published listing, for the whole land. (CNY)
    lease_years: int | None  # The years of the lease that comes before a grant [先租后让]. (years)
    bond_cny: Decimal | None  # The bond [竞买保证金], always for the whole land. (CNY)
    indicators: list[ApplyForLandIndicator]  # The figures of standard land [标准地]; a range is two of them.
    conditions: list[str]  # Other conditions, in words; a notice is not held against them.


class Decision(TypedDict):
    approved: bool  # Whether it was approved; else it was returned.
    decided_on: date  # The day of the decision.
    decided_by: str  # The government, or the body, that decided.
    document: str  # The number of the document of the decision [批复].
    known_at: datetime  # When it was recorded.
    remarks: str | None  # What was said with the decision; of a returned plan, what is to be changed.


OfferPlanState = Literal['approved', 'ended', 'returned', 'submitted']


class Submission(TypedDict):
    submission_no: int  # Counts the submissions of the offer plan; the last one stands.
    release_no: int  # Grows by one with each change of the release of this case.
    content: OfferContent  # What is to be offered: way, form, term, price and conditions.
    submitted_on: date  # The day on which it was submitted.
    document: str  # The number of the request [请示].
    known_at: datetime  # When it was recorded.
    decisions: list[Decision]  # What was decided of it, in the order in which it became known; the last one stands.
    ended_at: datetime | None  # When it was found that the release which it was submitted for is gone.
    warnings: list[Reason]  # What is unusual about the step, and bars nothing.
    state: OfferPlanState  # How the offer plan [出让方案] stands, or stood.


class OfferPlan(TypedDict):
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    submissions: list[Submission]  # Each submission; the last one stands.
    noticed: bool  # Whether a notice followed it.
    lies_told: bool  # Whether it was told that it waits too long.
    change_no: int  # Counts what was told of the offer plan; the highest one says how it stands.
    state: OfferPlanState  # How the offer plan [出让方案] stands, or stood.


class BatchApplicant(TypedDict):
    talent_application_id: str  # The id of the application to a talent plan; the same id again corrects it.
    talent_category: str  # The word by which the plan knows a category.
    township: str | None  # The 9-digit division code of the township.
    submitted_at: datetime  # When the application was handed in.
    talent_state: ApplyForTalentPlanTalentState  # How far the application has come.
    known_later: bool  # Whether it became known only after the moment of which is asked.


class BatchOn(TypedDict):
    talent_plan_id: str  # The id of the talent plan.
    talent_batch: str  # The name of the batch, one within its plan.
    closes_at: datetime  # The deadline: the last moment at which the batch takes applications.
    at: datetime  # The moment of which is asked; the deadline of the batch, if it is left out.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    batch_applicants: list[BatchApplicant]  # Who had applied at the moment, and was neither withdrawn nor rejected then.
    by_category: dict[str, int]  # How many of them there are of each category.
    gone_ids: list[str]  # The applications that had been withdrawn or rejected by then.


class GreedyPair(TypedDict):
    lead_id: str  # The id of the lead [线索]; who gives none gets one.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.


class BestFirst(TypedDict):
    lost: int  # What the best assignment is worth beyond that.
    pairs: list[GreedyPair]  # The pairs that were made one by one.
    value: int  # What the pairs that were made one by one are worth.


class LeadLeft(TypedDict):
    fitting_plots: int  # How many open plots fit the lead and can be had by it.
    lead_id: str  # The id of the lead [线索]; who gives none gets one.
    sentence: str  # Why the lead gets no land.


ListingState = Literal['awarded', 'draft', 'notice_published', 'unsold', 'withdrawn']


class BarredPlot(TypedDict):
    area_m2: Decimal  # The area of the land. (m²)
    can_be_had: bool  # Whether the plot can be had, by what projects knows; plot_availability asks the land register too.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    reasons: list[dict[str, str]]  # Why the plot cannot be had: code, sentence, source.
    remarks: list[dict[str, str]]  # What stands beside the plot and does not keep anybody from it: code, sentence, source.
    state: ListingState  # How far the listing is.
    township: str  # The 9-digit division code of the township.


class BestAssignmentMove(TypedDict):
    from_listing_id: str | None  # The listing of the plot that the lead would give up; none if it has none.
    lead_id: str  # The id of the lead [线索]; who gives none gets one.
    to_listing_id: str | None  # The listing of the plot that the lead would get; none if it gets the one that is not there yet.


class BestAssignmentWish(TypedDict):
    min_area_m2: Decimal | None  # The least area that will do. (m²)
    max_area_m2: Decimal | None  # The largest area that will do. (m²)
    townships: list[str]  # Townships by their codes; none named means all of them.
    industry_codes: list[str]  # The industries of the project, by GB/T 4754-2017.


class OneMorePlot(TypedDict):
    lead_id: str | None  # The id of the lead [线索]; who gives none gets one.
    moves: list[BestAssignmentMove]  # The leads that would then move from one plot to another, or take one that was given up.
    wish: BestAssignmentWish | None  # The land that the project wishes for; what is left out is open.
    worth: int  # The value with one more plot that is ideal for whoever gets it, less the value without.


BestAssignmentCriterion = Literal['area', 'industry', 'price', 'township']


class Why(TypedDict):
    adds: int  # What this adds to the score: the points times the weight.
    criterion: BestAssignmentCriterion  # What is looked at.
    points: int  # Of 1000 points, how well the land suits the lead in this.
    sentence: str  # What the land has, beside what the lead wishes for.
    weight: int  # What this counts.


class PlacedPlot(TypedDict):
    area_m2: Decimal  # The area of the land. (m²)
    can_be_had: bool  # Whether the lead can have the plot, by what projects knows; plot_availability asks the land register too.
    lead_id: str  # The id of the lead [线索]; who gives none gets one.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    reasons: list[Why]  # What speaks for the plot, thing by thing.
    remarks: list[dict[str, str]]  # What is to be known of the plot, which can be had all the same: code, sentence, source.
    score: int  # The points of each thing times its weight.
    state: ListingState  # How far the listing is.
    township: str  # The 9-digit division code of the township.


class PlotLeft(TypedDict):
    area_m2: Decimal  # The area of the land. (m²)
    fitting_leads: int  # How many leads the plot fits that can have it.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    sentence: str  # Why the plot is left.
    state: ListingState  # How far the listing is.
    township: str  # The 9-digit division code of the township.


class BestAssignmentWeightsToo(TypedDict):
    placed: int  # What it is worth that a lead has fitting land at all, times 1000.
    area: int  # What it counts that the area is as wished.
    township: int  # What it counts that the land lies in a township that was wished for.
    industry: int  # What it counts that the land is for the very industry.
    price: int  # What it counts that the land is cheap among the open land of its use.


class Assigned(TypedDict):
    best_first: BestFirst  # What would come of it if the best single pair were made first, then the next.
    leads_left: list[LeadLeft]  # The leads that get no land.
    left_out: int  # How many open plots no lead that looks can have, by what projects knows.
    not_to_be_had: list[BarredPlot]  # Those plots with why, by their ids; no more of them than one call assigns.
    one_more_plot: OneMorePlot  # What one more plot would be worth to all leads together.
    pairs: list[PlacedPlot]  # The lead of each plot that is assigned.
    plots_left: list[PlotLeft]  # The open plots that can be had and that no lead gets.
    rules_of: date  # The day whose weights and points count.
    value: int  # What all pairs are worth: their scores, and 1000 times the weight placed for each.
    weights: BestAssignmentWeightsToo  # What counted how much.


class BestAssignmentWeights(TypedDict):
    placed: NotRequired[int]  # What it is worth that a lead has fitting land at all, times 1000.
    area: NotRequired[int]  # What it counts that the area is as wished.
    township: NotRequired[int]  # What it counts that the land lies in a township that was wished for.
    industry: NotRequired[int]  # What it counts that the land is for the very industry.
    price: NotRequired[int]  # What it counts that the land is cheap among the open land of its use.


ClauseConclusion = Literal['exception', 'keeps_the_rules', 'struck_out', 'to_be_changed']


class ClauseException(TypedDict):
    ground: str | None  # The ground of the exception, a word of the rulebook.
    no_milder_way: bool  # Whether it was found that no way harms competition less.
    ends_on: date | None  # The last day of the exception; none where it has none.
    end_condition: str | None  # What ends the exception, where no day does.


class ClauseAnswer(TypedDict):
    code: str  # The code of the question.
    conclusion: ClauseConclusion  # What the person found.
    conclusion_reasons: str  # Why, in the words of the review's conclusion.
    decided_by: str  # The office that decided; a person's number is masked.
    decided_on: date  # The day of the decision.
    document: str  # The document that holds the decision.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    exception: ClauseException | None  # What is said for an exception of art. 12; none where it claims none.


class ClauseQuestion(TypedDict):
    allowed_by: str  # What would make the clause stand all the same.
    answer: ClauseAnswer | None  # What was answered and stands on the day; none while nobody has answered, or once the exception has ended.
    article: str  # The articles that ask it.
    asks: str  # The question, for a person to answer.
    clause_kind: str  # The kind of the clause, a word of the rulebook; none where its wording is to say it.
    code: str  # The code of the question.
    matched: str | None  # The words that raised the question; none where the kind was given.


class CheckedClause(TypedDict):
    clause_id: str | None  # The id under which the answers to a clause's questions are kept.
    exception_questions: list[Reason]  # What the exception lacks, and whether the conclusion says why it holds.
    questions: list[ClauseQuestion]  # What is asked of the clause.
    text: str  # The clause in its own words.


class CheckedClauses(TypedDict):
    clauses: list[CheckedClause]  # The clauses of the document.
    document_kind: str  # What the clauses stand in.
    document_questions: list[Reason]  # What is asked of the document as a whole.
    open_questions: int  # How many questions nobody has answered.
    rules_of: date  # The day whose rules asked.


class ExceptionSaid(TypedDict):
    ground: NotRequired[str | None]  # The ground of the exception, a word of the rulebook.
    no_milder_way: NotRequired[bool]  # Whether it was found that no way harms competition less.
    ends_on: NotRequired[Day | None]  # The last day of the exception; none where it has none.
    end_condition: NotRequired[str | None]  # What ends the exception, where no day does.


class ClauseSaid(TypedDict):
    text: str  # The clause in its own words.
    clause_id: NotRequired[str | None]  # The id under which the answers to a clause's questions are kept.
    clause_kind: NotRequired[Literal['admission_opinion', 'burden_on_outside_firms', 'certain_suppliers', 'cheap_inputs', 'decision_consultation', 'exclusive_right', 'kept_from_moving_out', 'only_firms_from_here', 'reward_by_tax_paid', 'reward_for_certain_firms', 'reward_for_moving_here', 'reward_for_statistics', 'reward_for_tax_here', 'set_up_here', 'tax_favour', 'taxes_here'] | None]  # The kind of the clause, a word of the rulebook; none where its wording is to say it.
    exception: NotRequired[ExceptionSaid | None]  # What is said for an exception of art. 12; none where it claims none.
    conclusion_reasons: NotRequired[str | None]  # Why, in the words of the review's conclusion.


class DerivedFigures(TypedDict):
    area_m2: Decimal | None  # The area in m². (m²)
    area_mu: Decimal | None  # The area in mu. (mu)
    bond_ratio: Decimal | None  # The bond as a part of the whole start price, to five places.
    price_per_m2_yuan: Decimal | None  # The start price of a m², to two places. (yuan/m²)
    price_per_mu_wan: Decimal | None  # The start price of a mu, to four places. (万元/mu)
    start_price_wan_total: Decimal | None  # The start price of the whole land. (万元)
    step_wan_total: Decimal | None  # The bid step for the whole land. (万元)


class Answer(TypedDict):
    code: str  # The code of the rule.
    computed: str | None  # What the rule worked out and held the field against; none where it does not apply.
    field: str  # The field that it is about.
    outcome: str  # What the rule says.
    sentence: str  # What was found, and what would be right.
    severities: dict[str, str]  # What the answer weighs at each moment.
    severity: str  # What the answer weighs at the moment that was asked.
    source: str  # The law or the practice that the rule cites.


class Checked(TypedDict):
    bars: bool  # Whether anything bars the notice at this moment.
    bond_made: str | None  # The share and the rounding that give the printed bond; none if none of the usual does.
    derived: DerivedFigures  # The figures that follow from what is printed.
    findings: list[Answer]  # What each rule says, in the order of the rules.
    moment: str  # The moment for which the answers weigh.
    rules_of: date  # The day whose rules judged.


class Draft(TypedDict):
    place: NotRequired[str]  # The place of the land, as the notice names it.
    number: NotRequired[str]  # The number of the notice or of the plot in it.
    method: NotRequired[Literal['listing', 'auction', 'tender', 'agreement', '挂牌', '拍卖', '招标', '协议'] | None]  # The way of supply.
    use_printed: NotRequired[str]  # The use of the land in the words of the notice.
    industry: NotRequired[str]  # The admissible industries, as printed.
    area_m2: NotRequired[Figure | None]  # The area as printed in m². (m²)
    area_mu: NotRequired[Figure | None]  # The area as printed in mu. A price for each mu multiplies these. (mu)
    plot_ratio_min: NotRequired[Figure | None]  # The least plot ratio.
    plot_ratio_max: NotRequired[Figure | None]  # The greatest plot ratio.
    density_min_pct: NotRequired[Figure | None]  # The least building density. (%)
    density_max_pct: NotRequired[Figure | None]  # The greatest building density. (%)
    green_min_pct: NotRequired[Figure | None]  # The least share of green. (%)
    green_max_pct: NotRequired[Figure | None]  # The greatest share of green. (%)
    building_coefficient_min_pct: NotRequired[Figure | None]  # The least building coefficient [建筑系数]. (%)
    office_max_pct: NotRequired[Figure | None]  # The greatest share of land for offices and living. (%)
    term_years: NotRequired[int | None]  # The term of the right. (years)
    price_printed: NotRequired[Figure | None]  # The start price in the unit beside it.
    price_unit: NotRequired[str]  # The unit of the start price; 万元 for the whole land if it is left out.
    bond_wan: NotRequired[Figure | None]  # The bond for the whole land. (万元)
    step_printed: NotRequired[Figure | None]  # The bid step in the unit beside it.
    step_unit: NotRequired[str]  # The unit of the bid step; 万元 for the whole land if it is left out.
    published_on: NotRequired[Day | Moment | None]  # When the notice is published. A moment without an offset is the park's time.
    documents_from: NotRequired[Day | Moment | None]  # From when the documents can be had. A moment without an offset is the park's time.
    documents_to: NotRequired[Day | Moment | None]  # Until when the documents can be had. A moment without an offset is the park's time.
    apply_from: NotRequired[Day | Moment | None]  # From when one can apply. A moment without an offset is the park's time.
    apply_to: NotRequired[Day | Moment | None]  # Until when one can apply. A moment without an offset is the park's time.
    bond_to: NotRequired[Day | Moment | None]  # Until when the bond is paid. A moment without an offset is the park's time.
    sale_from: NotRequired[Day | Moment | None]  # When the listing opens, or the auction is held. A moment without an offset is the park's time.
    sale_to: NotRequired[Day | Moment | None]  # When the listing closes. A moment without an offset is the park's time.
    released_on: NotRequired[Day | None]  # The day from which the land was free to be supplied.
    conditions: NotRequired[list[str]]  # The conditions of the sale in their own words; what the rules of fair competition ask of them is a warning.


CriterionTest = Literal['at_least', 'at_most', 'less_than', 'more_than', 'none_of', 'one_of', 'reached']


class ClaimPolicyCriterion(TypedDict):
    fact: str  # The fact of a project that is asked for, a word of the rulebook.
    test: CriterionTest  # How the fact is held against it.
    figure: Decimal | None  # The figure that it is compared with, in the unit of the fact; none for words.
    words: list[str]  # The words that it is held against; none for a figure.


ReviewConclusion = Literal['breaks_the_rules', 'exception', 'keeps_the_rules']


class PolicyReview(TypedDict):
    conclusion: ReviewConclusion  # What the review came to.
    reviewed_on: date  # The day of the review.
    conclusion_reasons: str | None  # Why, in the words of the review's conclusion.


class PolicyTerms(TypedDict):
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    title: str  # The title of the policy.
    clause: str  # The clause in its own words.
    gives_kind: str  # What the policy gives, a word of the rulebook.
    valid_from: date  # The first day on which the policy holds.
    document: str  # The document that says so.
    amount_cny: Decimal | None  # What it gives one project at most; none where it says no amount. (yuan)
    share: Decimal | None  # The part of something that it gives, from 0 to 1; none where it says no part.
    share_of: str | None  # Of what it gives a part.
    condition: list[ClaimPolicyCriterion]  # What a project must meet, all of it.
    valid_to: date | None  # The last day on which it holds by its own terms; none while it has no end.
    review: PolicyReview | None  # Its fair-competition review; none where it had none.
    exception: ClauseException | None  # What is said for an exception of art. 12; none where it claims none.


class PolicyRevision(TypedDict):
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    revised_on: date  # The day from which the policy says otherwise.
    document: str  # The document that says so.
    title: str | None  # The title of the policy.
    clause: str | None  # The clause in its own words.
    amount_cny: Decimal | None  # What it gives one project at most; none where it says no amount. (yuan)
    share: Decimal | None  # The part of something that it gives, from 0 to 1; none where it says no part.
    share_of: str | None  # Of what it gives a part.
    condition: list[ClaimPolicyCriterion] | None  # What a project must meet, all of it.
    valid_to: date | None  # The last day on which it holds by its own terms; none while it has no end.
    review: PolicyReview | None  # Its fair-competition review; none where it had none.
    exception: ClauseException | None  # What is said for an exception of art. 12; none where it claims none.


class PolicyEnd(TypedDict):
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    ends_on: date  # The last day on which the policy holds; none while no end is known.
    decided_on: date  # The day on which that was decided.
    end_reason: str  # Why it was ended.
    document: str  # The document that says so.
    withdrawn: bool  # Whether it was taken back, or recorded wrongly.


class PolicyClaim(TypedDict):
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    policy_claim_id: str  # The id of the claim; the same id again corrects it.
    project_id: str  # The id of the investment project.
    claimed_cny: Decimal  # How much is claimed. (yuan)
    claimed_on: date  # The day of the claim.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    withdrawn: bool  # Whether it was taken back, or recorded wrongly.


class PolicyGrant(TypedDict):
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    policy_claim_id: str  # The id of the claim; the same id again corrects it.
    granted_cny: Decimal  # How much is granted; nothing, where it is refused. (yuan)
    granted_on: date  # The day on which it was granted or refused.
    document: str  # The document that says so.
    withdrawn: bool  # Whether it was taken back, or recorded wrongly.


WhatEnds = Literal['exception', 'policy']


EndStage = Literal['ended', 'ending']


class EndTold(TypedDict):
    what_ends: WhatEnds  # Whether the policy ends, or the exception of its review.
    ending_no: int  # The number of what was told of this end; a later one takes the place of the one before it.
    end_stage: EndStage | None  # How near the end is; none where it is not near after all.
    ends_on: date | None  # The last day of what ends.


class Policy(TypedDict):
    policy_id: str  # The id of the policy [政策].
    records: list[PolicyTerms]  # What was recorded of its terms, as it became known.
    revisions: list[PolicyRevision]  # Its revisions, as they became known.
    ends: list[PolicyEnd]  # What was decided of its end, as it became known.
    claims: list[PolicyClaim]  # What was claimed under it, as it became known.
    grants: list[PolicyGrant]  # What was granted under it, as it became known.
    told: list[EndTold]  # What was told last of each of its ends.
    warned_of: list[str]  # The codes of the warnings that were told last.
    warning_no: int  # The number of what was told of the policy's warnings; a later one takes the place of the one before it.


class ClaimKept(TypedDict):
    policy: Policy  # The policy with everything that was said of it.
    warnings: list[Reason]  # What speaks against the claim or the grant; it refuses nothing.


class ChangedBy(TypedDict):
    caller: str | None  # The broker's user who called; null for an event, and for a call that does not say it.
    id: str  # The id of that event, or the request_id of the call.
    source: str  # Who sent that event, or which method was called.
    time: datetime | None  # When that event says that it was so; null for a call, and for what was kept before this was.
    type: str  # The type of that event, or rpc. and the name of the method.


class Change(TypedDict):
    at: datetime  # When the change was put on record.
    by: ChangedBy  # The event or the call that changed it.
    changed: dict[str, Any]  # The fields that changed, with their values after the change.
    facts: list[str]  # The facts that tell of the change, by their names.
    version: int  # The number of the change; a thing's first one is 1.


class CloseAuctionBid(TypedDict):
    application_id: str  # The land desk's id of an application, one within its supply.
    price_cny: Figure  # A price of the whole land. (CNY)
    bid_at: Moment  # The moment of the bid.


class ProspectPage(TypedDict):
    page_id: str  # The id of the prospect's page; it opens nothing.
    token_hash: str  # The SHA-256 of the token that opens the page; the token itself is not kept.
    project_id: str  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    team: str | None  # The team that has the project in hand.
    opened_on: date  # The day on which the page was opened.
    ends_on: date  # The last day on which the page is open.
    listing_ids: list[str]  # The plots that were chosen for the page, by their listings; none, if a wish chooses.
    wish: BestAssignmentWish | None  # The wish that chooses the plots, if none were named.
    closed_on: date | None  # The day on which the team closed the page, if it did.


FundState = Literal['agreement_signed', 'established', 'preparing']


ApprovalLevel = Literal['city', 'county', 'province', 'state']


class PartnerRatio(TypedDict):
    partner: str  # The partner, a firm or an office.
    ratio: Decimal  # The partner's part of the whole, from 0 to 1.


class FundReport(TypedDict):
    name: str  # The name of the fund.
    fund_kind: str  # What kind of fund it is, a word of the rulebook.
    fund_state: FundState  # How far it has come.
    purposes: list[str]  # What it is for, words of the rulebook.
    document: str  # The document that says so.
    reported_on: date  # The day that the report is about.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    approval_level: ApprovalLevel | None  # Which government approved it.
    total_cny: Decimal | None  # What the fund is to have in all; of several, the sum of those that are known. (yuan)
    first_tranche_cny: Decimal | None  # What is paid in first. (yuan)
    paid_in_cny: Decimal | None  # What has been paid in. (yuan)
    partners: list[PartnerRatio]  # Who pays in; the ratios add up to 1.
    set_up_on: date | None  # The day on which it was set up; its rules are those of that day.
    reinvestment_multiple: Decimal | None  # So many times what the place pays in is to be invested there [返投]; none without such a condition.
    scope_levels: list[str]  # The levels of the projects that it takes.
    scope_stages: list[str]  # The stages of the firms that it takes.


class FundCommitment(TypedDict):
    fund_commitment_id: str  # The id of the record that a fund puts money into a project; the same id again corrects it.
    project_id: str  # The id of the investment project.
    amount_cny: Decimal  # How much the fund puts into it. (yuan)
    committed_on: date  # The day on which that was agreed.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    withdrawn: bool  # Whether it was recorded wrongly, and never agreed.


class Fund(TypedDict):
    fund_id: str  # The id of the fund [基金].
    reports: list[FundReport]  # Everything that was said of the fund, as it became known.
    commitments: list[FundCommitment]  # Everything that was said of its money for projects, as it became known.
    warned_of: list[str]  # The codes of the warnings that were told last.
    warning_no: int  # The number of what was told of the fund's warnings; a later one takes the place of the one before it.
    warnings: list[Reason]  # What speaks against the fund as it stands now, a sentence for each; nothing of it refuses anything.


class KeptShare(TypedDict):
    numerator: int  # How many were kept.
    denominator: int  # How many came due.
    ratio: Decimal | None  # The one by the other, to four decimals; none where nothing came due.


class StandingGroup(TypedDict):
    breached: int  # How many were missed.
    group: str  # The sector, team, policy or indicator.
    kept: int  # How many were kept.
    kept_share: KeptShare  # Kept of all that came due: kept, late and breached.
    late: int  # Of how many a review was due and not done.
    moved: int  # How many went on to somebody else before anything was found.
    open: int  # How many nothing is due of yet.


Standing = Literal['breached', 'kept', 'late', 'moved', 'open']


class CommitmentStandingParty(TypedDict):
    name: str  # What the holder is called, without the number of an identity card.
    uscc: str | None  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.
    enterprise_id: str | None  # The township's own id of the firm.
    share: Decimal | None  # The holder's share, of 1; none where they hold it together.


class StandingRow(TypedDict):
    contract_id: str  # The id of a contract: that of the supply that it ends.
    commitment_id: str  # The id of a commitment: that of the contract, a dot, and the number of the indicator.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    indicator: str  # Which figure it is, by its one name.
    check_stage: CheckStage  # When it is checked.
    standing: Standing  # How it stands with them.
    due_on: date | None  # The day by which a review is due: the late one, else the next, else the last.
    late_since: date | None  # The day by which a review was due and not done; none if it is not late.
    breaches: int  # How many reviews in their time missed it.
    bearers: list[CommitmentStandingParty]  # Who bore it, from `bearers_from_on` on.
    bearers_from_on: date  # The day from which they bore it.
    sector: str | None  # The division of the industry that the land is for.
    team: str | None  # The team that had the project in hand on the day.
    policy_code: str | None  # The policy under which it was promised.


class StandingCounts(TypedDict):
    breached: int  # How many were missed.
    kept: int  # How many were kept.
    kept_share: KeptShare  # Kept of all that came due: kept, late and breached.
    late: int  # Of how many a review was due and not done.
    moved: int  # How many went on to somebody else before anything was found.
    open: int  # How many nothing is due of yet.


class CommitmentStanding(TypedDict):
    by_indicator: list[StandingGroup]  # By the kind of indicator.
    by_policy: list[StandingGroup]  # By the policy under which they were promised; `unknown` where none was recorded.
    by_sector: list[StandingGroup]  # By the division of the industry, as C38; `unknown` where no industry was recorded.
    by_team: list[StandingGroup]  # By the team that had the project in hand on the day; `unknown` where the land is for no project.
    commitments: list[StandingRow]  # Each commitment, for whoever bore it until the day.
    known_at: datetime  # The moment at which this was on record.
    on: date  # The day.
    totals: StandingCounts  # All commitments of the contracts that hold.


class FollowingFact(TypedDict):
    data: dict[str, Any]  # The fact, as it would be announced.
    type: str  # The type of the fact with the service that would announce it.


class Ruling(TypedDict):
    says: str | None  # The verdict in a word: the verdict of a criterion, a standing, a grade, a listing; none where there is none, say no grade.
    figure: Decimal | None  # The figure behind it, if there is one. (see `unit`)
    bar: Decimal | None  # The bar to which the figure was held, if it is held to one. (see `unit`)
    unit: str | None  # The unit of figure and bar.
    reason: Reason | None  # Why it says so, where more than a figure and a bar says it; or what is missing.
    source: str | None  # Where the rule comes from, by the rulebook of that side.


class VerdictChange(TypedDict):
    thing_id: str  # The thing, by its id.
    verdict: str  # Which verdict of the thing, and what it is about after the first word: the criterion with its place and year, the grade of a round, the term of an honour.
    before: Ruling | None  # What the one side says; none where it does not judge so.
    after: Ruling | None  # What the other side says; none where it does not judge so.


class RulesCompared(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    supposed_facts: list[FollowingFact]  # What the service would announce if the one side took the place of the other, each as a report for `what_if`; nothing is announced. Where no verdict leads to a fact, none.
    thing: str  # The kind of the things that were judged.
    things_judged: int  # How many things the page judged, whether a verdict is another one or not.
    topic: str  # The rulebook by which was judged.
    verdict_changes: list[VerdictChange]  # Each verdict of the page that says something else on the two sides, or for another reason. Another figure or bar alone is no change.


class EditionGiven(TypedDict):
    first_day: NotRequired[Day | None]  # A day on which the edition that is meant, or that is changed, is in force; of a whole edition its first day. Today if it is left out.
    edition: NotRequired[dict[str, Any] | None]  # A whole edition, as its file in the rulebook would have it: tables, lists, texts and numbers by their names.
    changes: NotRequired[dict[str, Any]]  # What is to stand at a path of the edition. An entry of a list is named by its number from 0, or by a text that it alone has.


GuestsKind = Literal['at_least', 'exact']


class YieldNumbers(TypedDict):
    entries_made: int  # How many entries there were.
    prizes_won: int  # How many of them won a prize.
    applications_made: int  # How many applications to talent plans came of them.
    applications_approved: int  # How many of these were approved.
    projects_known: int  # How many projects came of them, leads included.
    projects_landed: int  # How many of these have landed.
    projects_by_stage: dict[str, int]  # How many of these are at each stage.
    cost_cny: Decimal  # What the contests cost in all, of those whose cost is known. (yuan)
    cost_per_landed_cny: Decimal | None  # The known costs by the projects landed of the same contests; none where none has landed. (yuan)
    cost_unknown: list[str]  # The contests whose cost is not known, and which are in neither figure.


ContestYieldTalentState = Literal['approved', 'ended', 'formally_checked', 'interviewed', 'publicised', 'rejected', 'reviewed', 'site_checked', 'submitted', 'withdrawn']


ContestYieldStage = Literal['construction_completed', 'construction_started', 'full_capacity', 'in_production', 'land_acquired', 'landed', 'lead', 'negotiating', 'premises_leased', 'signed', 'terminated', 'under_review']


SettlementState = Literal['missed', 'not_asked', 'open', 'settled', 'settled_late']


class ContestChain(TypedDict):
    contest_entry_id: str  # The id of the entry; the same id again corrects it.
    contest_track: str | None  # The track of the entry; none where the contest has no tracks.
    city: str | None  # The place, one of those of the contest.
    contest_rank: int | None  # The rank of the entry in its track.
    prize: str | None  # The name of the prize, one within its contest.
    talent_application_id: str | None  # The id of the application to a talent plan; the same id again corrects it.
    talent_state: ContestYieldTalentState | None  # How far the application has come.
    approved: bool  # Whether the application was approved by the day, also where that ended.
    project_id: str | None  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    stage: ContestYieldStage | None  # How far the project has come.
    landed_on: date | None  # The day on which the project landed.
    settlement_state: SettlementState  # How the winner stands to the condition of the prize on the day.
    settle_by_on: date | None  # The last day on which the winner settles in time; none where the prize does not ask for it.


class ContestYield(TypedDict):
    contest_id: str  # The id of the contest, or of another meeting at which talents and investors are found.
    name: str  # The name of the contest.
    contest_kind: str  # What kind of meeting it is, a word of the rulebook.
    contest_year: int  # The year of the contest.
    cities: list[str]  # The places in which it is held.
    guests: int | None  # How many guests came.
    guests_kind: GuestsKind  # How much the number of guests says.
    yielded: YieldNumbers  # The contest in numbers.
    contest_chains: list[ContestChain]  # Each entry with the application and the project that came of it.


class ContestYields(TypedDict):
    on: date  # The day of which is asked; today, if it is left out.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    contest_yields: list[ContestYield]  # What came of each contest.
    yielded_in_all: YieldNumbers  # The contests together in numbers; whatever several led to counts once.
    named_unknown: list[str]  # Applications and projects that entries name, and of which nothing is known.


TransferKind = Literal['lease', 'transfer']


class Tenure(TypedDict):
    parties: list[CommitmentStandingParty]  # Who takes the land or bears the duties.
    from_on: date  # The first day on which the firm is there.
    transfer_kind: TransferKind | None  # By what the duties moved; none for those who signed the contract.


class Instalment(TypedDict):
    instalment_no: int  # The number of the instalment, or of the yearly review, from 1; 1 for any other step.
    amount_cny: Decimal  # An amount of money. (CNY)
    due_on: date  # The day by which the step should be done; later by the days of each suspension within it.
    paid_on: date | None  # The day on which the whole instalment was paid.


ContractState = Literal['delivered', 'paid', 'registered', 'signed', 'voided']


class Contract(TypedDict):
    contract_id: str  # The id of a contract: that of the supply that it ends.
    contract_number: str  # The number of the contract [合同编号].
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    case_id: str  # The township's own id of the remediation case [整治].
    township: str  # The 9-digit division code of the township.
    area_m2: Decimal  # The area of the land. (m²)
    target_use: str  # The use of the land after the remediation; without it, the `planned_use` of the parcel.
    supply_form: ApplyForLandSupplyForm  # What the winner gets.
    price_cny: Decimal  # A price of the whole land. (CNY)
    signed_on: date  # The day on which the contract was signed.
    use_term_years: int  # For how long the land is let [出让年限]. (years)
    terms: ApplyForLandContractTerms  # What the notice said of the contract.
    tenures: list[Tenure]  # Who bore the duties of the contract, from which day on.
    supervision_number: str | None  # The electronic supervision number [电子监管号].
    lead_id: str | None  # The id of the lead [线索]; who gives none gets one.
    lease_years: int | None  # The years of the lease that comes before a grant [先租后让]. (years)
    instalments: list[Instalment]  # The parts of the price, each with its day.
    indicators: list[ApplyForLandIndicator]  # The figures of standard land [标准地]; a range is two of them.
    policy_code: str | None  # The policy under which its promises were made.
    industry_code: str | None  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    delivered_on: date | None  # The day on which the land was delivered [交地].
    registered_on: date | None  # The day on which the right was registered [不动产登记].
    started_on: date | None  # The day on which building began.
    completed_on: date | None  # The day on which building was complete.
    voided_on: date | None  # The day on which the award became void.
    against: list[Reason]  # What has come to stand against its award; empty while nothing does.
    change_no: int  # Counts what was told of who holds the land; the highest one counts.
    state: ContractState  # How far it has come.
    holders: list[CommitmentStandingParty]  # Who holds the land.
    starts_on: date  # The first day of the lease.
    ends_on: date  # The last day of the lease, by its terms.


Counting = Literal['calendar_days', 'months', 'named', 'working_days']


class Reminded(TypedDict):
    level: str  # Which reminder it is, in the words of the service.
    on: date | None  # The day of the reminder; none where only that it was sent is kept.


class Due(TypedDict):
    service: str  # The service whose thing it is.
    thing: str  # What kind of thing it is of that service.
    thing_id: str  # The id of the thing, by which the service is asked for it.
    what: str  # What is to be done, or ends, in the words of the service.
    due_on: date | None  # The day by which it is due; none while the calendar of working days lacks the year.
    rule: str  # The rule that makes the day: its topic and entry, or the field that names the day.
    counting: Counting  # How the day was found.
    source: str  # Where the rule comes from.
    decision: str | None  # What the meeting decided, in its words; none of what no meeting decided.
    about_id: str | None  # The parcel, case, unit, firm or project that it is about; none if it is about none.
    enterprise_ids: list[str]  # The firms that it is of, as far as the park knows them by an id; who bears the duties of a contract on that day, for one.
    holder: str | None  # The office, role or team that has to act; a township by its code.
    township: str | None  # The township that it belongs to; none if it belongs to none.
    days_late: int  # How many days it is late on the day of the question; 0 if it is not. (days)
    stands_still: bool  # Whether its day stands still, because what it belongs to is suspended; nobody is reminded then.
    length: int | None  # How many days or months of that kind the rule of its day gives; none where the day was named.
    reminded: list[Reminded]  # The reminders of this day that were sent, in their order.
    next_reminder: Reminded | None  # The next reminder; none if none is left.
    state_at_deadline: str | None  # How it stood when its day was over, frozen; none before that, and of what was not on record then.


class DuePage(TypedDict):
    on: date  # The day from which lateness and days ahead were counted.
    until: date  # The last day that was looked at.
    dues_found: int  # How many things are due, over all pages.
    late_found: int  # How many of them are late.
    dues: list[Due]  # What is due, in the order of its days; what has no day yet comes last.
    cursor: str | None  # What opens the next page; none on the last.
    due_holders: list[str]  # Who has something of what was asked for, where the holder who was asked for has nothing.


Outcome = Literal['late', 'met', 'missed', 'not_known']


class DueOutcome(TypedDict):
    service: str  # The service whose thing it is.
    thing: str  # What kind of thing it is of that service.
    thing_id: str  # The id of the thing, by which the service is asked for it.
    what: str  # What was to be done, in the words of the service.
    due_on: date  # The day by which it was due, by what is on record now.
    outcome: Outcome  # What became of it by the day of the asking.
    met_on: date | None  # The day on which it was met; none if it was not, or if nobody knows.
    days_late: int | None  # How many days late it was met, or is by the day of the asking if it was missed; none if nobody knows. (days)
    rule: str  # The rule that makes the day: its topic and entry, or the field that names the day.
    counting: Counting  # How the day was found.
    source: str  # Where the rule comes from.
    decision: str | None  # What the meeting decided, in its words; none of what no meeting decided.
    run_no: int  # Which time the thing was in this step: the period of a report, the round of a request, the submission of a plan.
    about_id: str | None  # The parcel, case, firm or project that it is about; none if it is about none.
    enterprise_ids: list[str]  # The firms that it is of, as far as the park knows them by an id; who bears the duties of a contract on that day, for one.
    holder: str | None  # The office, role or team that had to act; a township by its code.
    township: str | None  # The township that it belongs to; none if it belongs to none.
    length: int | None  # How many days or months of that kind the rule of its day gives; none where the day was named.
    state_at_deadline: str | None  # How it stood when its day was over, frozen; none before that, and of what was not on record then.


class NotCovered(TypedDict):
    what: str  # The deadlines, in the words of the service.
    sentence: str  # Why nothing is told of what became of them.


class DueOutcomePage(TypedDict):
    from_on: date  # The first of the days on which it was due.
    to_on: date  # The last of them.
    met_found: int  # How many were met by their day, over all pages.
    met_late_found: int  # How many were met after their day.
    missed_found: int  # How many are over and were not met by now.
    not_known_found: int  # Of how many nobody knows.
    outcomes: list[DueOutcome]  # What became of each, in the order of their days.
    cursor: str | None  # What opens the next page; none on the last.
    not_covered: list[NotCovered]  # The kinds of the service's deadlines of which no outcome is told, and why.
    due_holders: list[str]  # Who has something of what was asked for, where the holder who was asked for has nothing.


class DatedStep(TypedDict):
    bound: str  # Whether the day is the earliest one or the last one.
    day: date | None  # The earliest day of the step, or its last one; none while the calendar of its year is missing.
    lawful: bool | None  # Whether the planned day holds; none where none is planned.
    planned: date | None  # The day that the draft plans for the step; none if it plans none.
    sentence: str  # How the day was counted.
    source: str  # The law or the practice that the day rests on.
    step: str  # Which step it is: a field of the draft, or what follows the sale.


class Steps(TypedDict):
    rules_of: date  # The day whose rules count.
    steps: list[DatedStep]  # The steps of the notice in their order.


class PlannedSuspension(TypedDict):
    suspended_on: Day | Moment  # When the notice is suspended; a day from its 0:00.
    resumed_on: Day | Moment  # When it runs again; a day from its 0:00.


class PolicyKept(TypedDict):
    policy: Policy  # The policy with everything that was said of it.
    questions: list[ClauseQuestion]  # What the rules of fair competition ask of its clause.
    warnings: list[Reason]  # What speaks against the policy as it stands; it refuses nothing.


class EnteredBid(TypedDict):
    bid: ApplyForLandBid  # The bid as it was entered.
    bids_refused: list[BidRefused]  # The bids that did not count, and why.
    counts: bool  # Whether the bid counts, by what is known now.
    next_price_cny: Decimal  # The lowest price of the next bid for the whole land. (CNY)
    refused: BidRefused | None  # Why it does not count; none where it does.
    supply_id: str  # The id of a supply [供地]: that of the listing, a dot, and the version of the notice.


EnterProjectStage = Literal['construction_completed', 'construction_started', 'full_capacity', 'in_production', 'land_acquired', 'landed', 'lead', 'negotiating', 'premises_leased', 'signed', 'terminated', 'under_review']


class EnterProjectStageEvidence(TypedDict):
    kind: str  # What it is: a kind of the rulebook.
    reference: str  # The number of the document, or where else it is found.


class StageEntry(TypedDict):
    stage: EnterProjectStage  # How far the project has come.
    entered_on: date  # The day on which the project entered the stage.
    recorded_at: datetime  # The moment at which it was entered.
    evidence: list[EnterProjectStageEvidence]  # What shows that the stage was entered.
    unit_id: str | None  # The township's own id of the unit [单元].
    lost_reason: str | None  # Why the project was lost: a word of the rulebook.
    lost_to: str | None  # The place to which it was lost.
    withdrawn: bool  # Whether the stage was not entered after all.


class ProjectOwner(TypedDict):
    team: str  # The team that has the project in hand from that day on.
    person: str | None  # Who of the team has it in hand, masked.
    handed_on: date  # The day from which the team has it in hand.
    recorded_at: datetime  # The moment at which it was entered.


class ProjectEntered(TypedDict):
    project_id: str  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    name: str  # The name of the project, not a person's.
    idle_since: date  # The day since which nothing is planned, where no next step was ever set or its day is over.
    entries: list[StageEntry]  # Every record of a stage, in the order in which they were made; of one stage the last stands.
    warnings: list[dict[str, str]]  # That the project was known, and what of the call changed it.
    township: str | None  # The 9-digit division code of the township.
    investor_name: str | None  # The firm that invests [投资方].
    investor_uscc: str | None  # The credit code of the firm that invests.
    investment_wan_cny: Decimal | None  # The investment from home [内资]; never added to that from abroad. (万元)
    investment_wan_usd: Decimal | None  # The investment from abroad [外资]; never added to that from home. (万美元)
    planned_start_year: int | None  # The year in whose plan of new projects it stands [年度新开工项目].
    won_against: list[str]  # The other places that wanted the project.
    owners: list[ProjectOwner]  # Who had the project in hand, from which day on.
    next_step: str | None  # What is done next.
    next_step_on: date | None  # The day of the next step; when it is over, nothing is planned.
    missing_told: bool  # Whether it was told that nothing is planned, and still holds.
    missing_no: int  # How often it was told that nothing is planned for the project.
    stage: EnterProjectStage  # How far the project has come.
    team: str | None  # The team that has the project in hand.
    unit_id: str | None  # The township's own id of the unit [单元].


class Project(TypedDict):
    project_id: str  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    name: str  # The name of the project, not a person's.
    idle_since: date  # The day since which nothing is planned, where no next step was ever set or its day is over.
    entries: list[StageEntry]  # Every record of a stage, in the order in which they were made; of one stage the last stands.
    township: str | None  # The 9-digit division code of the township.
    investor_name: str | None  # The firm that invests [投资方].
    investor_uscc: str | None  # The credit code of the firm that invests.
    investment_wan_cny: Decimal | None  # The investment from home [内资]; never added to that from abroad. (万元)
    investment_wan_usd: Decimal | None  # The investment from abroad [外资]; never added to that from home. (万美元)
    planned_start_year: int | None  # The year in whose plan of new projects it stands [年度新开工项目].
    won_against: list[str]  # The other places that wanted the project.
    owners: list[ProjectOwner]  # Who had the project in hand, from which day on.
    next_step: str | None  # What is done next.
    next_step_on: date | None  # The day of the next step; when it is over, nothing is planned.
    missing_told: bool  # Whether it was told that nothing is planned, and still holds.
    missing_no: int  # How often it was told that nothing is planned for the project.
    stage: EnterProjectStage  # How far the project has come.
    team: str | None  # The team that has the project in hand.
    unit_id: str | None  # The township's own id of the unit [单元].


class Entered(TypedDict):
    project: Project  # The project with its new stage.
    warnings: list[dict[str, str]]  # Which stages were left out.


class EnterStageStageEvidence(TypedDict):
    kind: str  # What it is: a kind of the rulebook.
    reference: str  # The number of the document, or where else it is found.


OverviewKind = Literal['at_least', 'at_most', 'cumulative', 'exact', 'more_than', 'target']


ExplainOverviewCountedFrom = Literal['records', 'statement']


class OverviewFigure(TypedDict):
    figure: str  # The name of the figure; after a colon which one, where there are several of a kind.
    title: str  # What the figure is, for people.
    value: Decimal | None  # The sum of the parts, or the ratio of two sums of them; none if `reason` says why.
    unit: str  # The unit of the value.
    overview_kind: OverviewKind  # How much the figure says; cumulative is from `since_on` on, a target is what is to be.
    counting_rule: str  # The name of the rule by which it is counted.
    counts: str  # What counts, in words.
    rules_from: date  # The first day of the edition of the rules by which it is counted.
    about_on: date  # The day that the figure is about; of a period, its last day.
    since_on: date | None  # The first day of the period of the figure; none if it is of one day.
    source: str  # Where the rule is from; of a reported figure, who reported it.
    parts: int  # How many parts add up to it.
    counted_from: ExplainOverviewCountedFrom  # Whether the figure was counted from records, or reported as it is.
    as_known_now: bool  # Whether the figure is as it is known now, whatever moment was asked for.
    reason: Reason | None  # Why there is no value: code and sentence; none if there is one.
    without_amount_found: int  # How many count and did not say how much: they are no parts of it, and for them it is at least, or not known where it has no part.


class OverviewPart(TypedDict):
    thing: str  # What kind of thing it is.
    thing_id: str  # The id of the thing.
    adds: Decimal | None  # How much it adds, in the unit of the figure; none of a ratio.
    before: Decimal | None  # Of a ratio: how much there was before; none of a sum.
    after: Decimal | None  # Of a ratio: how much there was after; none of a sum.
    about_on: date | None  # The day of what adds: of a survey, an acceptance, an award; none if it has none.
    event_id: str | None  # The id of the event or the call that said so; none if nobody kept it.
    overview_kind: OverviewKind  # How much it says; of a ratio at least where what came after is only known to be no less, at most where that is so of what was before.


class OverviewExplained(TypedDict):
    figure: OverviewFigure  # The figure that is explained.
    parts: list[OverviewPart]  # What adds up to it.
    without_amount: list[OverviewPart]  # What counts and did not say how much: it adds nothing, and for it the figure is at least.


class Fitness(TypedDict):
    fits: bool  # Whether the lead fits the listing.
    reasons: list[dict[str, str]]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.


class DeadlineState(TypedDict):
    applicants: list[Applicant]  # Who had applied at that moment, by what is known now.
    at: datetime  # The moment of the deadline.
    known_then: list[str]  # The applications that were on record at that moment.
    moved: bool  # Whether another deadline came in its place, or it stands still with the notice.
    notice_step: NoticeStep  # Which date of the notice it is.


class PartnerShare(TypedDict):
    partner: str  # The partner, a firm or an office.
    ratio: Decimal  # The partner's part of the whole, from 0 to 1.
    of_first_tranche_cny: Decimal | None  # What the partner pays of the first tranche, pro rata. (yuan)


class FundOn(TypedDict):
    fund_id: str  # The id of the fund [基金].
    report: FundReport  # What stands of the fund on the day.
    first_tranche_share: Decimal | None  # The first tranche as a part of the total; none while one of them is not known.
    partner_shares: list[PartnerShare]  # What each partner pays of the first tranche.
    fund_commitments: list[FundCommitment]  # What it has put into projects.
    committed_cny: Decimal  # What it has put into projects in all. (yuan)
    left_cny: Decimal | None  # What it may still put into projects; none while its total is not known. (yuan)
    warnings: list[Reason]  # What speaks against the fund, for a person to look at; it refuses nothing.


class FundOverview(TypedDict):
    on: date  # The day on which the funds are looked at.
    known_at: datetime  # The moment of the knowledge: what became known later does not count.
    funds: list[FundOn]  # The funds of the day.
    total_cny: Decimal  # What the fund is to have in all; of several, the sum of those that are known. (yuan)
    committed_cny: Decimal  # What it has put into projects in all. (yuan)
    total_unknown: list[str]  # The funds whose total is not known.


class ClauseRecord(TypedDict):
    clause_id: str  # The id under which the answers to a clause's questions are kept.
    answers: list[ClauseAnswer]  # Every answer, as it became known.


class ContestRound(TypedDict):
    contest_round: str  # The name of the round, one within its contest.
    city: str  # The place, one of those of the contest.
    held_on: date | None  # The day on which the round is held.


class ContestPrize(TypedDict):
    prize: str  # The name of the prize, one within its contest.
    prize_cny: Decimal | None  # How much the prize is. (yuan)
    settle_within_months: int | None  # Within how many months from the day on which it was won the winner settles here. (months)
    prize_condition: str | None  # What else the prize is bound to.


class ContestReport(TypedDict):
    name: str  # The name of the contest.
    contest_kind: str  # What kind of meeting it is, a word of the rulebook.
    contest_year: int  # The year of the contest.
    begins_on: date  # The first day of it.
    cities: list[str]  # The places in which it is held.
    document: str  # The document that says so.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    contest_rounds: list[ContestRound]  # Its rounds [赛程], each in one of the places.
    contest_tracks: list[str]  # Its tracks [赛道], in one of which each entry is.
    prizes: list[ContestPrize]  # What may be won.
    guests: int | None  # How many guests came.
    guests_kind: GuestsKind  # How much the number of guests says.
    cost_cny: Decimal | None  # What it cost in all, prizes included. (yuan)


class Contest(TypedDict):
    contest_id: str  # The id of the contest, or of another meeting at which talents and investors are found.
    contest_reports: list[ContestReport]  # All that was said of the contest, as each became known; the last one stands.


class EntryReport(TypedDict):
    evidence_ids: list[str]  # Ids of the documents that prove it.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    contest_track: str | None  # The track of the entry; none where the contest has no tracks.
    contest_round: str | None  # How far the entry came: the name of a round.
    city: str | None  # The place, one of those of the contest.
    person_id: str | None  # The talent office's own id of the person, which says nothing about who it is.
    enterprise_id: str | None  # The firm that takes part.
    contest_rank: int | None  # The rank of the entry in its track.
    prize: str | None  # The name of the prize, one within its contest.
    won_on: date | None  # The day on which the prize was won.
    talent_application_id: str | None  # The id of the application to a talent plan; the same id again corrects it.
    project_id: str | None  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    township: str | None  # The 9-digit division code of the township.
    revoked: bool  # Whether it was not so after all.


SettlementLevel = Literal['due', 'missed']


class SettlementTold(TypedDict):
    settlement_level: SettlementLevel  # What was told: that the day is near, or over.
    settle_by_on: date  # The last day on which the winner settles in time; none where the prize does not ask for it.


class ContestEntry(TypedDict):
    contest_entry_id: str  # The id of the entry; the same id again corrects it.
    contest_id: str  # The id of the contest, or of another meeting at which talents and investors are found.
    entry_reports: list[EntryReport]  # All that was said of the entry, as each became known; the last one stands.
    settle_by_on: date | None  # The last day on which the winner settles in time; none where the prize does not ask for it.
    settled_on: date | None  # The day on which the project landed.
    settlement_told: SettlementTold | None  # What was told last of the winner who is to settle.
    settlement_no: int  # The number of what was told of the entry, from 1.


StepKind = Literal['annual_review', 'applications', 'bond_return', 'bonds', 'completion', 'completion_review', 'contract', 'delivery', 'full_capacity_review', 'payment', 'result_publicity', 'start', 'start_review']


class DueStep(TypedDict):
    step_id: str  # The id of a step: that of its supply, its kind, and the number of the instalment or 1.
    supply_step: StepKind  # What is to be done.
    supply_id: str  # The id of a supply [供地]: that of the listing, a dot, and the version of the notice.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    instalment_no: int  # The number of the instalment, or of the yearly review, from 1; 1 for any other step.
    due_on: date | None  # The day by which the step should be done; later by the days of each suspension within it.
    counted_from: date | None  # The day from which its working days are counted, where its day follows from them.
    working_days: int | None  # In how many working days it is to be done. (working days)
    done_on: date | None  # The day on which it was done.
    dropped: bool  # Whether it need not be done any more, because the award is void.
    suspended: bool  # Whether its day stands still with the notice; nobody is reminded then.
    told: int  # How many of its reminders were sent.
    amount_cny: Decimal | None  # An amount of money. (CNY)
    late: bool  # Whether its day is over and it is not done, on the day of the asking (or of `as_of`).


class Canonical(TypedDict):
    code: str  # Which figure it is.
    op: Comparison  # How the actual figure must stand to the value.
    value: Decimal  # The value, to four decimals.
    unit: str  # The unit of the value.
    check_stage: CheckStage  # When it is checked.
    years_running: int  # In how many years running it is to be met.
    numerator: int  # The value exactly: this by the denominator.
    denominator: int  # The value exactly: the numerator by this.


class Review(TypedDict):
    review_id: str  # The land desk's id of a review; the same id again corrects it.
    reviewed_on: date  # The day that the review is about.
    actual: Decimal  # The figure that was found, in the unit of the commitment.
    met: bool  # Whether the indicator is met.
    bearers: list[CommitmentStandingParty]  # Who had the duties on the day of the review; a breach stays theirs.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    recorded_at: datetime  # The moment at which it was entered.
    data_year: int | None  # The year of the figures.
    early: bool  # Whether it was held before the promise was due: then it is noted and decides nothing.


CommitmentState = Literal['breached', 'kept', 'pending']


class Commitment(TypedDict):
    commitment_id: str  # The id of a commitment: that of the contract, a dot, and the number of the indicator.
    promised: Canonical  # The indicator by its one name, in its one unit, seen from its one side.
    printed: ApplyForLandIndicator  # The indicator as the notice or the contract has it.
    reviews: list[Review]  # What each review found, in the order of their days.
    state: CommitmentState  # Whether it is kept, by all its reviews.


class LandCommitments(TypedDict):
    contract_id: str  # The id of a contract: that of the supply that it ends.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    lead_id: str | None  # The id of the lead [线索]; who gives none gets one.
    commitments: list[Commitment]  # All that the contract promises.
    duty_bearers: list[CommitmentStandingParty]  # Who has the duties of the contract now.
    ended: bool  # Whether the contract is void.


LeadSource = Literal['adviser_led', 'firm_referral', 'fund_led', 'talent_contest', 'travelling_team']


class Lead(TypedDict):
    lead_id: str  # The id of the lead [线索]; who gives none gets one.
    name: str  # The name of the project, not a person's.
    source: LeadSource  # Where the lead came from.
    stage: EnterProjectStage  # How far the project has come.
    wish: BestAssignmentWish  # The land that the project wishes for; what is left out is open.
    registered_at: datetime  # When the lead was entered.
    contract_ids: list[str]  # The contracts of the land that the project has.


class Release(TypedDict):
    release_no: int  # Grows by one with each change of the release of this case.
    area_m2: Decimal  # The area of the land. (m²)
    target_use: str  # The use of the land after the remediation; without it, the `planned_use` of the parcel.
    released_on: date  # The day on which the land register could say yes.
    industry_code: str | None  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    vacated_on: date | None  # The day of the acceptance that vacated the land; none in facts that are older than this field.


class Revocation(TypedDict):
    release_no: int  # Grows by one with each change of the release of this case.
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.


Result = Literal['awarded', 'unsold']


class Listing(TypedDict):
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    case_id: str  # The township's own id of the remediation case [整治].
    township: str  # The 9-digit division code of the township.
    state: ListingState  # Whether the land is about to be offered, on offer, or not any more.
    release: Release | None  # The newest release of the land that was heard of.
    revocation: Revocation | None  # The newest revocation of a release that was heard of.
    notice: Notice | None  # The public notice [出让公告] of the release, once it is published.
    notice_version: int  # Counts every notice of the listing.
    result: Result | None  # What came of the notice; none while it runs.
    numbers: list[str]  # The numbers that are used up: of notices that came to an end.
    warnings: list[Reason]  # What was doubtful of the notice when it was published, and accepted all the same.
    amendments: list[Amendment]  # What became of the notice after it was published, in its order.


class Match(TypedDict):
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    release_no: int  # Grows by one with each change of the release of this case.
    lead_ids: list[str]  # Leads by their ids.
    withdrawn: bool  # Whether the leads were told that the land is not to be had any more as it was offered.


class SeenPlot(TypedDict):
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    release_no: int  # Grows by one with each change of the release of this case.
    notice_version: int  # Counts every notice of the listing.


class PageView(TypedDict):
    view_id: str  # The id of one look at a page.
    page_id: str  # The id of the prospect's page; it opens nothing.
    seen_at: datetime  # The moment of the look at the page.
    plots: list[SeenPlot]  # What was shown: the listing, under which release and which notice.
    incomplete: bool  # Whether the land register did not answer, so that plots were missing.


Counts = Literal['investment_cny', 'projects']


Predicate = Literal['begun', 'landed']


TargetComparison = Literal['at_least', 'more_than']


class PlatformTarget(TypedDict):
    target_name: str  # The name of the target, one within its platform.
    counts: Counts  # What the target counts.
    predicate: Predicate  # What is said of the projects; neither follows from the other.
    comparison: TargetComparison  # How what is reached must stand to the value.
    target_value: Decimal  # How many projects, or how many yuan.
    due_on: date  # The last day on which the target is met in time.
    project_kinds: list[str]  # The kinds of project that count, words of the rulebook; all if none is named.


class PlatformPlan(TypedDict):
    name: str  # The name of the platform.
    township: str  # The 9-digit division code of the township.
    document: str  # The document that says so.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    place: str | None  # Where it lies, as people say it.
    planned_area_mu: Decimal | None  # How large it is to be in all. (mu)
    planned_area_is_about: bool  # Whether the planned area is a rounded figure.
    planned_investment_cny: Decimal | None  # What is to be invested in it in all. (yuan)
    targets: list[PlatformTarget]  # What is to have landed or begun there, until when.


class PlatformProgress(TypedDict):
    progress_id: str  # The id of the record that a project landed or began; the same id again corrects it.
    project_id: str  # The id of the investment project.
    project_kind: str  # What kind of project it is, a word of the rulebook.
    predicate: Predicate  # What is said of the projects; neither follows from the other.
    happened_on: date  # The day on which it landed or began; the last day, where only a period is known.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    not_before_on: date | None  # The first day of the period, where only a period is known.
    investment_cny: Decimal | None  # What is invested with it. (yuan)
    withdrawn: bool  # Whether it was recorded wrongly, and never landed or began.


class TargetMiss(TypedDict):
    target: PlatformTarget  # The target as it was planned.
    reached: Decimal  # How many projects landed or began, or how many yuan, by the day.


class TargetTold(TypedDict):
    target_name: str  # The name of the target, one within its platform.
    miss_no: int  # The number of what was told of the target, from 1; a later one takes the place of the one before it.
    miss: TargetMiss | None  # The target as it was told to be missed; none once that was taken back.


class Platform(TypedDict):
    platform_id: str  # The id of the development platform [平台].
    plans: list[PlatformPlan]  # Every plan of it, as each became known; the last one stands.
    progress: list[PlatformProgress]  # Everything that was said of what landed or began there, as it became known.
    told: list[TargetTold]  # What was announced last of each target.


HoldKind = Literal['in_talks', 'reserved']


HoldEnd = Literal['expired', 'plot_gone', 'released']


class PlotHold(TypedDict):
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    hold_no: int  # Counts the holds of the plot and their changes.
    hold_kind: HoldKind  # Why the plot is kept: it is reserved, or a project is in talks about it.
    project_id: str  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    team: str  # The team that has the project in hand.
    held_on: date  # The day on which the plot was kept, or on which that was changed.
    until_on: date  # The last day of the hold; it counts.
    person: str | None  # Who keeps it, in the team: the first character of the name.
    end: HoldEnd | None  # How the hold ended, once that was told; none while it lasts.
    release_no: int | None  # The release of the land under which the plot is kept.
    end_reasons: list[Reason]  # Why the plot was gone, where that ended the hold.
    warnings: list[Reason]  # That the hold lasts longer than is usual for its kind; it is kept all the same.


class ProjectMark(TypedDict):
    mark_id: str  # The id of the mark; the same id again corrects it.
    mark_kind: str  # What the mark is, a word of the rulebook.
    word: str  # The sector, the award or the honour itself.
    from_on: date  # The first day on which the project has it.
    document: str  # The document that says so.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    to_on: date | None  # The last day on which the project has it; none while no end is known.
    withdrawn: bool  # Whether it was taken back, or recorded wrongly.


class ProjectMarks(TypedDict):
    project_id: str  # The id of the investment project.
    marks: list[ProjectMark]  # Everything that was recorded, as it became known.


GetSupplyPlanSupplyWay = Literal['agreement', 'auction', 'listing', 'tender']


class PlanLine(TypedDict):
    plan_use: str  # The use, in the words of supply plans; one plan may join what another has apart.
    area_mu: Decimal  # The land that is planned. (mu)
    area_m2: Decimal  # The land that is planned. (m²)
    supply_way: GetSupplyPlanSupplyWay | None  # How the land is supplied [供应方式]; an agreement that a second party asks for becomes a listing.


class PlanDistrict(TypedDict):
    district: str  # A district, or a township, by its division code of 6 or 9 digits.
    area_mu: Decimal  # The land that is planned. (mu)
    area_m2: Decimal  # The land that is planned. (m²)


class PlanQuarter(TypedDict):
    quarter: int  # The quarter of the year, 1 to 4.
    area_mu: Decimal  # The land that is planned. (mu)
    area_m2: Decimal  # The land that is planned. (m²)


LandSource = Literal['new', 'stock']


class PlannedPlot(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    plan_use: str  # The use, in the words of supply plans; one plan may join what another has apart.
    area_mu: Decimal  # The land that is planned. (mu)
    area_m2: Decimal  # The land that is planned. (m²)
    parcel_code: str | None  # The parcel code [宗地代码] as the plan has it.
    quarter: int | None  # The quarter of the year, 1 to 4.
    land_source: LandSource  # Whether it was built on before, or is approved for building anew.


class PlanVersion(TypedDict):
    total_mu: Decimal  # All the land of the plan; in place of `total_m2`. (mu)
    total_m2: Decimal  # All the land of the plan; in place of `total_mu`. (m²)
    lines: list[PlanLine]  # What is planned for each use, or each way of it; together they are the total.
    approved_on: date  # The day on which the plan was approved, from which it is in force.
    document: str  # The document that has the plan.
    known_at: datetime  # When it was recorded.
    plan_version: int  # Counts what was recorded of the plan of the year, in the order in which it became known.
    districts: list[PlanDistrict]  # The shares of districts or townships in the total.
    quarters: list[PlanQuarter]  # The shares of quarters of the year in the total.
    plots: list[PlannedPlot]  # The plots that the plan names.
    names_all_plots: bool  # Whether a plot that is not among the named ones is outside the plan, if any are named.
    stock_mu: Decimal | None  # How much of the total is to be stock land [存量用地], if the plan says so. (mu)
    published_on: date | None  # The day on which the plan was made public; none until it is.


class SupplyPlan(TypedDict):
    plan_id: str  # The id of the supply plan [供应计划]: its region and its year.
    region: str  # The district or city that the plan is of, by its 6-digit division code.
    year: int  # The year that the plan is of.
    versions: list[PlanVersion]  # Each version of the plan, as it became known.
    overdue_no: int  # Counts what was told of the plan being late; the highest one says how it stands.
    overdue_told: bool  # Whether it was told last that the plan is late.


GetTalentPlanPlanLevel = Literal['city', 'district', 'national', 'provincial']


class TalentCategory(TypedDict):
    talent_category: str  # The word by which the plan knows a category.
    category_name: str  # The category in the words of the plan.
    support_cny: Decimal | None  # With how much somebody of the category is supported. (yuan)
    support_is_most: bool  # Whether that is the most that the plan gives, and may be less.


class TalentBatch(TypedDict):
    talent_batch: str  # The name of the batch, one within its plan.
    batch_year: int  # The year of the batch.
    closes_at: datetime  # The deadline: the last moment at which the batch takes applications.
    opens_on: date | None  # The first day on which the batch takes applications.


class PlanReport(TypedDict):
    name: str  # The name of the plan.
    plan_level: GetTalentPlanPlanLevel  # Whose plan it is; the words of funds are taken, too.
    talent_categories: list[TalentCategory]  # For whom the plan is, and with how much it supports them.
    document: str  # The document that says so.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    talent_batches: list[TalentBatch]  # The batches in which applications are taken.
    term_months: int | None  # So long somebody is a talent of the plan, from the day of the approval on; without it, until that is ended. (months)
    publicised_days: int | None  # For how many days the names are public before an approval, as the plan itself says. (days)


class TalentPlan(TypedDict):
    talent_plan_id: str  # The id of the talent plan.
    plan_reports: list[PlanReport]  # All that was said of the plan, as each became known; the last one stands.


VisitKind = Literal['by_investor', 'event', 'meeting', 'to_investor']


class Visit(TypedDict):
    visit_id: str  # The id of a visit or a meeting.
    project_id: str  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    visit_kind: VisitKind  # What it was.
    visited_on: date  # The day of the visit.
    came_of_it: str  # What came of it.
    recorded_at: datetime  # The moment at which it was entered.
    place: str | None  # Where it was.


class BiddingDay(TypedDict):
    day: date | None  # The last lawful day; none where the calendar of working days is missing.
    sentence: str  # The day, or what is missing, in a sentence.
    source: str  # The rule, with its article.
    step: str  # What has to be done.


BiddingOutcome = Literal['auction', 'frozen', 'sold', 'unsold']


class BiddingStep(TypedDict):
    code: str  # The kind of step.
    sentence: str  # What was found.
    source: str | None  # The rule, with its article.


class RefusedBid(TypedDict):
    bid_at: datetime  # The moment of the bid.
    bidder: str  # Whose bid it is.
    code: str  # Why it does not count.
    index: int  # The place of the bid among those handed in, from 0.
    price: Decimal  # The price that was bid, in the unit of the request.
    right_price: Decimal | None  # The lowest price from that of the bid on that would have counted; none where no price would.
    sentence: str  # Why it does not count, and what would have been right.
    source: str | None  # The rule, with its article.


class JudgedBidding(TypedDict):
    deadlines: list[BiddingDay]  # The last days that the place sets.
    ends_at: datetime | None  # The moment at which the bidding ended, with its auction; none while that is awaited.
    extended_to_at_least: datetime | None  # The earliest end of the listing after the last freeze.
    extended_to_at_most: datetime | None  # The latest end of the listing after a freeze in its last hour.
    highest: Decimal | None  # The highest bid that counts, in `unit`.
    listing_ends_at: datetime | None  # The end of the listing after all freezes; none while one is not repaired.
    opens_at_price: Decimal | None  # The lowest first bid of the auction, in `unit`.
    outcome: BiddingOutcome | None  # How the bidding stands; none where a freeze alone is asked about.
    path: list[BiddingStep]  # The steps by which it came out, each with its rule.
    place: str  # Whose rules judged.
    price: Decimal | None  # The price of the winner, in `unit`.
    refusals: list[RefusedBid]  # The bids that do not count, and why.
    refused: list[int]  # The places of the bids that do not count among those handed in, from 0.
    remaining_at_most_minutes: int | None  # How much of the listing is left at most after a freeze in its last hour. (minutes)
    resume_not_before: datetime | None  # The earliest moment at which a frozen bidding goes on; none while it is not repaired.
    rules: str  # The rules that judged.
    rules_of: date  # The day whose rules judged.
    starts_at: datetime | None  # The moment from which bids of the auction count.
    told_by: datetime | None  # The moment by which the bidders are told of it, not before the repair unless they were told before; none where it goes on at once.
    unit: str  # The unit of all amounts.
    winner: str | None  # Who gets the land.


class ListClauseRecordsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[ClauseRecord]  # The things of this page.


class ClauseRecordFilter(TypedDict):
    pass


class ListContestEntriesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[ContestEntry]  # The things of this page.


class ContestEntryFilter(TypedDict):
    contest_id: NotRequired[str]  # The id of the contest, or of another meeting at which talents and investors are found.
    project_id: NotRequired[str | None]  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    talent_application_id: NotRequired[str | None]  # The id of the application to a talent plan; the same id again corrects it.


class ListContestsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Contest]  # The things of this page.


class ContestFilter(TypedDict):
    contest_kind: NotRequired[str]  # What kind of meeting it is, a word of the rulebook.
    contest_year: NotRequired[int]  # The year of the contest.


class ListContractsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Contract]  # The things of this page.


class ContractFilter(TypedDict):
    parcel_id: NotRequired[str]  # The township's own id of the parcel [地块]; it stays when codes change.
    listing_id: NotRequired[str]  # The id of the listing [挂牌]: one for each parcel and case.
    township: NotRequired[str]  # The 9-digit division code of the township.
    state: NotRequired[ContractState]  # How far it has come.
    lead_id: NotRequired[str | None]  # The id of the lead [线索]; who gives none gets one.
    number_key: NotRequired[str]  # The number of the contract, without spaces and in one kind of brackets.
    supervision_key: NotRequired[str | None]  # The electronic supervision number [电子监管号], without spaces and in one kind of brackets.


class ListDueStepsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[DueStep]  # The things of this page.


class DueStepFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    supply_step: NotRequired[StepKind]  # What is to be done.
    parcel_id: NotRequired[str]  # The township's own id of the parcel [地块]; it stays when codes change.
    listing_id: NotRequired[str]  # The id of the listing [挂牌]: one for each parcel and case.
    is_open: NotRequired[Literal['false', 'true'] | bool]  # Whether it is still to be done.
    waits_for_calendar: NotRequired[Literal['false', 'true'] | bool]  # Whether its day is unknown because the working days of a year are not known yet.
    late: NotRequired[Literal['false', 'true'] | bool]  # Whether its day is over and it is not done, on the day of the asking (or of `as_of`).


class ListFundsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Fund]  # The things of this page.


class FundFilter(TypedDict):
    fund_state: NotRequired[FundState]  # How far it has come.


class ListLandCommitmentsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[LandCommitments]  # The things of this page.


class LandCommitmentsFilter(TypedDict):
    parcel_id: NotRequired[str]  # The township's own id of the parcel [地块]; it stays when codes change.
    listing_id: NotRequired[str]  # The id of the listing [挂牌]: one for each parcel and case.
    township: NotRequired[str]  # The 9-digit division code of the township.
    lead_id: NotRequired[str | None]  # The id of the lead [线索]; who gives none gets one.
    has_breach: NotRequired[Literal['false', 'true'] | bool]  # Whether any review missed any indicator.


class ListLeadsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Lead]  # The things of this page.


class LeadFilter(TypedDict):
    stage: NotRequired[EnterProjectStage]  # How far the project has come.
    source: NotRequired[LeadSource]  # Where the lead came from.
    is_looking: NotRequired[Literal['false', 'true'] | bool]  # Whether it has no land or premises yet, and has not been given up.


class ListListingsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Listing]  # The things of this page.


class ListingFilter(TypedDict):
    parcel_id: NotRequired[str]  # The township's own id of the parcel [地块]; it stays when codes change.
    case_id: NotRequired[str]  # The township's own id of the remediation case [整治].
    township: NotRequired[str]  # The 9-digit division code of the township.
    state: NotRequired[ListingState]  # Whether the land is about to be offered, on offer, or not any more.
    is_open: NotRequired[Literal['false', 'true'] | bool]  # Whether the land is on offer, or about to be.
    is_suspended: NotRequired[Literal['false', 'true'] | bool]  # Whether the notice stands still.
    number_keys: NotRequired[str]  # A number that the land was ever listed under, without spaces and in one kind of brackets.


class ListMatchesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Match]  # The things of this page.


class MatchFilter(TypedDict):
    lead_ids: NotRequired[str]  # A lead that was announced for the land.


class ListOfferPlansPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[OfferPlan]  # The things of this page.


class OfferPlanFilter(TypedDict):
    parcel_id: NotRequired[str]  # The township's own id of the parcel [地块]; it stays when codes change.
    township: NotRequired[str]  # The 9-digit division code of the township.
    state: NotRequired[OfferPlanState]  # How the offer plan [出让方案] stands, or stood.


class ListPageViewsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[PageView]  # The things of this page.


class PageViewFilter(TypedDict):
    page_id: NotRequired[str]  # The id of the prospect's page; it opens nothing.


class ListPlatformsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Platform]  # The things of this page.


class PlatformFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.


class ListPlotHoldsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[PlotHold]  # The things of this page.


class PlotHoldFilter(TypedDict):
    project_id: NotRequired[str]  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    team: NotRequired[str]  # The team that has the project in hand.
    hold_kind: NotRequired[HoldKind]  # Why the plot is kept: it is reserved, or a project is in talks about it.


class ListPoliciesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Policy]  # The things of this page.


class PolicyFilter(TypedDict):
    gives_kind: NotRequired[str]  # What the policy gives, a word of the rulebook.


class ListProjectMarksPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[ProjectMarks]  # The things of this page.


class ProjectMarksFilter(TypedDict):
    pass


class ListProjectsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Project]  # The things of this page.


class ProjectFilter(TypedDict):
    stage: NotRequired[EnterProjectStage]  # How far the project has come.
    township: NotRequired[str | None]  # The 9-digit division code of the township.
    team: NotRequired[str | None]  # The team that has the project in hand.
    is_open: NotRequired[Literal['false', 'true'] | bool]  # Whether the land is on offer, or about to be.
    missing_told: NotRequired[Literal['false', 'true'] | bool]  # Whether it was told that nothing is planned, and still holds.
    planned_start_year: NotRequired[int | None]  # The year in whose plan of new projects it stands [年度新开工项目].
    investor_keys: NotRequired[str]  # By what the investor is known again: its credit code, or its name without what may differ.


class ListProspectPagesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[ProspectPage]  # The things of this page.


class ProspectPageFilter(TypedDict):
    project_id: NotRequired[str]  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    team: NotRequired[str | None]  # The team that has the project in hand.


class ListSuppliesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Supply]  # The things of this page.


class SupplyFilter(TypedDict):
    listing_id: NotRequired[str]  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: NotRequired[str]  # The township's own id of the parcel [地块]; it stays when codes change.
    township: NotRequired[str]  # The 9-digit division code of the township.
    state: NotRequired[SupplyState]  # How far it has come.


class ListSupplyPlansPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[SupplyPlan]  # The things of this page.


class SupplyPlanFilter(TypedDict):
    region: NotRequired[str]  # The district or city that the plan is of, by its 6-digit division code.


class ListTalentApplicationsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[TalentApplication]  # The things of this page.


class TalentApplicationFilter(TypedDict):
    talent_plan_id: NotRequired[str]  # The id of the talent plan.
    talent_batch: NotRequired[str]  # The name of the batch, one within its plan.
    talent_state: NotRequired[ApplyForTalentPlanTalentState]  # How far the application has come.
    person_id: NotRequired[str]  # The talent office's own id of the person, which says nothing about who it is.
    project_id: NotRequired[str | None]  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).


class ListTalentPlansPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[TalentPlan]  # The things of this page.


class TalentPlanFilter(TypedDict):
    plan_level: NotRequired[GetTalentPlanPlanLevel]  # Whose plan it is; the words of funds are taken, too.


class ListVisitsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Visit]  # The things of this page.


class VisitFilter(TypedDict):
    project_id: NotRequired[str]  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    visit_kind: NotRequired[VisitKind]  # What it was.


class MergedPlot(TypedDict):
    area_m2: Decimal  # The area of the land. (m²)
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    remarks: list[dict[str, str]]  # What is to be known of the plot, which can be had all the same.
    rule: dict[str, str]  # Why the plot does not fit alone.
    state: ListingState  # How far the listing is.
    township: str  # The 9-digit division code of the township.


class MergedPlots(TypedDict):
    area_m2: Decimal  # The area of both together. (m²)
    plots: list[MergedPlot]  # Two plots that lie side by side, the larger one first.
    reasons: list[dict[str, str]]  # Why they are named, and what is to be seen to.


class NearMiss(TypedDict):
    area_m2: Decimal  # The area of the land. (m²)
    can_be_had: bool  # Whether the plot can be had, by what projects knows; plot_availability asks the land register too.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    off_m2: Decimal | None  # How much land is lacking, or is too much; none if the rule is not about the area. (m²)
    off_share: Decimal | None  # The same as a share of the area that was wished.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    reasons: list[dict[str, str]]  # Why the plot cannot be had: code, sentence, source.
    release_reasons: list[dict[str, str]]  # Why land that was released may not be offered now; empty for open land.
    remarks: list[dict[str, str]]  # What stands beside the plot and does not keep anybody from it: code, sentence, source.
    rule: dict[str, str]  # The one rule that the plot breaks.
    state: ListingState  # How far the listing is.
    township: str  # The 9-digit division code of the township.


class Missed(TypedDict):
    area_share: Decimal  # How far off an area may be, as a share of the wished one.
    lead_id: str  # The id of the lead [线索]; who gives none gets one.
    merged: list[MergedPlots]  # The plots that are too small alone and large enough merged with a neighbour, the smallest area together first.
    merged_doubts: list[dict[str, str]]  # Why there may be more merged plots than are named, and pairs that would suffice but cannot be had (PAIR_NOT_TO_BE_HAD), with why; empty if there is nothing of either.
    plots: list[NearMiss]  # The plots that break one rule, those first whose area is least off; those that cannot be had come last.
    rules_of: date  # The day whose data count.


class StepDate(TypedDict):
    due_at: datetime | None  # Its moment, where the notice gives the hour.
    due_on: date | None  # Its day; none while it stands still, or where the notice has no such step.
    first_on: date | None  # The day in the notice as it was published.
    notice_step: NoticeStep  # Which date of the notice it is.
    stands_still: bool  # Whether it waits for the resumption.


class Course(TypedDict):
    amendments: list[Amendment]  # What became of the notice until that moment, in its order.
    at: datetime  # The moment that the answer is about.
    dates: list[StepDate]  # Each date of the notice as it stood then.
    known_at: datetime  # By what was known at that moment.
    notice: Notice  # The notice that was in force.
    supply_id: str  # The id of a supply [供地]: that of the listing, a dot, and the version of the notice.
    suspended_since: datetime | None  # The moment from which the notice stands still; none while it runs.


class OpenedPage(TypedDict):
    ends_on: date  # The last day on which the page is open.
    opened_on: date  # The day on which the page was opened.
    page_id: str  # The id of the prospect's page; it opens nothing.
    project_id: str  # The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
    team: str | None  # The team that has the project in hand.
    token: str | None  # What opens the page. It is shown this once; a repeat of the call has none.
    warnings: list[dict[str, str]]  # What is doubtful of the page as it is opened: code, sentence, source.


class OpenProspectPageWish(TypedDict):
    min_area_m2: NotRequired[Figure | None]  # The least area that will do. (m²)
    max_area_m2: NotRequired[Figure | None]  # The largest area that will do. (m²)
    townships: NotRequired[list[str]]  # Townships by their codes; none named means all of them.
    industry_codes: NotRequired[list[str]]  # The industries of the project, by GB/T 4754-2017.


class StageCount(TypedDict):
    entered: int  # How many projects entered the stage within the span, wherever they are now.
    entered_ids: list[str]  # The projects that entered the stage within the span.
    investment_wan_cny: Decimal  # The investment from home [内资]; never added to that from abroad. (万元)
    investment_wan_usd: Decimal  # The investment from abroad [外资]; never added to that from home. (万美元)
    project_ids: list[str]  # The projects, by their ids.
    projects: int  # How many projects are at the stage.
    stage: EnterProjectStage  # How far the project has come.


class PipelineCounts(TypedDict):
    on: date  # The day of the counts.
    stages: list[StageCount]  # The projects by stage.


TargetState = Literal['met', 'missed', 'open']


class TargetStanding(TypedDict):
    platform_target_id: str  # The id of the target: that of its platform, and its name.
    target_name: str  # The name of the target, one within its platform.
    counts: Counts  # What the target counts.
    predicate: Predicate  # What is said of the projects; neither follows from the other.
    comparison: TargetComparison  # How what is reached must stand to the value.
    target_value: Decimal  # How many projects, or how many yuan.
    due_on: date  # The last day on which the target is met in time.
    target_state: TargetState  # Whether the target is met on the day, or missed, or still open.
    reached: Decimal  # How many projects landed or began, or how many yuan, by the day.
    reached_when_due: Decimal | None  # How much was reached by the day of the target itself; none before that day.
    lacking: Decimal  # How much is lacking to the value; none of it where it is reached.
    met_on: date | None  # The first day on which the target was met; none if it is not.
    in_time: bool | None  # Whether it was met by its day; none if it is not met.
    undecided: bool  # Whether a day that is known by its period only decides how the target stands.
    progress_ids: list[str]  # The records that count.
    begun_not_landed: list[str]  # Projects that have begun, and of which no landing is recorded.


class PlatformStanding(TypedDict):
    platform_id: str  # The id of the development platform [平台].
    on: date  # The day on which the targets are looked at.
    known_at: datetime  # The moment of the knowledge: what became known later does not count.
    name: str  # The name of the platform.
    township: str  # The 9-digit division code of the township.
    place: str | None  # Where it lies, as people say it.
    planned_area_mu: Decimal | None  # How large it is to be in all. (mu)
    planned_area_is_about: bool  # Whether the planned area is a rounded figure.
    planned_investment_cny: Decimal | None  # What is to be invested in it in all. (yuan)
    standings: list[TargetStanding]  # How each target stands.


class PlotAvailability(TypedDict):
    can_be_had: bool  # Whether nothing speaks against the plot.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    on: date  # The day of the answer.
    reasons: list[dict[str, str]]  # Why the plot cannot be had: code, sentence, source.
    remarks: list[dict[str, str]]  # What stands beside a plot that can be had: code, sentence, source.


class Claimant(TypedDict):
    project_id: str  # The id of the investment project.
    meets: bool  # Whether the project meets the policy.
    why_not: list[Reason]  # Why the project does not meet it.
    claimed_cny: Decimal  # How much is claimed. (yuan)
    granted_cny: Decimal  # How much is granted; nothing, where it is refused. (yuan)


class PolicyClaimants(TypedDict):
    policy_id: str  # The id of the policy [政策].
    on: date  # The day that is asked about; today if it is left out.
    known_at: datetime  # The moment of the knowledge: what became known later does not count.
    in_force: bool  # Whether the policy holds on the day.
    ends_on: date | None  # The last day on which the policy holds; none while no end is known.
    claimants: list[Claimant]  # The projects of the day: whether each meets the policy, and why not.


class PolicyLine(TypedDict):
    claimed_cny: Decimal  # How much is claimed. (yuan)
    claims: int  # How many claims stand.
    ends_on: date | None  # The last day on which the policy holds; none while no end is known.
    gives_kind: str  # What the policy gives, a word of the rulebook.
    granted_cny: Decimal  # How much is granted; nothing, where it is refused. (yuan)
    policy_id: str  # The id of the policy [政策].
    title: str  # The title of the policy.
    valid_from: date  # The first day on which the policy holds.
    warnings: list[Reason]  # What speaks against the policy as it stands; it refuses nothing.


class PolicyOverview(TypedDict):
    claimed_cny: Decimal  # How much is claimed. (yuan)
    granted_cny: Decimal  # How much is granted; nothing, where it is refused. (yuan)
    known_at: datetime  # The moment of the knowledge: what became known later does not count.
    on: date  # The day that is asked about; today if it is left out.
    policies: list[PolicyLine]  # The policies in force.


MatchedBy = Literal['credit_code', 'name']


class PossibleDuplicate(TypedDict):
    matched_by: MatchedBy  # By what they seem to be one.
    project_ids: list[str]  # The projects, by their ids.
    teams: list[str]  # The teams that have them in hand.


class PossibleDuplicates(TypedDict):
    duplicates: list[PossibleDuplicate]  # Investors that two teams or more seem to have in hand.


class PlotNotShown(TypedDict):
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    reasons: list[dict[str, str]]  # Why the plot cannot be had: code, sentence, source.
    township: str  # The 9-digit division code of the township.


class IndicatorOnOffer(TypedDict):
    code: str  # The indicator.
    op: str  # How the figure must stand to the value.
    unit: str  # The firms that share a result, by the first of them.
    value: Decimal  # The value of the indicator.


PromotionHandbookSupplyForm = Literal['grant', 'lease', 'lease_then_grant']


class PlotOnOffer(TypedDict):
    application_end_on: date | None  # The last day on which bidders may apply.
    area_m2: Decimal  # The area of the land. (m²)
    area_mu: Decimal  # The area of the plot in mu, to a hundredth. (mu)
    bond_cny: Decimal | None  # The bond [竞买保证金], always for the whole land. (CNY)
    floor_price_cny: Decimal | None  # The lowest price of the whole land by the table of the province; none for other uses than industry. (yuan)
    floor_price_source: str | None  # The table of lowest prices that was asked.
    indicators: list[IndicatorOnOffer]  # What the notice asks of the project on the land.
    industry_code: str | None  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    listing_number: str | None  # The number of the listing.
    notice_start_on: date | None  # The first day of the notice [公告期].
    plan_conditions: dict[str, Any] | None  # The planning conditions of the plot, as the land register has them; none if it has none.
    platforms: list[str]  # The development platforms in the township of the plot, by name.
    remarks: list[dict[str, str]]  # What stands beside a plot that can be had: code, sentence, source.
    start_price_cny: Decimal | None  # The start price of the whole land by its notice; none before that. (yuan)
    state: ListingState  # How the listing stands.
    supply_form: PromotionHandbookSupplyForm | None  # What the winner gets.
    target_use: str  # The use of the land after the remediation; without it, the `planned_use` of the parcel.
    township: str  # The 9-digit division code of the township.
    township_name: str | None  # What the township is called; none if its code is not known on that day.
    use_term_years: int | None  # For how long the land is let [出让年限]. (years)


class PolicyOnOffer(TypedDict):
    clause: str  # The clause as it is written.
    document: str  # The paper in which it stands.
    ends_on: date | None  # Its last day; none while no end is known.
    policy_id: str  # The id of the policy [政策].
    title: str  # What the policy is called.


class UnitOnOffer(TypedDict):
    area_mu: Decimal  # What can be rented, in mu to a hundredth. (mu)
    asking_rent_cny_per_m2_month: Decimal | None  # The rent that is asked for. (yuan/m²/month)
    building_name: str | None  # What the building is called.
    fit_out: str | None  # The state of its fitting-out [装修].
    floor: int | None  # The floor on which it is; below 0 for a basement.
    free_area_m2: Decimal  # How much can be rented on that day. (m²)
    free_until: date | None  # The last day on which all of it is free; none, if no lease takes it.
    park_name: str | None  # What the park is called.
    township: str  # The 9-digit division code of the township.
    township_name: str | None  # What the township is called; none if its code is not known on that day.
    unit_id: str  # The township's own id of the unit [单元].


class PromotionHandbook(TypedDict):
    known_at: datetime  # The moment of which the answer knows.
    not_shown: list[PlotNotShown]  # The plots on offer that cannot be had, and why.
    on: date  # The day on which the land can be had.
    plots: list[PlotOnOffer]  # The plots that can be had, by township, the largest first.
    plots_area_m2: Decimal  # The area of all plots that can be had. (m²)
    plots_area_mu: Decimal  # The area of all plots that can be had, in mu to a hundredth. (mu)
    policies: list[PolicyOnOffer]  # The policies in force on that day, without those that the rules of fair competition speak against.
    units: list[UnitOnOffer] | None  # The units of buildings that can be rented; none where parcels did not answer.
    units_found: int | None  # How many units can be rented; none where parcels did not answer.
    unreachable: list[str]  # The services that did not answer in time, so that something is missing.


PageState = Literal['closed', 'ended', 'open']


class ProspectPageNow(TypedDict):
    ends_on: date  # The last day on which the page is open.
    not_shown_count: int  # How many of the plots that the page is about cannot be had at present.
    page_id: str  # The id of the prospect's page; it opens nothing.
    plots: list[PlotOnOffer]  # The plots that can be had at this moment.
    seen_at: datetime  # The moment of the look at the page.
    state: PageState  # Whether the page is open; one that is over shows nothing.
    unreachable: list[str]  # The services that did not answer in time, so that plots are missing.


class PublishListingIndicator(TypedDict):
    code: str  # Which figure it is.
    op: Literal['>=', '<=', '=']  # How the actual figure must stand to the value.
    value: Figure  # The value that the figure is held against.
    unit: str  # The unit of the value.
    check_stage: Literal['start', 'completion', 'full_capacity', 'annual']  # When it is checked.
    years_running: NotRequired[int]  # In how many years running a yearly figure is to be met.


class PublishListingPaymentTerm(TypedDict):
    share: Figure  # The part of the price, of 1.
    within_months: NotRequired[int]  # How many months after the contract it is due. (months)
    within_days: NotRequired[int]  # How many days after the contract, or after those months, it is due. (days)


class PublishListingContractTerms(TypedDict):
    sign_within_working_days: NotRequired[int | None]  # In how many working days after the award the contract is signed. (working days)
    payments: NotRequired[list[PublishListingPaymentTerm]]  # The parts of the price, which sum to 1.
    deliver_within_days: NotRequired[int | None]  # In how many days after the contract the land is delivered. (days)
    start_within_months: NotRequired[int | None]  # In how many months after the contract building begins. (months)
    complete_within_months: NotRequired[int | None]  # In how many months after the contract building is complete. (months)
    no_transfer_years: NotRequired[int | None]  # For how many years after completion the land is not transferred. (years)


class BarredFit(TypedDict):
    area_m2: Decimal  # The area of the land. (m²)
    can_be_had: bool  # Whether the plot can be had, by what projects knows; plot_availability asks the land register too.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    reasons: list[dict[str, str]]  # Why the plot cannot be had: code, sentence, source.
    remarks: list[dict[str, str]]  # What stands beside the plot and does not keep anybody from it: code, sentence, source.
    score: int  # What the plot would score if it could be had.
    state: ListingState  # How far the listing is.
    township: str  # The 9-digit division code of the township.


class RankedPlot(TypedDict):
    area_m2: Decimal  # The area of the land. (m²)
    can_be_had: bool  # Whether the lead can have the plot, by what projects knows; plot_availability asks the land register too.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    reasons: list[Why]  # What speaks for the plot, thing by thing.
    remarks: list[dict[str, str]]  # What is to be known of the plot, which can be had all the same: code, sentence, source.
    score: int  # The points of each thing times its weight.
    state: ListingState  # How far the listing is.
    township: str  # The 9-digit division code of the township.


class Ranking(TypedDict):
    best_score: int  # The score of a plot that is perfect in everything.
    lead_id: str  # The id of the lead [线索]; who gives none gets one.
    left_out: int  # How many open plots fit the lead and cannot be had, by what projects knows.
    not_to_be_had: list[BarredFit]  # Those plots with why, the best first; no more of them than plots were asked for.
    plots: list[RankedPlot]  # The open plots that fit the lead and can be had by what projects knows, the best first.
    rules_of: date  # The day whose weights and points count.
    weights: BestAssignmentWeightsToo  # What counted how much.


class RoundOfContest(TypedDict):
    contest_round: str  # The name of the round, one within its contest.
    city: str  # The place, one of those of the contest.
    held_on: NotRequired[Day | None]  # The day on which the round is held.


class PrizeOfContest(TypedDict):
    prize: str  # The name of the prize, one within its contest.
    prize_cny: NotRequired[Figure | None]  # How much the prize is. (yuan)
    settle_within_months: NotRequired[int | None]  # Within how many months from the day on which it was won the winner settles here. (months)
    prize_condition: NotRequired[str | None]  # What else the prize is bound to.


class EntryKept(TypedDict):
    contest_entry: ContestEntry  # The entry as it now is.
    warnings: list[dict[str, str]]  # What a person should look at; it refused nothing.


class FundPartner(TypedDict):
    partner: str  # The partner, a firm or an office.
    ratio: Figure  # The partner's part of the whole, from 0 to 1.


class Interrupted(TypedDict):
    extended_to_at_least: datetime | None  # The earliest end of the listing after the last freeze.
    extended_to_at_most: datetime | None  # The latest end of the listing after a freeze in its last hour.
    interruptions: list[Interruption]  # When the bidding was frozen [中止], and when repaired.
    remaining_at_most_minutes: int | None  # How much of the listing is left at most after a freeze in its last hour. (minutes)
    resume_not_before: datetime | None  # The earliest moment at which a frozen bidding goes on; none while it is not repaired.
    supply_id: str  # The id of a supply [供地]: that of the listing, a dot, and the version of the notice.
    told_by: datetime | None  # The moment by which the bidders are told of it, not before the repair unless they were told before; none where it goes on at once.
    warnings: list[Reason]  # Which of the moments that were set are against the rules of the place.


class PlannedTarget(TypedDict):
    target_name: str  # The name of the target, one within its platform.
    counts: Literal['projects', 'investment_cny']  # What the target counts.
    predicate: Literal['landed', 'begun']  # What is said of the projects; neither follows from the other.
    comparison: NotRequired[Literal['at_least', 'more_than']]  # How what is reached must stand to the value.
    target_value: Figure  # How many projects, or how many yuan.
    due_on: Day  # The last day on which the target is met in time.
    project_kinds: NotRequired[list[str]]  # The kinds of project that count, words of the rulebook; all if none is named.


class CriterionSaid(TypedDict):
    fact: str  # The fact of a project that is asked for, a word of the rulebook.
    test: Literal['reached', 'one_of', 'none_of', 'at_least', 'more_than', 'at_most', 'less_than']  # How the fact is held against it.
    figure: NotRequired[Figure | None]  # The figure that it is compared with, in the unit of the fact; none for words.
    words: NotRequired[list[str]]  # The words that it is held against; none for a figure.


class ReviewSaid(TypedDict):
    conclusion: Literal['keeps_the_rules', 'exception', 'breaks_the_rules']  # What the review came to.
    reviewed_on: Day  # The day of the review.
    conclusion_reasons: NotRequired[str | None]  # Why, in the words of the review's conclusion.


class PlanRecorded(TypedDict):
    plan: SupplyPlan  # The plan of the year with all its versions.
    warnings: list[dict[str, str]]  # What is doubtful of the plan, and bars nothing.


class LineGiven(TypedDict):
    area_m2: NotRequired[Figure]  # The land that is planned. (m²)
    area_mu: NotRequired[Figure]  # The land that is planned. (mu)
    plan_use: str  # The use, in the words of supply plans; one plan may join what another has apart.
    supply_way: NotRequired[Literal['listing', 'auction', 'tender', 'agreement'] | None]  # How the land is supplied [供应方式]; an agreement that a second party asks for becomes a listing.


class DistrictGiven(TypedDict):
    area_m2: NotRequired[Figure]  # The land that is planned. (m²)
    area_mu: NotRequired[Figure]  # The land that is planned. (mu)
    district: str  # A district, or a township, by its division code of 6 or 9 digits.


class QuarterGiven(TypedDict):
    area_m2: NotRequired[Figure]  # The land that is planned. (m²)
    area_mu: NotRequired[Figure]  # The land that is planned. (mu)
    quarter: int  # The quarter of the year, 1 to 4.


class PlotGiven(TypedDict):
    area_m2: NotRequired[Figure]  # The land that is planned. (m²)
    area_mu: NotRequired[Figure]  # The land that is planned. (mu)
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    parcel_code: NotRequired[str | None]  # The parcel code [宗地代码] as the plan has it.
    plan_use: str  # The use, in the words of supply plans; one plan may join what another has apart.
    quarter: NotRequired[int | None]  # The quarter of the year, 1 to 4.
    land_source: NotRequired[Literal['stock', 'new']]  # Whether it was built on before, or is approved for building anew.


class PlanCategory(TypedDict):
    talent_category: str  # The word by which the plan knows a category.
    category_name: str  # The category in the words of the plan.
    support_cny: NotRequired[Figure | None]  # With how much somebody of the category is supported. (yuan)
    support_is_most: NotRequired[bool]  # Whether that is the most that the plan gives, and may be less.


class PlanBatch(TypedDict):
    talent_batch: str  # The name of the batch, one within its plan.
    batch_year: int  # The year of the batch.
    opens_on: NotRequired[Day | None]  # The first day on which the batch takes applications.
    closes_at: Moment  # The deadline: the last moment at which the batch takes applications.


class NewDates(TypedDict):
    notice_end_on: NotRequired[Day | None]  # The last day of the notice.
    application_start_on: NotRequired[Day | None]  # The first day on which bidders may apply.
    application_end_on: NotRequired[Day | None]  # The last day on which bidders may apply.
    application_ends_at: NotRequired[Moment | None]  # The last moment at which one may apply, on the last day; without it the whole day counts.
    bond_deadline_on: NotRequired[Day | None]  # The last day on which the bond may be paid in.
    bond_due_at: NotRequired[Moment | None]  # The last moment at which a bond is in time, on the last day; without it the whole day counts.
    listing_start_on: NotRequired[Day | None]  # The first day of the listing [挂牌期].
    listing_end_on: NotRequired[Day | None]  # The last day of the listing.
    listing_ends_at: NotRequired[Moment | None]  # The moment at which the listing ends, when there is timed bidding.
    timed_bidding_starts_at: NotRequired[Moment | None]  # The moment at which timed bidding [限时竞价] starts, when there is any.


class LandReviewed(TypedDict):
    contract_id: str  # The id of a contract: that of the supply that it ends.
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    lead_id: str | None  # The id of the lead [线索]; who gives none gets one.
    commitments: list[Commitment]  # All that the contract promises.
    duty_bearers: list[CommitmentStandingParty]  # Who has the duties of the contract now.
    ended: bool  # Whether the contract is void.
    warnings: list[Reason]  # What is doubtful of the review.


class MeasuredFigure(TypedDict):
    code: str  # Which figure it is, by any of its names.
    value: Figure  # The figure.
    unit: str  # Its unit, as it was measured.


class NotCompared(TypedDict):
    topic: str  # The name of the rulebook.
    why: str  # Why nothing is compared by it, in words.


class KeptRules(TypedDict):
    editions: list[date]  # The first days of its editions.
    in_force: date  # The first day of the edition that is in force today.
    judges: str  # What is judged by it, in words.
    thing: str  # The kind of the things that are judged by it.
    topic: str  # The name of the rulebook.


class RulesKept(TypedDict):
    not_compared: list[NotCompared]  # The other rulebooks of the service, by which nothing is compared.
    rulebooks: list[KeptRules]  # The rulebooks by which the service can compare things.


RuleOutcome = Literal['bars', 'broken', 'follows', 'kept', 'late', 'open', 'warns']


class RuleSaid(TypedDict):
    code: str  # The rule, or what it found.
    rule_outcome: RuleOutcome  # What the rule comes to: it is kept; what it asks for is open, or late; it is broken; it bars what would come next; it warns; or the value of the thing follows from it.
    sentence: str  # What it says, for a person.
    source: str  # The article, document or practice that it rests on.
    field: str | None  # The field of the thing that it is about; none where it is about the whole.
    due_on: date | None  # The day by which it asks for something; none where it names no day.
    thing: str | None  # The kind of another thing through which it speaks; none where it speaks of the thing itself.
    thing_id: str | None  # The id of that other thing.


class SignContractParty(TypedDict):
    name: str  # What the holder is called, without the number of an identity card.
    uscc: NotRequired[str | None]  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.
    enterprise_id: NotRequired[str | None]  # The township's own id of the firm.
    share: NotRequired[Figure | None]  # The holder's share, of 1; none where they hold it together.


MarkState = Literal['met', 'missed', 'no_projects', 'to_come']


class CurveMark(TypedDict):
    begun: int  # How many had begun by then, as far as the day that is looked at.
    ends_on: date  # The last day of the mark.
    mark_state: MarkState  # Whether enough had begun.
    needed: int  # How many projects that is, at least.
    share: Decimal  # The share of the projects that has begun by then.


class StartCurve(TypedDict):
    begun: int  # How many of them had begun by that day [开工].
    begun_share: Decimal | None  # Their share; none in a year without projects.
    marks: list[CurveMark]  # The marks of the curve, in the order of their days.
    not_begun_ids: list[str]  # The projects of the plan that had not begun.
    on: date  # The day on which it is looked at.
    projects: int  # How many projects stand in the plan of the year.
    source: str  # What sets the curve.
    terminated_ids: list[str]  # The projects of the plan that were given up.
    warnings: list[dict[str, str]]  # What is doubtful about holding this year to the curve.
    year: int  # The year of the plan.


TalentMeasure = Literal['applications', 'talents']


StateTalentFigurePlanLevel = Literal['city', 'district', 'national', 'provincial']


class TalentScope(TypedDict):
    talent_measure: TalentMeasure  # What the number counts.
    plan_level: StateTalentFigurePlanLevel | None  # Whose plan it is; the words of funds are taken, too.
    talent_plan_id: str | None  # The id of the talent plan.
    talent_category: str | None  # The word by which the plan knows a category.


StateTalentFigureTalentFigureKind = Literal['at_least', 'cumulative', 'exact', 'more_than', 'target']


class FigureReport(TypedDict):
    talent_scope: TalentScope  # Of whom the number speaks; what is left out is open.
    talents_stated: int  # The number that was stated.
    talent_figure_kind: StateTalentFigureTalentFigureKind  # How much the number says.
    figure_on: date  # The day of which the number speaks; of a target, the day by which it is to be so.
    document: str  # The document that states it.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    counted_since_on: date | None  # The first day of the span of a cumulative figure.
    revoked: bool  # Whether it was not so after all.


class TalentFigure(TypedDict):
    talent_figure_id: str  # The id of the stated figure; the same id again corrects it.
    figure_reports: list[FigureReport]  # All that was said of the figure, as each became known; the last one stands.


class ContentGiven(TypedDict):
    supply_way: NotRequired[Literal['listing', 'auction', 'tender', 'agreement']]  # How the land is supplied [供应方式]; an agreement that a second party asks for becomes a listing.
    supply_form: NotRequired[Literal['grant', 'lease', 'lease_then_grant']]  # What the winner gets.
    use_term_years: int  # For how long the land is let [出让年限]. (years)
    lease_years: NotRequired[int | None]  # The years of the lease that comes before a grant [先租后让]. (years)
    price_basis: Literal['total', 'per_m2']  # What start price and bid step are for.
    start_price_cny: Figure  # The start price [起始价]; of a published listing, for the whole land. (CNY)
    bond_cny: NotRequired[Figure | None]  # The bond [竞买保证金], always for the whole land. (CNY)
    indicators: NotRequired[list[PublishListingIndicator]]  # The figures of standard land [标准地]; a range is two of them.
    conditions: NotRequired[list[str]]  # Other conditions, in words; a notice is not held against them.


class NewTerms(TypedDict):
    use_term_years: NotRequired[int]  # For how long the land is let [出让年限]. (years)
    price_basis: NotRequired[Literal['total', 'per_m2']]  # What start price and bid step are for.
    start_price_cny: NotRequired[Figure]  # The start price [起始价]; of a published listing, for the whole land. (CNY)
    bid_step_cny: NotRequired[Figure]  # By how much a bid must be higher than the one before [增价幅度]. (CNY)
    bond_cny: NotRequired[Figure]  # The bond [竞买保证金], always for the whole land. (CNY)
    indicators: NotRequired[list[PublishListingIndicator]]  # The figures of standard land [标准地]; a range is two of them.
    bids_in_steps: NotRequired[bool]  # Whether a bid is the start price and whole bid steps.
    contract_terms: NotRequired[PublishListingContractTerms]  # What the notice says of the contract; what it does not say is not asked.


class SupplyAmounts(TypedDict):
    planned_mu: Decimal | None  # What is planned; none where the plan does not say. (mu)
    planned_m2: Decimal | None  # What is planned; none where the plan does not say. (m²)
    offered_plots: int  # How many plots there are whose notice is out, or led to an award that stands.
    offered_mu: Decimal  # The land whose notice is out, or led to an award that stands. (mu)
    offered_m2: Decimal  # The land whose notice is out, or led to an award that stands. (m²)
    offered_share: Decimal | None  # Its share in what is planned, to four places; none where nothing is.
    awarded_plots: int  # How many plots there are that was awarded, by an award that stands.
    awarded_mu: Decimal  # The land that was awarded, by an award that stands. (mu)
    awarded_m2: Decimal  # The land that was awarded, by an award that stands. (m²)
    awarded_share: Decimal | None  # Its share in what is planned, to four places; none where nothing is.
    contracted_plots: int  # How many plots there are that is under contract.
    contracted_mu: Decimal  # The land that is under contract. (mu)
    contracted_m2: Decimal  # The land that is under contract. (m²)
    contracted_share: Decimal | None  # Its share in what is planned, to four places; none where nothing is.
    left_to_offer_mu: Decimal | None  # What is planned and not offered; below 0 if more was offered than planned. (mu)
    left_to_award_mu: Decimal | None  # What is planned and not awarded; below 0 if more was awarded than planned. (mu)


class WayProgress(TypedDict):
    supply_way: ApplicantsSupplyWay  # How the land is supplied [供应方式]; an agreement that a second party asks for becomes a listing.
    amounts: SupplyAmounts  # What was planned, offered, awarded and contracted of it.


class UseProgress(TypedDict):
    plan_use: str  # The use, in the words of supply plans; one plan may join what another has apart.
    planned_share: Decimal | None  # The share of the use in the whole plan, to four places.
    amounts: SupplyAmounts  # What was planned, offered, awarded and contracted of it.
    ways: list[WayProgress]  # Each way of supply that the plan names, or in which land was offered.


class DistrictProgress(TypedDict):
    district: str  # A district, or a township, by its division code of 6 or 9 digits.
    amounts: SupplyAmounts  # What was planned, offered, awarded and contracted of it.


class QuarterProgress(TypedDict):
    quarter: int  # The quarter of the year, 1 to 4.
    amounts: SupplyAmounts  # What was planned, offered, awarded and contracted of it.


SupplyPlanProgressPlotStep = Literal['awarded', 'contracted', 'offered', 'released', 'unsold', 'voided', 'way_changed', 'withdrawn']


class PlotProgress(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    plan_use: str  # The use, in the words of supply plans; one plan may join what another has apart.
    quarter: int | None  # The quarter of the year, 1 to 4.
    planned_mu: Decimal  # What is planned; none where the plan does not say. (mu)
    plot_state: SupplyPlanProgressPlotStep | None  # How the plot stands; none while nothing was released of it.
    listing_id: str | None  # The id of the listing [挂牌]: one for each parcel and case.
    area_mu: Decimal | None  # The land that was released, or offered, of the plot. (mu)


SupplyPlanProgressPlotStepToo = Literal['awarded', 'contracted', 'offered', 'released', 'unsold', 'voided', 'way_changed', 'withdrawn']


class PlotOutside(TypedDict):
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    target_use: str | None  # The use of the land after the remediation; without it, the `planned_use` of the parcel.
    plot_state: SupplyPlanProgressPlotStepToo  # How the plot stands; none while nothing was released of it.
    area_mu: Decimal  # The land that was released, or offered, of the plot. (mu)


class StockProgress(TypedDict):
    supplied_mu: Decimal  # The land that came under contract this year, in the plan or outside of it. (mu)
    stock_mu: Decimal  # How much of what was supplied was stock land. (mu)
    stock_share: Decimal | None  # Its share, to four places; none before anything was supplied.
    planned_stock_mu: Decimal | None  # How much of the plan is to be stock land, if it says so. (mu)
    planned_stock_share: Decimal | None  # Its share in the plan, to four places.
    goal_year: int | None  # The year of the goal; none where no goal was in force.
    goal_share: Decimal | None  # The least share that stock land is to have.
    reaches_goal: bool | None  # Whether the share, as it is and not as it is shown, is that or more.
    source: str  # Where the goal stands.


class SupplyPlanProgress(TypedDict):
    plan_id: str  # The id of the supply plan [供应计划]: its region and its year.
    region: str  # The district or city that the plan is of, by its 6-digit division code.
    year: int  # The year that the plan is of.
    on: date  # The day for which it is told; today unless one is given.
    known_at: datetime  # The moment by whose knowledge it is told; now unless one is given.
    plan_version: int  # Counts what was recorded of the plan of the year, in the order in which it became known.
    document: str  # The document that has the plan.
    published_on: date | None  # The day on which the plan was made public; none until it is.
    total: SupplyAmounts  # All land in the plan.
    uses: list[UseProgress]  # Each use of the plan.
    ways: list[WayProgress]  # Each way of supply that the plan names, or in which land was offered.
    districts: list[DistrictProgress]  # Each district that the plan names.
    quarters: list[QuarterProgress]  # Each quarter that the plan names, with what happened in it.
    plots: list[PlotProgress]  # Each plot that the plan names, and how it stands.
    unsold_mu: Decimal  # Land that was offered this year, and that nobody wanted. (mu)
    withdrawn_mu: Decimal  # Land that was offered this year, and taken back. (mu)
    outside: SupplyAmounts  # Land that was offered, and that the plan does not have; it is in no other sum.
    outside_plots: list[PlotOutside]  # The plots that were offered, and that the plan does not have.
    stock: StockProgress  # The share of stock land [存量用地] in what was supplied, beside its goal.


TalentCountsCountedFrom = Literal['records', 'statement']


TalentCountsTalentFigureKind = Literal['at_least', 'cumulative', 'exact', 'more_than', 'target']


class TalentCount(TypedDict):
    talent_scope: TalentScope  # Of whom the number speaks; what is left out is open.
    talents: int | None  # The number that holds: that of the records where there are any, else the stated one.
    talents_from: TalentCountsCountedFrom | None  # Where the number is from.
    talent_figure_kind: TalentCountsTalentFigureKind | None  # How much the number says.
    talents_recorded: int | None  # How many the records have; none where there are no records.
    persons: int | None  # How many persons these are; one may have several applications.
    talent_application_ids: list[str]  # Some of the applications that are counted, 200 at most.
    stated_figure: FigureReport | None  # The last figure that was stated of the scope by the day.
    borne_out: bool | None  # Whether the records bear the stated figure out; none where they cannot be compared.
    talent_targets: list[FigureReport]  # The numbers that are to be reached.
    stated_alone: list[str]  # The plans of the scope that have a stated figure and no record, and are not in the records.


class TalentCounts(TypedDict):
    on: date  # The day of which is asked; today, if it is left out.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    talent_counts: list[TalentCount]  # A number for each scope of which there are records or a figure.


class Transferred(TypedDict):
    contract: Contract  # The contract after it.
    warnings: list[dict[str, str]]  # What the notice asks for beside.


class Voided(TypedDict):
    listing_state: ListingState  # Whether the land can be offered again, or its release was taken back.
    supply_id: str  # The id of a supply [供地]: that of the listing, a dot, and the version of the notice.
    voided_on: date  # The day on which the award became void.


class Projects(EveryService):
    """Drafts a listing for released land, holds its notice to the law, finds leads for it, and follows the land from its award to what was promised of it."""

    name = "projects"

    def applicants(
        self,
        *,
        listing_id: str,
        notice_version: int | None = LEFT_OUT,
        at: Moment | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Applicants:
        """Who had applied at a moment, by what was known then or is known now.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        notice_version: Counts every notice of the listing.
        at: The moment that is asked about; the end of the applications if it is left out.
        known_at: By what was known at that moment; now if it is left out.
        """
        return self._ask(
            "applicants",
            Applicants,
            {
                "listing_id": listing_id,
                "notice_version": notice_version,
                "at": at,
                "known_at": known_at,
            },
            timeout,
        )

    def apply_for_land(
        self,
        *,
        listing_id: str,
        application_id: str,
        bidder: ApplyForLandBidder,
        lead_id: str | None = LEFT_OUT,
        applied_at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Supply:
        """Enter an application [竞买申请]. An agreement that a second party asks for becomes a listing.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        application_id: The land desk's id of an application, one within its supply.
        bidder: Who applies.
        lead_id: The id of the lead [线索]; who gives none gets one.
        applied_at: The moment of the application; it counts from then on.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "apply_for_land",
            Supply,
            {
                "listing_id": listing_id,
                "application_id": application_id,
                "bidder": bidder,
                "lead_id": lead_id,
                "applied_at": applied_at,
            },
            timeout, request_id,
        )

    def apply_for_talent_plan(
        self,
        *,
        talent_application_id: str,
        talent_plan_id: str,
        talent_batch: str,
        talent_category: str,
        person_id: str,
        submitted_at: Moment,
        evidence_ids: list[str],
        enterprise_id: str | None = LEFT_OUT,
        project_id: str | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> TalentApplied:
        """Record that a person applied to a batch of a plan, or correct it.

        talent_application_id: The id of the application to a talent plan; the same id again corrects it.
        talent_plan_id: The id of the talent plan.
        talent_batch: The name of the batch, one within its plan.
        talent_category: The word by which the plan knows a category.
        person_id: The talent office's own id of the person, which says nothing about who it is.
        submitted_at: When the application was handed in.
        evidence_ids: Ids of the documents that prove it.
        enterprise_id: The firm that employs the person.
        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        township: The 9-digit division code of the township.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "apply_for_talent_plan",
            TalentApplied,
            {
                "talent_application_id": talent_application_id,
                "talent_plan_id": talent_plan_id,
                "talent_batch": talent_batch,
                "talent_category": talent_category,
                "person_id": person_id,
                "submitted_at": submitted_at,
                "evidence_ids": evidence_ids,
                "enterprise_id": enterprise_id,
                "project_id": project_id,
                "township": township,
            },
            timeout, request_id,
        )

    def approve_offer_plan(
        self,
        *,
        listing_id: str,
        decided_on: Day,
        decided_by: str,
        document: str,
        remarks: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> OfferPlan:
        """The government approved the last submission; again with other days or documents corrects it.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        decided_on: The day of the decision.
        decided_by: The government, or the body, that decided.
        document: The number of the document of the decision [批复].
        remarks: What was said with the decision; of a returned plan, what is to be changed.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "approve_offer_plan",
            OfferPlan,
            {
                "listing_id": listing_id,
                "decided_on": decided_on,
                "decided_by": decided_by,
                "document": document,
                "remarks": remarks,
            },
            timeout, request_id,
        )

    def batch_applicants(
        self,
        *,
        talent_plan_id: str,
        talent_batch: str,
        at: Moment | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> BatchOn:
        """Who had applied to a batch at its deadline or at another moment, as known at a moment.

        talent_plan_id: The id of the talent plan.
        talent_batch: The name of the batch, one within its plan.
        at: The moment of which is asked; the deadline of the batch, if it is left out.
        known_at: When it was first heard of here; of a question, as far as was known then.
        """
        return self._ask(
            "batch_applicants",
            BatchOn,
            {
                "talent_plan_id": talent_plan_id,
                "talent_batch": talent_batch,
                "at": at,
                "known_at": known_at,
            },
            timeout,
        )

    def best_assignment(
        self,
        *,
        weights: BestAssignmentWeights = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Assigned:
        """All open land that can be had, by what projects knows, to all leads that look, each at most once, so that the value is the greatest.

        weights: Weights of this call; those that are left out are as in the dated data.
        on: The day whose weights count; today if it is left out.
        township: The 9-digit division code of the township.
        """
        return self._ask(
            "best_assignment",
            Assigned,
            {
                "weights": weights,
                "on": on,
                "township": township,
            },
            timeout,
        )

    def check_clauses(
        self,
        *,
        clauses: list[ClauseSaid],
        document_kind: Literal['notice', 'policy'] = LEFT_OUT,
        reviewed_on: Day | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CheckedClauses:
        """The questions of each clause with their articles, and what was answered to them by that day.

        clauses: The clauses of the document.
        document_kind: What the clauses stand in.
        reviewed_on: The day on which the document was reviewed for fair competition; none if it was not.
        on: The day whose rules count; today if it is left out.
        """
        return self._ask(
            "check_clauses",
            CheckedClauses,
            {
                "clauses": clauses,
                "document_kind": document_kind,
                "reviewed_on": reviewed_on,
                "on": on,
            },
            timeout,
        )

    def check_notice(
        self,
        *,
        draft: Draft,
        listing_id: str | None = LEFT_OUT,
        moment: Literal['draft', 'approval', 'publication'] = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Checked:
        """The figures that follow from a printed notice, and what each rule says of it.

        draft: One plot of the notice, as it is printed.
        listing_id: The listing of the land; its release says from which day the land is free.
        moment: When the notice is judged: what bars a publication is a warning for a draft.
        on: The day whose rules judge; the first day of the notice, or today, if it is left out.
        """
        return self._ask(
            "check_notice",
            Checked,
            {
                "draft": draft,
                "listing_id": listing_id,
                "moment": moment,
                "on": on,
            },
            timeout,
        )

    def claim_policy(
        self,
        *,
        policy_id: str,
        policy_claim_id: str,
        project_id: str,
        claimed_cny: Figure,
        claimed_on: Day,
        evidence_ids: list[str],
        withdrawn: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ClaimKept:
        """Record what a project claims under a policy, or correct it. What speaks against it is a warning.

        policy_id: The id of the policy [政策].
        policy_claim_id: The id of the claim; the same id again corrects it.
        project_id: The id of the investment project.
        claimed_cny: How much is claimed.
        claimed_on: The day of the claim.
        evidence_ids: Ids of the documents that prove it.
        withdrawn: Whether it was taken back, or recorded wrongly.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "claim_policy",
            ClaimKept,
            {
                "policy_id": policy_id,
                "policy_claim_id": policy_claim_id,
                "project_id": project_id,
                "claimed_cny": claimed_cny,
                "claimed_on": claimed_on,
                "evidence_ids": evidence_ids,
                "withdrawn": withdrawn,
            },
            timeout, request_id,
        )

    def clause_record_history(
        self,
        *,
        clause_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one clause record, oldest first.

        clause_id: The id under which the answers to a clause's questions are kept.
        """
        return self._ask(
            "clause_record_history",
            list[Change],
            {
                "clause_id": clause_id,
            },
            timeout,
        )

    def close_auction(
        self,
        *,
        listing_id: str,
        closed_at: Moment,
        bids: list[CloseAuctionBid] = LEFT_OUT,
        reserve_price_cny: Figure | None = LEFT_OUT,
        reserve_entered_at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Supply:
        """The online auction is over: the highest bid of either stage gets the land, if it reaches the reserve price.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        closed_at: The moment at which the bidding was closed.
        bids: The bids [报价] as they were entered, for the whole land.
        reserve_price_cny: The reserve price [底价] of the whole land; it is not kept.
        reserve_entered_at: The moment at which the reserve price [底价] was entered; in time if it is left out.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "close_auction",
            Supply,
            {
                "listing_id": listing_id,
                "closed_at": closed_at,
                "bids": bids,
                "reserve_price_cny": reserve_price_cny,
                "reserve_entered_at": reserve_entered_at,
            },
            timeout, request_id,
        )

    def close_bidding(
        self,
        *,
        listing_id: str,
        closed_at: Moment,
        bids: list[CloseAuctionBid] = LEFT_OUT,
        reserve_price_cny: Figure | None = LEFT_OUT,
        reserve_entered_at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Supply:
        """The listing is over: by the rules of its place the land is awarded or unsold, or an online auction decides, and then `auction` says when.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        closed_at: The moment at which the bidding was closed.
        bids: The bids [报价] as they were entered, for the whole land.
        reserve_price_cny: The reserve price [底价] of the whole land; it is not kept.
        reserve_entered_at: The moment at which the reserve price [底价] was entered; in time if it is left out.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "close_bidding",
            Supply,
            {
                "listing_id": listing_id,
                "closed_at": closed_at,
                "bids": bids,
                "reserve_price_cny": reserve_price_cny,
                "reserve_entered_at": reserve_entered_at,
            },
            timeout, request_id,
        )

    def close_prospect_page(
        self,
        *,
        page_id: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ProspectPage:
        """Close a page before its end; it stays closed.

        page_id: The id of the prospect's page; it opens nothing.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "close_prospect_page",
            ProspectPage,
            {
                "page_id": page_id,
            },
            timeout, request_id,
        )

    def commit_fund(
        self,
        *,
        fund_id: str,
        fund_commitment_id: str,
        project_id: str,
        amount_cny: Figure,
        committed_on: Day,
        evidence_ids: list[str],
        withdrawn: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Fund:
        """Record what a fund puts into a project, with its evidence, or correct it.

        fund_id: The id of the fund [基金].
        fund_commitment_id: The id of the record that a fund puts money into a project; the same id again corrects it.
        project_id: The id of the investment project.
        amount_cny: How much the fund puts into it.
        committed_on: The day on which that was agreed.
        evidence_ids: Ids of the documents that prove it.
        withdrawn: Whether it was recorded wrongly, and never agreed.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "commit_fund",
            Fund,
            {
                "fund_id": fund_id,
                "fund_commitment_id": fund_commitment_id,
                "project_id": project_id,
                "amount_cny": amount_cny,
                "committed_on": committed_on,
                "evidence_ids": evidence_ids,
                "withdrawn": withdrawn,
            },
            timeout, request_id,
        )

    def commitment_standing(
        self,
        *,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CommitmentStanding:
        """How each commitment stood on a day, as known at a moment, and how many were kept, late, breached, open or moved: by sector, team, policy and indicator.

        on: The day; today if none is given.
        known_at: What was on record at this moment; now if none is given.
        township: The 9-digit division code of the township.
        """
        return self._ask(
            "commitment_standing",
            CommitmentStanding,
            {
                "on": on,
                "known_at": known_at,
                "township": township,
            },
            timeout,
        )

    def compare_rules(
        self,
        *,
        topic: str,
        after: EditionGiven,
        before: EditionGiven | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> RulesCompared:
        """A page of things by two rulebooks: the verdicts that are other ones, and what would be told.

        topic: The rulebook, as `rules_kept` names those by which things can be compared.
        after: The edition of the other side. Without `before` it has the place of the edition that it changes, or of its first day, in the rulebook as it is; with `before` it alone judges there.
        before: The edition of the one side, which alone judges there. If it is left out, the one side is the rulebook as it is.
        limit: How many things are judged for a page at most; by `evaluation` always the firms of one round, which are ranked together.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "compare_rules",
            RulesCompared,
            {
                "topic": topic,
                "after": after,
                "before": before,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def confirm_award(
        self,
        *,
        listing_id: str,
        confirmed_on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Supply:
        """The confirmation of the award [成交确认书] was signed with the winner.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        confirmed_on: The day on which the confirmation of the award [成交确认书] was signed.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "confirm_award",
            Supply,
            {
                "listing_id": listing_id,
                "confirmed_on": confirmed_on,
            },
            timeout, request_id,
        )

    def contest_entry_history(
        self,
        *,
        contest_entry_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one contest entry, oldest first.

        contest_entry_id: The id of the entry; the same id again corrects it.
        """
        return self._ask(
            "contest_entry_history",
            list[Change],
            {
                "contest_entry_id": contest_entry_id,
            },
            timeout,
        )

    def contest_history(
        self,
        *,
        contest_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one contest, oldest first.

        contest_id: The id of the contest, or of another meeting at which talents and investors are found.
        """
        return self._ask(
            "contest_history",
            list[Change],
            {
                "contest_id": contest_id,
            },
            timeout,
        )

    def contest_yield(
        self,
        *,
        contest_id: str | None = LEFT_OUT,
        contest_kind: str | None = LEFT_OUT,
        contest_year: int | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ContestYields:
        """What came of contests by a day, as known at a moment: entries, applications, projects and their stages, and the cost of each project that landed.

        contest_id: The id of the contest, or of another meeting at which talents and investors are found.
        contest_kind: What kind of meeting it is, a word of the rulebook.
        contest_year: The year of the contest.
        on: The day of which is asked; today, if it is left out.
        known_at: When it was first heard of here; of a question, as far as was known then.
        """
        return self._ask(
            "contest_yield",
            ContestYields,
            {
                "contest_id": contest_id,
                "contest_kind": contest_kind,
                "contest_year": contest_year,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def contract_history(
        self,
        *,
        contract_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one contract, oldest first.

        contract_id: The id of a contract: that of the supply that it ends.
        """
        return self._ask(
            "contract_history",
            list[Change],
            {
                "contract_id": contract_id,
            },
            timeout,
        )

    def contracts_of_parcel(
        self,
        *,
        parcel_id: str,
        timeout: float | None = None,
    ) -> list[Contract]:
        """The contracts of a parcel, the newest first; a void one says so.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        """
        return self._ask(
            "contracts_of_parcel",
            list[Contract],
            {
                "parcel_id": parcel_id,
            },
            timeout,
        )

    def due(
        self,
        *,
        holder: str | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        late: bool = LEFT_OUT,
        within_days: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> DuePage:
        """What is due of notices, contracts, payments and reviews, of offer plans, targets, policies, holds, winners who are to settle, and next steps of projects; and what of it is late.

        holder: Only what this office, role or team has to do; none for anybody's.
        township: Only what is of this township, or held by it; none for all of them.
        limit: How many things a page has at most.
        cursor: The cursor of the page before. Its order is the same in every service, so that each takes that of any other.
        on: The day from which lateness and days ahead are counted; today if it is left out.
        known_at: Only what was on record at that moment counts; now if it is left out.
        late: Whether only what is late is wanted.
        within_days: How many days ahead of `on` are looked at; what is late is told in any case.
        """
        return self._ask(
            "due",
            DuePage,
            {
                "holder": holder,
                "township": township,
                "limit": limit,
                "cursor": cursor,
                "on": on,
                "known_at": known_at,
                "late": late,
                "within_days": within_days,
            },
            timeout,
        )

    def due_outcomes(
        self,
        *,
        from_on: Day,
        to_on: Day,
        holder: str | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> DueOutcomePage:
        """What became of what was due in a period of contracts, payments and reviews, of offer plans, targets and winners who were to settle: met, late or missed, and how each stood on its day.

        from_on: The first day on which the firm is there.
        to_on: The last day on which the firm is there; none if it still is.
        holder: The role that holds the case in this step, as in `operator_role`.
        township: The 9-digit division code of the township.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "due_outcomes",
            DueOutcomePage,
            {
                "from_on": from_on,
                "to_on": to_on,
                "holder": holder,
                "township": township,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def due_step_history(
        self,
        *,
        step_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one due step, oldest first.

        step_id: The id of a step: that of its supply, its kind, and the number of the instalment or 1.
        """
        return self._ask(
            "due_step_history",
            list[Change],
            {
                "step_id": step_id,
            },
            timeout,
        )

    def earliest_dates(
        self,
        *,
        draft: Draft,
        on: Day | None = LEFT_OUT,
        listing_id: str | None = LEFT_OUT,
        supplements: list[Day | Moment] = LEFT_OUT,
        suspensions: list[PlannedSuspension] = LEFT_OUT,
        timeout: float | None = None,
    ) -> Steps:
        """The earliest lawful day of each step of a draft, and whether the planned ones hold.

        draft: One plot of the notice with the days that are planned.
        on: The day whose rules count; today if it is left out.
        listing_id: The listing of the land; its release says from which day the land is free.
        supplements: The days or moments of supplements that change conditions.
        suspensions: The times in which the notice stands still.
        """
        return self._ask(
            "earliest_dates",
            Steps,
            {
                "draft": draft,
                "on": on,
                "listing_id": listing_id,
                "supplements": supplements,
                "suspensions": suspensions,
            },
            timeout,
        )

    def end_policy(
        self,
        *,
        policy_id: str,
        ends_on: Day,
        decided_on: Day,
        end_reason: str,
        document: str,
        withdrawn: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> PolicyKept:
        """Record that a policy was ended, with its last day; or that it was not after all.

        policy_id: The id of the policy [政策].
        ends_on: The last day on which the policy holds; none while no end is known.
        decided_on: The day on which that was decided.
        end_reason: Why it was ended.
        document: The document that says so.
        withdrawn: Whether it was taken back, or recorded wrongly.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "end_policy",
            PolicyKept,
            {
                "policy_id": policy_id,
                "ends_on": ends_on,
                "decided_on": decided_on,
                "end_reason": end_reason,
                "document": document,
                "withdrawn": withdrawn,
            },
            timeout, request_id,
        )

    def enter_bid(
        self,
        *,
        listing_id: str,
        application_id: str,
        price_cny: Figure,
        bid_at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> EnteredBid:
        """Enter one bid. The answer says whether it counts, and else why and what would have been right.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        application_id: The land desk's id of an application, one within its supply.
        price_cny: A price of the whole land.
        bid_at: The moment of the bid; now if it is left out.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "enter_bid",
            EnteredBid,
            {
                "listing_id": listing_id,
                "application_id": application_id,
                "price_cny": price_cny,
                "bid_at": bid_at,
            },
            timeout, request_id,
        )

    def enter_project(
        self,
        *,
        project_id: str,
        name: str | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        investor_name: str | None = LEFT_OUT,
        investor_uscc: str | None = LEFT_OUT,
        investment_wan_cny: Figure | None = LEFT_OUT,
        investment_wan_usd: Figure | None = LEFT_OUT,
        planned_start_year: int | None = LEFT_OUT,
        won_against: list[str] = LEFT_OUT,
        stage: Literal['lead', 'negotiating', 'under_review', 'signed', 'landed', 'land_acquired', 'premises_leased', 'construction_started', 'construction_completed', 'in_production', 'full_capacity', 'terminated'] = LEFT_OUT,
        opened_on: Day | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ProjectEntered:
        """Enter a project, or what is newly known of one, with a warning that it was known. A lead of that id is where it began.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        name: The name of the project, not a person's; a new one needs it.
        township: The 9-digit division code of the township.
        investor_name: The firm that invests [投资方].
        investor_uscc: The credit code of the firm that invests.
        investment_wan_cny: The investment from home [内资]; never added to that from abroad.
        investment_wan_usd: The investment from abroad [外资]; never added to that from home.
        planned_start_year: The year in whose plan of new projects it stands [年度新开工项目].
        won_against: The other places that wanted the project.
        stage: How far the project has come.
        opened_on: The day on which a new project began; today, if it is left out. A known one keeps its own.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "enter_project",
            ProjectEntered,
            {
                "project_id": project_id,
                "name": name,
                "township": township,
                "investor_name": investor_name,
                "investor_uscc": investor_uscc,
                "investment_wan_cny": investment_wan_cny,
                "investment_wan_usd": investment_wan_usd,
                "planned_start_year": planned_start_year,
                "won_against": won_against,
                "stage": stage,
                "opened_on": opened_on,
            },
            timeout, request_id,
        )

    def enter_stage(
        self,
        *,
        project_id: str,
        stage: Literal['lead', 'negotiating', 'under_review', 'signed', 'landed', 'land_acquired', 'premises_leased', 'construction_started', 'construction_completed', 'in_production', 'full_capacity', 'terminated'],
        entered_on: Day,
        evidence: list[EnterStageStageEvidence] = LEFT_OUT,
        unit_id: str | None = LEFT_OUT,
        lost_reason: str | None = LEFT_OUT,
        lost_to: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Entered:
        """A project entered a stage on a day, or that was not as it was recorded. What comes late takes its place among the others by its day.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        stage: How far the project has come.
        entered_on: The day on which the project entered the stage.
        evidence: What shows that the stage was entered: one of the kinds that the stage asks for.
        unit_id: The township's own id of the unit [单元].
        lost_reason: Why the project was lost: a word of the rulebook.
        lost_to: The place to which it was lost.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "enter_stage",
            Entered,
            {
                "project_id": project_id,
                "stage": stage,
                "entered_on": entered_on,
                "evidence": evidence,
                "unit_id": unit_id,
                "lost_reason": lost_reason,
                "lost_to": lost_to,
            },
            timeout, request_id,
        )

    def enter_talent_state(
        self,
        *,
        talent_application_id: str,
        talent_state: Literal['submitted', 'formally_checked', 'reviewed', 'interviewed', 'site_checked', 'publicised', 'approved', 'rejected', 'withdrawn', 'ended'],
        evidence_kind: str,
        evidence_ids: list[str],
        entered_on: Day = LEFT_OUT,
        entered_at: Moment = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> TalentApplied:
        """An application entered a state on a day, or that was not as it was recorded. What comes late takes its place among the others by its day.

        talent_application_id: The id of the application to a talent plan; the same id again corrects it.
        talent_state: How far the application has come.
        evidence_kind: What shows the state, a word of the rulebook.
        evidence_ids: Ids of the documents that prove it.
        entered_on: The day on which the application entered the state.
        entered_at: The moment of it, where that is known.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "enter_talent_state",
            TalentApplied,
            {
                "talent_application_id": talent_application_id,
                "talent_state": talent_state,
                "evidence_kind": evidence_kind,
                "evidence_ids": evidence_ids,
                "entered_on": entered_on,
                "entered_at": entered_at,
            },
            timeout, request_id,
        )

    def explain_overview(
        self,
        *,
        figure: str,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        rules: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> OverviewExplained:
        """A figure of projects, and what adds up to it.

        figure: The name of the figure, as the overview says it.
        on: The day that is asked for; today if it is left out.
        known_at: Only what was known at that moment counts; now if it is left out.
        rules: The day whose rules count; the day `on` if it is left out.
        """
        return self._ask(
            "explain_overview",
            OverviewExplained,
            {
                "figure": figure,
                "on": on,
                "known_at": known_at,
                "rules": rules,
            },
            timeout,
        )

    def fit(
        self,
        *,
        listing_id: str,
        lead_id: str,
        timeout: float | None = None,
    ) -> Fitness:
        """Whether a lead fits a listing, and if not, each reason.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        lead_id: The id of the lead [线索]; who gives none gets one.
        """
        return self._ask(
            "fit",
            Fitness,
            {
                "listing_id": listing_id,
                "lead_id": lead_id,
            },
            timeout,
        )

    def frozen_deadlines(
        self,
        *,
        listing_id: str,
        notice_version: int | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[DeadlineState]:
        """Who had applied at each deadline of a notice that has come, those that moved among them.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        notice_version: Counts every notice of the listing.
        """
        return self._ask(
            "frozen_deadlines",
            list[DeadlineState],
            {
                "listing_id": listing_id,
                "notice_version": notice_version,
            },
            timeout,
        )

    def fund_history(
        self,
        *,
        fund_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one fund, oldest first.

        fund_id: The id of the fund [基金].
        """
        return self._ask(
            "fund_history",
            list[Change],
            {
                "fund_id": fund_id,
            },
            timeout,
        )

    def fund_overview(
        self,
        *,
        fund_id: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> FundOverview:
        """The funds of a day, as known at a moment: what they have, what they put into projects, and what speaks against them.

        fund_id: The id of the fund [基金].
        on: The day on which the funds are looked at.
        known_at: The moment of the knowledge: what became known later does not count.
        """
        return self._ask(
            "fund_overview",
            FundOverview,
            {
                "fund_id": fund_id,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def get_clause_record(
        self,
        *,
        clause_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ClauseRecord:
        """The clause record now, or as it was at `as_of`.

        clause_id: The id under which the answers to a clause's questions are kept.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_clause_record",
            ClauseRecord,
            {
                "clause_id": clause_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_contest(
        self,
        *,
        contest_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Contest:
        """The contest now, or as it was at `as_of`.

        contest_id: The id of the contest, or of another meeting at which talents and investors are found.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_contest",
            Contest,
            {
                "contest_id": contest_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_contest_entry(
        self,
        *,
        contest_entry_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ContestEntry:
        """The contest entry now, or as it was at `as_of`.

        contest_entry_id: The id of the entry; the same id again corrects it.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_contest_entry",
            ContestEntry,
            {
                "contest_entry_id": contest_entry_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_contract(
        self,
        *,
        contract_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Contract:
        """The contract now, or as it was at `as_of`.

        contract_id: The id of a contract: that of the supply that it ends.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_contract",
            Contract,
            {
                "contract_id": contract_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_due_step(
        self,
        *,
        step_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> DueStep:
        """The due step now, or as it was at `as_of`.

        step_id: The id of a step: that of its supply, its kind, and the number of the instalment or 1.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_due_step",
            DueStep,
            {
                "step_id": step_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_fund(
        self,
        *,
        fund_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Fund:
        """The fund now, or as it was at `as_of`.

        fund_id: The id of the fund [基金].
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_fund",
            Fund,
            {
                "fund_id": fund_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_land_commitments(
        self,
        *,
        contract_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> LandCommitments:
        """The land commitments now, or as it was at `as_of`.

        contract_id: The id of a contract: that of the supply that it ends.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_land_commitments",
            LandCommitments,
            {
                "contract_id": contract_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_lead(
        self,
        *,
        lead_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Lead:
        """The lead now, or as it was at `as_of`.

        lead_id: The id of the lead [线索]; who gives none gets one.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_lead",
            Lead,
            {
                "lead_id": lead_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_listing(
        self,
        *,
        listing_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Listing:
        """The listing now, or as it was at `as_of`.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_listing",
            Listing,
            {
                "listing_id": listing_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_match(
        self,
        *,
        listing_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Match:
        """The match now, or as it was at `as_of`.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_match",
            Match,
            {
                "listing_id": listing_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_offer_plan(
        self,
        *,
        listing_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> OfferPlan:
        """The offer plan now, or as it was at `as_of`.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_offer_plan",
            OfferPlan,
            {
                "listing_id": listing_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_page_view(
        self,
        *,
        view_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PageView:
        """The page view now, or as it was at `as_of`.

        view_id: The id of one look at a page.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_page_view",
            PageView,
            {
                "view_id": view_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_platform(
        self,
        *,
        platform_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Platform:
        """The platform now, or as it was at `as_of`.

        platform_id: The id of the development platform [平台].
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_platform",
            Platform,
            {
                "platform_id": platform_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_plot_hold(
        self,
        *,
        listing_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PlotHold:
        """The plot hold now, or as it was at `as_of`.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_plot_hold",
            PlotHold,
            {
                "listing_id": listing_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_policy(
        self,
        *,
        policy_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Policy:
        """The policy now, or as it was at `as_of`.

        policy_id: The id of the policy [政策].
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_policy",
            Policy,
            {
                "policy_id": policy_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_project(
        self,
        *,
        project_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Project:
        """The project now, or as it was at `as_of`.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_project",
            Project,
            {
                "project_id": project_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_project_marks(
        self,
        *,
        project_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ProjectMarks:
        """The project marks now, or as it was at `as_of`.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_project_marks",
            ProjectMarks,
            {
                "project_id": project_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_prospect_page(
        self,
        *,
        page_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ProspectPage:
        """The prospect page now, or as it was at `as_of`.

        page_id: The id of the prospect's page; it opens nothing.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_prospect_page",
            ProspectPage,
            {
                "page_id": page_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_supply(
        self,
        *,
        supply_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Supply:
        """The supply now, or as it was at `as_of`.

        supply_id: The id of a supply [供地]: that of the listing, a dot, and the version of the notice.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_supply",
            Supply,
            {
                "supply_id": supply_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_supply_plan(
        self,
        *,
        plan_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> SupplyPlan:
        """The supply plan now, or as it was at `as_of`.

        plan_id: The id of the supply plan [供应计划]: its region and its year.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_supply_plan",
            SupplyPlan,
            {
                "plan_id": plan_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_talent_application(
        self,
        *,
        talent_application_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> TalentApplication:
        """The talent application now, or as it was at `as_of`.

        talent_application_id: The id of the application to a talent plan; the same id again corrects it.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_talent_application",
            TalentApplication,
            {
                "talent_application_id": talent_application_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_talent_plan(
        self,
        *,
        talent_plan_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> TalentPlan:
        """The talent plan now, or as it was at `as_of`.

        talent_plan_id: The id of the talent plan.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_talent_plan",
            TalentPlan,
            {
                "talent_plan_id": talent_plan_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_visit(
        self,
        *,
        visit_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Visit:
        """The visit now, or as it was at `as_of`.

        visit_id: The id of a visit or a meeting.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_visit",
            Visit,
            {
                "visit_id": visit_id,
                "as_of": as_of,
            },
            timeout,
        )

    def grant_policy_claim(
        self,
        *,
        policy_id: str,
        policy_claim_id: str,
        granted_cny: Figure,
        granted_on: Day,
        document: str,
        withdrawn: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ClaimKept:
        """Record what was granted to a claim, or correct it.

        policy_id: The id of the policy [政策].
        policy_claim_id: The id of the claim; the same id again corrects it.
        granted_cny: How much is granted; nothing, where it is refused.
        granted_on: The day on which it was granted or refused.
        document: The document that says so.
        withdrawn: Whether it was taken back, or recorded wrongly.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "grant_policy_claim",
            ClaimKept,
            {
                "policy_id": policy_id,
                "policy_claim_id": policy_claim_id,
                "granted_cny": granted_cny,
                "granted_on": granted_on,
                "document": document,
                "withdrawn": withdrawn,
            },
            timeout, request_id,
        )

    def hand_over_project(
        self,
        *,
        project_id: str,
        team: str,
        handed_on: Day,
        person: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Project:
        """A team, or another person of it, has the project in hand from a day on.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        team: The team that has the project in hand.
        handed_on: The day from which the team has it in hand.
        person: Who of the team has it in hand; only the first character is kept.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "hand_over_project",
            Project,
            {
                "project_id": project_id,
                "team": team,
                "handed_on": handed_on,
                "person": person,
            },
            timeout, request_id,
        )

    def hold_plot(
        self,
        *,
        listing_id: str,
        team: str,
        project_id: str | None = LEFT_OUT,
        lead_id: str | None = LEFT_OUT,
        hold_kind: Literal['reserved', 'in_talks'] = LEFT_OUT,
        person: str | None = LEFT_OUT,
        until_on: Day | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> PlotHold:
        """Keep a plot on offer for a project, or go on keeping it until another day.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        team: The team that keeps the plot for its project.
        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        lead_id: The id of the lead [线索]; who gives none gets one.
        hold_kind: Why the plot is kept: it is reserved, or a project is in talks about it.
        person: Who keeps it, in the team; of the name the first character is kept.
        until_on: The last day of the hold; the rulebook has the usual one of its kind.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "hold_plot",
            PlotHold,
            {
                "listing_id": listing_id,
                "team": team,
                "project_id": project_id,
                "lead_id": lead_id,
                "hold_kind": hold_kind,
                "person": person,
                "until_on": until_on,
            },
            timeout, request_id,
        )

    def judge_bidding(
        self,
        *,
        place: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        unit: Literal['万元', '元'] = LEFT_OUT,
        start: Figure | None = LEFT_OUT,
        step: Figure | None = LEFT_OUT,
        auction_step: Figure | None = LEFT_OUT,
        multiples: bool | None = LEFT_OUT,
        begin: Moment | None = LEFT_OUT,
        end: Moment | None = LEFT_OUT,
        bids: list[list[Any]] = LEFT_OUT,
        auction_silent: bool = LEFT_OUT,
        numbers: list[str] | None = LEFT_OUT,
        reserve: Figure | None = LEFT_OUT,
        reserve_entered_at: Moment | None = LEFT_OUT,
        frozen: list[Any] | list[list[Any]] = LEFT_OUT,
        applied_on: Day | None = LEFT_OUT,
        bond_refused_on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> JudgedBidding:
        """Who gets the land by the bidding rules of a place and a day, and by which path.

        place: Whose bidding rules judge, by the name of the place; those that stand in if it is left out.
        on: The day whose rules judge; the last day of the listing if it is left out.
        unit: The unit of all amounts.
        start: The start price [起始价] of the whole land, in `unit`.
        step: The bid step [增价幅度] of the whole land, in `unit`.
        auction_step: The bid step of the online auction, in `unit`; that of the listing if it is left out.
        multiples: Whether bids rise by whole steps alone; as the place has it if it is left out.
        begin: The first moment of the listing.
        end: The end of the listing, as the notice has it.
        bids: The bids, each as bidder, moment and price in `unit`; those after the end are of the auction.
        auction_silent: Whether the auction was held and nobody bid in it.
        numbers: Who has a number and may bid; everybody if it is left out.
        reserve: The reserve price [底价] of the whole land, in `unit`; it is not kept.
        reserve_entered_at: The moment at which the reserve price was entered; in time if it is left out.
        frozen: When the bidding was frozen and when repaired, or a list of such pairs; null while nobody has repaired it.
        applied_on: The day of an application whose review is asked about.
        bond_refused_on: The day on which an applicant was refused whose bond is asked about.
        """
        return self._ask(
            "judge_bidding",
            JudgedBidding,
            {
                "place": place,
                "on": on,
                "unit": unit,
                "start": start,
                "step": step,
                "auction_step": auction_step,
                "multiples": multiples,
                "begin": begin,
                "end": end,
                "bids": bids,
                "auction_silent": auction_silent,
                "numbers": numbers,
                "reserve": reserve,
                "reserve_entered_at": reserve_entered_at,
                "frozen": frozen,
                "applied_on": applied_on,
                "bond_refused_on": bond_refused_on,
            },
            timeout,
        )

    def land_commitments_history(
        self,
        *,
        contract_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one land commitments, oldest first.

        contract_id: The id of a contract: that of the supply that it ends.
        """
        return self._ask(
            "land_commitments_history",
            list[Change],
            {
                "contract_id": contract_id,
            },
            timeout,
        )

    def lead_history(
        self,
        *,
        lead_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one lead, oldest first.

        lead_id: The id of the lead [线索]; who gives none gets one.
        """
        return self._ask(
            "lead_history",
            list[Change],
            {
                "lead_id": lead_id,
            },
            timeout,
        )

    def list_clause_records(
        self,
        *,
        filter: ClauseRecordFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListClauseRecordsPage:
        """Things of the kind clause record, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_clause_records",
            ListClauseRecordsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_clause_records(
        self,
        *,
        filter: ClauseRecordFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[ClauseRecord]:
        """Each thing of `list_clause_records`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_clause_records",
            ListClauseRecordsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_contest_entries(
        self,
        *,
        filter: ContestEntryFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'settlement_look_on', '-settlement_look_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListContestEntriesPage:
        """Things of the kind contest entry, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_contest_entries",
            ListContestEntriesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_contest_entries(
        self,
        *,
        filter: ContestEntryFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'settlement_look_on', '-settlement_look_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[ContestEntry]:
        """Each thing of `list_contest_entries`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_contest_entries",
            ListContestEntriesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_contests(
        self,
        *,
        filter: ContestFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListContestsPage:
        """Things of the kind contest, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_contests",
            ListContestsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_contests(
        self,
        *,
        filter: ContestFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Contest]:
        """Each thing of `list_contests`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_contests",
            ListContestsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_contracts(
        self,
        *,
        filter: ContractFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'signed_on', '-signed_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListContractsPage:
        """Things of the kind contract, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_contracts",
            ListContractsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_contracts(
        self,
        *,
        filter: ContractFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'signed_on', '-signed_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Contract]:
        """Each thing of `list_contracts`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_contracts",
            ListContractsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_due_steps(
        self,
        *,
        filter: DueStepFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'due_on', '-due_on', 'tell_on', '-tell_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListDueStepsPage:
        """Things of the kind due step, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_due_steps",
            ListDueStepsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_due_steps(
        self,
        *,
        filter: DueStepFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'due_on', '-due_on', 'tell_on', '-tell_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[DueStep]:
        """Each thing of `list_due_steps`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_due_steps",
            ListDueStepsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_funds(
        self,
        *,
        filter: FundFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListFundsPage:
        """Things of the kind fund, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_funds",
            ListFundsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_funds(
        self,
        *,
        filter: FundFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Fund]:
        """Each thing of `list_funds`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_funds",
            ListFundsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_land_commitments(
        self,
        *,
        filter: LandCommitmentsFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListLandCommitmentsPage:
        """Things of the kind land commitments, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_land_commitments",
            ListLandCommitmentsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_land_commitments(
        self,
        *,
        filter: LandCommitmentsFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[LandCommitments]:
        """Each thing of `list_land_commitments`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_land_commitments",
            ListLandCommitmentsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_leads(
        self,
        *,
        filter: LeadFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'registered_at', '-registered_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListLeadsPage:
        """Things of the kind lead, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_leads",
            ListLeadsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_leads(
        self,
        *,
        filter: LeadFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'registered_at', '-registered_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Lead]:
        """Each thing of `list_leads`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_leads",
            ListLeadsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_listings(
        self,
        *,
        filter: ListingFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'area_m2', '-area_m2'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListListingsPage:
        """Things of the kind listing, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_listings",
            ListListingsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_listings(
        self,
        *,
        filter: ListingFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'area_m2', '-area_m2'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Listing]:
        """Each thing of `list_listings`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_listings",
            ListListingsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_matches(
        self,
        *,
        filter: MatchFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListMatchesPage:
        """Things of the kind match, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_matches",
            ListMatchesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_matches(
        self,
        *,
        filter: MatchFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Match]:
        """Each thing of `list_matches`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_matches",
            ListMatchesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_offer_plans(
        self,
        *,
        filter: OfferPlanFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'tell_on', '-tell_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListOfferPlansPage:
        """Things of the kind offer plan, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_offer_plans",
            ListOfferPlansPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_offer_plans(
        self,
        *,
        filter: OfferPlanFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'tell_on', '-tell_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[OfferPlan]:
        """Each thing of `list_offer_plans`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_offer_plans",
            ListOfferPlansPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_page_views(
        self,
        *,
        filter: PageViewFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'seen_at', '-seen_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListPageViewsPage:
        """Things of the kind page view, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_page_views",
            ListPageViewsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_page_views(
        self,
        *,
        filter: PageViewFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'seen_at', '-seen_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[PageView]:
        """Each thing of `list_page_views`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_page_views",
            ListPageViewsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_platforms(
        self,
        *,
        filter: PlatformFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'look_on', '-look_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListPlatformsPage:
        """Things of the kind platform, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_platforms",
            ListPlatformsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_platforms(
        self,
        *,
        filter: PlatformFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'look_on', '-look_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Platform]:
        """Each thing of `list_platforms`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_platforms",
            ListPlatformsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_plot_holds(
        self,
        *,
        filter: PlotHoldFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'expires_on', '-expires_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListPlotHoldsPage:
        """Things of the kind plot hold, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_plot_holds",
            ListPlotHoldsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_plot_holds(
        self,
        *,
        filter: PlotHoldFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'expires_on', '-expires_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[PlotHold]:
        """Each thing of `list_plot_holds`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_plot_holds",
            ListPlotHoldsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_policies(
        self,
        *,
        filter: PolicyFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'look_on', '-look_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListPoliciesPage:
        """Things of the kind policy, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_policies",
            ListPoliciesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_policies(
        self,
        *,
        filter: PolicyFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'look_on', '-look_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Policy]:
        """Each thing of `list_policies`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_policies",
            ListPoliciesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_project_marks(
        self,
        *,
        filter: ProjectMarksFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListProjectMarksPage:
        """Things of the kind project marks, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_project_marks",
            ListProjectMarksPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_project_marks(
        self,
        *,
        filter: ProjectMarksFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[ProjectMarks]:
        """Each thing of `list_project_marks`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_project_marks",
            ListProjectMarksPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_projects(
        self,
        *,
        filter: ProjectFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'tell_missing_on', '-tell_missing_on', 'next_step_on', '-next_step_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListProjectsPage:
        """Things of the kind project, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_projects",
            ListProjectsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_projects(
        self,
        *,
        filter: ProjectFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'tell_missing_on', '-tell_missing_on', 'next_step_on', '-next_step_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Project]:
        """Each thing of `list_projects`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_projects",
            ListProjectsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_prospect_pages(
        self,
        *,
        filter: ProspectPageFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'ends_on', '-ends_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListProspectPagesPage:
        """Things of the kind prospect page, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_prospect_pages",
            ListProspectPagesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_prospect_pages(
        self,
        *,
        filter: ProspectPageFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'ends_on', '-ends_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[ProspectPage]:
        """Each thing of `list_prospect_pages`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_prospect_pages",
            ListProspectPagesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_supplies(
        self,
        *,
        filter: SupplyFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'closed_on', '-closed_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListSuppliesPage:
        """Things of the kind supply, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_supplies",
            ListSuppliesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_supplies(
        self,
        *,
        filter: SupplyFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'closed_on', '-closed_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Supply]:
        """Each thing of `list_supplies`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_supplies",
            ListSuppliesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_supply_plans(
        self,
        *,
        filter: SupplyPlanFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'year', '-year'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListSupplyPlansPage:
        """Things of the kind supply plan, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_supply_plans",
            ListSupplyPlansPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_supply_plans(
        self,
        *,
        filter: SupplyPlanFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'year', '-year'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[SupplyPlan]:
        """Each thing of `list_supply_plans`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_supply_plans",
            ListSupplyPlansPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_talent_applications(
        self,
        *,
        filter: TalentApplicationFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListTalentApplicationsPage:
        """Things of the kind talent application, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_talent_applications",
            ListTalentApplicationsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_talent_applications(
        self,
        *,
        filter: TalentApplicationFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[TalentApplication]:
        """Each thing of `list_talent_applications`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_talent_applications",
            ListTalentApplicationsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_talent_plans(
        self,
        *,
        filter: TalentPlanFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListTalentPlansPage:
        """Things of the kind talent plan, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_talent_plans",
            ListTalentPlansPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_talent_plans(
        self,
        *,
        filter: TalentPlanFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[TalentPlan]:
        """Each thing of `list_talent_plans`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_talent_plans",
            ListTalentPlansPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_visits(
        self,
        *,
        filter: VisitFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'visited_on', '-visited_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListVisitsPage:
        """Things of the kind visit, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_visits",
            ListVisitsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_visits(
        self,
        *,
        filter: VisitFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'visited_on', '-visited_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Visit]:
        """Each thing of `list_visits`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_visits",
            ListVisitsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def listing_history(
        self,
        *,
        listing_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one listing, oldest first.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        """
        return self._ask(
            "listing_history",
            list[Change],
            {
                "listing_id": listing_id,
            },
            timeout,
        )

    def mark_project(
        self,
        *,
        project_id: str,
        mark_id: str,
        mark_kind: str,
        word: str,
        from_on: Day,
        document: str,
        to_on: Day | None = LEFT_OUT,
        withdrawn: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ProjectMarks:
        """Record a mark of a project that policies may ask for, as its sector or an award; or correct it.

        project_id: The id of the investment project.
        mark_id: The id of the mark; the same id again corrects it.
        mark_kind: What the mark is, a word of the rulebook.
        word: The sector, the award or the honour itself.
        from_on: The first day on which the project has it.
        document: The document that says so.
        to_on: The last day on which the project has it; none while no end is known.
        withdrawn: Whether it was taken back, or recorded wrongly.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "mark_project",
            ProjectMarks,
            {
                "project_id": project_id,
                "mark_id": mark_id,
                "mark_kind": mark_kind,
                "word": word,
                "from_on": from_on,
                "document": document,
                "to_on": to_on,
                "withdrawn": withdrawn,
            },
            timeout, request_id,
        )

    def match_history(
        self,
        *,
        listing_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one match, oldest first.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        """
        return self._ask(
            "match_history",
            list[Change],
            {
                "listing_id": listing_id,
            },
            timeout,
        )

    def near_misses(
        self,
        *,
        lead_id: str,
        area_share: Figure | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Missed:
        """The land that a lead would fit but for one rule, and by how much it breaks that one; and plots that are too small alone and large enough merged with a neighbour, by the land register.

        lead_id: The id of the lead [线索]; who gives none gets one.
        area_share: How far off an area may be, as a share of the wished one; as in the dated data if it is left out.
        on: The day whose data count; today if it is left out.
        """
        return self._ask(
            "near_misses",
            Missed,
            {
                "lead_id": lead_id,
                "area_share": area_share,
                "on": on,
            },
            timeout,
        )

    def notice_course(
        self,
        *,
        listing_id: str,
        notice_version: int | None = LEFT_OUT,
        at: Moment | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Course:
        """What became of a notice, and which dates were in force at a moment, as known at another.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        notice_version: Counts every notice of the listing.
        at: The moment that is asked about; now if it is left out.
        known_at: By what was known at that moment; now if it is left out.
        """
        return self._ask(
            "notice_course",
            Course,
            {
                "listing_id": listing_id,
                "notice_version": notice_version,
                "at": at,
                "known_at": known_at,
            },
            timeout,
        )

    def offer_plan_history(
        self,
        *,
        listing_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one offer plan, oldest first.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        """
        return self._ask(
            "offer_plan_history",
            list[Change],
            {
                "listing_id": listing_id,
            },
            timeout,
        )

    def open_prospect_page(
        self,
        *,
        project_id: str | None = LEFT_OUT,
        lead_id: str | None = LEFT_OUT,
        ends_on: Day | None = LEFT_OUT,
        listing_ids: list[str] = LEFT_OUT,
        wish: OpenProspectPageWish | None = LEFT_OUT,
        team: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> OpenedPage:
        """Open a page for a project or a lead, until a day. The answer has the token that shows it.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        lead_id: The id of the lead [线索]; who gives none gets one.
        ends_on: The last day on which the page is open; the rulebook has the usual one.
        listing_ids: The plots that were chosen for the page, by their listings; none, if a wish chooses.
        wish: The wish that chooses the plots; that of the lead, if neither it nor plots are given.
        team: The team that hears what becomes of the plots; that of the project, if it is left out.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "open_prospect_page",
            OpenedPage,
            {
                "project_id": project_id,
                "lead_id": lead_id,
                "ends_on": ends_on,
                "listing_ids": listing_ids,
                "wish": wish,
                "team": team,
            },
            timeout, request_id,
        )

    def overview_figures(
        self,
        *,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        rules: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[OverviewFigure]:
        """The figures that projects owns.

        on: The day that is asked for; today if it is left out.
        known_at: Only what was known at that moment counts; now if it is left out.
        rules: The day whose rules count; the day `on` if it is left out.
        """
        return self._ask(
            "overview_figures",
            list[OverviewFigure],
            {
                "on": on,
                "known_at": known_at,
                "rules": rules,
            },
            timeout,
        )

    def page_view_history(
        self,
        *,
        view_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one page view, oldest first.

        view_id: The id of one look at a page.
        """
        return self._ask(
            "page_view_history",
            list[Change],
            {
                "view_id": view_id,
            },
            timeout,
        )

    def period_figures(
        self,
        *,
        from_: Day,
        to: Day,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[OverviewExplained]:
        """The land that was listed and awarded in a period, with what adds up to each figure.

        from_: The first day of the period.
        to: The last day of the period, by whose rules is counted.
        known_at: Only what was known at that moment counts; now if it is left out.
        """
        return self._ask(
            "period_figures",
            list[OverviewExplained],
            {
                "from": from_,
                "to": to,
                "known_at": known_at,
            },
            timeout,
        )

    def pipeline_counts(
        self,
        *,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        from_on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PipelineCounts:
        """How many projects are at each stage on a day, and how many entered it.

        on: The day to count on; today, if it is left out.
        known_at: When it was first heard of here; of a question, as far as was known then.
        from_on: The first day of the span in which stages were entered; without it, ever.
        """
        return self._ask(
            "pipeline_counts",
            PipelineCounts,
            {
                "on": on,
                "known_at": known_at,
                "from_on": from_on,
            },
            timeout,
        )

    def platform_history(
        self,
        *,
        platform_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one platform, oldest first.

        platform_id: The id of the development platform [平台].
        """
        return self._ask(
            "platform_history",
            list[Change],
            {
                "platform_id": platform_id,
            },
            timeout,
        )

    def platform_standing(
        self,
        *,
        platform_id: str,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PlatformStanding:
        """Whether each target of a platform is met, missed or open on a day, as known at a moment.

        platform_id: The id of the development platform [平台].
        on: The day on which the targets are looked at.
        known_at: The moment of the knowledge: what became known later does not count.
        """
        return self._ask(
            "platform_standing",
            PlatformStanding,
            {
                "platform_id": platform_id,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def plot_availability(
        self,
        *,
        listing_id: str,
        project_id: str | None = LEFT_OUT,
        lead_id: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PlotAvailability:
        """Whether a plot can be had now, and everything that speaks against it.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        lead_id: The id of the lead [线索]; who gives none gets one.
        """
        return self._ask(
            "plot_availability",
            PlotAvailability,
            {
                "listing_id": listing_id,
                "project_id": project_id,
                "lead_id": lead_id,
            },
            timeout,
        )

    def plot_hold_history(
        self,
        *,
        listing_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one plot hold, oldest first.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        """
        return self._ask(
            "plot_hold_history",
            list[Change],
            {
                "listing_id": listing_id,
            },
            timeout,
        )

    def policy_claimants(
        self,
        *,
        policy_id: str,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PolicyClaimants:
        """Which projects meet a policy on a day, as known at a moment, and why the others do not.

        policy_id: The id of the policy [政策].
        on: The day that is asked about; today if it is left out.
        known_at: The moment of the knowledge: what became known later does not count.
        """
        return self._ask(
            "policy_claimants",
            PolicyClaimants,
            {
                "policy_id": policy_id,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def policy_history(
        self,
        *,
        policy_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one policy, oldest first.

        policy_id: The id of the policy [政策].
        """
        return self._ask(
            "policy_history",
            list[Change],
            {
                "policy_id": policy_id,
            },
            timeout,
        )

    def policy_overview(
        self,
        *,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PolicyOverview:
        """The policies in force on a day, as known at a moment, with what was claimed and granted.

        on: The day that is asked about; today if it is left out.
        known_at: The moment of the knowledge: what became known later does not count.
        """
        return self._ask(
            "policy_overview",
            PolicyOverview,
            {
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def possible_duplicates(
        self,
        *,
        team: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PossibleDuplicates:
        """The investors that two teams seem to have in hand, or one team and any other.

        team: One of the teams; all of them, if it is left out.
        """
        return self._ask(
            "possible_duplicates",
            PossibleDuplicates,
            {
                "team": team,
            },
            timeout,
        )

    def project_history(
        self,
        *,
        project_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one project, oldest first.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        """
        return self._ask(
            "project_history",
            list[Change],
            {
                "project_id": project_id,
            },
            timeout,
        )

    def project_marks_history(
        self,
        *,
        project_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one project marks, oldest first.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        """
        return self._ask(
            "project_marks_history",
            list[Change],
            {
                "project_id": project_id,
            },
            timeout,
        )

    def promotion_handbook(
        self,
        *,
        on: Day | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PromotionHandbook:
        """The handbook [招商手册]: every plot and unit that can be had on a day, today or later.

        on: The day on which the land can be had, today or later.
        township: The 9-digit division code of the township.
        """
        return self._ask(
            "promotion_handbook",
            PromotionHandbook,
            {
                "on": on,
                "township": township,
            },
            timeout,
        )

    def prospect_page(
        self,
        *,
        token: str,
        timeout: float | None = None,
    ) -> ProspectPageNow:
        """The page of a token as things stand. Each look is written down, and whoever saw a plot before that is gone now is told of. A plot that changes meanwhile is looked at again before anything is shown.

        token: What opens the page, as it was shown when that was opened.
        """
        return self._ask(
            "prospect_page",
            ProspectPageNow,
            {
                "token": token,
            },
            timeout,
        )

    def prospect_page_history(
        self,
        *,
        page_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one prospect page, oldest first.

        page_id: The id of the prospect's page; it opens nothing.
        """
        return self._ask(
            "prospect_page_history",
            list[Change],
            {
                "page_id": page_id,
            },
            timeout,
        )

    def publicise_result(
        self,
        *,
        listing_id: str,
        publicised_on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Supply:
        """The result was made public [成交结果公示].

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        publicised_on: The day on which the result was made public [成交结果公示].
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "publicise_result",
            Supply,
            {
                "listing_id": listing_id,
                "publicised_on": publicised_on,
            },
            timeout, request_id,
        )

    def publish_listing(
        self,
        *,
        listing_id: str,
        listing_number: str,
        approval_document_number: str,
        approved_on: Day,
        notice_start_on: Day,
        notice_end_on: Day,
        application_start_on: Day,
        application_end_on: Day,
        bond_deadline_on: Day,
        listing_start_on: Day,
        listing_end_on: Day,
        use_term_years: int,
        price_basis: Literal['total', 'per_m2'],
        start_price_cny: Figure,
        bid_step_cny: Figure,
        bond_cny: Figure,
        listing_ends_at: Moment | None = LEFT_OUT,
        timed_bidding_starts_at: Moment | None = LEFT_OUT,
        indicators: list[PublishListingIndicator] = LEFT_OUT,
        supply_way: Literal['listing', 'auction', 'tender', 'agreement'] = LEFT_OUT,
        supply_form: Literal['grant', 'lease', 'lease_then_grant'] = LEFT_OUT,
        lease_years: int | None = LEFT_OUT,
        application_ends_at: Moment | None = LEFT_OUT,
        bond_due_at: Moment | None = LEFT_OUT,
        bids_in_steps: bool = LEFT_OUT,
        contract_terms: PublishListingContractTerms = LEFT_OUT,
        place: str | None = LEFT_OUT,
        auction_step_cny: Figure | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Listing:
        """Publish the notice of a draft, if neither the law nor the land register is against it.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        listing_number: The number of the listing.
        approval_document_number: The number of the approval of the offer.
        approved_on: The day of the approval [批复].
        notice_start_on: The first day of the notice [公告期].
        notice_end_on: The last day of the notice.
        application_start_on: The first day on which bidders may apply.
        application_end_on: The last day on which bidders may apply.
        bond_deadline_on: The last day on which the bond may be paid in.
        listing_start_on: The first day of the listing [挂牌期].
        listing_end_on: The last day of the listing.
        use_term_years: For how long the land is let [出让年限].
        price_basis: What start price and bid step are for.
        start_price_cny: The start price [起始价]; of a published listing, for the whole land.
        bid_step_cny: By how much a bid must be higher than the one before [增价幅度].
        bond_cny: The bond [竞买保证金], always for the whole land.
        listing_ends_at: The moment at which the listing ends, when there is timed bidding.
        timed_bidding_starts_at: The moment at which timed bidding [限时竞价] starts, when there is any.
        indicators: The figures of standard land [标准地]; a range is two of them.
        supply_way: How the land is supplied [供应方式]; an agreement that a second party asks for becomes a listing.
        supply_form: What the winner gets.
        lease_years: The years of the lease that comes before a grant [先租后让].
        application_ends_at: The last moment at which one may apply, on the last day; without it the whole day counts.
        bond_due_at: The last moment at which a bond is in time, on the last day; without it the whole day counts.
        bids_in_steps: Whether a bid is the start price and whole bid steps.
        contract_terms: What the notice says of the contract; what it does not say is not asked.
        place: Whose bidding rules hold; the national ones if it is left out.
        auction_step_cny: The bid step of the online auction, as `price_basis` says; that of the listing if it is left out.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "publish_listing",
            Listing,
            {
                "listing_id": listing_id,
                "listing_number": listing_number,
                "approval_document_number": approval_document_number,
                "approved_on": approved_on,
                "notice_start_on": notice_start_on,
                "notice_end_on": notice_end_on,
                "application_start_on": application_start_on,
                "application_end_on": application_end_on,
                "bond_deadline_on": bond_deadline_on,
                "listing_start_on": listing_start_on,
                "listing_end_on": listing_end_on,
                "use_term_years": use_term_years,
                "price_basis": price_basis,
                "start_price_cny": start_price_cny,
                "bid_step_cny": bid_step_cny,
                "bond_cny": bond_cny,
                "listing_ends_at": listing_ends_at,
                "timed_bidding_starts_at": timed_bidding_starts_at,
                "indicators": indicators,
                "supply_way": supply_way,
                "supply_form": supply_form,
                "lease_years": lease_years,
                "application_ends_at": application_ends_at,
                "bond_due_at": bond_due_at,
                "bids_in_steps": bids_in_steps,
                "contract_terms": contract_terms,
                "place": place,
                "auction_step_cny": auction_step_cny,
            },
            timeout, request_id,
        )

    def rank_plots(
        self,
        *,
        lead_id: str,
        weights: BestAssignmentWeights = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        most: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Ranking:
        """The open plots that fit a lead and can be had by what projects knows, the best first, each with what speaks for it; beside them those that fit and cannot be had, with why.

        lead_id: The id of the lead [线索]; who gives none gets one.
        weights: Weights of this call; those that are left out are as in the dated data.
        on: The day whose weights count; today if it is left out.
        most: How many plots to answer at most.
        """
        return self._ask(
            "rank_plots",
            Ranking,
            {
                "lead_id": lead_id,
                "weights": weights,
                "on": on,
                "most": most,
            },
            timeout,
        )

    def record_bond(
        self,
        *,
        listing_id: str,
        application_id: str,
        amount_cny: Figure,
        paid_at: Moment,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Supply:
        """A bond [竞买保证金] was paid; what comes late, or is too little, admits nobody.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        application_id: The land desk's id of an application, one within its supply.
        amount_cny: An amount of money.
        paid_at: The moment at which the money was there.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_bond",
            Supply,
            {
                "listing_id": listing_id,
                "application_id": application_id,
                "amount_cny": amount_cny,
                "paid_at": paid_at,
            },
            timeout, request_id,
        )

    def record_clause_answer(
        self,
        *,
        clause_id: str,
        code: str,
        conclusion: Literal['keeps_the_rules', 'exception', 'to_be_changed', 'struck_out'],
        conclusion_reasons: str,
        decided_by: str,
        decided_on: Day,
        document: str,
        exception: ExceptionSaid | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ClauseRecord:
        """Record what a person answered to a question of a clause, with day and reasons, or correct it.

        clause_id: The id under which the answers to a clause's questions are kept.
        code: The code of the question.
        conclusion: What the person found.
        conclusion_reasons: Why, in the words of the review's conclusion.
        decided_by: The office that decided; a person's number is masked.
        decided_on: The day of the decision.
        document: The document that holds the decision.
        exception: What is said for an exception of art. 12; none where it claims none.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_clause_answer",
            ClauseRecord,
            {
                "clause_id": clause_id,
                "code": code,
                "conclusion": conclusion,
                "conclusion_reasons": conclusion_reasons,
                "decided_by": decided_by,
                "decided_on": decided_on,
                "document": document,
                "exception": exception,
            },
            timeout, request_id,
        )

    def record_construction(
        self,
        *,
        contract_id: str,
        started_on: Day | None = LEFT_OUT,
        completed_on: Day | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Contract:
        """Building began, or is complete.

        contract_id: The id of a contract: that of the supply that it ends.
        started_on: The day on which the building was begun [开工]; without it, it was not.
        completed_on: The day on which building was complete [竣工验收].
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_construction",
            Contract,
            {
                "contract_id": contract_id,
                "started_on": started_on,
                "completed_on": completed_on,
            },
            timeout, request_id,
        )

    def record_contest(
        self,
        *,
        contest_id: str,
        name: str,
        contest_kind: str,
        contest_year: int,
        begins_on: Day,
        cities: list[str],
        document: str,
        contest_rounds: list[RoundOfContest] = LEFT_OUT,
        contest_tracks: list[str] = LEFT_OUT,
        prizes: list[PrizeOfContest] = LEFT_OUT,
        guests: int | None = LEFT_OUT,
        guests_kind: Literal['exact', 'at_least'] = LEFT_OUT,
        cost_cny: Figure | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Contest:
        """Record a contest or another meeting with its places, prizes and cost, or correct it.

        contest_id: The id of the contest, or of another meeting at which talents and investors are found.
        name: The name of the contest.
        contest_kind: What kind of meeting it is, a word of the rulebook.
        contest_year: The year of the contest.
        begins_on: The first day of it.
        cities: The places in which it is held.
        document: The document that says so.
        contest_rounds: Its rounds [赛程], each in one of the places.
        contest_tracks: Its tracks [赛道], in one of which each entry is.
        prizes: What may be won.
        guests: How many guests came.
        guests_kind: How much the number of guests says.
        cost_cny: What it cost in all, prizes included.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_contest",
            Contest,
            {
                "contest_id": contest_id,
                "name": name,
                "contest_kind": contest_kind,
                "contest_year": contest_year,
                "begins_on": begins_on,
                "cities": cities,
                "document": document,
                "contest_rounds": contest_rounds,
                "contest_tracks": contest_tracks,
                "prizes": prizes,
                "guests": guests,
                "guests_kind": guests_kind,
                "cost_cny": cost_cny,
            },
            timeout, request_id,
        )

    def record_contest_entry(
        self,
        *,
        contest_entry_id: str,
        contest_id: str,
        evidence_ids: list[str],
        contest_track: str | None = LEFT_OUT,
        contest_round: str | None = LEFT_OUT,
        city: str | None = LEFT_OUT,
        person_id: str | None = LEFT_OUT,
        enterprise_id: str | None = LEFT_OUT,
        contest_rank: int | None = LEFT_OUT,
        prize: str | None = LEFT_OUT,
        won_on: Day | None = LEFT_OUT,
        talent_application_id: str | None = LEFT_OUT,
        project_id: str | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        revoked: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> EntryKept:
        """Record an entry, its result and what came of it, or correct it.

        contest_entry_id: The id of the entry; the same id again corrects it.
        contest_id: The id of the contest, or of another meeting at which talents and investors are found.
        evidence_ids: Ids of the documents that prove it.
        contest_track: The track of the entry; none where the contest has no tracks.
        contest_round: How far the entry came: the name of a round.
        city: The place, one of those of the contest.
        person_id: The talent office's own id of the person, which says nothing about who it is.
        enterprise_id: The firm that takes part.
        contest_rank: The rank of the entry in its track.
        prize: The name of the prize, one within its contest.
        won_on: The day on which the prize was won.
        talent_application_id: The id of the application to a talent plan; the same id again corrects it.
        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        township: The 9-digit division code of the township.
        revoked: Whether it was not so after all.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_contest_entry",
            EntryKept,
            {
                "contest_entry_id": contest_entry_id,
                "contest_id": contest_id,
                "evidence_ids": evidence_ids,
                "contest_track": contest_track,
                "contest_round": contest_round,
                "city": city,
                "person_id": person_id,
                "enterprise_id": enterprise_id,
                "contest_rank": contest_rank,
                "prize": prize,
                "won_on": won_on,
                "talent_application_id": talent_application_id,
                "project_id": project_id,
                "township": township,
                "revoked": revoked,
            },
            timeout, request_id,
        )

    def record_delivery(
        self,
        *,
        contract_id: str,
        delivered_on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Contract:
        """The land was delivered [交地]; its term counts from that day.

        contract_id: The id of a contract: that of the supply that it ends.
        delivered_on: The day on which the land was delivered [交地].
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_delivery",
            Contract,
            {
                "contract_id": contract_id,
                "delivered_on": delivered_on,
            },
            timeout, request_id,
        )

    def record_fund(
        self,
        *,
        fund_id: str,
        name: str,
        fund_kind: str,
        fund_state: Literal['preparing', 'agreement_signed', 'established'],
        purposes: list[str],
        document: str,
        reported_on: Day,
        approval_level: Literal['county', 'city', 'province', 'state', 'district', 'provincial', 'national'] | None = LEFT_OUT,
        total_cny: Figure | None = LEFT_OUT,
        first_tranche_cny: Figure | None = LEFT_OUT,
        paid_in_cny: Figure | None = LEFT_OUT,
        partners: list[FundPartner] = LEFT_OUT,
        set_up_on: Day | None = LEFT_OUT,
        reinvestment_multiple: Figure | None = LEFT_OUT,
        scope_levels: list[str] = LEFT_OUT,
        scope_stages: list[str] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Fund:
        """Record how a fund is on a day, or correct what was said of that day.

        fund_id: The id of the fund [基金].
        name: The name of the fund.
        fund_kind: What kind of fund it is, a word of the rulebook.
        fund_state: How far it has come.
        purposes: What it is for, words of the rulebook.
        document: The document that says so.
        reported_on: The day that the report is about.
        approval_level: Which government approved it; the words of talent plans are taken, too.
        total_cny: What the fund is to have in all; of several, the sum of those that are known.
        first_tranche_cny: What is paid in first.
        paid_in_cny: What has been paid in.
        partners: Who pays in; the ratios add up to 1.
        set_up_on: The day on which it was set up; its rules are those of that day.
        reinvestment_multiple: So many times what the place pays in is to be invested there [返投]; none without such a condition.
        scope_levels: The levels of the projects that it takes.
        scope_stages: The stages of the firms that it takes.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_fund",
            Fund,
            {
                "fund_id": fund_id,
                "name": name,
                "fund_kind": fund_kind,
                "fund_state": fund_state,
                "purposes": purposes,
                "document": document,
                "reported_on": reported_on,
                "approval_level": approval_level,
                "total_cny": total_cny,
                "first_tranche_cny": first_tranche_cny,
                "paid_in_cny": paid_in_cny,
                "partners": partners,
                "set_up_on": set_up_on,
                "reinvestment_multiple": reinvestment_multiple,
                "scope_levels": scope_levels,
                "scope_stages": scope_stages,
            },
            timeout, request_id,
        )

    def record_interruption(
        self,
        *,
        listing_id: str,
        frozen_at: Moment,
        repaired_at: Moment | None = LEFT_OUT,
        told_at: Moment | None = LEFT_OUT,
        resumed_at: Moment | None = LEFT_OUT,
        ends_at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Interrupted:
        """The bidding was frozen [中止], or a frozen one repaired. The answer says when it may go on.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        frozen_at: The moment at which the bidding was frozen.
        repaired_at: The moment of the repair; none while there is none.
        told_at: The moment at which the bidders were told of the resumption.
        resumed_at: The moment at which the bidding went on; the earliest lawful one if it is left out.
        ends_at: The end of the listing that was set then; the earliest lawful one if it is left out.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_interruption",
            Interrupted,
            {
                "listing_id": listing_id,
                "frozen_at": frozen_at,
                "repaired_at": repaired_at,
                "told_at": told_at,
                "resumed_at": resumed_at,
                "ends_at": ends_at,
            },
            timeout, request_id,
        )

    def record_payment(
        self,
        *,
        contract_id: str,
        instalment_no: int,
        paid_on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Contract:
        """An instalment was paid in whole.

        contract_id: The id of a contract: that of the supply that it ends.
        instalment_no: The number of the instalment, or of the yearly review, from 1; 1 for any other step.
        paid_on: The day on which the whole instalment was paid.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_payment",
            Contract,
            {
                "contract_id": contract_id,
                "instalment_no": instalment_no,
                "paid_on": paid_on,
            },
            timeout, request_id,
        )

    def record_platform(
        self,
        *,
        platform_id: str,
        name: str,
        township: str,
        document: str,
        place: str | None = LEFT_OUT,
        planned_area_mu: Figure | None = LEFT_OUT,
        planned_area_is_about: bool = LEFT_OUT,
        planned_investment_cny: Figure | None = LEFT_OUT,
        targets: list[PlannedTarget] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Platform:
        """Record the plan of a platform and its targets, or correct it.

        platform_id: The id of the development platform [平台].
        name: The name of the platform.
        township: The 9-digit division code of the township.
        document: The document that says so.
        place: Where it lies, as people say it.
        planned_area_mu: How large it is to be in all.
        planned_area_is_about: Whether the planned area is a rounded figure.
        planned_investment_cny: What is to be invested in it in all.
        targets: What is to have landed or begun there, until when.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_platform",
            Platform,
            {
                "platform_id": platform_id,
                "name": name,
                "township": township,
                "document": document,
                "place": place,
                "planned_area_mu": planned_area_mu,
                "planned_area_is_about": planned_area_is_about,
                "planned_investment_cny": planned_investment_cny,
                "targets": targets,
            },
            timeout, request_id,
        )

    def record_platform_progress(
        self,
        *,
        platform_id: str,
        progress_id: str,
        project_id: str,
        project_kind: str,
        predicate: Literal['landed', 'begun'],
        happened_on: Day,
        evidence_ids: list[str],
        not_before_on: Day | None = LEFT_OUT,
        investment_cny: Figure | None = LEFT_OUT,
        withdrawn: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Platform:
        """Record on which day a project landed or began at a platform, with its evidence, or correct it.

        platform_id: The id of the development platform [平台].
        progress_id: The id of the record that a project landed or began; the same id again corrects it.
        project_id: The id of the investment project.
        project_kind: What kind of project it is, a word of the rulebook.
        predicate: What is said of the projects; neither follows from the other.
        happened_on: The day on which it landed or began; the last day, where only a period is known.
        evidence_ids: Ids of the documents that prove it.
        not_before_on: The first day of the period, where only a period is known.
        investment_cny: What is invested with it.
        withdrawn: Whether it was recorded wrongly, and never landed or began.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_platform_progress",
            Platform,
            {
                "platform_id": platform_id,
                "progress_id": progress_id,
                "project_id": project_id,
                "project_kind": project_kind,
                "predicate": predicate,
                "happened_on": happened_on,
                "evidence_ids": evidence_ids,
                "not_before_on": not_before_on,
                "investment_cny": investment_cny,
                "withdrawn": withdrawn,
            },
            timeout, request_id,
        )

    def record_policy(
        self,
        *,
        policy_id: str,
        title: str,
        clause: str,
        gives_kind: str,
        valid_from: Day,
        document: str,
        amount_cny: Figure | None = LEFT_OUT,
        share: Figure | None = LEFT_OUT,
        share_of: str | None = LEFT_OUT,
        condition: list[CriterionSaid] = LEFT_OUT,
        valid_to: Day | None = LEFT_OUT,
        review: ReviewSaid | None = LEFT_OUT,
        exception: ExceptionSaid | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> PolicyKept:
        """Record what a policy says, or correct what was recorded of it.

        policy_id: The id of the policy [政策].
        title: The title of the policy.
        clause: The clause in its own words.
        gives_kind: What the policy gives, a word of the rulebook.
        valid_from: The first day on which the policy holds.
        document: The document that says so.
        amount_cny: What it gives one project at most; none where it says no amount.
        share: The part of something that it gives, from 0 to 1; none where it says no part.
        share_of: Of what it gives a part.
        condition: What a project must meet, all of it.
        valid_to: The last day on which it holds by its own terms; none while it has no end.
        review: Its fair-competition review; none where it had none.
        exception: What is said for an exception of art. 12; none where it claims none.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_policy",
            PolicyKept,
            {
                "policy_id": policy_id,
                "title": title,
                "clause": clause,
                "gives_kind": gives_kind,
                "valid_from": valid_from,
                "document": document,
                "amount_cny": amount_cny,
                "share": share,
                "share_of": share_of,
                "condition": condition,
                "valid_to": valid_to,
                "review": review,
                "exception": exception,
            },
            timeout, request_id,
        )

    def record_supply_plan(
        self,
        *,
        region: str,
        year: int,
        uses: list[LineGiven],
        approved_on: Day,
        document: str,
        total_m2: Figure = LEFT_OUT,
        total_mu: Figure = LEFT_OUT,
        districts: list[DistrictGiven] = LEFT_OUT,
        quarters: list[QuarterGiven] = LEFT_OUT,
        plots: list[PlotGiven] = LEFT_OUT,
        names_all_plots: bool = LEFT_OUT,
        stock_mu: Figure | None = LEFT_OUT,
        published_on: Day | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> PlanRecorded:
        """Record the supply plan of a year as it was approved, revise it, or correct it.

        region: The district or city that the plan is of, by its 6-digit division code.
        year: The year that the plan is of.
        uses: What is planned for each use, or each way of it; together they are the total.
        approved_on: The day on which the plan was approved, from which it is in force.
        document: The document that has the plan.
        total_m2: All the land of the plan; in place of `total_mu`.
        total_mu: All the land of the plan; in place of `total_m2`.
        districts: The shares of districts or townships in the total.
        quarters: The shares of quarters of the year in the total.
        plots: The plots that the plan names.
        names_all_plots: Whether a plot that is not among the named ones is outside the plan, if any are named.
        stock_mu: How much of the total is to be stock land [存量用地], if the plan says so.
        published_on: The day on which the plan was made public; none until it is.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_supply_plan",
            PlanRecorded,
            {
                "region": region,
                "year": year,
                "uses": uses,
                "approved_on": approved_on,
                "document": document,
                "total_m2": total_m2,
                "total_mu": total_mu,
                "districts": districts,
                "quarters": quarters,
                "plots": plots,
                "names_all_plots": names_all_plots,
                "stock_mu": stock_mu,
                "published_on": published_on,
            },
            timeout, request_id,
        )

    def record_talent_plan(
        self,
        *,
        talent_plan_id: str,
        name: str,
        plan_level: Literal['national', 'provincial', 'city', 'district', 'county', 'province', 'state'],
        talent_categories: list[PlanCategory],
        document: str,
        talent_batches: list[PlanBatch] = LEFT_OUT,
        term_months: int | None = LEFT_OUT,
        publicised_days: int | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> TalentPlan:
        """Record a talent plan with its categories, support and batches, or correct it.

        talent_plan_id: The id of the talent plan.
        name: The name of the plan.
        plan_level: Whose plan it is; the words of funds are taken, too.
        talent_categories: For whom the plan is, and with how much it supports them.
        document: The document that says so.
        talent_batches: The batches in which applications are taken.
        term_months: So long somebody is a talent of the plan, from the day of the approval on; without it, until that is ended.
        publicised_days: For how many days the names are public before an approval, as the plan itself says.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_talent_plan",
            TalentPlan,
            {
                "talent_plan_id": talent_plan_id,
                "name": name,
                "plan_level": plan_level,
                "talent_categories": talent_categories,
                "document": document,
                "talent_batches": talent_batches,
                "term_months": term_months,
                "publicised_days": publicised_days,
            },
            timeout, request_id,
        )

    def record_visit(
        self,
        *,
        project_id: str,
        visit_id: str,
        visit_kind: Literal['to_investor', 'by_investor', 'meeting', 'event'],
        visited_on: Day,
        came_of_it: str,
        place: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Visit:
        """There was a visit or a meeting, and this came of it.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        visit_id: The id of a visit or a meeting.
        visit_kind: What it was.
        visited_on: The day of the visit.
        came_of_it: What came of it.
        place: Where it was.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_visit",
            Visit,
            {
                "project_id": project_id,
                "visit_id": visit_id,
                "visit_kind": visit_kind,
                "visited_on": visited_on,
                "came_of_it": came_of_it,
                "place": place,
            },
            timeout, request_id,
        )

    def register_lead(
        self,
        *,
        name: str,
        source: Literal['fund_led', 'adviser_led', 'travelling_team', 'talent_contest', 'firm_referral'],
        lead_id: str | None = LEFT_OUT,
        stage: Literal['lead', 'negotiating', 'under_review', 'signed', 'landed', 'land_acquired', 'premises_leased', 'construction_started', 'construction_completed', 'in_production', 'full_capacity', 'terminated'] = LEFT_OUT,
        wish: OpenProspectPageWish = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Lead:
        """Enter an investment lead; it is matched with the land on offer. Without a `lead_id` it gets one that follows from the request's.

        name: The name of the project, not a person's.
        source: Where the lead came from.
        lead_id: The id of the lead [线索]; who gives none gets one.
        stage: How far the project has come.
        wish: The land that the project wishes for; what is left out is open.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "register_lead",
            Lead,
            {
                "name": name,
                "source": source,
                "lead_id": lead_id,
                "stage": stage,
                "wish": wish,
            },
            timeout, request_id,
        )

    def register_right(
        self,
        *,
        contract_id: str,
        registered_on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Contract:
        """The right was registered [不动产登记], after the whole price was paid.

        contract_id: The id of a contract: that of the supply that it ends.
        registered_on: The day on which the right was registered [不动产登记].
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "register_right",
            Contract,
            {
                "contract_id": contract_id,
                "registered_on": registered_on,
            },
            timeout, request_id,
        )

    def release_hold(
        self,
        *,
        listing_id: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> PlotHold:
        """Keep a plot no longer.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "release_hold",
            PlotHold,
            {
                "listing_id": listing_id,
            },
            timeout, request_id,
        )

    def resume_notice(
        self,
        *,
        listing_id: str,
        document: str,
        reason: str,
        resumed_at: Moment | None = LEFT_OUT,
        new_dates: NewDates = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Listing:
        """The notice runs again [恢复公告], if its land may still be offered; its later dates move.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        document: The number of the paper that says it.
        reason: Why, for those who are told.
        resumed_at: The moment of the resumption; now if a request leaves it out.
        new_dates: Dates that take the place of those that the rule finds.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "resume_notice",
            Listing,
            {
                "listing_id": listing_id,
                "document": document,
                "reason": reason,
                "resumed_at": resumed_at,
                "new_dates": new_dates,
            },
            timeout, request_id,
        )

    def return_bond(
        self,
        *,
        listing_id: str,
        application_id: str,
        returned_on: Day,
        notice_version: int | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Supply:
        """The bond of a bidder who did not win went back.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        application_id: The land desk's id of an application, one within its supply.
        returned_on: The day on which it went back.
        notice_version: Counts every notice of the listing.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "return_bond",
            Supply,
            {
                "listing_id": listing_id,
                "application_id": application_id,
                "returned_on": returned_on,
                "notice_version": notice_version,
            },
            timeout, request_id,
        )

    def return_offer_plan(
        self,
        *,
        listing_id: str,
        decided_on: Day,
        decided_by: str,
        document: str,
        remarks: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> OfferPlan:
        """The government returned the last submission, or took its approval back.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        decided_on: The day of the decision.
        decided_by: The government, or the body, that decided.
        document: The number of the document of the decision [批复].
        remarks: What was said with the decision; of a returned plan, what is to be changed.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "return_offer_plan",
            OfferPlan,
            {
                "listing_id": listing_id,
                "decided_on": decided_on,
                "decided_by": decided_by,
                "document": document,
                "remarks": remarks,
            },
            timeout, request_id,
        )

    def review_commitments(
        self,
        *,
        contract_id: str,
        review_id: str,
        check_stage: Literal['start', 'completion', 'full_capacity', 'annual'],
        reviewed_on: Day,
        figures: list[MeasuredFigure],
        evidence_ids: list[str],
        data_year: int | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> LandReviewed:
        """A review looked at what the contract promises: each figure is met, or missed. One that is held before it is due is noted, with a warning, and decides nothing.

        contract_id: The id of a contract: that of the supply that it ends.
        review_id: The land desk's id of a review; the same id again corrects it.
        check_stage: What the review is about.
        reviewed_on: The day that the review is about.
        figures: What was measured.
        evidence_ids: Ids of the documents that prove it.
        data_year: The year of the figures.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "review_commitments",
            LandReviewed,
            {
                "contract_id": contract_id,
                "review_id": review_id,
                "check_stage": check_stage,
                "reviewed_on": reviewed_on,
                "figures": figures,
                "evidence_ids": evidence_ids,
                "data_year": data_year,
            },
            timeout, request_id,
        )

    def revise_policy(
        self,
        *,
        policy_id: str,
        revised_on: Day,
        document: str,
        title: str | None = LEFT_OUT,
        clause: str | None = LEFT_OUT,
        amount_cny: Figure | None = LEFT_OUT,
        share: Figure | None = LEFT_OUT,
        share_of: str | None = LEFT_OUT,
        condition: list[CriterionSaid] | None = LEFT_OUT,
        valid_to: Day | None = LEFT_OUT,
        review: ReviewSaid | None = LEFT_OUT,
        exception: ExceptionSaid | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> PolicyKept:
        """Record what a policy says otherwise from a day on, such as a later last day.

        policy_id: The id of the policy [政策].
        revised_on: The day from which the policy says otherwise.
        document: The document that says so.
        title: The title of the policy.
        clause: The clause in its own words.
        amount_cny: What it gives one project at most; none where it says no amount.
        share: The part of something that it gives, from 0 to 1; none where it says no part.
        share_of: Of what it gives a part.
        condition: What a project must meet, all of it.
        valid_to: The last day on which it holds by its own terms; none while it has no end.
        review: Its fair-competition review; none where it had none.
        exception: What is said for an exception of art. 12; none where it claims none.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "revise_policy",
            PolicyKept,
            {
                "policy_id": policy_id,
                "revised_on": revised_on,
                "document": document,
                "title": title,
                "clause": clause,
                "amount_cny": amount_cny,
                "share": share,
                "share_of": share_of,
                "condition": condition,
                "valid_to": valid_to,
                "review": review,
                "exception": exception,
            },
            timeout, request_id,
        )

    def revoke_talent_state(
        self,
        *,
        talent_application_id: str,
        talent_state: Literal['submitted', 'formally_checked', 'reviewed', 'interviewed', 'site_checked', 'publicised', 'approved', 'rejected', 'withdrawn', 'ended'],
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> TalentApplied:
        """A state was not entered after all; the record of it stays.

        talent_application_id: The id of the application to a talent plan; the same id again corrects it.
        talent_state: How far the application has come.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "revoke_talent_state",
            TalentApplied,
            {
                "talent_application_id": talent_application_id,
                "talent_state": talent_state,
            },
            timeout, request_id,
        )

    def rules_kept(
        self,
        *,
        timeout: float | None = None,
    ) -> RulesKept:
        """The rulebooks by which things can be compared, with the first days of their editions; of each other one, why nothing is."""
        return self._ask(
            "rules_kept",
            RulesKept,
            {
            },
            timeout,
        )

    def rules_of(
        self,
        *,
        thing: str,
        id: str,
        as_of: Moment | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[RuleSaid]:
        """What the rules say of a thing today, or said of it at `as_of`; by the day `on`, where one is given: each with its code and its source. Nothing of a kind of which no rule speaks.

        thing: The kind of the thing, as the service keeps it.
        id: The id of the thing.
        as_of: The moment as of which the thing is shown; now if it is left out.
        on: The day on which the rules judge it, by their editions of that day; that of `as_of` if it is left out, or today.
        """
        return self._ask(
            "rules_of",
            list[RuleSaid],
            {
                "thing": thing,
                "id": id,
                "as_of": as_of,
                "on": on,
            },
            timeout,
        )

    def set_next_step(
        self,
        *,
        project_id: str,
        next_step: str,
        next_step_on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Project:
        """What is done next with the project, and on which day.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        next_step: What is done next.
        next_step_on: The day of the next step; when it is over, nothing is planned.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "set_next_step",
            Project,
            {
                "project_id": project_id,
                "next_step": next_step,
                "next_step_on": next_step_on,
            },
            timeout, request_id,
        )

    def sign_contract(
        self,
        *,
        listing_id: str,
        contract_number: str,
        signed_on: Day,
        holders: list[SignContractParty] = LEFT_OUT,
        supervision_number: str | None = LEFT_OUT,
        policy_code: str | None = LEFT_OUT,
        industry_code: str | None = LEFT_OUT,
        indicators: list[PublishListingIndicator] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Contract:
        """The contract of awarded land was signed: the land has a new holder.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        contract_number: The number of the contract [合同编号].
        signed_on: The day on which the contract was signed.
        holders: Who signs, where that is not the winner but its project company, or several [联合体]; else left out.
        supervision_number: The electronic supervision number [电子监管号].
        policy_code: The policy under which its promises are made.
        industry_code: The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
        indicators: The figures of standard land [标准地]; a range is two of them.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "sign_contract",
            Contract,
            {
                "listing_id": listing_id,
                "contract_number": contract_number,
                "signed_on": signed_on,
                "holders": holders,
                "supervision_number": supervision_number,
                "policy_code": policy_code,
                "industry_code": industry_code,
                "indicators": indicators,
            },
            timeout, request_id,
        )

    def start_curve(
        self,
        *,
        year: int,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> StartCurve:
        """How many of a year's projects have begun, held against the curve of that year.

        year: The year of the plan.
        on: The day on which it is looked at; today, if it is left out.
        known_at: When it was first heard of here; of a question, as far as was known then.
        """
        return self._ask(
            "start_curve",
            StartCurve,
            {
                "year": year,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def start_figures(
        self,
        *,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        rules: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[OverviewExplained]:
        """The start curve of the year of a day: what was to begin and what began in each month, with the contracts and projects. Whoever shows the curve adds the months up.

        on: The day that is asked for; today if it is left out.
        known_at: Only what was known at that moment counts; now if it is left out.
        rules: The day whose rules count; the day `on` if it is left out.
        """
        return self._ask(
            "start_figures",
            list[OverviewExplained],
            {
                "on": on,
                "known_at": known_at,
                "rules": rules,
            },
            timeout,
        )

    def state_talent_figure(
        self,
        *,
        talent_figure_id: str,
        talent_measure: Literal['applications', 'talents'],
        talents_stated: int,
        talent_figure_kind: Literal['exact', 'at_least', 'more_than', 'cumulative', 'target'],
        figure_on: Day,
        document: str,
        plan_level: Literal['national', 'provincial', 'city', 'district', 'county', 'province', 'state'] | None = LEFT_OUT,
        talent_plan_id: str | None = LEFT_OUT,
        talent_category: str | None = LEFT_OUT,
        counted_since_on: Day | None = LEFT_OUT,
        revoked: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> TalentFigure:
        """Record a number of applications or talents that was reported without its records, or correct it.

        talent_figure_id: The id of the stated figure; the same id again corrects it.
        talent_measure: What the number counts.
        talents_stated: The number that was stated.
        talent_figure_kind: How much the number says.
        figure_on: The day of which the number speaks; of a target, the day by which it is to be so.
        document: The document that states it.
        plan_level: Whose plan it is; the words of funds are taken, too.
        talent_plan_id: The id of the talent plan.
        talent_category: The word by which the plan knows a category.
        counted_since_on: The first day of the span of a cumulative figure.
        revoked: Whether it was not so after all.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "state_talent_figure",
            TalentFigure,
            {
                "talent_figure_id": talent_figure_id,
                "talent_measure": talent_measure,
                "talents_stated": talents_stated,
                "talent_figure_kind": talent_figure_kind,
                "figure_on": figure_on,
                "document": document,
                "plan_level": plan_level,
                "talent_plan_id": talent_plan_id,
                "talent_category": talent_category,
                "counted_since_on": counted_since_on,
                "revoked": revoked,
            },
            timeout, request_id,
        )

    def submit_offer_plan(
        self,
        *,
        listing_id: str,
        content: ContentGiven,
        submitted_on: Day,
        document: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> OfferPlan:
        """Submit what is to be offered of a plot, in which way, at which price, to the government.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        content: What is to be offered: way, form, term, price and conditions.
        submitted_on: The day on which it was submitted.
        document: The number of the request [请示].
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "submit_offer_plan",
            OfferPlan,
            {
                "listing_id": listing_id,
                "content": content,
                "submitted_on": submitted_on,
                "document": document,
            },
            timeout, request_id,
        )

    def supplement_notice(
        self,
        *,
        listing_id: str,
        document: str,
        reason: str,
        supplemented_at: Moment | None = LEFT_OUT,
        terms: NewTerms = LEFT_OUT,
        new_dates: NewDates = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Listing:
        """A supplement [补充公告] changes conditions before the sale begins, or puts dates off.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        document: The number of the paper that says it.
        reason: Why, for those who are told.
        supplemented_at: The moment of the supplement; now if a request leaves it out.
        terms: The conditions that change; what is left out stays.
        new_dates: Dates that take the place of those that the rule finds.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "supplement_notice",
            Listing,
            {
                "listing_id": listing_id,
                "document": document,
                "reason": reason,
                "supplemented_at": supplemented_at,
                "terms": terms,
                "new_dates": new_dates,
            },
            timeout, request_id,
        )

    def supply_history(
        self,
        *,
        supply_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one supply, oldest first.

        supply_id: The id of a supply [供地]: that of the listing, a dot, and the version of the notice.
        """
        return self._ask(
            "supply_history",
            list[Change],
            {
                "supply_id": supply_id,
            },
            timeout,
        )

    def supply_plan_history(
        self,
        *,
        plan_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one supply plan, oldest first.

        plan_id: The id of the supply plan [供应计划]: its region and its year.
        """
        return self._ask(
            "supply_plan_history",
            list[Change],
            {
                "plan_id": plan_id,
            },
            timeout,
        )

    def supply_plan_progress(
        self,
        *,
        plan_id: str,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> SupplyPlanProgress:
        """What was planned, offered, awarded and contracted by a day, as known at a moment.

        plan_id: The id of the supply plan [供应计划]: its region and its year.
        on: The day for which it is told; today unless one is given.
        known_at: The moment by whose knowledge it is told; now unless one is given.
        """
        return self._ask(
            "supply_plan_progress",
            SupplyPlanProgress,
            {
                "plan_id": plan_id,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def suspend_notice(
        self,
        *,
        listing_id: str,
        document: str,
        reason: str,
        suspended_at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Listing:
        """The notice is suspended [中止公告]: nobody applies or bids, and its dates stand still.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        document: The number of the paper that says it.
        reason: Why, for those who are told.
        suspended_at: The moment of the suspension; now if a request leaves it out.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "suspend_notice",
            Listing,
            {
                "listing_id": listing_id,
                "document": document,
                "reason": reason,
                "suspended_at": suspended_at,
            },
            timeout, request_id,
        )

    def talent_application_history(
        self,
        *,
        talent_application_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one talent application, oldest first.

        talent_application_id: The id of the application to a talent plan; the same id again corrects it.
        """
        return self._ask(
            "talent_application_history",
            list[Change],
            {
                "talent_application_id": talent_application_id,
            },
            timeout,
        )

    def talent_counts(
        self,
        *,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> TalentCounts:
        """How many applied and how many are talents, by level, plan and category, on a day as known at a moment: from the records where there are any, else as stated.

        on: The day of which is asked; today, if it is left out.
        known_at: When it was first heard of here; of a question, as far as was known then.
        """
        return self._ask(
            "talent_counts",
            TalentCounts,
            {
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def talent_plan_history(
        self,
        *,
        talent_plan_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one talent plan, oldest first.

        talent_plan_id: The id of the talent plan.
        """
        return self._ask(
            "talent_plan_history",
            list[Change],
            {
                "talent_plan_id": talent_plan_id,
            },
            timeout,
        )

    def transfer_contract(
        self,
        *,
        holders: list[SignContractParty],
        contract_id: str,
        transfer_kind: Literal['transfer', 'lease'],
        transferred_on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Transferred:
        """The land was transferred or leased: the duties move, and what was breached before stays with whoever bore them then (浙江省土地管理条例, 2021, art. 35).

        holders: Who holds the land, or leases it, from that day on.
        contract_id: The id of a contract: that of the supply that it ends.
        transfer_kind: By what the duties moved; none for those who signed the contract.
        transferred_on: The day of the transfer or of the lease.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "transfer_contract",
            Transferred,
            {
                "holders": holders,
                "contract_id": contract_id,
                "transfer_kind": transfer_kind,
                "transferred_on": transferred_on,
            },
            timeout, request_id,
        )

    def visit_history(
        self,
        *,
        visit_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one visit, oldest first.

        visit_id: The id of a visit or a meeting.
        """
        return self._ask(
            "visit_history",
            list[Change],
            {
                "visit_id": visit_id,
            },
            timeout,
        )

    def void_award(
        self,
        *,
        listing_id: str,
        voided_on: Day,
        void_reason: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Voided:
        """The award does not hold, nor does its contract: all that followed from it is taken back.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        voided_on: The day on which the award became void.
        void_reason: Why the award is void, for those who were told of it.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "void_award",
            Voided,
            {
                "listing_id": listing_id,
                "voided_on": voided_on,
                "void_reason": void_reason,
            },
            timeout, request_id,
        )

    def withdraw_application(
        self,
        *,
        listing_id: str,
        application_id: str,
        withdrawn_at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Supply:
        """An applicant withdraws before the applications end.

        listing_id: The id of the listing [挂牌]: one for each parcel and case.
        application_id: The land desk's id of an application, one within its supply.
        withdrawn_at: The moment of the withdrawal.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "withdraw_application",
            Supply,
            {
                "listing_id": listing_id,
                "application_id": application_id,
                "withdrawn_at": withdrawn_at,
            },
            timeout, request_id,
        )

    def withdraw_stage(
        self,
        *,
        project_id: str,
        stage: Literal['lead', 'negotiating', 'under_review', 'signed', 'landed', 'land_acquired', 'premises_leased', 'construction_started', 'construction_completed', 'in_production', 'full_capacity', 'terminated'],
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Project:
        """A stage was not entered after all; the record of it stays in the history.

        project_id: The id of a project of the pipeline [招商项目]: that of its lead, where it began as one (a lead registered as lead-17 is the project lead-17).
        stage: How far the project has come.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "withdraw_stage",
            Project,
            {
                "project_id": project_id,
                "stage": stage,
            },
            timeout, request_id,
        )
