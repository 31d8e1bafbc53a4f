"""The page of a plot in the terminal, and the label of its code."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import Any

import pytest
import segno
from rich.console import Console
from typer.testing import CliRunner

from cli.app import app
from cli.plot import command
from cli.plot.label import label_of
from cli.plot.page import table_of

from .. import reports
from ..land_desk import MERGED, NEXT_DOOR, merge, survey
from .test_resolving import CODE, CONTRACT, FIRM, LISTING, identified

SVG = "{http://www.w3.org/2000/svg}"


def shown(page: Any) -> str:
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(table_of(page))
    return console.export_text()


@pytest.fixture
def of_a_whole_case(parcels):
    for report in reports.whole_case():
        parcels.report(*report)
    return parcels


def test_the_page_shows_the_land_its_case_its_firms_and_its_listings(of_a_whole_case):
    of_a_whole_case.enterprises.answer["firms"] = [FIRM]
    of_a_whole_case.projects.answer["items"] = [LISTING]

    text = shown(of_a_whole_case.read("resolve_code", code=CODE))

    for told in (
        CODE,
        "小越街道",
        "6,666.67 m² (10.00 mu)",
        "330604006-C17: accepted, land_reserve",
        "released.",
        "330604006-E42: owner, in_operation",
        "draft, 11,781.00 m² (17.67 mu)",
    ):
        assert told in text
    assert "missing" not in text


def test_the_page_shows_the_contracts_of_the_land(of_a_whole_case):
    of_a_whole_case.projects.contracts = [CONTRACT]

    text = shown(of_a_whole_case.read("resolve_code", code=CODE))

    assert "signed 3306042023A21001 of 2023-08-20, 4,700,000.00 CNY, to 2073-08-19" in text


def test_the_page_says_what_is_missing_and_does_not_call_it_none(of_a_whole_case):
    of_a_whole_case.projects.answer = OSError("away")

    text = shown(of_a_whole_case.read("resolve_code", code=CODE))

    assert "projects could not be reached" in text
    listings = next((line for line in text.splitlines() if "listings [挂牌]" in line), None)
    assert listings is None


def test_a_parcel_of_which_only_the_id_is_known_has_a_page_too(parcels):
    parcels.report(*reports.identified())

    text = shown(parcels.read("resolve_code", code=CODE))

    assert "announced" in text


def test_the_right_what_lies_on_the_land_and_the_plan_are_on_the_page(parcels):
    holders = [{"name": "first works", "share": "0.6"}, {"name": "[second] works", "share": "0.4"}]
    grant = {"right_type": "grant", "term_years": 50, "ends_on": "2060-05-31", "holders": holders}
    seized = {"kind": "seizure", "from_on": "2023-03-01", "document_number": "2023-12"}
    mortgaged = {"kind": "mortgage", "from_on": "2020-03-01", "creditor_kind": "bank"}
    ended = mortgaged | {"to_on": "2023-08-31", "creditor_kind": "state"}
    parcels.report(
        *reports.survey(
            area_mu="15",
            use_right=grant,
            encumbrances=[seized, mortgaged | {"to_on": "2025-02-28"}, ended],
            buildings={"floor_area_m2": "12000", "built_from_year": 2006, "built_to_year": 2012},
            coded_uses={"land_use_codes": ["100102"], "planned_use_codes": ["100102", "110101"]},
            plan_conditions={
                "plot_ratio": {"minimum": "2", "maximum": "2.5"},
                "green_rate_pct": {"maximum": "20"},
            },
        )
    )

    text = shown(parcels.read("resolve_code", code=CODE))

    for told in (
        "grant, 50 years, to 2060-05-31",
        "first works, 60.00%",
        "[second] works, 40.00%",
        "from 2023-03-01, 2023-12",
        "from 2020-03-01 to 2025-02-28, bank",
        "12,000.00 m² 2006–2012",
        "1.20",
        "100102; planned 100102, 110101",
        "≥ 2 ≤ 2.5",
        "≤ 20",
    ):
        assert told in text
    assert "state" not in text


def test_codes_and_their_disputes_are_on_the_page(parcels):
    other = "330604006-0232"
    parcels.report(*reports.survey(identifiers=identified(valid_to="2023-06-30")))
    parcels.report(*reports.survey(parcel_id=other, identifiers=identified()))

    text = shown(parcels.read("resolve_code", code=CODE))

    assert "330604001002GB00017, from 2020-01-01 to 2023-06-30" in text
    assert f"is also claimed by {other}" in text


def test_land_that_was_merged_is_not_called_split_and_the_new_plot_says_what_it_came_from(parcels):
    survey(parcels)
    survey(parcels, NEXT_DOOR)
    merge(parcels)

    gone, new = (
        shown(parcels.read("resolve_code", code=code)) for code in (reports.PARCEL, MERGED)
    )

    assert "merged into [合并]" in gone
    assert "split" not in gone
    assert "came from [来源]" in new
    assert f"{reports.PARCEL}, {NEXT_DOOR}" in new


def test_a_label_has_the_code_for_a_scanner_and_for_people(tmp_path, monkeypatch, of_a_whole_case):
    page = of_a_whole_case.read("resolve_code", code=CODE)
    monkeypatch.setattr(command, "call", lambda *_, **__: page)

    done = CliRunner().invoke(app, ["plot", CODE, "--label", str(tmp_path / "plot.svg")])

    assert done.exit_code == 0, done.output
    label = ET.fromstring((tmp_path / "plot.svg").read_text("utf-8"))  # noqa: S314 - our own
    text = label.find(f"{SVG}text")
    assert text is not None
    assert text.text == CODE
    drawn = label.find(f"{SVG}svg/{SVG}path")
    assert drawn is not None
    assert drawn.get("d") in segno.make(CODE, error="q", micro=False).svg_inline()


def test_a_label_that_cannot_be_written_is_said_in_a_sentence(
    tmp_path, monkeypatch, of_a_whole_case
):
    page = of_a_whole_case.read("resolve_code", code=CODE)
    monkeypatch.setattr(command, "call", lambda *_, **__: page)

    done = CliRunner().invoke(app, ["plot", CODE, "--label", str(tmp_path / "none" / "l.svg")])

    assert done.exit_code == 2
    assert "cannot be written: No such file" in " ".join(done.output.replace("│", " ").split())


@pytest.mark.parametrize("parcel_id", ["330604006-1", f"330604006-{'m' * 40}"])
def test_the_text_of_a_label_is_no_wider_than_its_symbol(parcel_id):
    code = f"{parcel_id}/00"
    label = ET.fromstring(label_of(code))  # noqa: S314 - our own
    text, width = label.find(f"{SVG}text"), float(label.get("viewBox", "").split()[2])

    assert text is not None
    assert float(text.get("font-size", "")) * 0.6 * len(code) <= width
