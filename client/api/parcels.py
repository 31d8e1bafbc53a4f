"""Keeps every parcel and its remediation cases, and releases the land that they vacate.

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


class NoticeAnswer(TypedDict):
    added: list[str]  # Parcels that are added by this copy and were not before.
    batch: str  # The number of the notice.
    removed: list[str]  # Parcels that are removed by this copy and were not before.
    unchanged: list[str]  # Parcels of which an earlier copy said the same.
    unknown: list[str]  # Parcels that nobody has surveyed yet; what the notice says of them is kept.
    withdrawn: list[str]  # Parcels that an earlier copy named and this one does not.


class Shape(TypedDict):
    coordinates: list[Any]  # As the type has them, each position with the longitude first. (°)
    type: str  # Polygon, MultiPolygon or Point.


Crs = Literal['CGCS2000', 'WGS84']


class FeatureProperties(TypedDict):
    area_m2: Decimal | None  # The area within the outline on the projection of the land survey (EPSG:4549); none for a point. (m²)
    crs: Crs  # The reference system of the degrees. GCJ-02 and BD-09 of vendors' maps lie 100 to 700 m off, and are refused.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    reasons: list[dict[str, str]]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    surveyed_on: date  # The day of the survey.
    township: str  # The 9-digit division code of the township.


class Feature(TypedDict):
    geometry: Shape  # The outline, or the point of a parcel without one.
    id: str  # The parcel that it is the boundary of.
    properties: FeatureProperties  # What a map shows beside it.
    type: str  # Feature, as GeoJSON calls it.


class FeatureCollection(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    features: list[Feature]  # A feature for each boundary of this page.
    type: str  # FeatureCollection, as GeoJSON calls it.


class Overlap(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    area_m2: Decimal  # The area of the land. (m²)


class Reason(TypedDict):
    code: str  # The stable name of the rule, for programs.
    sentence: str  # What was wrong and what would be right.
    field: str | None  # The path of the field that is to blame, where one is.
    source: str | None  # The law or the notice that the rule comes from.


class BoundaryFindings(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    outline_area_m2: Decimal | None  # The area within the outline on the projection of the land survey (EPSG:4549); none without an outline. (m²)
    surveyed_on: date | None  # The day of the survey.
    point_is_outside: bool  # Whether the point of the parcel lies outside its outline.
    overlaps: list[Overlap]  # The parcels whose outline shares land with this one, and how much.
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    finding_no: int  # Grows by one with each change of what is doubtful about the boundary.


class BoundaryFindingsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[BoundaryFindings]  # The things of this page.


BoundaryFindingsFinding = Literal['AREA_DIFFERS', 'OVERLAPS', 'POINT_OUTSIDE']


class BoundaryFindingsFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    finding: NotRequired[BoundaryFindingsFinding]  # What is doubtful about the boundary.


class ChangedBy(TypedDict):
    caller: str | None  # The broker's user who called; null for an event, and for a call that does not say it.
    id: str  # The id of that event, or the request_id of the call.
    source: str  # Who sent that event, or which method was called.
    time: datetime | None  # When that event says that it was so; null for a call, and for what was kept before this was.
    type: str  # The type of that event, or rpc. and the name of the method.


class BoundaryHistoryChange(TypedDict):
    at: datetime  # When the change was put on record.
    by: ChangedBy  # The event or the call that changed it.
    changed: dict[str, Any]  # The fields that changed, with their values after the change.
    facts: list[str]  # The facts that tell of the change, by their names.
    version: int  # The number of the change; a thing's first one is 1.


class Correction(TypedDict):
    figure: str  # The figure that would read otherwise.
    added: list[str]  # The cases that would count now and did not.
    removed: list[str]  # The cases that counted and would not now.
    was_m2: Decimal | None  # The area as the bulletin has it. (m²)
    is_m2: Decimal | None  # The area as it is known now. (m²)


class Corrections(TypedDict):
    bulletin_id: str  # The bulletin [通报]: the township's code and the period.
    corrections: list[Correction]  # What the bulletin would say otherwise today; empty if nothing was corrected.


RatioKind = Literal['at_least', 'at_most', 'exact']


class CampaignBenefitChange(TypedDict):
    figure: str  # The name of the figure.
    before: Decimal | None  # The figure of the year before, in its unit; none if it is not known.
    after: Decimal | None  # The figure of the year after, in its unit; none if it is not known.
    before_at_least: bool  # Whether it is known only that the figure before is no less.
    after_at_least: bool  # Whether it is known only that the figure after is no less.
    ratio: Decimal | None  # After divided by before; none if `reason` says why.
    kind: RatioKind | None  # What is known of the ratio; none if there is none.
    reads: str | None  # How the change reads.
    reason: Reason | None  # Why there is no ratio: code, sentence, perhaps source.


class Benefit(TypedDict):
    case_id: str  # The township's own id of the remediation case [整治].
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    parcel_ids: list[str]  # The parcels whose figures are compared: that of the case, and what splits and merges made of it between the two years.
    note: Reason | None  # Says where that is more land than the case had: code and sentence; none if it is not.
    year_before: int | None  # The year before the case was identified; none if it was not completed.
    year_after: int | None  # The newest year with figures after that of the completion; none if there is none.
    changes: list[CampaignBenefitChange]  # Each figure before and after; none if `reason` says why.
    reason: Reason | None  # Why there are no changes: code and sentence.


class Sum(TypedDict):
    change: CampaignBenefitChange  # The sums before and after, and their ratio.
    case_ids: list[str]  # The cases that concern the parcel.


class BenefitOfCampaign(TypedDict):
    cases: list[Benefit]  # Every case that was completed in these days, also those whose figures are missing.
    from_on: date  # The first day on which a case may have been completed.
    sums: list[Sum]  # Each figure over the cases that have it before and after.
    to_on: date  # The last such day.
    township: str | None  # The 9-digit division code of the township.


Kind = Literal['at_least', 'exact']


CampaignFiguresDisposalWay = Literal['function_change', 'land_reserve', 'merger_restructuring', 'organic_renewal', 'phase_out', 'state_capital_operation', 'upgrade_in_place', 'vacate_relocate']


class WayFigure(TypedDict):
    disposal_way: CampaignFiguresDisposalWay  # What is done about the plot [处置方式].
    count: int  # How many firms, or cases, as the `unit` of the counting rule says; a firm counts once, by its last case.
    cases: int  # How many cases count in the period.
    cases_without_firms: int  # How many of them name no firm; they add none.


CountedDay = Literal['first_acceptance', 'last_acceptance']


CampaignFiguresStage = Literal['acceptance_pending', 'accepted', 'announced', 'cancelled', 'identified', 'in_progress', 'plan_approved', 'plan_drafted', 'reopened', 'suspended']


CampaignFiguresUnit = Literal['cases', 'firms']


class CampaignFiguresCounting(TypedDict):
    source: str  # Where the counting rule comes from.
    day: CountedDay  # On which day a case counts: the first or the last acceptance, which differ for a case that was reopened.
    stages: list[CampaignFiguresStage]  # Where a case must stand today to count.
    count_reopened: bool  # Whether a case that was reopened, and is not accepted again as yet, still counts.
    unit: CampaignFiguresUnit  # What is counted by way.


class CampaignFigures(TypedDict):
    since: date  # The first day of the period.
    until: date  # The last day of the period, which is included.
    township: str | None  # The 9-digit division code of the township.
    cases: int  # How many cases count in the period.
    cases_without_area: int  # How many of them do not say how much land they remediated; they add nothing, and are not 0.
    remediated_area_m2: Decimal  # How much land was remediated [完成整治提升土地]; each plot counts once. It does not follow from the number of firms. (m²)
    remediated_area_mu: Decimal  # The same in mu [亩], to a hundredth. (mu)
    remediated_kind: Kind  # Whether the remediated area is exact, or at least so much, as some cases do not say theirs.
    vacated_area_m2: Decimal  # How much land was vacated [腾出]; each plot counts once. (m²)
    vacated_area_mu: Decimal  # The same in mu [亩], to a hundredth. (mu)
    by_way: list[WayFigure]  # The firms or cases of each disposal way.
    rule: CampaignFiguresCounting  # The counting rule that the figure follows [统计口径].


class CarrierFindingsFinding(TypedDict):
    carrier_id: str  # The building, unit or lease.
    reason: dict[str, str]  # What is doubtful, and what would be right.
    township: str  # The 9-digit division code of the township.


class Findings(TypedDict):
    findings: list[CarrierFindingsFinding]  # What is doubtful about carriers.


CasePathStage = Literal['acceptance_pending', 'accepted', 'announced', 'cancelled', 'identified', 'in_progress', 'plan_approved', 'plan_drafted', 'reopened', 'suspended']


CasePathDisposalWay = Literal['function_change', 'land_reserve', 'merger_restructuring', 'organic_renewal', 'phase_out', 'state_capital_operation', 'upgrade_in_place', 'vacate_relocate']


CasePathPathStep = Literal['acceptance', 'approval', 'follow_up', 'planning', 'work']


CasePathPathStepToo = Literal['acceptance', 'approval', 'follow_up', 'planning', 'work']


class Milestone(TypedDict):
    step: CasePathPathStepToo  # A step on the path of a case.
    holder: str  # The role that holds the case in this step, as in `operator_role`.
    started_on: date | None  # The first day of the step; none if it is still to come.
    planned_on: date  # The day by which the step should be done.
    done_on: date | None  # The day on which the step was done; none if it is not.


ScreeningStep = Literal['holder_heard', 'objection_answered', 'site_check', 'suspected']


class Screened(TypedDict):
    step: ScreeningStep  # A step before the finding.
    done_on: date | None  # The day of the step; none if a suspicion came on record only after the finding.
    data_year: int  # The year of the figures.
    holder: str | None  # The role that reported the step; none of a suspicion, which the platform finds by itself.
    result: str | None  # What came of the step: of the check verified or rejected, of the holder agrees or objects, of an objection upheld or overruled.


class CasePath(TypedDict):
    case_id: str  # The township's own id of the remediation case [整治].
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    stage: CasePathStage  # Where the case stands, of all that may happen to one.
    disposal_way: CasePathDisposalWay | None  # What is done about the plot [处置方式].
    step: CasePathPathStep | None  # A step on the path of a case.
    holder: str | None  # The role that holds the case in this step, as in `operator_role`.
    due_on: date | None  # The day by which the step should be done; later by the days of each suspension within it.
    days_in_step: int | None  # How many days the case has been in its step; those of a suspension do not count. (days)
    days_overdue: int  # How many days the step is late; 0 if it is not. (days)
    milestones: list[Milestone]  # The steps that are done, under way and still to come, in order.
    source: str  # Where the usual lengths and holders of the steps come from.
    screening: list[Screened]  # The steps before the finding, where there were any: suspected, checked on site, the holder heard.


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


ParcelState = Literal['announced', 'merged', 'registered', 'split', 'withdrawn']


CorrectSplitLandUse = Literal['commercial', 'industrial', 'public', 'residential', 'warehouse']


IdentifierKind = Literal['land_code', 'parcel_code', 'pre_assigned_code', 'property_unit_code']


class Identifier(TypedDict):
    kind: IdentifierKind  # Which code it is.
    value: str  # The code itself; the state's codes are held against their form.
    valid_from: date  # The first day on which it is valid.
    valid_to: date | None  # The last day on which it is valid; without it, it still is.


class RightHolder(TypedDict):
    name: str  # The name of the firm or the office.
    uscc: str | None  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.


class Said(TypedDict):
    on: date  # The day that the report is about.
    at: datetime  # When the event happened.
    event_id: str  # The id of the event that reported it.


class Soil(TypedDict):
    recorded: Said  # When the soil was recorded, and by which event.
    on_registry: bool  # Whether it is on the registry of polluted land [建设用地土壤污染风险管控和修复名录].
    survey_reviewed: bool  # Whether the survey of the soil was reviewed [评审], as art. 59 asks.
    survey_filed: bool  # Whether the survey of the soil was filed with the land registry, as art. 67 asks.
    case_open: bool  # Whether a case about the soil is open.
    evidence_ids: list[str]  # Ids of the documents that prove it.


class CodeConflict(TypedDict):
    kind: IdentifierKind  # Which code it is.
    value: str  # The code that both claim.
    other_parcel_id: str  # The other parcel that claims the code.
    from_on: date  # The first day on which both claim it.
    to_on: date | None  # The last day on which both claim it; none if there is no end to it.


RightType = Literal['allocation', 'authorised_operation', 'capital_contribution', 'collective_construction', 'grant', 'lease', 'other']


class CorrectSplitHolder(TypedDict):
    name: str  # The name of one firm, office or person.
    uscc: str | None  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.
    share: Decimal | None  # What part of the right it holds, of 1; none where it is not reported.


class UseRight(TypedDict):
    right_type: RightType  # The type of the use right [权利性质].
    recorded: Said  # When the soil was recorded, and by which event.
    term_years: int | None  # For how many years it is given [使用年限]. (years)
    starts_on: date | None  # The first day of the use right.
    ends_on: date | None  # The last day of the use right.
    holders: list[CorrectSplitHolder]  # All who hold the use right, one entry each.


EncumbranceKind = Literal['mortgage', 'seizure']


CreditorKind = Literal['bank', 'enterprise', 'financial', 'individual', 'other', 'state']


class CorrectSplitEncumbrance(TypedDict):
    kind: EncumbranceKind  # What lies on the land.
    from_on: date  # The first day on which it lies on the land.
    to_on: date | None  # The last day on which it lies on the land; without it, it still does.
    creditor_kind: CreditorKind | None  # To whom the land is mortgaged; a mortgage has it.
    document_number: str | None  # The number of the document behind it; a seizure has that of the court or office.


class Encumbrances(TypedDict):
    recorded: Said  # When the soil was recorded, and by which event.
    entries: list[CorrectSplitEncumbrance]  # Every mortgage and seizure that lies or lay on the land.


AreaUnit = Literal['hectare', 'm2', 'mu', 'wan_m2']


class ReportedArea(TypedDict):
    value: Decimal  # The area, in the unit beside it.
    unit: AreaUnit  # The unit of the area.


class Buildings(TypedDict):
    floor_area_m2: Decimal  # The floor area of everything that stands on the parcel [建筑面积]. (m²)
    recorded: Said  # When the soil was recorded, and by which event.
    built_from_year: int | None  # The year in which the first of the buildings was finished.
    built_to_year: int | None  # The year in which the last of the buildings was finished.


Classification = Literal['gb_t_21010', 'land_sea']


class CodedUses(TypedDict):
    recorded: Said  # When the soil was recorded, and by which event.
    classification: Classification  # The classification that the codes belong to.
    land_use_codes: list[str]  # The codes of the present use, the main one first; several are mixed use.
    planned_use_codes: list[str]  # The codes of the planned use, the main one first; several are mixed use.
    compatible_use_codes: list[str]  # The codes of further uses that the plan allows beside [兼容用途].


class Bounds(TypedDict):
    minimum: Decimal | None  # The smallest value that is allowed; none if there is no bound.
    maximum: Decimal | None  # The largest value that is allowed; none if there is no bound.


class PlanConditions(TypedDict):
    recorded: Said  # When the soil was recorded, and by which event.
    plot_ratio: Bounds | None  # The plot ratio [容积率].
    density_pct: Bounds | None  # The building density [建筑密度], in percent.
    green_rate_pct: Bounds | None  # The green rate [绿地率], in percent.
    height_m: Bounds | None  # The height of the buildings [建筑高度], in metres.
    building_coefficient_pct: Bounds | None  # The building coefficient [建筑系数], in percent.
    office_land_pct: Bounds | None  # The share of the land for offices and services [行政办公及生活服务设施用地比重], in percent.


class Supplied(TypedDict):
    supply_id: str  # The id of a supply [供地]: that of the listing, a dot, and the version of the notice.
    case_id: str  # The township's own id of the remediation case [整治].
    change_no: int  # Grows by one with each change of the standing that is announced.
    right: UseRight | None  # The use right by the contract; none before it was signed.
    voided: bool  # Whether the award is void.


class SurveyOfDay(TypedDict):
    area_m2: Decimal  # The area by that survey. (m²)
    surveyed: Said  # The day of the survey, and the event that told of it.
    land_use: CorrectSplitLandUse | None  # The use of the land by that survey; none of one from before it was kept.


CorrectSplitLandUseToo = Literal['commercial', 'industrial', 'public', 'residential', 'warehouse']


class UseFrom(TypedDict):
    from_on: date  # The day of the survey from which on the land has the use.
    land_use: CorrectSplitLandUseToo  # The use of the land as it is [现状用途].


class Parcel(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    state: ParcelState  # What is known of the parcel: only its id, its survey, or that others have taken its place.
    version: int  # Grows by one with each change of what is announced of the parcel.
    area_m2: Decimal | None  # The area of the land. (m²)
    land_use: CorrectSplitLandUse | None  # The use of the land as it is [现状用途].
    planned_use: CorrectSplitLandUse | None  # The use that the plan gives to the land [规划用途].
    in_zone: bool | None  # Whether it lies in the development zone [开发区].
    identifiers: list[Identifier]  # Codes of the thing, which are no identity, each from the day on which it is valid.
    right_holder: RightHolder | None  # Who holds the use right of the land [土地使用权人].
    industry_code: str | None  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    key_regulated_unit: bool  # Whether it is a key regulated unit for soil [土壤污染重点监管单位].
    surveyed: Said | None  # When the newest survey was, and which event reported it.
    soil: Soil | None  # What is on record of the soil; without it nothing was recorded.
    case_ids: list[str]  # The cases that concern the parcel.
    parent_id: str | None  # The parcel of which this one was a part, if it was split off.
    parent_ids: list[str]  # The parcels whose place it has taken: the whole of which it was a part, or those that were merged.
    child_ids: list[str]  # The parcels that have taken its place: its parts after a split, or the one that it was merged into.
    code_conflicts: list[CodeConflict]  # Codes of the parcel that another parcel claims, too, on days on which this one does.
    use_right: UseRight | None  # The use right of the land [土地使用权]; a report without it leaves what is on record.
    encumbrances: Encumbrances | None  # Mortgages and seizures of the land; a report without them leaves what is on record.
    area_reported: ReportedArea | None  # The area in the unit in which it was reported. A report gives it, `area_m2` or `area_mu`, and one of them alone.
    buildings: Buildings | None  # What stands on the parcel; a report without it leaves what is on record.
    coded_uses: CodedUses | None  # The uses of the land by code; a report without them leaves what is on record.
    plan_conditions: PlanConditions | None  # What the plan allows [规划条件]; a report without them leaves what is on record.
    supplies: list[Supplied]  # What was heard of its supplies [供地]: awards, contracts, and that they are void.
    right_reported: UseRight | None  # Its use right as it was reported, kept beside that of a contract.
    surveys: list[SurveyOfDay]  # Its own surveys, the newest of each day, the oldest first; those that replaced another on its day are in the history.
    uses_before: list[UseFrom]  # The uses of what a split or a merge made it of, the oldest first; they hold until the day of its first own survey.


class CorrectedPart(TypedDict):
    area_m2: NotRequired[Figure]  # The area of the land. (m²)
    area_mu: NotRequired[Figure]  # The area of the land in mu [亩], in place of area_m2; 3 mu are 2,000 m². (mu)
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    parcel_code: NotRequired[str | None]  # The parcel code [宗地代码] of the part, if it has one yet.


CriterionKind = Literal['completion_overdue', 'final_grade', 'investment_below', 'output_per_mu_below', 'plot_ratio_below', 'production_stopped', 'restricted_industry', 'tax_per_mu_below', 'tax_per_mu_below_mean']


Verdict = Literal['low', 'not_low', 'out_of_scope', 'unknown']


class Judgement(TypedDict):
    kind: CriterionKind  # The kind of the criterion.
    place: str  # Where the criterion was published; `general` is of no one place, `ours` of this platform.
    verdict: Verdict  # Whether it speaks for low efficiency. `unknown` and `out_of_scope` have a reason.
    unit: str  # The unit of figure and bar.
    source: str  # Where the criterion can be read.
    figure: Decimal | None  # The figure of the plot, in the unit of the criterion.
    figure_at_least: bool  # Whether it is known only that the figure is no less.
    floor: Decimal | None  # The bar of the criterion, in its unit.
    reason: Reason | None  # Why the criterion cannot be held against the plot: code, sentence, perhaps source.


class CriteriaAnswer(TypedDict):
    data_year: int | None  # The year of the figures.
    judgements: list[Judgement]  # What each criterion says of the plot's year.
    on: date  # The day that the answer is about.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.


class Decision(TypedDict):
    decision_id: str  # The decision: the request_id that it was entered under.
    case_id: str  # The township's own id of the remediation case [整治].
    township: str  # The 9-digit division code of the township.
    met_on: date  # The day of the meeting [例会].
    decision: str  # What was decided.
    entered_at: datetime  # When the decision was entered.
    due_on: date | None  # The day by which it shall be done, or null.


ReportKind = Literal['meeting', 'monthly', 'weekly']


DraftReportOverviewKind = Literal['at_least', 'at_most', 'cumulative', 'exact', 'more_than', 'target']


CountedFrom = Literal['records', 'statement']


class OverviewFigure(TypedDict):
    figure: str  # The name of the figure; after a colon which one, where there are several of a kind.
    title: str  # What the figure is, for people.
    value: Decimal | None  # The sum of the parts, or the ratio of two sums of them; none if `reason` says why.
    unit: str  # The unit of the value.
    overview_kind: DraftReportOverviewKind  # How much the figure says; cumulative is from `since_on` on, a target is what is to be.
    counting_rule: str  # The name of the rule by which it is counted.
    counts: str  # What counts, in words.
    rules_from: date  # The first day of the edition of the rules by which it is counted.
    about_on: date  # The day that the figure is about; of a period, its last day.
    since_on: date | None  # The first day of the period of the figure; none if it is of one day.
    source: str  # Where the rule is from; of a reported figure, who reported it.
    parts: int  # How many parts add up to it.
    counted_from: CountedFrom  # Whether the figure was counted from records, or reported as it is.
    as_known_now: bool  # Whether the figure is as it is known now, whatever moment was asked for.
    reason: Reason | None  # Why there is no value: code and sentence; none if there is one.
    without_amount_found: int  # How many count and did not say how much: they are no parts of it, and for them it is at least, or not known where it has no part.


DraftReportOverviewKindToo = Literal['at_least', 'at_most', 'cumulative', 'exact', 'more_than', 'target']


class OverviewPart(TypedDict):
    thing: str  # What kind of thing it is.
    thing_id: str  # The id of the thing.
    adds: Decimal | None  # How much it adds, in the unit of the figure; none of a ratio.
    before: Decimal | None  # Of a ratio: how much there was before; none of a sum.
    after: Decimal | None  # Of a ratio: how much there was after; none of a sum.
    about_on: date | None  # The day of what adds: of a survey, an acceptance, an award; none if it has none.
    event_id: str | None  # The id of the event or the call that said so; none if nobody kept it.
    overview_kind: DraftReportOverviewKind  # How much it says; of a ratio at least where what came after is only known to be no less, at most where that is so of what was before.


class ReportFigure(TypedDict):
    service: str  # The service that told it.
    told: OverviewFigure  # The figure as its service told it.
    previous_value: Decimal | None  # Its value at the end of the month before, by the same rules; none elsewhere, and where there was none.
    previous_kind: DraftReportOverviewKindToo | None  # How much that one says, as the figure of the day; none where there was none.
    change: Decimal | None  # What came since the end of the month before; none elsewhere, and of a ratio.
    parts: list[OverviewPart]  # What adds up to it; left out of a figure of the overview, which `explain_overview` explains.
    without_amount: list[OverviewPart]  # What counts and did not say how much, for which it is at least; left out of a figure of the overview.


class ReportLine(TypedDict):
    thing: str  # What kind of thing it is.
    thing_id: str  # The id of the thing.
    what: str  # The step that is due, the stage of the case, or what was decided.
    about_id: str | None  # The parcel, unit, firm, project or case that it is about; none if it is about none.
    township: str | None  # The township that it lies in; none if it lies in none.
    holder: str | None  # Who has to act: an office, a role or a team; none if nobody is named.
    due_on: date | None  # The day by which it is, or was, to be done; none without one.
    days_late: int  # How many days it is late on the day of the list; 0 if it is not. (days)
    says: str | None  # What a meeting decided, else the rule of the day; the last word on the case; or what became of the decision. None if there is nothing to say.


class ReportList(TypedDict):
    lines: list[ReportLine]  # The first of its entries.
    lines_found: int  # How many entries there are in all.
    as_known_now: bool  # Whether it was read as of the making of the report, whatever moment was asked for: so in reports that an earlier version issued, and in no other.


class StartMonth(TypedDict):
    month: str  # The month to whose end is counted.
    land_due: int  # The contracts of land on which building is to have begun by then.
    land_begun: int | None  # Those of all these contracts on which it had begun; none of a month after the day of the report.
    projects_wanted: int | None  # How many of the year's projects must have begun by then; none of a month that the curve does not name.
    projects_begun: int | None  # How many of them had; none of a month after the day of the report.


class ReportSection(TypedDict):
    title: str  # The heading of the section.
    figures: list[ReportFigure]  # Its figures, in their order.
    listed: ReportList | None  # The list of the section; none if it has none.
    start_curve: list[StartMonth]  # The start curve by months, added up from its figures; empty elsewhere.


class ZoneReport(TypedDict):
    zone_report_id: str  # The report: its kind and its period, a week, a month or the day of a meeting.
    report_kind: ReportKind  # Which report it is.
    title: str  # The heading of the report, in the words of the rulebook of its day.
    first: date  # The first day of the period; of the papers of a meeting, their day.
    last: date  # The day that the figures are of: the last one of the period, or today while it goes on.
    known_at: datetime  # The moment of knowledge: what came later is not in it.
    issued_on: date | None  # The day on which it was frozen; none of a draft.
    sections: list[ReportSection]  # What stands in it, in its order.
    unreachable: list[str]  # The services that could not be asked, whose part is missing; none of an issued report.
    unreachable_reasons: list[Reason]  # Why each of them could not be asked.


DueCounting = Literal['calendar_days', 'months', 'named', 'working_days']


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
    counting: DueCounting  # How the day was found.
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
    counting: DueCounting  # How the day was found.
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


CarrierState = Literal['announced', 'reported']


FitOut = Literal['basic', 'full', 'shell', 'under_way']


class UnitArea(TypedDict):
    since: date  # The day of the report.
    area_m2: Decimal  # The area of the land. (m²)
    said: Said  # When it was reported, and by which event.


PremisesUse = Literal['office', 'production', 'research', 'services', 'warehouse']


class End(TypedDict):
    last_day: date  # The last day of the lease: its early end, if there was one, else that of its terms.
    said: Said  # When it was reported, and by which event.


LeaseState = Literal['in_force', 'set_aside', 'waiting']


class Lease(TypedDict):
    lease_id: str  # The township's own id of the lease contract; of one contract for several units each unit has a lease of this id.
    area_m2: Decimal  # The area of the land. (m²)
    starts_on: date  # The first day of the lease.
    ends_on: date  # The last day of the lease, by its terms.
    rent_cny_per_m2_month: Decimal  # The rent. (yuan/m²/month)
    deposit_cny: Decimal  # The deposit of the lease. (yuan)
    use: PremisesUse  # What the premises are used for.
    signed: Said  # When it was signed, and by which event it was reported.
    enterprise_id: str | None  # The township's own id of the firm.
    lessee_name: str | None  # The lessee in words, where it has no `enterprise_id`, or besides.
    rent_free_days: int  # For how many days no rent is paid [免租期]. (days)
    renews: str | None  # The lease that this one carries on.
    ended: End | None  # The early end, if there was one.
    state: LeaseState  # Whether the lease stands.
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.


class EndLeaseUnit(TypedDict):
    unit_id: str  # The township's own id of the unit [单元].
    township: str  # The 9-digit division code of the township.
    state: CarrierState  # Whether the unit itself was reported, or only a lease of it.
    building_id: str | None  # The township's own id of the building [楼宇].
    floor: int | None  # The floor on which it is; below 0 for a basement.
    rentable_area_m2: Decimal | None  # How much of it can be rented [可租面积]. (m²)
    fit_out: FitOut | None  # The state of its fitting-out [装修].
    asking_rent_cny_per_m2_month: Decimal | None  # The rent that is asked for. (yuan/m²/month)
    deposit_cny: Decimal | None  # The deposit that is asked for. (yuan)
    available_from: date | None  # The first day on which it can be rented; without it, it can be already.
    areas: list[UnitArea]  # Its rentable areas, from the day of each report on.
    leases: list[Lease]  # Every lease of it, in the order in which they were signed.
    findings: list[Reason]  # What is doubtful about it.
    reported: Said | None  # The newest report.


ExplainFigureFigure = Literal['by_way', 'remediated', 'vacated']


class Line(TypedDict):
    case_id: str  # The township's own id of the remediation case [整治].
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    disposal_way: CampaignFiguresDisposalWay  # What is done about the plot [处置方式].
    counted_on: date  # The day on which the case counts.
    adds: bool  # Whether the case adds something; if not, `reason` says why.
    stage: CasePathStage  # Where the case stands today.
    area_m2: Decimal | None  # The area of the case, if the figure is one of areas. (m²)
    enterprise_ids: list[str]  # The firms that the case adds, if the figure is one of firms.
    reason: Reason | None  # Why the case adds nothing: code and sentence; none if it adds something.


class Explanation(TypedDict):
    figure: ExplainFigureFigure  # Which figure: the remediated area, the vacated area, or firms and cases by way.
    lines: list[Line]  # The cases of the period; those that add something add up to the figure.
    rule: CampaignFiguresCounting  # The counting rule that the figure follows [统计口径].


class OverviewExplained(TypedDict):
    figure: OverviewFigure  # The figure that is explained.
    parts: list[OverviewPart]  # What adds up to it.
    without_amount: list[OverviewPart]  # What counts and did not say how much: it adds nothing, and for it the figure is at least.


class CodeHolder(TypedDict):
    became_ids: list[str]  # The parcels that have taken its place since; none if it stands.
    kind: IdentifierKind  # Which code it is.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    state: ParcelState  # What is known of the parcel; one that was split is found by its codes, too.
    valid_from: date  # The first day on which the parcel has it.
    valid_to: date | None  # The last day on which the parcel has it; none if it still does.


class CodeHolders(TypedDict):
    holders: list[CodeHolder]  # The parcels that have the code on that day: none, one, or several if it is disputed.
    note: dict[str, str] | None  # What to ask instead, where the code is a governance code or the id of a parcel; else none.
    on: date  # The day that the answer is about.


GeometryType = Literal['MultiPolygon', 'Polygon']


class Geometry(TypedDict):
    type: GeometryType  # One polygon with its holes, or several.
    coordinates: list[Any]  # The rings of the polygon, or of each polygon, with the digits that were given; outer rings run against the clock and holes with it. (°)


class Outline(TypedDict):
    geometry: Geometry  # The outline as GeoJSON.
    crs: Crs  # The reference system of the degrees. GCJ-02 and BD-09 of vendors' maps lie 100 to 700 m off, and are refused.
    area_m2: Decimal  # The area of the land. (m²)
    surveyed: Said  # When the newest survey was, and which event reported it.


class Point(TypedDict):
    position: list[float]  # `[longitude, latitude]`. (°)
    crs: Crs  # The reference system of the degrees. GCJ-02 and BD-09 of vendors' maps lie 100 to 700 m off, and are refused.
    surveyed: Said  # When the newest survey was, and which event reported it.


class Boundary(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    outline: Outline | None  # The outline of the newest survey, if there was one.
    point: Point | None  # The newest point, if one was reported.


class Building(TypedDict):
    building_id: str  # The township's own id of the building [楼宇].
    township: str  # The 9-digit division code of the township.
    state: CarrierState  # Whether the building itself was reported, or only something in it.
    park_id: str | None  # The township's own id of the park [园区].
    parcel_id: str | None  # The township's own id of the parcel [地块]; it stays when codes change.
    name: str | None  # What the building is called.
    floors: int | None  # How many floors the building has.
    floor_area_m2: Decimal | None  # The floor area of the buildings [建筑面积], all floors together: of a firm, of those that it uses. (m²)
    storey_area_m2: Decimal | None  # The area of the largest floor [单层面积]; without it, the floors share `floor_area_m2`. (m²)
    built_year: int | None  # The year in which it was built.
    reported: Said | None  # The newest report.


PeriodKind = Literal['quarter', 'week']


class GetBulletinFigures(TypedDict):
    identified: list[str]  # The cases identified in the period.
    planned: list[str]  # The cases planned in the period.
    approved: list[str]  # The cases whose plan was approved in the period.
    completed: list[str]  # The cases accepted in the period.
    open: list[str]  # The cases open at the end of the period.
    late: list[str]  # Those of them that were past the end of their plan.
    area_unknown: list[str]  # The accepted cases that do not say how much land was remediated.
    remediated_area_m2: Decimal  # How much land was remediated [整治], whether the occupant left or stayed; never more than the parcel has, nor less than was vacated. Left out, it is unknown. (m²)
    vacated_area_m2: Decimal  # How much land was vacated [腾出]; 0 if nothing was. (m²)


class Bulletin(TypedDict):
    bulletin_id: str  # The bulletin [通报]: the township's code and the period.
    township: str  # The 9-digit division code of the township.
    kind: PeriodKind  # Whether it is a week's or a quarter's.
    period_id: str  # The week of ISO 8601 (Monday to Sunday) or the quarter.
    first: date  # The first day of the period.
    last: date  # The last day of the period.
    issued_on: date  # The day on which the bulletin was counted and frozen.
    title: str  # The heading of the bulletin.
    text: str  # What the bulletin says.
    figures: GetBulletinFigures  # What was counted; each figure names its cases.


GetCaseCaseState = Literal['accepted', 'announced', 'identified', 'in_progress', 'plan_approved', 'plan_drafted']


class Identified(TypedDict):
    operator_role: str  # Who moved the case, as a role: `task_force` identifies and completes; `township` or `enterprise` plans; they or `state_platform` report progress; `township` asks for the acceptance; `task_force` returns, suspends, resumes and cancels; `patrol` or `task_force` follow up and reopen; `zone_committee` or `government` approves, as the disposal way asks. Any other is refused with `WRONG_ROLE`.
    said: Said  # When it was reported, and by which event.
    low_efficiency_reasons: list[str]  # Why the plot was found to be of low efficiency [低效用地].
    enterprise_ids: list[str]  # The firms that the case is about [涉及企业].


class Planned(TypedDict):
    operator_role: str  # Who moved the case, as a role: `task_force` identifies and completes; `township` or `enterprise` plans; they or `state_platform` report progress; `township` asks for the acceptance; `task_force` returns, suspends, resumes and cancels; `patrol` or `task_force` follow up and reopen; `zone_committee` or `government` approves, as the disposal way asks. Any other is refused with `WRONG_ROLE`.
    said: Said  # When it was reported, and by which event.
    disposal_way: CampaignFiguresDisposalWay  # What is done about the plot [处置方式].
    planned_end_on: date  # The day by which the plan [一企一方案] shall be carried out.
    target_use: CorrectSplitLandUse | None  # The use of the land after the remediation; without it, the `planned_use` of the parcel.
    planned_on: date | None  # The day of the plan, if the report says it.


class Approved(TypedDict):
    operator_role: str  # Who moved the case, as a role: `task_force` identifies and completes; `township` or `enterprise` plans; they or `state_platform` report progress; `township` asks for the acceptance; `task_force` returns, suspends, resumes and cancels; `patrol` or `task_force` follow up and reopen; `zone_committee` or `government` approves, as the disposal way asks. Any other is refused with `WRONG_ROLE`.
    said: Said  # When it was reported, and by which event.
    disposal_way: CampaignFiguresDisposalWay  # What is done about the plot [处置方式].
    document_number: str  # The number of the approval [批文文号].


class Progressed(TypedDict):
    operator_role: str  # Who moved the case, as a role: `task_force` identifies and completes; `township` or `enterprise` plans; they or `state_platform` report progress; `township` asks for the acceptance; `task_force` returns, suspends, resumes and cancels; `patrol` or `task_force` follow up and reopen; `zone_committee` or `government` approves, as the disposal way asks. Any other is refused with `WRONG_ROLE`.
    said: Said  # When it was reported, and by which event.
    percent: int  # How far the remediation has come. (%)
    note: str | None  # What else was said of the progress.


class Completed(TypedDict):
    operator_role: str  # Who moved the case, as a role: `task_force` identifies and completes; `township` or `enterprise` plans; they or `state_platform` report progress; `township` asks for the acceptance; `task_force` returns, suspends, resumes and cancels; `patrol` or `task_force` follow up and reopen; `zone_committee` or `government` approves, as the disposal way asks. Any other is refused with `WRONG_ROLE`.
    said: Said  # When it was reported, and by which event.
    disposal_way: CampaignFiguresDisposalWay  # What is done about the plot [处置方式].
    vacated_area_m2: Decimal  # How much land was vacated [腾出]; 0 if nothing was. (m²)
    acceptance_number: str  # The number of the acceptance.
    remediated_area_m2: Decimal | None  # How much land was remediated [整治], whether the occupant left or stayed; never more than the parcel has, nor less than was vacated. Left out, it is unknown. (m²)
    enterprise_ids: list[str]  # The firms that the case is about [涉及企业].
    reopened_on: date | None  # The day on which the trouble was found to have come back [问题反弹]. An acceptance after that names it; the first acceptance of a case names none.


TurnKind = Literal['acceptance_requested', 'cancelled', 'followed_up', 'reopened', 'resumed', 'returned', 'suspended']


class Turn(TypedDict):
    kind: TurnKind  # What kind of report it is.
    operator_role: str  # Who moved the case, as a role: `task_force` identifies and completes; `township` or `enterprise` plans; they or `state_platform` report progress; `township` asks for the acceptance; `task_force` returns, suspends, resumes and cancels; `patrol` or `task_force` follow up and reopen; `zone_committee` or `government` approves, as the disposal way asks. Any other is refused with `WRONG_ROLE`.
    said: Said  # When it was reported, and by which event.
    request_no: int | None  # Which request of its day it is, or which one it answers; only where a day has several.
    reason: str | None  # Why the case rests, goes on or is given up.
    missing: list[str]  # What is missing for the acceptance [退回意见].
    findings: list[str]  # What was found on site [回头看].
    all_is_well: bool | None  # Whether everything is as it was accepted. If not, the case may be reopened by a report of its own.
    told: bool  # Whether it has had an effect, and was announced.


GetCaseCaseStateToo = Literal['accepted', 'announced', 'identified', 'in_progress', 'plan_approved', 'plan_drafted']


class SetAside(TypedDict):
    report: str  # The type of the report that was set aside.
    event_id: str  # The event that brought the report.
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.


ReleaseState = Literal['blocked', 'none', 'released', 'revoked']


class Terms(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    area_m2: Decimal  # The area of the land. (m²)
    target_use: CorrectSplitLandUseToo  # The use of the land after the remediation; without it, the `planned_use` of the parcel.
    industry_code: str | None  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.


class Release(TypedDict):
    state: ReleaseState  # Whether the land may be offered.
    release_no: int  # Grows by one with each change of the release of this case.
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    terms: Terms | None  # What may be offered since the last release.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    released_on: date | None  # The day on which the land register could say yes.


class Case(TypedDict):
    case_id: str  # The township's own id of the remediation case [整治].
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    vacated_parcel_id: str  # The parcel that was vacated: that of the case, or the child that was split off for it.
    state: GetCaseCaseState  # How far the case has come in its chain; one that was reopened is in progress again. `stage` says it more exactly.
    stage: CasePathStage  # Where the case stands, of all that may happen to one.
    disposal_way: CasePathDisposalWay | None  # What is done about the plot [处置方式].
    identified: Identified | None  # The finding of the task force, in force or waiting.
    planned: Planned | None  # The plan, in force or waiting.
    approved: Approved | None  # The approval of the plan, in force or waiting.
    progressed: Progressed | None  # The last progress, in force or waiting.
    completed: Completed | None  # The acceptance, in force or waiting.
    completed_again: list[Completed]  # The acceptances after a reopening, one for each, in force or waiting.
    turns: list[Turn]  # The reports of the case that may repeat: requests for acceptance, returns, suspensions and the like.
    reached: GetCaseCaseStateToo | None  # How far the reports of the chain have come, where a case is open again or was cancelled after its acceptance.
    set_aside: list[SetAside]  # Reports that had been waiting and did not fit what came before them.
    release: Release  # The release of the land that the case vacated [供地].


GetDeadlineLevel = Literal['reminder', 'supervised']


GetDeadlineLevelToo = Literal['reminder', 'supervised']


class Told(TypedDict):
    step: CasePathPathStepToo  # A step on the path of a case.
    due_on: date  # The day by which the step should be done; later by the days of each suspension within it.
    level: GetDeadlineLevelToo  # How urgently the case is told of: reminded, or under supervision.


class Deadline(TypedDict):
    case_id: str  # The township's own id of the remediation case [整治].
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    stage: CasePathStage  # Where the case stands, of all that may happen to one.
    identified_on: date | None  # The day on which the task force found the plot to be of low efficiency [认定].
    step: CasePathPathStep | None  # A step on the path of a case.
    holder: str | None  # The role that holds the case in this step, as in `operator_role`.
    due_on: date | None  # The day by which the step should be done; later by the days of each suspension within it.
    tell_on: date | None  # The day on which it will be told that the case is late, unless something changes.
    tell_level: GetDeadlineLevel | None  # The level at which it will be told then.
    told: list[Told]  # For which planned days it was told that a step was late, and at which level.


class Operator(TypedDict):
    since: date  # The first day of this operator.
    name: str  # Who runs the park.
    said: Said  # When it was reported, and by which event.


class Rating(TypedDict):
    since: date  # The day from which the stars are valid.
    stars: int  # The stars of the park [星级], 0 to 5.
    said: Said  # When it was reported, and by which event.


class Merger(TypedDict):
    into_id: str  # The park that the others are merged into.
    merged_on: date  # The first day on which everything is in the new park.
    document_number: str  # The number of the approval [批文文号].
    said: Said  # When it was reported, and by which event.


class Park(TypedDict):
    park_id: str  # The township's own id of the park [园区].
    township: str  # The 9-digit division code of the township.
    state: CarrierState  # Whether the park itself was reported, or only something in it.
    name: str | None  # What the park is called.
    small_firm_park: bool | None  # Whether it is a park for small firms [小微产业园].
    parcel_ids: list[str]  # The parcels that the park stands on.
    operators: list[Operator]  # Who runs the park, from which day on.
    ratings: list[Rating]  # The stars of the park, from which day on.
    merged: Merger | None  # The merger by which everything in it went into another park.
    reported: Said | None  # The newest report.


class FirmYear(TypedDict):
    data_year: int  # The year of the figures.
    enterprise_id: str  # The township's own id of the firm.
    version: int  # Grows by one with each change of the firm's year.
    share: Decimal | None  # How much of the firm's figures belongs to the parcel, 0 to 1; none if nobody said.
    industry_code: str | None  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    tax_paid_cny: Decimal | None  # The tax that was paid [实缴税金]; negative if more was refunded. (yuan)
    gross_output_cny: Decimal | None  # The gross output [总产值]. (yuan)
    value_added_cny: Decimal | None  # The value added [增加值]. (yuan)
    energy_tce: Decimal | None  # The energy used [综合能耗], in tonnes of standard coal. (tce)
    employees: Decimal | None  # The mean number of employees of the year.
    floor_area_m2: Decimal | None  # The floor area of the buildings [建筑面积], all floors together: of a firm, of those that it uses. (m²)
    at_least: list[str]  # Names the figures of which it is known only that they are no less.
    statistics_only: list[str]  # Names the figures that are held for statistics alone (统计法 (2024) art. 28).


class PlotGrade(TypedDict):
    data_year: int  # The year of the figures.
    enterprise_id: str  # The township's own id of the firm.
    grade: str  # The final grade of the firm's year.
    grade_before: str | None  # The firm's grade of the year before; none if there is none.


class GetPlotPart(TypedDict):
    part: Decimal  # So much of the whole, in its unit.
    whole: Decimal  # The whole: the land to be built on in m², the agreed investment in yuan, or 1.


class Pause(TypedDict):
    from_on: date  # The first day of the reason.
    reason: str  # What kept the holder from building.
    to_on: date | None  # Its last day; without it the clock still stands.


class Construction(TypedDict):
    reported: Said  # The report: the day that it is about, the moment and the id of its event.
    agreed_start_on: date | None  # The day by which the contract has the building begun [约定动工日期].
    started_on: date | None  # The day on which the building was begun [开工]; without it, it was not.
    stopped_on: date | None  # The day since which the building stands still [停工].
    area_begun: GetPlotPart | None  # How much of the land to be built on was begun.
    investment_paid: GetPlotPart | None  # How much of the agreed investment was paid.
    government_reasons: list[Pause]  # Reasons of the government [政府原因], which stop the clock of idle land for their days.
    agreed_completion_on: date | None  # The day by which the contract has the building completed [约定竣工日期].
    completed_on: date | None  # The day on which the building was completed [竣工].
    production_stopped_on: date | None  # The day since which nothing is produced on the plot [停产].
    land_price_cny: Decimal | None  # The price of the land [土地出让价款]. (yuan)
    inside_development_boundary: bool | None  # Whether the plot lies within the urban development boundary [城镇开发边界]; none if nobody said.


IdleStanding = Literal['idle_1y', 'idle_2y', 'idle_no', 'idle_stopped']


class GetPlotPlot(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    years: list[int]  # The years of which anything was reported.
    figures: list[FirmYear]  # The figures of each firm and year, with the share of them that belongs to the plot.
    grades: list[PlotGrade]  # The final grades of the firms on the plot [亩均评价], by their year.
    construction: Construction | None  # The building on the plot, by the newest report.
    idle_standing: IdleStanding  # Whether the plot is idle by the law's clock [闲置土地].
    idle_since_on: date | None  # The day since which it stands so; none if it is not idle.
    idle_found_on: date | None  # The day on which the register could tell that it is idle; none if it is not.
    idle_moves_on: date | None  # The day on which the clock will move it on; none if it stands still.
    idle_change_no: int  # Grows by one with each change of the standing that is announced.


class RegistryNotice(TypedDict):
    batch: str  # The number of the notice, with its batch [批次].
    issued_on: date  # The day of the notice.
    added: list[str]  # Parcels that the notice adds to the registry [列入名录].
    removed: list[str]  # Parcels that the notice removes from the registry [移出名录].
    document: str | None  # Where the notice is kept.


SoilStage = Literal['after_care', 'clear', 'detailed', 'effect_assessment', 'none', 'phase_1', 'preliminary', 'registered', 'removal_applied', 'removed', 'risk_assessment', 'risk_control', 'soil_cleanup', 'suspected']


ReportStatus = Literal['complete', 'filling_in', 'returned']


class GetSoilSuspicion(TypedDict):
    soil_report_id: str  # The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
    said: Said  # When it was reported, and by which event.
    suspicion: str  # Why the plot may be polluted.
    report_status: ReportStatus  # How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
    evidence_ids: list[str]  # Ids of the documents that prove it.


Phase = Literal['detailed', 'phase_1', 'preliminary']


Conclusion = Literal['detailed_survey_needed', 'met', 'phase_1_suffices', 'risk_assessment_needed', 'sampling_needed']


Medium = Literal['groundwater', 'soil']


Standard = Literal['gb36600_class_1', 'gb36600_class_2', 'groundwater_class_3', 'groundwater_class_4', 'other']


class GetSoilFinding(TypedDict):
    medium: Medium  # In what it was found.
    substance: str  # What was found.
    exceeded: bool  # Whether it is above its limit.
    measured: Decimal | None  # How much was found, in `unit`.
    limit: Decimal | None  # The limit that was used, in `unit`.
    unit: str | None  # The unit of both figures.
    standard: Standard | None  # By whose limits it was measured: GB 36600-2018 or GB/T 14848-2017.


class SoilSurvey(TypedDict):
    soil_report_id: str  # The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
    said: Said  # When it was reported, and by which event.
    phase: Phase  # Which survey of the soil it is (HJ 25.1).
    conclusion: Conclusion  # What the survey concludes: the end of it, or what comes next.
    report_status: ReportStatus  # How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    surveyed_from: date | None  # The first day of the survey of the soil.
    surveyed_to: date | None  # The last day of the survey of the soil.
    publicity_from: date | None  # The first day on which the survey was public [公示].
    publicity_to: date | None  # The last day on which the survey was public; it counts.
    publicity_days: int | None  # How many days of publicity were stated; both ends count. (days)
    reviewed_on: date | None  # The day on which the survey was reviewed [评审], as art. 59 asks.
    filed_on: date | None  # The day on which the survey was filed with the land registry, as art. 67 asks.
    findings: list[GetSoilFinding]  # What was measured, a substance and a medium each.


class GetSoilUnit(TypedDict):
    name: str  # The name of the unit [单位].
    uscc: str | None  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.


class RiskAssessment(TypedDict):
    soil_report_id: str  # The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
    said: Said  # When it was reported, and by which event.
    acceptable: bool  # Whether the risk is acceptable [风险可接受].
    report_status: ReportStatus  # How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    liable_party: GetSoilUnit | None  # Who is liable for the pollution [土壤污染责任人], where it is known (art. 45).


RegistryChange = Literal['added', 'removed', 'withdrawn']


class RegistryEntry(TypedDict):
    soil_report_id: str  # The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
    said: Said  # When it was reported, and by which event.
    change: RegistryChange  # What the notice of the province says of the plot; withdrawn, if a corrected copy names it no more.
    report_status: ReportStatus  # How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
    evidence_ids: list[str]  # Ids of the documents that prove it.


ControlStep = Literal['reported', 'started']


class RiskControl(TypedDict):
    soil_report_id: str  # The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
    said: Said  # When it was reported, and by which event.
    control_step: ControlStep  # Whether the risk control [风险管控] began, or was reported on (art. 62).
    report_status: ReportStatus  # How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
    evidence_ids: list[str]  # Ids of the documents that prove it.


class SoilCleanup(TypedDict):
    soil_report_id: str  # The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
    said: Said  # When it was reported, and by which event.
    contractor: GetSoilUnit  # Who does the soil cleanup [修复单位].
    report_status: ReportStatus  # How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    plan_filed_on: date | None  # The day on which the plan of the soil cleanup was filed [备案] (art. 64).


class EffectAssessment(TypedDict):
    soil_report_id: str  # The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
    said: Said  # When it was reported, and by which event.
    assessor: GetSoilUnit  # Who assesses the effect [效果评估单位]: never the contractor (art. 65).
    target_met: bool  # Whether the target of the risk control or the soil cleanup was met.
    report_status: ReportStatus  # How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
    evidence_ids: list[str]  # Ids of the documents that prove it.


RemovalStep = Literal['applied', 'granted', 'refused']


class Removal(TypedDict):
    soil_report_id: str  # The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
    said: Said  # When it was reported, and by which event.
    removal_step: RemovalStep  # Whether removal from the registry was applied for, granted or refused (art. 66).
    report_status: ReportStatus  # How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
    evidence_ids: list[str]  # Ids of the documents that prove it.
    after_care_conditions: list[str]  # What is still to be kept after the removal [后期管理] (art. 42).


class OutOfStep(TypedDict):
    report: str  # The kind of the report.
    soil_report_id: str  # The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
    holds: bool  # Whether it counts even so, as the word of the province on its registry does.
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.


class SoilRecord(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    stage: SoilStage  # How far the reports have led.
    stage_code: str | None  # The stage in the national system, S0 to S6; not the status of a report, whose codes look alike.
    since: date | None  # The day of the report that led to the stage.
    registered: bool  # Whether the soil is on the registry [名录].
    soil: Soil | None  # What is on record of the soil; without it nothing was recorded.
    plain: Soil | None  # The newest record that says all of the soil at once.
    suspicions: list[GetSoilSuspicion]  # Reports that the plot may be polluted.
    surveys: list[SoilSurvey]  # Surveys of the soil, by day.
    risk_assessments: list[RiskAssessment]  # Risk assessments, by day.
    registry_entries: list[RegistryEntry]  # What the notices of the province say of the plot; `soil_report_id` is the batch.
    risk_controls: list[RiskControl]  # Starts and periodic reports of risk controls, by day.
    soil_cleanups: list[SoilCleanup]  # Soil cleanups [修复], by day.
    effect_assessments: list[EffectAssessment]  # Assessments of what was done, by day.
    removals: list[Removal]  # Applications for removal from the registry and their answers, by day.
    after_care_conditions: list[str]  # What is still to be kept after the removal [后期管理] (art. 42).
    out_of_step: list[OutOfStep]  # Reports that do not follow from the stage before them, and why.
    told_due_on: date | None  # The last due day of a periodic report that was announced.
    survey_wanted: list[Reason]  # Why a merged parcel needs a survey of all its land: its sources were surveyed on different terms.


SuspicionState = Literal['answered', 'clear', 'identified', 'objected', 'rejected', 'screened', 'verified']


CampaignLine = Literal['carrier', 'firm', 'land']


CampaignScope = Literal['area', 'industry', 'plot']


class Check(TypedDict):
    verified: bool  # Whether the township found the plot to be of low efficiency.
    operator_role: str  # Who moved the case, as a role: `task_force` identifies and completes; `township` or `enterprise` plans; they or `state_platform` report progress; `township` asks for the acceptance; `task_force` returns, suspends, resumes and cancels; `patrol` or `task_force` follow up and reopen; `zone_committee` or `government` approves, as the disposal way asks. Any other is refused with `WRONG_ROLE`.
    said: Said  # When it was reported, and by which event.
    document_ids: list[str]  # The ids of its documents [现场核实表].
    photo_ids: list[str]  # The ids of its photos.
    campaign_line: CampaignLine | None  # The line of the campaign that the plot belongs to.
    campaign_scope: CampaignScope | None  # The scope of action that the plot belongs to.
    note: str | None  # What else was seen.


View = Literal['agrees', 'objects']


class GetSuspicionHolder(TypedDict):
    operator_role: str  # Who moved the case, as a role: `task_force` identifies and completes; `township` or `enterprise` plans; they or `state_platform` report progress; `township` asks for the acceptance; `task_force` returns, suspends, resumes and cancels; `patrol` or `task_force` follow up and reopen; `zone_committee` or `government` approves, as the disposal way asks. Any other is refused with `WRONG_ROLE`.
    view: View  # Whether the holder agrees.
    said: Said  # When it was reported, and by which event.
    text: str | None  # What the holder says.


class Answer(TypedDict):
    operator_role: str  # Who moved the case, as a role: `task_force` identifies and completes; `township` or `enterprise` plans; they or `state_platform` report progress; `township` asks for the acceptance; `task_force` returns, suspends, resumes and cancels; `patrol` or `task_force` follow up and reopen; `zone_committee` or `government` approves, as the disposal way asks. Any other is refused with `WRONG_ROLE`.
    upheld: bool  # Whether the objection is right; then the suspicion is rejected.
    text: str  # Why.
    said: Said  # When it was reported, and by which event.


class GetSuspicionSuspicion(TypedDict):
    suspicion_id: str  # The suspicion of low efficiency of a plot's year [疑似低效]: the parcel, a colon, the year.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    data_year: int  # The year of the figures.
    state: SuspicionState  # How far it has come.
    judgements: list[Judgement]  # What each criterion says of the plot's year.
    check: Check | None  # The township's check on site [现场核实]; none yet.
    holder: GetSuspicionHolder | None  # What the holder says; none yet.
    answer: Answer | None  # The answer to the holder's objection; none yet.
    identified_on: date | None  # The day on which the task force found the plot to be of low efficiency [认定].
    change_no: int  # Grows by one with each change of the standing that is announced.


class IdleAnswer(TypedDict):
    consequences: list[dict[str, str]]  # What follows of the standing: code, sentence, source.
    idle_moves_on: date | None  # The day on which the clock will move it on; none if it stands still.
    idle_since_on: date | None  # The day since which it stands so; none if it is not idle.
    idle_standing: IdleStanding  # Whether the plot is idle by the law's clock [闲置土地].
    investigate_by_on: date | None  # The last day of the investigation [调查核实], counted from the finding; none if it is not idle.
    on: date  # The day that the answer is about.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.


class EndingLease(TypedDict):
    area_m2: Decimal  # The area of the land. (m²)
    building_id: str | None  # The township's own id of the building [楼宇].
    building_name: str | None  # What the building is called.
    days_left: int  # How many days are left until its last. (days)
    enterprise_id: str | None  # The township's own id of the firm.
    floor: int | None  # The floor on which it is; below 0 for a basement.
    last_day: date  # The last day of the lease: its early end, if there was one, else that of its terms.
    lease_id: str  # The township's own id of the lease contract; of one contract for several units each unit has a lease of this id.
    lessee_name: str | None  # The lessee in words, where it has no `enterprise_id`, or besides.
    operator: str | None  # Who runs the park [运营单位]; in an answer, on the day that it is about.
    park_id: str | None  # The township's own id of the park [园区].
    park_name: str | None  # What the park is called.
    township: str  # The 9-digit division code of the township.
    unit_id: str  # The township's own id of the unit [单元].


class LeasesEnd(TypedDict):
    leases: list[EndingLease]  # The leases that end, the first to end first.
    leases_found: int  # How many leases end by then.
    on: date  # The day that the answer is about.
    until: date  # The last day that counts.


class Relative(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    state: ParcelState  # What is known of the parcel now.
    area_m2: Decimal | None  # The area of the land. (m²)


StepKind = Literal['correction', 'merge', 'split']


class LineagePlot(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    area_m2: Decimal  # The area of the land. (m²)


class LineageStep(TypedDict):
    kind: StepKind  # What was done.
    on: date | None  # The day of it; none where nobody kept it.
    sources: list[LineagePlot]  # The parcels whose place was taken, with their areas of that day.
    results: list[LineagePlot]  # The parcels that took it, with their areas of that day; none where a split was undone.
    difference_m2: Decimal  # What the results have more than the sources. (m²)
    conserved: bool  # Whether the area is the same within 0.01 mu.
    undone: bool  # Whether it is a split that was undone later, or the correction that did it.


class Lineage(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    ancestors: list[Relative]  # The parcels whose place this one has taken, the nearest first.
    descendants: list[Relative]  # The parcels that have taken the place of this one, the nearest first.
    steps: list[LineageStep]  # The splits, merges and corrections between them, in the order of their days.


class ListBuildingsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Building]  # The things of this page.


class BuildingFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    state: NotRequired[CarrierState]  # Whether the building itself was reported, or only something in it.
    park_id: NotRequired[str | None]  # The township's own id of the park [园区].
    parcel_id: NotRequired[str | None]  # The township's own id of the parcel [地块]; it stays when codes change.


class ListBulletinsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Bulletin]  # The things of this page.


class BulletinFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    kind: NotRequired[PeriodKind]  # Whether it is a week's or a quarter's.
    period_id: NotRequired[str]  # The week of ISO 8601 (Monday to Sunday) or the quarter.


class ListCasesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Case]  # The things of this page.


class CaseFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    parcel_id: NotRequired[str]  # The township's own id of the parcel [地块]; it stays when codes change.
    state: NotRequired[GetCaseCaseState]  # How far the case has come in its chain; one that was reopened is in progress again. `stage` says it more exactly.
    disposal_way: NotRequired[CasePathDisposalWay | None]  # What is done about the plot [处置方式].


class ListDeadlinesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Deadline]  # The things of this page.


class DeadlineFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    stage: NotRequired[CasePathStage]  # Where the case stands, of all that may happen to one.
    step: NotRequired[CasePathPathStep | None]  # A step on the path of a case.
    holder: NotRequired[str | None]  # The role that holds the case in this step, as in `operator_role`.
    is_watched: NotRequired[Literal['false', 'true'] | bool]  # Whether something is to be told of it on a day to come.


class ListDecisionsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Decision]  # The things of this page.


class DecisionFilter(TypedDict):
    case_id: NotRequired[str]  # The township's own id of the remediation case [整治].
    township: NotRequired[str]  # The 9-digit division code of the township.


class ListParcelsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Parcel]  # The things of this page.


class ParcelFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    state: NotRequired[ParcelState]  # What is known of the parcel: only its id, its survey, or that others have taken its place.


class ListParksPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Park]  # The things of this page.


class ParkFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    state: NotRequired[CarrierState]  # Whether the park itself was reported, or only something in it.
    merged_into: NotRequired[str | None]  # The park that everything in this one went into; none if it was not merged.
    small_firm_park: NotRequired[Literal['false', 'true'] | bool | None]  # Whether it is a park for small firms [小微产业园].


class ListPlotsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[GetPlotPlot]  # The things of this page.


class PlotFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    idle_standing: NotRequired[IdleStanding]  # Whether the plot is idle by the law's clock [闲置土地].
    clock_runs: NotRequired[Literal['false', 'true'] | bool]  # Whether the clock of idle land will move on by itself.


class ListRegistryNoticesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[RegistryNotice]  # The things of this page.


class RegistryNoticeFilter(TypedDict):
    pass


class ListSoilPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[SoilRecord]  # The things of this page.


class SoilRecordFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    stage: NotRequired[SoilStage]  # How far the reports have led.
    registered: NotRequired[Literal['false', 'true'] | bool]  # Whether the soil is on the registry [名录].
    wants_survey: NotRequired[Literal['false', 'true'] | bool]  # Whether a merged parcel needs a survey of all its land.


class ListSuspicionsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[GetSuspicionSuspicion]  # The things of this page.


class SuspicionFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    parcel_id: NotRequired[str]  # The township's own id of the parcel [地块]; it stays when codes change.
    state: NotRequired[SuspicionState]  # How far it has come.
    data_year: NotRequired[int]  # The year of the figures.


class ListUnitsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[EndLeaseUnit]  # The things of this page.


class UnitFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    state: NotRequired[CarrierState]  # Whether the unit itself was reported, or only a lease of it.
    building_id: NotRequired[str | None]  # The township's own id of the building [楼宇].
    finding: NotRequired[str]  # The code of a finding, for units that have it.
    enterprise_ids: NotRequired[str]  # A firm, for the units that it leases or has leased.


class ListZoneReportsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[ZoneReport]  # The things of this page.


class ZoneReportFilter(TypedDict):
    report_kind: NotRequired[ReportKind]  # Which report it is.


class LastWord(TypedDict):
    report: str  # Its kind.
    on: date  # The day that it is about.
    percent: int | None  # How far the remediation has come. (%)
    note: str | None  # What it says besides: the note of a progress, the reason of a turn, what is missing or was found; or null.


class LateCase(TypedDict):
    case_id: str  # The township's own id of the remediation case [整治].
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    stage: CasePathStage  # Where the case stood on the day.
    planned_end_on: date  # The day by which the plan [一企一方案] shall be carried out.
    days_late: int  # How many days the case was past the end of its plan. (days)
    last_word: LastWord  # The newest report or turn of the case up to that day.
    decision: Decision | None  # The newest decision of a meeting on the case, or null.


class MeetingList(TypedDict):
    on: date  # The day on which the cases are late.
    as_of: datetime  # The moment of which the record was read: the end of the day, or now.
    next_meeting_on: date  # The day of the meeting on that day or the first after it.
    cases: list[LateCase]  # The late cases, the latest first.
    entered_later: list[str]  # The cases of which nothing was on record at that moment: they are shown by what is known now.


class Moved(TypedDict):
    park_id: str  # The park that it was in.
    building_ids: list[str]  # The buildings that were in it.
    unit_ids: list[str]  # The units that were in it.
    lease_ids: list[str]  # The leases of its units.


class ParksMerged(TypedDict):
    buildings_after: int  # How many buildings are in the park after it.
    buildings_before: int  # How many buildings were in the parks before the merger.
    leases_after: int  # How many leases are in the park after it.
    leases_before: int  # How many leases were in the parks before the merger, those that have ended included.
    merged_on: date  # The first day on which everything is in the new park.
    moved: list[Moved]  # What was in each of the parks that were merged; every id and every term stays.
    operator: str  # Who runs the park [运营单位]; in an answer, on the day that it is about.
    park_id: str  # The township's own id of the park [园区].
    units_after: int  # How many units are in the park after it.
    units_before: int  # How many units were in the parks before the merger.


class ParcelsFound(TypedDict):
    parcel_ids: list[str]  # The parcels whose outline holds the position.


class BuildingOccupancy(TypedDict):
    building_id: str  # The township's own id of the building [楼宇].
    building_name: str | None  # What the building is called.
    leased_area_m2: Decimal  # How much is leased on that day. (m²)
    rentable_area_m2: Decimal  # How much of it can be rented [可租面积]. (m²)
    units_found: int  # How many units there are.


class Occupancy(TypedDict):
    buildings: list[BuildingOccupancy]  # The same for each building.
    leased_area_m2: Decimal  # How much is leased on that day. (m²)
    leases_found: int  # How many leases run on that day.
    merged_into: str | None  # The park that everything in this one went into; none if it was not merged.
    occupied_percent: Decimal | None  # The share that is leased. (%)
    on: date  # The day that the answer is about.
    operator: str | None  # Who runs the park [运营单位]; in an answer, on the day that it is about.
    park_id: str  # The township's own id of the park [园区].
    park_name: str | None  # What the park is called.
    rentable_area_m2: Decimal  # How much of it can be rented [可租面积]. (m²)
    stars: int | None  # The stars of the park [星级], 0 to 5.
    units_found: int  # How many units there are.
    vacant_area_m2: Decimal  # How much nobody has on that day. (m²)


class OverviewMissing(TypedDict):
    figure: str  # The name of the figure.
    service: str  # The service that owns it.


class OverviewTopic(TypedDict):
    figures: list[OverviewFigure]  # The figures of the topic.
    title: str  # The topic.


class OverviewPage(TypedDict):
    known_at: datetime  # The moment at which it was known.
    missing: list[OverviewMissing]  # The figures of the services that could not be asked.
    on: date  # The day that the figures are of.
    rules: date  # The day whose rules were used.
    topics: list[OverviewTopic]  # The figures by topics, in the order of the page.
    unreachable: list[str]  # The services that did not answer in time, whose part of the page is missing.
    unreachable_reasons: list[dict[str, str]]  # What is missing for that, and why: code, sentence, and in `field` the part of the page.


class SoilAnswer(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    stage: SoilStage  # How far the reports have led.
    stage_code: str | None  # The stage in the national system, S0 to S6; not the status of a report, whose codes look alike.
    registered: bool  # Whether the soil is on the registry [名录].
    soil: Soil | None  # What is on record of the soil; without it nothing was recorded.
    note: str | None  # What of the report is out of step, or should be looked at.


class RecordEffectAssessmentUnit(TypedDict):
    name: str  # The name of the unit [单位].
    uscc: NotRequired[str | None]  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.


class RecordEncumbrancesEncumbrance(TypedDict):
    kind: Literal['mortgage', 'seizure']  # What lies on the land.
    from_on: Day  # The first day on which it lies on the land.
    to_on: NotRequired[Day | None]  # The last day on which it lies on the land; without it, it still does.
    creditor_kind: NotRequired[Literal['bank', 'financial', 'state', 'enterprise', 'individual', 'other'] | None]  # To whom the land is mortgaged; a mortgage has it.
    document_number: NotRequired[str | None]  # The number of the document behind it; a seizure has that of the court or office.


class RecordSoilSurveyFinding(TypedDict):
    medium: Literal['soil', 'groundwater']  # In what it was found.
    substance: str  # What was found.
    exceeded: bool  # Whether it is above its limit.
    measured: NotRequired[Figure | None]  # How much was found, in `unit`.
    limit: NotRequired[Figure | None]  # The limit that was used, in `unit`.
    unit: NotRequired[str | None]  # The unit of both figures.
    standard: NotRequired[Literal['gb36600_class_1', 'gb36600_class_2', 'groundwater_class_3', 'groundwater_class_4', 'other'] | None]  # By whose limits it was measured: GB 36600-2018 or GB/T 14848-2017.


class Standing(TypedDict):
    reasons: list[dict[str, str]]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    release_no: int | None  # Grows by one with each change of the release of this case.
    state: ReleaseState  # Whether the land may be offered; none for land that the case did not vacate.


class FreeUnit(TypedDict):
    asking_rent_cny_per_m2_month: Decimal | None  # The rent that is asked for. (yuan/m²/month)
    building_id: str | None  # The township's own id of the building [楼宇].
    building_name: str | None  # What the building is called.
    deposit_cny: Decimal | None  # The deposit that is asked for. (yuan)
    fit_out: FitOut | None  # The state of its fitting-out [装修].
    floor: int | None  # The floor on which it is; below 0 for a basement.
    free_area_m2: Decimal  # How much can be rented on that day. (m²)
    free_until: date | None  # The last day on which all of it is free; none, if no lease takes it.
    operator: str | None  # Who runs the park [运营单位]; in an answer, on the day that it is about.
    park_id: str | None  # The township's own id of the park [园区].
    park_name: str | None  # What the park is called.
    township: str  # The 9-digit division code of the township.
    unit_id: str  # The township's own id of the unit [单元].


class Relocation(TypedDict):
    lease: EndingLease  # The lease that ends.
    units: list[FreeUnit]  # The units that can take the lessee, the nearest and smallest first.


class Relocations(TypedDict):
    leases_found: int  # How many leases end by then.
    on: date  # The day that the answer is about.
    relocations: list[Relocation]  # Each lease that ends, with where its lessee can go.
    until: date  # The last day that counts.


Became = Literal['came', 'changed', 'went']


class CorrectionCause(TypedDict):
    thing: str  # What kind of thing it is.
    thing_id: str  # The id of the thing.
    became: Became  # What became of the thing in this figure.
    added_then: Decimal | None  # What it added as it was issued, of a ratio what came after; none if it did not count, or did not say how much.
    adds_now: Decimal | None  # What it adds now, of a ratio what came after; none if it does not count, or does not say how much.
    event_id: str | None  # The event or call that made it so: the one that its part names, else the last one that changed the thing since. None if nobody kept it.


class ReportCorrection(TypedDict):
    figure: str  # The figure, with its service.
    title: str  # What the figure is, for people.
    unit: str  # The unit of the values.
    on: date  # The day that it is of: that of the report, or the last one of the month before.
    value_then: Decimal | None  # The value as it was issued; none if there was none.
    value_now: Decimal | None  # The value as it is known now; none if there is none.
    kind_then: DraftReportOverviewKindToo | None  # How much the figure said as it was issued; none if there was none.
    kind_now: DraftReportOverviewKindToo | None  # How much it says as it is known now; none if there is none.
    causes: list[CorrectionCause]  # The parts that came, went, or add something else; empty if nobody can tell them.


class ReportCorrections(TypedDict):
    zone_report_id: str  # The report: its kind and its period, a week, a month or the day of a meeting.
    issued_known_at: datetime  # The moment as of which the report was issued.
    known_at: datetime  # The moment by what was known at which it is held now.
    corrections: list[ReportCorrection]  # The figures that would read otherwise; empty if nothing was corrected.
    unreachable: list[str]  # The services that do not answer now, whose figures were not compared.
    unreachable_reasons: list[Reason]  # Why each of them could not be asked.


class Spread(TypedDict):
    counted: int  # How many reports were counted.
    median_s: int  # Half of the reports took at most so long. (seconds)
    most_s: int  # Nine of ten reports took at most so long. (seconds)
    longest_s: int  # The slowest report took so long. (seconds)


class WaitingReport(TypedDict):
    report: str  # The type of the report.
    event_id: str | None  # The id of its event; none where it is not kept.
    thing: str  # What kind of thing it is about.
    thing_id: str  # The id of the thing that it is about.
    sent_at: datetime  # The moment that its event names as its own.
    waiting_s: int  # How long it has waited since. (seconds)
    waits_for: str  # What it waits for, as its receipt says.


class ReportTimes(TypedDict):
    township: str  # The 9-digit division code of the township.
    since: datetime  # The first moment whose reports were counted.
    until: datetime  # The moment of the answer.
    reports_found: int  # How many reports of the township were received and changed something.
    sent_unknown: int  # How many of them do not say, in what is kept, when they were sent; no time counts them.
    to_receipt: Spread | None  # From the moment that the event names as its own to the commit of its receipt; none of no report.
    to_effect: Spread | None  # From the moment that the event names as its own to its effect, of reports that have one: one that waited for another has it later than its receipt.
    waiting_found: int  # How many reports wait today, whenever they were received.
    waiting: list[WaitingReport]  # Those that wait longest.


class CaseOfPlot(TypedDict):
    case_id: str  # The township's own id of the remediation case [整治].
    disposal_way: CasePathDisposalWay | None  # What is done about the plot [处置方式].
    reasons: list[dict[str, str]]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    release_no: int  # Grows by one with each change of the release of this case.
    release_state: ReleaseState  # Whether the land that the case has vacated may be offered.
    state: GetCaseCaseState  # How far the case has come.


class ContractOfPlot(TypedDict):
    case_id: str  # The township's own id of the remediation case [整治].
    contract_id: str  # The id of a contract: that of the supply that it ends.
    contract_number: str  # The number of the contract [合同编号].
    ends_on: date  # The last day of the lease, by its terms.
    price_cny: Decimal  # A price of the whole land. (CNY)
    signed_on: date  # The day on which the lease was signed.
    state: str  # How far the contract has come.


class Offer(TypedDict):
    area_m2: Decimal | None  # The area on offer; none without a release. (m²)
    case_id: str  # The township's own id of the remediation case [整治].
    listing_id: str  # The id of the listing [挂牌]: one for each parcel and case.
    listing_number: str | None  # The number of the listing, once its notice is published.
    state: str  # How the listing stands, in the words of projects.


class Occupier(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    role: str  # What the firm is on the plot, in the words of enterprises.
    standing: str  # How the firm stands, in the words of enterprises.


class PerhapsOccupier(TypedDict):
    candidate_ids: list[str]  # The parcels on one or more of which it works.
    enterprise_id: str  # The township's own id of the firm.
    role: str  # What the firm is there, in the words of enterprises.
    standing: str  # How the firm stands, in the words of enterprises.


class PlotPage(TypedDict):
    became_ids: list[str]  # The parcels that have taken the place of this one; none if it stands.
    cases: list[CaseOfPlot]  # The remediation cases that concern the plot.
    contracts: list[ContractOfPlot] | None  # The contracts of the plot, the newest first; none where projects could not be reached.
    encumbrances: list[CorrectSplitEncumbrance]  # The mortgages and seizures that lie on the land on that day.
    holders: list[CorrectSplitHolder]  # All who hold the use right.
    land_code: str  # The governance code of the plot [一码管地]: its id, a slash and two check digits.
    listings: list[Offer] | None  # The listings of the plot; none where projects could not be reached.
    occupiers: list[Occupier] | None  # The firms on the plot on that day; none where enterprises could not be reached.
    on: date  # The day that the page is about.
    parcel: Parcel  # The plot as the land register has it.
    perhaps_occupiers: list[PerhapsOccupier] | None  # Firms of which it is open since a split or a merge whether they are here; none where enterprises could not be reached.
    plot_ratio: Decimal | None  # The present plot ratio [现状容积率], floor area by area; none where one of them is not known.
    unreachable: list[str]  # The services that did not answer in time, whose part of the page is missing.
    unreachable_reasons: list[dict[str, str]]  # What is missing for that, and why: code, sentence, and in `field` the part of the page.


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


class SalePrice(TypedDict):
    area_m2: Decimal  # The area of the land. (m²)
    building_id: str | None  # The township's own id of the building [楼宇].
    on: date  # The day that the answer is about.
    place: str  # The place whose table it is.
    price_cny_per_m2: Decimal  # The price of a square metre. (yuan/m²)
    revenue_below_wan: Decimal | None  # The least revenue above the tier; none, if it has no end. (10,000 yuan [万元])
    revenue_from_wan: Decimal | None  # The least revenue in the tier; none, if it begins at nothing. (10,000 yuan [万元])
    source: str  # Where the table comes from.
    total_cny: Decimal  # The price of the whole. (yuan)
    unit_id: str | None  # The township's own id of the unit [单元].
    warnings: list[dict[str, str]]  # What to know before the price is quoted.


DutyKind = Literal['after_care', 'effect_assessment', 'measures', 'periodic_report', 'removal_application', 'risk_assessment', 'survey']


Responsible = Literal['liable_party', 'local_government', 'right_holder']


class Duty(TypedDict):
    duty: DutyKind  # What has to be done.
    source: str  # The article that asks for it.
    responsible: Responsible  # Who has to do it (arts. 45, 68).
    done: bool  # Whether it is done.
    due_on: date | None  # By when; known of periodic reports alone.
    after_care_conditions: list[str]  # What is still to be kept after the removal [后期管理] (art. 42).
    warnings: list[str]  # What to look at in the survey that did it.


class SplitParcelPart(TypedDict):
    area_m2: NotRequired[Figure]  # The area of the land. (m²)
    area_mu: NotRequired[Figure]  # The area of the land in mu [亩], in place of area_m2; 3 mu are 2,000 m². (mu)
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    vacated: NotRequired[bool]  # Whether this is the part that the case has vacated.
    parcel_code: NotRequired[str | None]  # The parcel code [宗地代码] of the part, if it has one yet.


class RatedPark(TypedDict):
    park_id: str  # The township's own id of the park [园区].
    park_name: str | None  # What the park is called.
    stars: int  # The stars of the park [星级], 0 to 5.
    township: str  # The 9-digit division code of the township.


class RatedParks(TypedDict):
    least_stars: int  # From how many stars on; if it is left out, from as many as the yearly evaluation asks for.
    on: date  # The day that the answer is about.
    parks: list[RatedPark]  # The small-firm parks with so many stars, the best first.
    source: str  # Where the bar of the evaluation comes from.


class Group(TypedDict):
    count: int  # How many parcels there are.
    area_m2: Decimal  # The area of the land. (m²)
    area_mu: Decimal  # The area of the land in mu [亩], in place of area_m2; 3 mu are 2,000 m². (mu)
    of: dict[str, str | bool | None]  # The value of each word of `by` for this group; none where a parcel was never surveyed.


class TotalsFigures(TypedDict):
    count: int  # How many parcels there are.
    area_m2: Decimal  # The area of the land. (m²)
    area_mu: Decimal  # The area of the land in mu [亩], in place of area_m2; 3 mu are 2,000 m². (mu)


class ZoneFigures(TypedDict):
    by_survey: TotalsFigures  # The registered parcels whose own survey says that they lie in the zone.
    by_membership: TotalsFigures  # The registered parcels of the townships that are members of the zone on the day.
    townships: list[str]  # The member townships on the day, by their codes.
    confirmed: bool  # Whether the zone has confirmed the list of its townships.
    source: str  # Where the list of its townships is from.


class Totals(TypedDict):
    as_known_at: datetime  # The moment at which the register said so.
    on: date  # The day whose members of the zone were counted.
    groups: list[Group]  # The totals of each group; a group of which there is nothing is left out.
    district: TotalsFigures  # Every registered parcel: those of the zone and of the other townships of the district [区].
    zone: ZoneFigures  # The development zone [开发区] in both readings.


class Gap(TypedDict):
    field: str  # The field of the parcel, or the kind of its identifier.
    parcel_ids: list[str]  # The parcels that lack it.


class Completeness(TypedDict):
    township: str  # The 9-digit division code of the township.
    registered: int  # How many parcels of the township are surveyed.
    complete: int  # How many of them lack nothing that is asked for.
    not_surveyed: list[str]  # The parcels that were named by others and never surveyed.
    gaps: list[Gap]  # What is asked for, in the order of the rulebook, with the parcels that lack it.


class UnitsFree(TypedDict):
    free_area_m2: Decimal  # How much can be rented on that day. (m²)
    on: date  # The day that the answer is about.
    units: list[FreeUnit]  # What can be rented, the smallest first.
    units_found: int  # How many units there are.


class Parcels(EveryService):
    """Keeps every parcel and its remediation cases, and releases the land that they vacate."""

    name = "parcels"

    def apply_soil_registry_notice(
        self,
        *,
        batch: str,
        issued_on: Day,
        added: list[str] = LEFT_OUT,
        removed: list[str] = LEFT_OUT,
        document: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> NoticeAnswer:
        """The ecology desk enters a notice of the province: which plots it added to the registry and which it removed. The same notice again changes nothing; a corrected copy replaces it.

        batch: The number of the notice, with its batch [批次].
        issued_on: The day of the notice.
        added: Parcels that the notice adds to the registry [列入名录].
        removed: Parcels that the notice removes from the registry [移出名录].
        document: Where the notice is kept.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "apply_soil_registry_notice",
            NoticeAnswer,
            {
                "batch": batch,
                "issued_on": issued_on,
                "added": added,
                "removed": removed,
                "document": document,
            },
            timeout, request_id,
        )

    def boundaries_geojson(
        self,
        *,
        township: str,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> FeatureCollection:
        """The boundaries of a township as a FeatureCollection for maps, a page at a time.

        township: The 9-digit division code of the township.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "boundaries_geojson",
            FeatureCollection,
            {
                "township": township,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def boundary_findings(
        self,
        *,
        filter: BoundaryFindingsFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> BoundaryFindingsPage:
        """Things of the kind boundary findings, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "boundary_findings",
            BoundaryFindingsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_boundary_findings(
        self,
        *,
        filter: BoundaryFindingsFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[BoundaryFindings]:
        """Each thing of `boundary_findings`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "boundary_findings",
            BoundaryFindingsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def boundary_history(
        self,
        *,
        parcel_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one boundary, oldest first.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        """
        return self._ask(
            "boundary_history",
            list[BoundaryHistoryChange],
            {
                "parcel_id": parcel_id,
            },
            timeout,
        )

    def building_history(
        self,
        *,
        building_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one building, oldest first.

        building_id: The township's own id of the building [楼宇].
        """
        return self._ask(
            "building_history",
            list[BoundaryHistoryChange],
            {
                "building_id": building_id,
            },
            timeout,
        )

    def bulletin_corrections(
        self,
        *,
        bulletin_id: str,
        timeout: float | None = None,
    ) -> Corrections:
        """What has been corrected since the bulletin was issued, with the cases concerned.

        bulletin_id: The bulletin [通报]: the township's code and the period.
        """
        return self._ask(
            "bulletin_corrections",
            Corrections,
            {
                "bulletin_id": bulletin_id,
            },
            timeout,
        )

    def bulletin_history(
        self,
        *,
        bulletin_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one bulletin, oldest first.

        bulletin_id: The bulletin [通报]: the township's code and the period.
        """
        return self._ask(
            "bulletin_history",
            list[BoundaryHistoryChange],
            {
                "bulletin_id": bulletin_id,
            },
            timeout,
        )

    def campaign_benefit(
        self,
        *,
        from_: Day,
        to: Day,
        township: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> BenefitOfCampaign:
        """The sums over the cases that were completed from one day to another, with each of them.

        from_: The first day of the period.
        to: The last day of the period, which is included.
        township: The 9-digit division code of the township.
        """
        return self._ask(
            "campaign_benefit",
            BenefitOfCampaign,
            {
                "from": from_,
                "to": to,
                "township": township,
            },
            timeout,
        )

    def campaign_figures(
        self,
        *,
        from_: Day,
        to: Day,
        township: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CampaignFigures:
        """Land remediated and vacated in a period, and firms by way, with the counting rule of its last day, which they follow.

        from_: The first day of the period.
        to: The last day of the period, which is included.
        township: The 9-digit division code of the township.
        """
        return self._ask(
            "campaign_figures",
            CampaignFigures,
            {
                "from": from_,
                "to": to,
                "township": township,
            },
            timeout,
        )

    def carrier_findings(
        self,
        *,
        township: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Findings:
        """What is doubtful: floors that are too full, units and leases that do not fit.

        township: The 9-digit division code of the township.
        """
        return self._ask(
            "carrier_findings",
            Findings,
            {
                "township": township,
            },
            timeout,
        )

    def case_benefit(
        self,
        *,
        case_id: str,
        timeout: float | None = None,
    ) -> Benefit:
        """The figures of the case's plot before and after it, and how many times as much that is.

        case_id: The township's own id of the remediation case [整治].
        """
        return self._ask(
            "case_benefit",
            Benefit,
            {
                "case_id": case_id,
            },
            timeout,
        )

    def case_history(
        self,
        *,
        case_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one case, oldest first.

        case_id: The township's own id of the remediation case [整治].
        """
        return self._ask(
            "case_history",
            list[BoundaryHistoryChange],
            {
                "case_id": case_id,
            },
            timeout,
        )

    def case_path(
        self,
        *,
        case_id: str,
        timeout: float | None = None,
    ) -> CasePath:
        """Each step of a case with its planned and its actual day, and who holds it since when.

        case_id: The township's own id of the remediation case [整治].
        """
        return self._ask(
            "case_path",
            CasePath,
            {
                "case_id": case_id,
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

    def correct_split(
        self,
        *,
        parcel_id: str,
        reason: str,
        corrected_on: Day,
        children: list[CorrectedPart] = LEFT_OUT,
        undo: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Parcel:
        """The land desk corrects a wrong split: other areas or codes of its parts, or none of it.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        reason: What was wrong; it stays on record beside the split.
        corrected_on: The day of the correction.
        children: All parts of the parcel with the areas that are right; none if the split is undone.
        undo: Whether the split is taken back: then there are no parts, and nothing may have happened on them.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "correct_split",
            Parcel,
            {
                "parcel_id": parcel_id,
                "reason": reason,
                "corrected_on": corrected_on,
                "children": children,
                "undo": undo,
            },
            timeout, request_id,
        )

    def criteria_of(
        self,
        *,
        parcel_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CriteriaAnswer:
        """What each criterion of the day says of a plot: its figure, the bar, the source.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        on: The day in the park that is asked about; today if it is left out.
        """
        return self._ask(
            "criteria_of",
            CriteriaAnswer,
            {
                "parcel_id": parcel_id,
                "on": on,
            },
            timeout,
        )

    def deadline_history(
        self,
        *,
        case_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one deadline, oldest first.

        case_id: The township's own id of the remediation case [整治].
        """
        return self._ask(
            "deadline_history",
            list[BoundaryHistoryChange],
            {
                "case_id": case_id,
            },
            timeout,
        )

    def decide_case(
        self,
        *,
        case_id: str,
        met_on: Day,
        decision: str,
        due_on: Day | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Decision:
        """Enter what a meeting decided of a case; its township is told.

        case_id: The township's own id of the remediation case [整治].
        met_on: The day of the meeting [例会].
        decision: What was decided.
        due_on: The day by which it shall be done, or null.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "decide_case",
            Decision,
            {
                "case_id": case_id,
                "met_on": met_on,
                "decision": decision,
                "due_on": due_on,
            },
            timeout, request_id,
        )

    def decision_history(
        self,
        *,
        decision_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one decision, oldest first.

        decision_id: The decision: the request_id that it was entered under.
        """
        return self._ask(
            "decision_history",
            list[BoundaryHistoryChange],
            {
                "decision_id": decision_id,
            },
            timeout,
        )

    def draft_report(
        self,
        *,
        report_kind: Literal['weekly', 'monthly', 'meeting', '周报', '月报', '例会材料'],
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ZoneReport:
        """A report as the facts have it, asked of every service; nothing is kept. A service that does not answer is named, and its part is missing.

        report_kind: Which report it is.
        on: The day whose week, month or meeting is wanted; today if it is left out.
        known_at: Only what was known at that moment counts; now if it is left out.
        """
        return self._ask(
            "draft_report",
            ZoneReport,
            {
                "report_kind": report_kind,
                "on": on,
                "known_at": known_at,
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
        """What is due of cases, of decisions of the meeting, of registered soil, of land not built on and of leases; and what of it is late.

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
        """What became of the steps of cases, of decisions of the meeting and of the periodic reports of soil, that were due in a period: met, late or missed, and how each stood on its day.

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

    def end_lease(
        self,
        *,
        unit_id: str,
        lease_id: str,
        ended_on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> EndLeaseUnit:
        """The lessee leaves early; the area is free from the next day.

        unit_id: The township's own id of the unit [单元].
        lease_id: The township's own id of the lease contract; of one contract for several units each unit has a lease of this id.
        ended_on: The last day of a lease that ends early.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "end_lease",
            EndLeaseUnit,
            {
                "unit_id": unit_id,
                "lease_id": lease_id,
                "ended_on": ended_on,
            },
            timeout, request_id,
        )

    def explain_figure(
        self,
        *,
        from_: Day,
        to: Day,
        figure: Literal['remediated', 'vacated', 'by_way'],
        township: str | None = LEFT_OUT,
        disposal_way: Literal['phase_out', 'upgrade_in_place', 'merger_restructuring', 'state_capital_operation', 'land_reserve', 'vacate_relocate', 'organic_renewal', 'function_change'] | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Explanation:
        """The cases that add up to a figure, and those of the period that add nothing.

        from_: The first day of the period.
        to: The last day of the period, which is included; the counting rule of that day applies.
        figure: Which figure: the remediated area, the vacated area, or firms and cases by way.
        township: The 9-digit division code of the township.
        disposal_way: What is done about the plot [处置方式].
        """
        return self._ask(
            "explain_figure",
            Explanation,
            {
                "from": from_,
                "to": to,
                "figure": figure,
                "township": township,
                "disposal_way": disposal_way,
            },
            timeout,
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
        """A figure of parcels, and what adds up to it.

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

    def find_parcel(
        self,
        *,
        code: str,
        kind: Literal['land_code', 'parcel_code', 'property_unit_code', 'pre_assigned_code'] | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CodeHolders:
        """The parcels that have this code on that day: one, unless it is disputed.

        code: A code of a parcel, of any kind unless `kind` is given.
        kind: Which code it is; any, if it is left out.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "find_parcel",
            CodeHolders,
            {
                "code": code,
                "kind": kind,
                "on": on,
            },
            timeout,
        )

    def get_boundary(
        self,
        *,
        parcel_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Boundary:
        """The boundary now, or as it was at `as_of`.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_boundary",
            Boundary,
            {
                "parcel_id": parcel_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_building(
        self,
        *,
        building_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Building:
        """The building now, or as it was at `as_of`.

        building_id: The township's own id of the building [楼宇].
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_building",
            Building,
            {
                "building_id": building_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_bulletin(
        self,
        *,
        bulletin_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Bulletin:
        """The bulletin now, or as it was at `as_of`.

        bulletin_id: The bulletin [通报]: the township's code and the period.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_bulletin",
            Bulletin,
            {
                "bulletin_id": bulletin_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_case(
        self,
        *,
        case_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Case:
        """The case now, or as it was at `as_of`.

        case_id: The township's own id of the remediation case [整治].
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_case",
            Case,
            {
                "case_id": case_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_deadline(
        self,
        *,
        case_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Deadline:
        """The deadline now, or as it was at `as_of`.

        case_id: The township's own id of the remediation case [整治].
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_deadline",
            Deadline,
            {
                "case_id": case_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_decision(
        self,
        *,
        decision_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Decision:
        """The decision now, or as it was at `as_of`.

        decision_id: The decision: the request_id that it was entered under.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_decision",
            Decision,
            {
                "decision_id": decision_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_parcel(
        self,
        *,
        parcel_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Parcel:
        """The parcel now, or as it was at `as_of`.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_parcel",
            Parcel,
            {
                "parcel_id": parcel_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_park(
        self,
        *,
        park_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Park:
        """The park now, or as it was at `as_of`.

        park_id: The township's own id of the park [园区].
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_park",
            Park,
            {
                "park_id": park_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_plot(
        self,
        *,
        parcel_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> GetPlotPlot:
        """The plot now, or as it was at `as_of`.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_plot",
            GetPlotPlot,
            {
                "parcel_id": parcel_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_registry_notice(
        self,
        *,
        batch: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> RegistryNotice:
        """The registry notice now, or as it was at `as_of`.

        batch: The number of the notice.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_registry_notice",
            RegistryNotice,
            {
                "batch": batch,
                "as_of": as_of,
            },
            timeout,
        )

    def get_soil(
        self,
        *,
        parcel_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> SoilRecord:
        """The soil record now, or as it was at `as_of`.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_soil",
            SoilRecord,
            {
                "parcel_id": parcel_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_suspicion(
        self,
        *,
        suspicion_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> GetSuspicionSuspicion:
        """The suspicion now, or as it was at `as_of`.

        suspicion_id: The suspicion of low efficiency of a plot's year [疑似低效]: the parcel, a colon, the year.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_suspicion",
            GetSuspicionSuspicion,
            {
                "suspicion_id": suspicion_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_unit(
        self,
        *,
        unit_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> EndLeaseUnit:
        """The unit now, or as it was at `as_of`.

        unit_id: The township's own id of the unit [单元].
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_unit",
            EndLeaseUnit,
            {
                "unit_id": unit_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_zone_report(
        self,
        *,
        zone_report_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ZoneReport:
        """The zone report now, or as it was at `as_of`.

        zone_report_id: The report: its kind and its period, a week, a month or the day of a meeting.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_zone_report",
            ZoneReport,
            {
                "zone_report_id": zone_report_id,
                "as_of": as_of,
            },
            timeout,
        )

    def idle_standing(
        self,
        *,
        parcel_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> IdleAnswer:
        """Whether a plot is idle on a day, since when, what follows of it, and when that will change.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        on: The day in the park that is asked about; today if it is left out.
        """
        return self._ask(
            "idle_standing",
            IdleAnswer,
            {
                "parcel_id": parcel_id,
                "on": on,
            },
            timeout,
        )

    def issue_report(
        self,
        *,
        report_kind: Literal['weekly', 'monthly', 'meeting', '周报', '月报', '例会材料'],
        on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ZoneReport:
        """Freeze a report as it is known now. It is refused while a service does not answer; the same call may be made again.

        report_kind: Which report it is.
        on: The day whose week, month or meeting is issued.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "issue_report",
            ZoneReport,
            {
                "report_kind": report_kind,
                "on": on,
            },
            timeout, request_id,
        )

    def lease_unit(
        self,
        *,
        unit_id: str,
        lease_id: str,
        area_m2: Figure,
        starts_on: Day,
        ends_on: Day,
        rent_cny_per_m2_month: Figure,
        deposit_cny: Figure,
        use: Literal['production', 'research', 'warehouse', 'office', 'services'],
        signed_on: Day,
        enterprise_id: str | None = LEFT_OUT,
        lessee_name: str | None = LEFT_OUT,
        rent_free_days: int = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> EndLeaseUnit:
        """The desk lets (a part of) a unit.

        unit_id: The township's own id of the unit [单元].
        lease_id: The township's own id of the lease contract; of one contract for several units each unit has a lease of this id.
        area_m2: The area of the land.
        starts_on: The first day of the lease.
        ends_on: The last day of the lease, by its terms.
        rent_cny_per_m2_month: The rent.
        deposit_cny: The deposit of the lease.
        use: What the premises are used for.
        signed_on: The day on which the lease was signed.
        enterprise_id: The township's own id of the firm.
        lessee_name: The lessee in words, where it has no `enterprise_id`, or besides.
        rent_free_days: For how many days no rent is paid [免租期].
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "lease_unit",
            EndLeaseUnit,
            {
                "unit_id": unit_id,
                "lease_id": lease_id,
                "area_m2": area_m2,
                "starts_on": starts_on,
                "ends_on": ends_on,
                "rent_cny_per_m2_month": rent_cny_per_m2_month,
                "deposit_cny": deposit_cny,
                "use": use,
                "signed_on": signed_on,
                "enterprise_id": enterprise_id,
                "lessee_name": lessee_name,
                "rent_free_days": rent_free_days,
            },
            timeout, request_id,
        )

    def leases_ending(
        self,
        *,
        within_months: int,
        on: Day | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        park_id: str | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> LeasesEnd:
        """The leases that end within so many months, and that nobody has renewed.

        within_months: Within how many months the lease ends.
        on: The day that is asked about; today, if it is left out.
        township: The 9-digit division code of the township.
        park_id: The township's own id of the park [园区].
        limit: How many things are wanted at most.
        """
        return self._ask(
            "leases_ending",
            LeasesEnd,
            {
                "within_months": within_months,
                "on": on,
                "township": township,
                "park_id": park_id,
                "limit": limit,
            },
            timeout,
        )

    def lineage(
        self,
        *,
        parcel_id: str,
        timeout: float | None = None,
    ) -> Lineage:
        """All ancestors and descendants of a parcel, and the splits, merges and corrections between them: day, areas, and whether the area was conserved.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        """
        return self._ask(
            "lineage",
            Lineage,
            {
                "parcel_id": parcel_id,
            },
            timeout,
        )

    def list_buildings(
        self,
        *,
        filter: BuildingFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListBuildingsPage:
        """Things of the kind building, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_buildings",
            ListBuildingsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_buildings(
        self,
        *,
        filter: BuildingFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Building]:
        """Each thing of `list_buildings`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_buildings",
            ListBuildingsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_bulletins(
        self,
        *,
        filter: BulletinFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'last', '-last'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListBulletinsPage:
        """Things of the kind bulletin, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_bulletins",
            ListBulletinsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_bulletins(
        self,
        *,
        filter: BulletinFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'last', '-last'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Bulletin]:
        """Each thing of `list_bulletins`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_bulletins",
            ListBulletinsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_cases(
        self,
        *,
        filter: CaseFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListCasesPage:
        """Things of the kind case, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_cases",
            ListCasesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_cases(
        self,
        *,
        filter: CaseFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Case]:
        """Each thing of `list_cases`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_cases",
            ListCasesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_deadlines(
        self,
        *,
        filter: DeadlineFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'due_on', '-due_on', 'tell_on', '-tell_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListDeadlinesPage:
        """Things of the kind deadline, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_deadlines",
            ListDeadlinesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_deadlines(
        self,
        *,
        filter: DeadlineFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'due_on', '-due_on', 'tell_on', '-tell_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Deadline]:
        """Each thing of `list_deadlines`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_deadlines",
            ListDeadlinesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_decisions(
        self,
        *,
        filter: DecisionFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'met_on', '-met_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListDecisionsPage:
        """Things of the kind decision, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_decisions",
            ListDecisionsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_decisions(
        self,
        *,
        filter: DecisionFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'met_on', '-met_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Decision]:
        """Each thing of `list_decisions`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_decisions",
            ListDecisionsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_parcels(
        self,
        *,
        filter: ParcelFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'area_m2', '-area_m2'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListParcelsPage:
        """Things of the kind parcel, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_parcels",
            ListParcelsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_parcels(
        self,
        *,
        filter: ParcelFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'area_m2', '-area_m2'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Parcel]:
        """Each thing of `list_parcels`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_parcels",
            ListParcelsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_parks(
        self,
        *,
        filter: ParkFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListParksPage:
        """Things of the kind park, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_parks",
            ListParksPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_parks(
        self,
        *,
        filter: ParkFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Park]:
        """Each thing of `list_parks`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_parks",
            ListParksPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_plots(
        self,
        *,
        filter: PlotFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'idle_moves_on', '-idle_moves_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListPlotsPage:
        """Things of the kind plot, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_plots",
            ListPlotsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_plots(
        self,
        *,
        filter: PlotFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'idle_moves_on', '-idle_moves_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[GetPlotPlot]:
        """Each thing of `list_plots`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_plots",
            ListPlotsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_registry_notices(
        self,
        *,
        filter: RegistryNoticeFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'issued_on', '-issued_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListRegistryNoticesPage:
        """Things of the kind registry notice, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_registry_notices",
            ListRegistryNoticesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_registry_notices(
        self,
        *,
        filter: RegistryNoticeFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'issued_on', '-issued_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[RegistryNotice]:
        """Each thing of `list_registry_notices`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_registry_notices",
            ListRegistryNoticesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_soil(
        self,
        *,
        filter: SoilRecordFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListSoilPage:
        """Things of the kind soil record, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_soil",
            ListSoilPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_soil(
        self,
        *,
        filter: SoilRecordFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[SoilRecord]:
        """Each thing of `list_soil`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_soil",
            ListSoilPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_suspicions(
        self,
        *,
        filter: SuspicionFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'data_year', '-data_year'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListSuspicionsPage:
        """Things of the kind suspicion, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_suspicions",
            ListSuspicionsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_suspicions(
        self,
        *,
        filter: SuspicionFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'data_year', '-data_year'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[GetSuspicionSuspicion]:
        """Each thing of `list_suspicions`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_suspicions",
            ListSuspicionsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_units(
        self,
        *,
        filter: UnitFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'rentable_area_m2', '-rentable_area_m2'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListUnitsPage:
        """Things of the kind unit, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_units",
            ListUnitsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_units(
        self,
        *,
        filter: UnitFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'rentable_area_m2', '-rentable_area_m2'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[EndLeaseUnit]:
        """Each thing of `list_units`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_units",
            ListUnitsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_zone_reports(
        self,
        *,
        filter: ZoneReportFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'last', '-last'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListZoneReportsPage:
        """Things of the kind zone report, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_zone_reports",
            ListZoneReportsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_zone_reports(
        self,
        *,
        filter: ZoneReportFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'last', '-last'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[ZoneReport]:
        """Each thing of `list_zone_reports`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_zone_reports",
            ListZoneReportsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def meeting_list(
        self,
        *,
        on: Day | None = LEFT_OUT,
        as_of: Moment | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> MeetingList:
        """The late cases for the regular meeting of a day, as they were on record when it ended, with the last word and the last decision on each.

        on: The day on which the cases are late; without it, today.
        as_of: The moment of which the record is read; without it the end of the day, or now.
        township: The 9-digit division code of the township.
        """
        return self._ask(
            "meeting_list",
            MeetingList,
            {
                "on": on,
                "as_of": as_of,
                "township": township,
            },
            timeout,
        )

    def merge_parcels(
        self,
        *,
        parcel_id: str,
        source_ids: list[str],
        merged_on: Day,
        area_m2: Figure = LEFT_OUT,
        area_mu: Figure = LEFT_OUT,
        parcel_code: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Parcel:
        """The land desk makes one new parcel of several adjacent ones.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        source_ids: The adjacent parcels that become one, at least two.
        merged_on: The day of the merge.
        area_m2: The area of the land.
        area_mu: The area of the land in mu [亩], in place of area_m2; 3 mu are 2,000 m².
        parcel_code: The parcel code [宗地代码] of the part, if it has one yet.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "merge_parcels",
            Parcel,
            {
                "parcel_id": parcel_id,
                "source_ids": source_ids,
                "merged_on": merged_on,
                "area_m2": area_m2,
                "area_mu": area_mu,
                "parcel_code": parcel_code,
            },
            timeout, request_id,
        )

    def merge_parks(
        self,
        *,
        source_ids: list[str],
        into_id: str,
        merged_on: Day,
        operator: str,
        document_number: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ParksMerged:
        """The desk merges parks into one, under one operator, from a day on.

        source_ids: The parks that are merged into another.
        into_id: The park that the others are merged into.
        merged_on: The first day on which everything is in the new park.
        operator: Who runs the park [运营单位]; in an answer, on the day that it is about.
        document_number: The number of the approval [批文文号].
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "merge_parks",
            ParksMerged,
            {
                "source_ids": source_ids,
                "into_id": into_id,
                "merged_on": merged_on,
                "operator": operator,
                "document_number": document_number,
            },
            timeout, request_id,
        )

    def neighbours_of(
        self,
        *,
        parcel_id: str,
        timeout: float | None = None,
    ) -> ParcelsFound:
        """The parcels that have a side in common with this one; none of one without an outline.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        """
        return self._ask(
            "neighbours_of",
            ParcelsFound,
            {
                "parcel_id": parcel_id,
            },
            timeout,
        )

    def occupancy(
        self,
        *,
        park_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Occupancy:
        """How full a park is on that day, by building.

        park_id: The township's own id of the park [园区].
        on: The day that is asked about; today, if it is left out.
        """
        return self._ask(
            "occupancy",
            Occupancy,
            {
                "park_id": park_id,
                "on": on,
            },
            timeout,
        )

    def overview(
        self,
        *,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        rules: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> OverviewPage:
        """The overview of the park by topics, asked of every service. One that does not answer is named with the figures that are missing.

        on: The day that is asked for; today if it is left out.
        known_at: Only what was known at that moment counts; now if it is left out.
        rules: The day whose rules count; the day `on` if it is left out.
        """
        return self._ask(
            "overview",
            OverviewPage,
            {
                "on": on,
                "known_at": known_at,
                "rules": rules,
            },
            timeout,
        )

    def overview_figures(
        self,
        *,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        rules: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[OverviewFigure]:
        """The figures that parcels owns.

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

    def parcel_history(
        self,
        *,
        parcel_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one parcel, oldest first.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        """
        return self._ask(
            "parcel_history",
            list[BoundaryHistoryChange],
            {
                "parcel_id": parcel_id,
            },
            timeout,
        )

    def parcels_at(
        self,
        *,
        lon: float,
        lat: float,
        timeout: float | None = None,
    ) -> ParcelsFound:
        """The parcels whose outline holds a position; two, if it lies on their common side.

        lon: The longitude, in CGCS2000 or WGS 84.
        lat: The latitude, in CGCS2000 or WGS 84.
        """
        return self._ask(
            "parcels_at",
            ParcelsFound,
            {
                "lon": lon,
                "lat": lat,
            },
            timeout,
        )

    def park_history(
        self,
        *,
        park_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one park, oldest first.

        park_id: The township's own id of the park [园区].
        """
        return self._ask(
            "park_history",
            list[BoundaryHistoryChange],
            {
                "park_id": park_id,
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
        """The cases that were opened, accepted and released in a period, and stood open or late at its end, with what adds up to each figure.

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

    def plot_history(
        self,
        *,
        parcel_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one plot, oldest first.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        """
        return self._ask(
            "plot_history",
            list[BoundaryHistoryChange],
            {
                "parcel_id": parcel_id,
            },
            timeout,
        )

    def record_effect_assessment(
        self,
        *,
        parcel_id: str,
        soil_report_id: str,
        assessed_on: Day,
        assessor: RecordEffectAssessmentUnit,
        target_met: bool,
        report_status: Literal['filling_in', 'complete', 'returned'] = LEFT_OUT,
        evidence_ids: list[str] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> SoilAnswer:
        """The ecology desk records whether the target of a risk control or a cleanup was met.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        soil_report_id: The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
        assessed_on: The day of the assessment.
        assessor: Who assesses the effect [效果评估单位]: never the contractor (art. 65).
        target_met: Whether the target of the risk control or the soil cleanup was met.
        report_status: How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
        evidence_ids: Ids of the documents that prove it.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_effect_assessment",
            SoilAnswer,
            {
                "parcel_id": parcel_id,
                "soil_report_id": soil_report_id,
                "assessed_on": assessed_on,
                "assessor": assessor,
                "target_met": target_met,
                "report_status": report_status,
                "evidence_ids": evidence_ids,
            },
            timeout, request_id,
        )

    def record_encumbrances(
        self,
        *,
        parcel_id: str,
        encumbrances: list[RecordEncumbrancesEncumbrance],
        recorded_on: Day,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Parcel:
        """The registry desk records the mortgages and seizures of a parcel; releases follow.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        encumbrances: Every mortgage and seizure that lies or lay on the land; an empty list if there is none.
        recorded_on: The day on which the registry of real estate had it so.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_encumbrances",
            Parcel,
            {
                "parcel_id": parcel_id,
                "encumbrances": encumbrances,
                "recorded_on": recorded_on,
            },
            timeout, request_id,
        )

    def record_risk_assessment(
        self,
        *,
        parcel_id: str,
        soil_report_id: str,
        assessed_on: Day,
        acceptable: bool,
        report_status: Literal['filling_in', 'complete', 'returned'] = LEFT_OUT,
        evidence_ids: list[str] = LEFT_OUT,
        liable_party: RecordEffectAssessmentUnit | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> SoilAnswer:
        """The ecology desk records whether the risk of a plot is acceptable.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        soil_report_id: The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
        assessed_on: The day of the assessment.
        acceptable: Whether the risk is acceptable [风险可接受].
        report_status: How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
        evidence_ids: Ids of the documents that prove it.
        liable_party: Who is liable for the pollution [土壤污染责任人], where it is known (art. 45).
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_risk_assessment",
            SoilAnswer,
            {
                "parcel_id": parcel_id,
                "soil_report_id": soil_report_id,
                "assessed_on": assessed_on,
                "acceptable": acceptable,
                "report_status": report_status,
                "evidence_ids": evidence_ids,
                "liable_party": liable_party,
            },
            timeout, request_id,
        )

    def record_risk_control(
        self,
        *,
        parcel_id: str,
        soil_report_id: str,
        controlled_on: Day,
        control_step: Literal['started', 'reported'],
        report_status: Literal['filling_in', 'complete', 'returned'] = LEFT_OUT,
        evidence_ids: list[str] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> SoilAnswer:
        """The ecology desk records that the risk of a plot is controlled, or a periodic report of it.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        soil_report_id: The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
        controlled_on: The day on which the risk control began, or of its periodic report.
        control_step: Whether the risk control [风险管控] began, or was reported on (art. 62).
        report_status: How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
        evidence_ids: Ids of the documents that prove it.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_risk_control",
            SoilAnswer,
            {
                "parcel_id": parcel_id,
                "soil_report_id": soil_report_id,
                "controlled_on": controlled_on,
                "control_step": control_step,
                "report_status": report_status,
                "evidence_ids": evidence_ids,
            },
            timeout, request_id,
        )

    def record_soil(
        self,
        *,
        on_registry: bool,
        survey_reviewed: bool,
        survey_filed: bool,
        case_open: bool,
        parcel_id: str,
        recorded_on: Day,
        evidence_ids: list[str] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Parcel:
        """The ecology desk records the soil of a parcel; releases follow.

        on_registry: Whether it is on the registry of polluted land [建设用地土壤污染风险管控和修复名录].
        survey_reviewed: Whether the survey of the soil was reviewed [评审], as art. 59 asks.
        survey_filed: Whether the survey of the soil was filed with the land registry, as art. 67 asks.
        case_open: Whether a case about the soil is open.
        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        recorded_on: The day of the record of the soil.
        evidence_ids: Ids of the documents that prove it.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_soil",
            Parcel,
            {
                "on_registry": on_registry,
                "survey_reviewed": survey_reviewed,
                "survey_filed": survey_filed,
                "case_open": case_open,
                "parcel_id": parcel_id,
                "recorded_on": recorded_on,
                "evidence_ids": evidence_ids,
            },
            timeout, request_id,
        )

    def record_soil_cleanup(
        self,
        *,
        parcel_id: str,
        soil_report_id: str,
        cleanup_started_on: Day,
        contractor: RecordEffectAssessmentUnit,
        report_status: Literal['filling_in', 'complete', 'returned'] = LEFT_OUT,
        evidence_ids: list[str] = LEFT_OUT,
        plan_filed_on: Day | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> SoilAnswer:
        """The ecology desk records a soil cleanup, its contractor and the filing of its plan.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        soil_report_id: The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
        cleanup_started_on: The day on which the soil cleanup [修复] began.
        contractor: Who does the soil cleanup [修复单位].
        report_status: How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
        evidence_ids: Ids of the documents that prove it.
        plan_filed_on: The day on which the plan of the soil cleanup was filed [备案] (art. 64).
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_soil_cleanup",
            SoilAnswer,
            {
                "parcel_id": parcel_id,
                "soil_report_id": soil_report_id,
                "cleanup_started_on": cleanup_started_on,
                "contractor": contractor,
                "report_status": report_status,
                "evidence_ids": evidence_ids,
                "plan_filed_on": plan_filed_on,
            },
            timeout, request_id,
        )

    def record_soil_removal(
        self,
        *,
        parcel_id: str,
        soil_report_id: str,
        removal_decided_on: Day,
        removal_step: Literal['applied', 'granted', 'refused'],
        report_status: Literal['filling_in', 'complete', 'returned'] = LEFT_OUT,
        evidence_ids: list[str] = LEFT_OUT,
        after_care_conditions: list[str] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> SoilAnswer:
        """The ecology desk records that removal from the registry was applied for, granted or refused.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        soil_report_id: The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
        removal_decided_on: The day of the application for removal from the registry, or of its answer.
        removal_step: Whether removal from the registry was applied for, granted or refused (art. 66).
        report_status: How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
        evidence_ids: Ids of the documents that prove it.
        after_care_conditions: What is still to be kept after the removal [后期管理] (art. 42).
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_soil_removal",
            SoilAnswer,
            {
                "parcel_id": parcel_id,
                "soil_report_id": soil_report_id,
                "removal_decided_on": removal_decided_on,
                "removal_step": removal_step,
                "report_status": report_status,
                "evidence_ids": evidence_ids,
                "after_care_conditions": after_care_conditions,
            },
            timeout, request_id,
        )

    def record_soil_survey(
        self,
        *,
        parcel_id: str,
        soil_report_id: str,
        concluded_on: Day,
        phase: Literal['phase_1', 'preliminary', 'detailed'],
        conclusion: Literal['phase_1_suffices', 'sampling_needed', 'met', 'detailed_survey_needed', 'risk_assessment_needed'],
        report_status: Literal['filling_in', 'complete', 'returned'] = LEFT_OUT,
        evidence_ids: list[str] = LEFT_OUT,
        surveyed_from: Day | None = LEFT_OUT,
        surveyed_to: Day | None = LEFT_OUT,
        publicity_from: Day | None = LEFT_OUT,
        publicity_to: Day | None = LEFT_OUT,
        publicity_days: int | None = LEFT_OUT,
        reviewed_on: Day | None = LEFT_OUT,
        filed_on: Day | None = LEFT_OUT,
        findings: list[RecordSoilSurveyFinding] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> SoilAnswer:
        """The ecology desk records a survey of the soil, or its review and filing.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        soil_report_id: The report's own number [报告编号, 文号]; of two reports with one number the later one stands.
        concluded_on: The day of the survey's conclusion.
        phase: Which survey of the soil it is (HJ 25.1).
        conclusion: What the survey concludes: the end of it, or what comes next.
        report_status: How far the report is. Its codes T1, S1, S2 in the national system are those of a report; S1 and S2 there are also codes of a stage.
        evidence_ids: Ids of the documents that prove it.
        surveyed_from: The first day of the survey of the soil.
        surveyed_to: The last day of the survey of the soil.
        publicity_from: The first day on which the survey was public [公示].
        publicity_to: The last day on which the survey was public; it counts.
        publicity_days: How many days of publicity were stated; both ends count.
        reviewed_on: The day on which the survey was reviewed [评审], as art. 59 asks.
        filed_on: The day on which the survey was filed with the land registry, as art. 67 asks.
        findings: What was measured, a substance and a medium each.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_soil_survey",
            SoilAnswer,
            {
                "parcel_id": parcel_id,
                "soil_report_id": soil_report_id,
                "concluded_on": concluded_on,
                "phase": phase,
                "conclusion": conclusion,
                "report_status": report_status,
                "evidence_ids": evidence_ids,
                "surveyed_from": surveyed_from,
                "surveyed_to": surveyed_to,
                "publicity_from": publicity_from,
                "publicity_to": publicity_to,
                "publicity_days": publicity_days,
                "reviewed_on": reviewed_on,
                "filed_on": filed_on,
                "findings": findings,
            },
            timeout, request_id,
        )

    def registry_notice_history(
        self,
        *,
        batch: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one registry notice, oldest first.

        batch: The number of the notice.
        """
        return self._ask(
            "registry_notice_history",
            list[BoundaryHistoryChange],
            {
                "batch": batch,
            },
            timeout,
        )

    def release_standing(
        self,
        *,
        parcel_id: str,
        case_id: str,
        timeout: float | None = None,
    ) -> Standing:
        """Whether the land that a case has vacated is released: state, release_no, reasons.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        case_id: The township's own id of the remediation case [整治].
        """
        return self._ask(
            "release_standing",
            Standing,
            {
                "parcel_id": parcel_id,
                "case_id": case_id,
            },
            timeout,
        )

    def relocation_matches(
        self,
        *,
        within_months: int,
        on: Day | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        park_id: str | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        most: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Relocations:
        """For each lease that ends within so many months, the units that can take the lessee.

        within_months: Within how many months the lease ends.
        on: The day that is asked about; today, if it is left out.
        township: The 9-digit division code of the township.
        park_id: The township's own id of the park [园区].
        limit: How many things are wanted at most.
        most: How many units are named for each lease, at most.
        """
        return self._ask(
            "relocation_matches",
            Relocations,
            {
                "within_months": within_months,
                "on": on,
                "township": township,
                "park_id": park_id,
                "limit": limit,
                "most": most,
            },
            timeout,
        )

    def renew_lease(
        self,
        *,
        unit_id: str,
        lease_id: str,
        new_lease_id: str,
        signed_on: Day,
        ends_on: Day,
        area_m2: Figure | None = LEFT_OUT,
        rent_cny_per_m2_month: Figure | None = LEFT_OUT,
        deposit_cny: Figure | None = LEFT_OUT,
        rent_free_days: int = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> EndLeaseUnit:
        """The desk carries a lease on, under an id of its own, from the day after its last.

        unit_id: The township's own id of the unit [单元].
        lease_id: The township's own id of the lease contract; of one contract for several units each unit has a lease of this id.
        new_lease_id: The id of the lease that carries the other on.
        signed_on: The day on which the lease was signed.
        ends_on: The last day of the lease, by its terms.
        area_m2: The area of the land.
        rent_cny_per_m2_month: The rent.
        deposit_cny: The deposit of the lease.
        rent_free_days: For how many days no rent is paid [免租期].
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "renew_lease",
            EndLeaseUnit,
            {
                "unit_id": unit_id,
                "lease_id": lease_id,
                "new_lease_id": new_lease_id,
                "signed_on": signed_on,
                "ends_on": ends_on,
                "area_m2": area_m2,
                "rent_cny_per_m2_month": rent_cny_per_m2_month,
                "deposit_cny": deposit_cny,
                "rent_free_days": rent_free_days,
            },
            timeout, request_id,
        )

    def report_corrections(
        self,
        *,
        zone_report_id: str,
        timeout: float | None = None,
    ) -> ReportCorrections:
        """What has been corrected since a report was issued: the figures that would read otherwise, and the things and events that make them so. Lists are not compared.

        zone_report_id: The report: its kind and its period, a week, a month or the day of a meeting.
        """
        return self._ask(
            "report_corrections",
            ReportCorrections,
            {
                "zone_report_id": zone_report_id,
            },
            timeout,
        )

    def report_times(
        self,
        *,
        township: str,
        since: Moment | None = LEFT_OUT,
        most_waiting: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> ReportTimes:
        """How long a township's reports of land took from their sending to their receipt and to their effect, and which wait for what.

        township: The 9-digit division code of the township.
        since: The first moment whose reports count; 30 days ago if it is left out.
        most_waiting: How many of the reports that wait longest are named.
        """
        return self._ask(
            "report_times",
            ReportTimes,
            {
                "township": township,
                "since": since,
                "most_waiting": most_waiting,
            },
            timeout,
        )

    def resolve_code(
        self,
        *,
        code: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PlotPage:
        """All that hangs on a code: the plot, its cases and releases, the firms on it, its listings and contracts.

        code: The governance code of a plot, a code of any kind that it has on that day, or its id.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "resolve_code",
            PlotPage,
            {
                "code": code,
                "on": on,
            },
            timeout,
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

    def sale_price(
        self,
        *,
        buyer_revenue_cny: Figure,
        on: Day | None = LEFT_OUT,
        building_id: str | None = LEFT_OUT,
        unit_id: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> SalePrice:
        """What a building or a unit is sold for to a buyer of that yearly revenue.

        buyer_revenue_cny: The revenue of the buyer in a year.
        on: The day that is asked about; today, if it is left out.
        building_id: The township's own id of the building [楼宇].
        unit_id: The township's own id of the unit [单元].
        """
        return self._ask(
            "sale_price",
            SalePrice,
            {
                "buyer_revenue_cny": buyer_revenue_cny,
                "on": on,
                "building_id": building_id,
                "unit_id": unit_id,
            },
            timeout,
        )

    def soil_duties(
        self,
        *,
        parcel_id: str,
        target_use: Literal['industrial', 'warehouse', 'residential', 'public', 'commercial'] | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[Duty]:
        """What has to be done about the soil of a parcel, by whom, and by which article; surveys for the `target_use`, or for the planned use of the parcel.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        target_use: The use of the land after the remediation; without it, the `planned_use` of the parcel.
        """
        return self._ask(
            "soil_duties",
            list[Duty],
            {
                "parcel_id": parcel_id,
                "target_use": target_use,
            },
            timeout,
        )

    def soil_history(
        self,
        *,
        parcel_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one soil record, oldest first.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        """
        return self._ask(
            "soil_history",
            list[BoundaryHistoryChange],
            {
                "parcel_id": parcel_id,
            },
            timeout,
        )

    def split_parcel(
        self,
        *,
        parcel_id: str,
        children: list[SplitParcelPart],
        split_on: Day,
        case_id: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Parcel:
        """The land desk divides a parcel, or splits off the part of it that a case has vacated.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        children: All parts of the parcel; when it is split for a case, one of them is the vacated one.
        split_on: The day of the split.
        case_id: The township's own id of the remediation case [整治].
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "split_parcel",
            Parcel,
            {
                "parcel_id": parcel_id,
                "children": children,
                "split_on": split_on,
                "case_id": case_id,
            },
            timeout, request_id,
        )

    def star_rated(
        self,
        *,
        on: Day | None = LEFT_OUT,
        least_stars: int | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> RatedParks:
        """The small-firm parks that have enough stars on that day for the yearly evaluation.

        on: The day that is asked about; today, if it is left out.
        least_stars: From how many stars on; if it is left out, from as many as the yearly evaluation asks for.
        """
        return self._ask(
            "star_rated",
            RatedParks,
            {
                "on": on,
                "least_stars": least_stars,
            },
            timeout,
        )

    def suspicion_history(
        self,
        *,
        suspicion_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one suspicion, oldest first.

        suspicion_id: The suspicion of low efficiency of a plot's year [疑似低效]: the parcel, a colon, the year.
        """
        return self._ask(
            "suspicion_history",
            list[BoundaryHistoryChange],
            {
                "suspicion_id": suspicion_id,
            },
            timeout,
        )

    def totals(
        self,
        *,
        by: list[Literal['township', 'state', 'land_use', 'in_zone', 'zone_township']] = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        zone: Literal['survey', 'membership'] | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Totals:
        """Parcels and mu by township, state, use and zone, as known now; and zone and district side by side, with the members of the zone on the day `on` (today if none is given).

        by: What to group by: `in_zone` is what the survey of a parcel says, `zone_township` whether its township is a member of the zone on the day `on`. Parcels that are not registered count only with `state`.
        on: The day whose members of the zone count; today if none is given. The totals are of now.
        zone: Count only parcels in the zone: by their own survey, or by the membership of their township.
        """
        return self._ask(
            "totals",
            Totals,
            {
                "by": by,
                "on": on,
                "zone": zone,
            },
            timeout,
        )

    def township_completeness(
        self,
        *,
        township: str,
        timeout: float | None = None,
    ) -> Completeness:
        """Which parcels of the township were never surveyed, and which fields are empty.

        township: The 9-digit division code of the township.
        """
        return self._ask(
            "township_completeness",
            Completeness,
            {
                "township": township,
            },
            timeout,
        )

    def unit_history(
        self,
        *,
        unit_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one unit, oldest first.

        unit_id: The township's own id of the unit [单元].
        """
        return self._ask(
            "unit_history",
            list[BoundaryHistoryChange],
            {
                "unit_id": unit_id,
            },
            timeout,
        )

    def units_available(
        self,
        *,
        on: Day | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        park_id: str | None = LEFT_OUT,
        area_from_m2: Figure | None = LEFT_OUT,
        small_firm_park: bool | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> UnitsFree:
        """What can be rented on that day, the smallest first.

        on: The day that is asked about; today, if it is left out.
        township: The 9-digit division code of the township.
        park_id: The township's own id of the park [园区].
        area_from_m2: How much must be free at least.
        small_firm_park: Whether it is a park for small firms [小微产业园].
        limit: How many things are wanted at most.
        """
        return self._ask(
            "units_available",
            UnitsFree,
            {
                "on": on,
                "township": township,
                "park_id": park_id,
                "area_from_m2": area_from_m2,
                "small_firm_park": small_firm_park,
                "limit": limit,
            },
            timeout,
        )

    def zone_report_history(
        self,
        *,
        zone_report_id: str,
        timeout: float | None = None,
    ) -> list[BoundaryHistoryChange]:
        """Every change of one zone report, oldest first.

        zone_report_id: The report: its kind and its period, a week, a month or the day of a meeting.
        """
        return self._ask(
            "zone_report_history",
            list[BoundaryHistoryChange],
            {
                "zone_report_id": zone_report_id,
            },
            timeout,
        )
