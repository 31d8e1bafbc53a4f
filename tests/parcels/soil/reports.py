"""What the ecology desk and the townships report of the soil of one plot; keywords say what differs."""

from __future__ import annotations

from typing import Any

from ..reports import PARCEL

Call = tuple[str, dict[str, Any]]
CLEANER = {"name": "an example cleaner", "uscc": "91330604XXXX00019D"}
ASSESSOR = {"name": "an example institute", "uscc": None}


def _call(method: str, usual: dict[str, Any], more: dict[str, Any]) -> Call:
    return method, {"parcel_id": PARCEL, **usual, **more}


def survey(phase: str = "preliminary", conclusion: str = "met", **more: Any) -> Call:
    """Reviewed and filed on the days after its conclusion."""
    usual = {
        "soil_report_id": f"DC-{phase}",
        "concluded_on": "2023-05-10",
        "phase": phase,
        "conclusion": conclusion,
        "reviewed_on": "2023-05-11",
        "filed_on": "2023-05-12",
    }
    return _call("record_soil_survey", usual, more)


def risk(acceptable: bool = False, **more: Any) -> Call:
    usual = {"soil_report_id": "FP-1", "assessed_on": "2023-06-20", "acceptable": acceptable}
    return _call("record_risk_assessment", usual, more)


def control(step: str = "started", on: str = "2023-07-20", **more: Any) -> Call:
    usual = {"soil_report_id": f"GK-{step}-{on}", "controlled_on": on, "control_step": step}
    return _call("record_risk_control", usual, more)


def cleanup(**more: Any) -> Call:
    usual = {
        "soil_report_id": "XF-1",
        "cleanup_started_on": "2023-07-21",
        "contractor": CLEANER,
        "plan_filed_on": "2023-07-15",
    }
    return _call("record_soil_cleanup", usual, more)


def effect(target_met: bool = True, on: str = "2023-08-01", **more: Any) -> Call:
    usual = {
        "soil_report_id": f"XG-{on}",
        "assessed_on": on,
        "target_met": target_met,
        "assessor": ASSESSOR,
    }
    return _call("record_effect_assessment", usual, more)


def removal(step: str = "applied", on: str = "2023-08-05", **more: Any) -> Call:
    usual = {"soil_report_id": f"YC-{step}", "removal_decided_on": on, "removal_step": step}
    return _call("record_soil_removal", usual, more)


def notice(batch: str = "2023-1", on: str = "2023-07-10", **more: Any) -> Call:
    """A notice of the province that adds the plot, unless the keywords say otherwise."""
    usual = {} if {"added", "removed"} & more.keys() else {"added": [PARCEL]}
    document = {"document": f"notice-{batch}"}
    return "apply_soil_registry_notice", {
        "batch": batch,
        "issued_on": on,
        **document,
        **usual,
        **more,
    }


def lifted(batch: str = "2023-2", on: str = "2023-08-20") -> Call:
    return notice(batch, on, removed=[PARCEL])


def detailed() -> list[Call]:
    """Two surveys that lead to a risk assessment."""
    return [
        survey("preliminary", "detailed_survey_needed", concluded_on="2023-05-01"),
        survey("detailed", "risk_assessment_needed", concluded_on="2023-06-01"),
    ]


def whole_way() -> list[Call]:
    """Every step from the first survey to the removal, each on a day of its own."""
    return [
        *detailed(),
        risk(),
        notice(),
        control(),
        cleanup(),
        effect(),
        removal(),
        lifted(),
    ]
