"""What may be said of a few parcels, and done to them, all things of the land register mixed; and what
the register says of them in the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from backbone.errors import NotFound, Refused
from backbone.plain import dump
from services.parcels.boundaries.grid import GridCell

from . import land_desk, reports
from .boundaries.plots import outlined, rectangle
from .carriers import reports as carriers
from .conftest import Parcels
from .land_desk import LEFT, MERGED, NEXT_DOOR, RIGHT, WHOLE, part
from .reports import XIAOYUE, event, turn
from .screening import plots
from .soil import reports as soil

CODE = "330604006001GB00231"
FARTHER, JOINED = f"{XIAOYUE}-0233", f"{XIAOYUE}-0241"
YEAR = {"from": "2023-01-01", "to": "2023-12-31"}
RIGHT_OF_USE = {"right_type": "grant", "term_years": 50, "starts_on": "2005-06-01"}
SEIZURE = {"kind": "seizure", "from_on": "2023-01-01", "document_number": "2023-1"}
AGAIN = reports.completed(
    completed_on="2023-08-14", acceptance_number="2023-12", reopened_on="2023-08-04"
)
FIRST_CODE = {"kind": "parcel_code", "value": CODE, "valid_from": "2020-01-01"}
MIXED: list[reports.Report] = [
    reports.survey(
        identifiers=[FIRST_CODE],
        use_right=RIGHT_OF_USE,
        encumbrances=[SEIZURE],
        soil=reports.soil(case_open=True),
    ),
    reports.survey(surveyed_on="2023-02-10", soil=reports.soil()),
    reports.survey(parcel_id=NEXT_DOOR, identifiers=[FIRST_CODE], encumbrances=[]),
    *reports.whole_case(remediated_area_mu="10")[1:],
    turn("suspended", "2023-04-03"),
    turn("resumed", "2023-05-04"),
    turn("acceptance_requested", "2023-07-20"),
    turn("returned", "2023-07-22"),
    turn("reopened", "2023-08-04"),
    AGAIN,
    outlined(231, rectangle(0, 0)),
    outlined(232, rectangle(90, 0)),
    ("soil.surveyed", soil.survey()[1]),
    plots.construction(agreed_start_on="2021-01-01"),
    plots.construction(agreed_start_on="2021-01-01", parcel_id=NEXT_DOOR),
    plots.verified(),
    plots.holder_heard(),
    plots.answered(),
    *carriers.whole_park(),
    carriers.lease(),
]
FIGURES = [
    ("figures", plots.low()),
    ("figures", plots.figures(enterprise_id=plots.OTHER, data_year=2021)),
]
SAID = [*MIXED, *FIGURES]


def play(numbers: Iterable[int]) -> Parcels:
    """What was said with these numbers, in that order; copies are numbered on."""
    parcels = Parcels()
    for number in numbers:
        type_, data = SAID[number % len(SAID)]
        if type_ == "figures":
            tell(parcels, type_, data)
        else:
            parcels.handle(event(type_, data, number))
    return parcels


def tell(parcels: Parcels, type_: str, data: dict[str, Any]) -> None:
    """A township's report, or the figures that enterprises announces. Raises what it is refused for."""
    if type_ == "figures":
        parcels.hear("enterprises", "yearly_figures_reported", data).or_raise()
    else:
        parcels.report(type_, data)


def everything(parcels: Parcels) -> dict[str, Any]:
    """Every document of every collection, without what tells the order in which it was heard: whether
    barred land was released for a while, and which of two plans of one wording came last."""
    found = {
        f"{collection.name} {getattr(each, collection.key)}": _bare(dump(each))
        for kind, collection in parcels.repository.collections.items()
        for each in listed(parcels, kind)
    }
    found |= {f"grid {each.cell_id}": dump(each) for each in cells(parcels)}
    case = found[f"case {reports.CASE}"]
    del case["planned"]["said"]
    case["release"] = case["release"]["reasons"]
    return {key: each for key, each in found.items() if each.get("identifiers") != []}


def listed(parcels: Parcels, kind: Any) -> Any:
    return parcels.repository.page(kind, {}, limit=1000).items


def cells(parcels: Parcels) -> list[GridCell]:
    """They are in no list."""
    keys = parcels.repository.call("keys", parcels.repository.key("grid_cell", "*"))
    work = parcels.service().store
    found = (work.get(GridCell, key.decode().rsplit(":", 1)[1]) for key in sorted(keys))
    return [each for each in found if each and not each.is_empty]


OURS = {"at", "event_id", "version", "finding_no", "change_no", "idle_change_no", "told"}


def _bare(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {name: _bare(value) for name, value in thing.items() if name not in OURS}
    return [_bare(each) for each in thing] if isinstance(thing, list | tuple) else thing


# --- with the land desk in between

SIZES = {
    WHOLE: "6666.666667",
    NEXT_DOOR: "6666.666667",
    LEFT: "2000",
    RIGHT: "4666.666667",
    f"{LEFT}-1": "800",
    f"{LEFT}-2": "1200",
    JOINED: "6666.666667",
    MERGED: "13333.333334",
}
Act = tuple[str, Any]


def case_on(parcel_id: str, number: int, mu: str = "1") -> list[reports.Report]:
    """A case that remediates that many mu and vacates nothing."""
    ids = {"parcel_id": parcel_id, "case_id": f"{XIAOYUE}-C{number}"}
    areas = {"vacated_area_mu": "0", "remediated_area_mu": mu}
    steps = reports.whole_case("function_change", **areas)[1:]
    return [(type_, data | ids) for type_, data in steps]


def said_of(parcel_id: str) -> list[list[reports.Report]]:
    """What a township may say of a parcel: a list of reports each."""
    number = list(SIZES).index(parcel_id)
    survey = reports.survey(parcel_id=parcel_id, area_m2=SIZES[parcel_id])
    _, data = survey
    return [
        [(survey[0], data | {"identifiers": [FIRST_CODE]})],
        [(survey[0], data | {"surveyed_on": "2023-08-18", "identifiers": []})],
        [outlined(1, rectangle(40 * number, 0), parcel_id=parcel_id)],
        [plots.construction(agreed_start_on="2020-01-01", parcel_id=parcel_id)],
        [plots.verified(parcel_id=parcel_id)],
        [("soil.surveyed", soil.survey(parcel_id=parcel_id)[1])],
        [carriers.building(parcel_id=parcel_id)],
        case_on(parcel_id, 30 + number),
        [("figures", plots.low(parcels=[{"parcel_id": parcel_id, "share": "1"}]))],
    ]


def parts(*parcel_ids: str) -> list[dict[str, Any]]:
    return [part(each, SIZES[each]) for each in parcel_ids]


def joined(parcel_id: str, *source_ids: str) -> Act:
    request = {"parcel_id": parcel_id, "source_ids": source_ids, "area_m2": SIZES[parcel_id]}
    return "merge_parcels", request | {"merged_on": "2023-08-17"}


def divided(parcel_id: str, *part_ids: str) -> Act:
    request = {"parcel_id": parcel_id, "children": parts(*part_ids)}
    return "split_parcel", request | {"split_on": "2023-08-15"}


def undone(parcel_id: str) -> Act:
    request = {"parcel_id": parcel_id, "undo": True, "reason": "the wrong plot"}
    return "correct_split", request | {"corrected_on": "2023-08-15"}


def done_to(parcel_id: str) -> list[Act]:
    """What a desk may enter of a parcel."""
    seizure = {"recorded_on": "2023-08-21", "encumbrances": [SEIZURE]}
    return [
        soil.notice("2023-9", added=[parcel_id]),
        ("record_encumbrances", {"parcel_id": parcel_id} | seizure),
        ("record_soil", reports.soil_record(parcel_id=parcel_id)),
    ]


LAND_DESK = [
    divided(WHOLE, LEFT, RIGHT),
    divided(LEFT, f"{LEFT}-1", f"{LEFT}-2"),
    undone(WHOLE),
    undone(LEFT),
    joined(JOINED, LEFT, RIGHT),
    joined(MERGED, WHOLE, NEXT_DOOR),
    joined(MERGED, JOINED, NEXT_DOOR),
]


def known(*parcel_ids: str) -> Parcels:
    """Of these parcels a township has said everything, but no case."""
    parcels = Parcels()
    for parcel_id in parcel_ids:
        land_desk.survey(parcels, parcel_id)
        for each in said_of(parcel_id):
            if len(each) == 1:
                act(parcels, each)
    return parcels


def act(parcels: Parcels, what: Any) -> None:
    """Reports, or a call. Either may be refused, a call also because it names what is not there."""
    is_call = isinstance(what, tuple)
    try:
        if is_call:
            parcels.call(what[0], **what[1])
            return
        for type_, data in what:
            tell(parcels, type_, data)
    except NotFound:
        if not is_call:
            raise
    except Refused:
        pass
