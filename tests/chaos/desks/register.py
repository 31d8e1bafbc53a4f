"""What the land desk and a township say of plots beside that of a life: of their land, their soil, their
cases and the houses on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.parcels.boundaries.plots import rectangle
from tests.parcels.carriers import reports as carriers
from tests.parcels.soil import reports as soils

if TYPE_CHECKING:
    from demo.story import Plot

    from .life import Life

APART_M = 2000  # between what the desks outline, so that no two of them overlap
NORTH_M = 4000


def split(life: Life) -> None:
    """A plot with a firm is split, the split is corrected, and undone: nobody knows meanwhile where the
    firm works."""
    plot = _surveyed(life, "split", area_m2="10000")
    life.report(*plot.enterprise())
    about, parts = {"parcel_id": plot.parcel_id}, _parts(plot, "4000", "6000")
    life.write("parcels", "split_parcel", **about, children=parts, split_on=plot.day(10))
    life.until(lambda: life.is_told("premises_in_doubt", plot.enterprise_id))
    why = {"reason": "measured wrongly", "corrected_on": plot.day(12)}
    right = _parts(plot, "4500", "5500")
    life.write("parcels", "correct_split", **about, **why, children=right)
    life.write("parcels", "correct_split", **about, **why, undo=True)


def merge(life: Life) -> None:
    one, other = (_surveyed(life, name, area_m2="5000") for name in ("one", "other"))
    given = {"parcel_id": f"{one.parcel_id}-M", "area_m2": "10000", "merged_on": one.day(10)}
    sources = [one.parcel_id, other.parcel_id]
    life.write("parcels", "merge_parcels", **given, source_ids=sources)


def outlines(life: Life) -> None:
    """Two outlines overlap until one of them is corrected."""
    left, right = life.beside("left"), life.beside("right")
    east = APART_M * life.desk.part
    for plot, at, day in ((left, 0, 0), (right, 90, 0), (right, 100, 50)):
        drawn = {"geometry": rectangle(east + at, NORTH_M), "crs": "CGCS2000"}
        about = {"parcel_id": plot.parcel_id, "surveyed_on": plot.day(day - 200)}
        life.report("parcel.boundary_surveyed", about | drawn)


def one_code_twice(life: Life) -> None:
    """Two plots claim one code until the survey of one of them is corrected."""
    plots, number = [life.beside(name) for name in ("first", "second")], 20_000 + life.desk.part
    for plot in plots:
        life.report(*plot.parcel(identifiers=_code(number)))
    right = {"identifiers": _code(number + 100), "surveyed_on": plots[0].day(-100)}
    life.report(*plots[0].parcel(**right))


def soil(life: Life) -> None:
    """The province puts a plot on its registry; its risk is controlled, and nobody reports of it."""
    plot = _surveyed(life, "soil")
    batches = {"batch": f"{plot.run}1"}, {"batch": f"{plot.run}2"}
    for method, given in (
        *soils.detailed(),
        soils.risk(),
        soils.notice(added=[plot.parcel_id], **batches[0]),
        soils.control(),
    ):
        own = given | {"parcel_id": plot.parcel_id} if "parcel_id" in given else given
        life.write("parcels", method, **own)
    life.until(lambda: life.is_told("soil_report_due", plot.parcel_id))
    method, given = soils.notice(on="2023-08-20", removed=[plot.parcel_id], **batches[1])
    life.write("parcels", method, **given)


def idle(life: Life) -> None:
    """A plot lies idle until it is known that building had begun."""
    plot = _surveyed(life, "idle")
    about = {"parcel_id": plot.parcel_id, "agreed_start_on": plot.day(-400)}
    life.report("construction.reported", about | {"reported_on": plot.day(1)})
    life.until(lambda: life.is_told("idle_land_found", plot.parcel_id))
    begun = {"started_on": plot.day(-390), "reported_on": plot.day(2)}
    life.report("construction.reported", about | begun)


def suspected(life: Life) -> None:
    """The figures of a firm speak against its plot until they are corrected."""
    plot = _surveyed(life, "suspected")
    life.report(*plot.enterprise())
    year = {"enterprise_id": plot.enterprise_id, "data_year": 2022, "source_class": "tax"}
    on_it = {"parcels": [{"parcel_id": plot.parcel_id, "share": "1"}]}
    life.report("enterprise.figures_reported", year | on_it | {"gross_output_cny": "400000"})
    life.until(lambda: life.is_told("low_efficiency_suspected", plot.parcel_id))
    life.report("enterprise.figures_reported", year | on_it | {"gross_output_cny": "9000000"})


def cases(life: Life) -> None:
    """A completion does not fit the approval that it waited for; a case is late, and the meeting decides."""
    plot = _surveyed(life, "contradicted")
    for report in (
        plot.identified(),
        plot.planned("upgrade_in_place"),
        plot.completed("land_reserve"),
        plot.approved("upgrade_in_place"),
    ):
        life.report(*report)
    life.until(lambda: life.is_told("remediation_overdue", plot.case_id))
    said = {"met_on": plot.day(20), "decision": "report each week"}
    life.write("parcels", "decide_case", case_id=plot.case_id, **said)


def houses(life: Life) -> None:
    """Two leases of a unit wait for it and only one finds room; it ends early, and the park is merged."""
    plot = _surveyed(life, "houses")
    park, into = {"park_id": f"{plot.parcel_id}-P"}, f"{plot.parcel_id}-Q"
    building, unit = {"building_id": f"{plot.parcel_id}-B"}, {"unit_id": f"{plot.parcel_id}-U"}
    leases = [unit | {"lease_id": f"{plot.parcel_id}-L{number}"} for number in (1, 2)]
    firm, stands = {"enterprise_id": plot.enterprise_id}, {"parcel_id": plot.parcel_id}
    for type_, data in (
        carriers.park(**park, parcel_ids=[plot.parcel_id]),
        carriers.park(park_id=into, parcel_ids=[]),
        carriers.building(**park, **building, **stands),
        carriers.lease(**leases[0], **firm),
        carriers.lease(**leases[1], **firm),
        carriers.unit(**building, **unit),
    ):
        life.report(type_, data)
    life.until(lambda: life.is_told("lease_set_aside", unit["unit_id"]))
    life.write("parcels", "end_lease", **leases[0], ended_on="2023-08-31")
    merged = {"source_ids": [park["park_id"]], "into_id": into, "merged_on": "2023-08-01"}
    by = {"operator": "zone company", "document_number": "2023-8"}
    life.write("parcels", "merge_parks", **merged, **by)


def _surveyed(life: Life, name: str, **more: Any) -> Plot:
    """Another plot, once it is on the register."""
    plot = life.beside(name)
    life.report(*plot.parcel(**more))
    life.until(lambda: life.ask("parcels", "get_parcel", parcel_id=plot.parcel_id)["area_m2"])
    return plot


def _parts(plot: Plot, *areas_m2: str) -> list[dict[str, Any]]:
    return [
        {"parcel_id": f"{plot.parcel_id}-{number}", "area_m2": area_m2}
        for number, area_m2 in enumerate(areas_m2)
    ]


def _code(number: int) -> list[dict[str, Any]]:
    code = {"kind": "parcel_code", "value": f"330604001002GB{number:05}"}
    return [code | {"valid_from": "2020-01-01"}]
