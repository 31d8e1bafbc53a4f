"""`tenglong evaluation` tries schemes on files."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli import console
from cli.app import app

from .examples import QUARTERS

BELOW = "huangyan-2022-below"
SCHEME = {
    "id": "ours",
    "rule": "ratio",
    "indicators": [{"code": "tax_per_mu", "weight": "100", "baseline": "10"}],
    "cuts": QUARTERS,
}
TABLE = """企业,亩均税收(万元/亩),tax_per_electricity,备注
甲,８,0.20,
乙,7,0.1,with tenants

丙,"1,009",0.3,
丁,/,0.3,
"""


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    for each in (console.out, console.err):
        monkeypatch.setattr(each, "_width", 240)


@pytest.fixture
def evaluation(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "figures.csv").write_text(TABLE, "utf-8")
    (tmp_path / "scheme.json").write_text(json.dumps(SCHEME), "utf-8-sig")

    def run(*arguments):
        return CliRunner().invoke(app, ["evaluation", *arguments])

    return run


MARKED = ["gb18030 with a mark", "utf-16-be with a mark"]
BARE = ["utf-16-le", "utf-16-be"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", *MARKED, *BARE]


def as_bytes(text, encoding):
    """Of either kind, with its mark or without, the programs of offices write some."""
    return ("\ufeff" * (encoding in MARKED) + text).encode(encoding.partition(" ")[0])


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_is_read_in_the_encodings_that_offices_use(evaluation, tmp_path, encoding):
    (tmp_path / "figures.csv").write_bytes(as_bytes(TABLE, encoding))
    done = evaluation("simulate", BELOW, "figures.csv", "--json")
    found = {score["firm"]: score for score in json.loads(done.stdout)["scores"]}

    assert found["甲"]["total"] == "77.0200"
    assert found["丙"]["parts"]["tax_per_mu"] == "4351.6889"
    assert found["丁"]["excluded"] == "there is no figure of tax_per_mu"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_scheme_of_ones_own_is_read_in_the_same_encodings(evaluation, tmp_path, encoding):
    text = json.dumps(SCHEME | {"id": "县"}, ensure_ascii=False)
    (tmp_path / "scheme.json").write_bytes(as_bytes(text, encoding))
    done = evaluation("simulate", "scheme.json", "figures.csv", "--json")
    assert json.loads(done.stdout)["scheme_id"] == "县"


def test_a_workbook_is_read_like_a_table(evaluation, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in ([], ["企业", "亩均税收", "单位电耗税收"], ["甲（一）", 8, 0.2], ["乙", "７", 0.1]):
        book.active.append(row)
    book.save(tmp_path / "figures.xlsx")
    done = evaluation("simulate", BELOW, "figures.xlsx", "--json")
    scores = json.loads(done.stdout)["scores"]
    assert [score["firm"] for score in scores] == ["甲（一）", "乙"]
    assert scores[0]["total"] == "77.0200"


def test_people_read_the_firms_by_rank(evaluation):
    done = evaluation("simulate", "scheme.json", "figures.csv")
    lines = done.stdout.splitlines()

    assert done.exit_code == 0
    assert lines[0] == "ours: 3 of 4 firms ranked. A 0, B 1, C 1, D 1"
    order = [line for line in lines if line.startswith("│")]
    assert [line.split("│")[2].strip() for line in order] == ["丙", "甲", "乙", "丁"]
    assert "not ranked: there is no figure of tax_per_mu" in order[-1]


def test_two_schemes_are_compared(evaluation):
    done = evaluation("simulate", "huangyan-2021-below", "figures.csv", "--against", BELOW)

    assert "huangyan-2021-below → huangyan-2022-below: 3 win points, 0 lose" in done.stdout
    assert "10.6535" in next(line for line in done.stdout.splitlines() if "甲" in line)


def test_a_firm_reads_what_it_lacks(evaluation):
    done = evaluation("forecast", "scheme.json", "figures.csv", "乙", "--unit", "0.5")

    assert "乙: grade D, 70.0000 points, rank 3" in done.stdout
    assert "8.0" in next(line for line in done.stdout.splitlines() if "tax_per_mu" in line)
    said = json.loads(
        evaluation("forecast", "scheme.json", "figures.csv", "丙", "--grade", "D", "--json").stdout
    )
    assert said["wanted"] is None


def test_a_firm_that_falls_out_of_the_ranking_is_named_with_its_reason(evaluation, tmp_path):
    fills = [SCHEME["indicators"][0] | {"missing": "0"}]
    (tmp_path / "filled.json").write_text(json.dumps(SCHEME | {"indicators": fills}), "utf-8")
    lost = evaluation("simulate", "filled.json", "figures.csv", "--against", "scheme.json")
    won = evaluation("simulate", "scheme.json", "figures.csv", "--against", "filled.json")

    assert "no rank after: 丁, there is no figure of tax_per_mu" in lost.stdout
    assert "no rank before: 丁, there is no figure of tax_per_mu" in won.stdout
    assert "甲," not in lost.stdout


def test_the_kept_schemes_are_listed(evaluation):
    assert "黄岩区" in evaluation("schemes").stdout
    assert len(json.loads(evaluation("schemes", "--json").stdout)["schemes"]) == 11


def test_one_of_several_schemes_in_a_file_is_named(evaluation, tmp_path):
    (tmp_path / "all.json").write_text(json.dumps([SCHEME, SCHEME | {"id": "other"}]), "utf-8")

    done = evaluation("simulate", "all.json#other", "figures.csv", "--json")
    assert json.loads(done.stdout)["scheme_id"] == "other"
    assert "name one: all.json#ours" in evaluation("simulate", "all.json", "figures.csv").stderr


def test_a_file_of_one_scheme_is_not_taken_for_another_one(evaluation):
    assert evaluation("simulate", "scheme.json#ours", "figures.csv").exit_code == 0
    said = " ".join(evaluation("simulate", "scheme.json#theirs", "figures.csv").stderr.split())
    assert "holds one scheme, ours, and none of the id theirs" in said


@pytest.mark.parametrize("name", ["合计", "小越街道小计", "合 计", "合计（2户）", "总计"])
def test_the_total_below_a_list_is_no_firm_that_is_ranked(evaluation, tmp_path, name):
    (tmp_path / "figures.csv").write_text(f"企业,亩均税收\n甲,9\n乙,8\n{name},17\n", "utf-8")
    said = json.loads(evaluation("simulate", "scheme.json", "figures.csv", "--json").stdout)
    assert (said["firms"], said["ranked"]) == (2, 2)


@pytest.mark.parametrize(
    ("files", "arguments", "code", "said"),
    [
        (
            {"figures.csv": "企业,亩均税收\n甲,x\n"},
            (),
            1,
            "INVALID row 2, tax_per_mu: Give a plain",
        ),
        (
            {"figures.csv": "企业,亩均税收\n甲,1\n,\n甲,1\n"},
            (),
            1,
            "FIRM_TWICE row 4, firm: The firm stands in row 2 already",
        ),
        ({"figures.csv": "企业,亩均税收\n"}, (), 2, "a header and no firm below it"),
        ({"figures.csv": "works,tax\na,1\n"}, (), 2, "needs a header with a column `firm`"),
        ({"figures.csv": ""}, (), 2, "needs a header with a column `firm`"),
        ({"figures.csv": "firm,亩均税收,tax_per_mu\na,1,2\n"}, (), 2, "more than one column"),
        ({"figures.csv": "firm,tax_per_mu\na,1,2\n"}, (), 2, "row 2 has more cells"),
        ({"figures.csv": b"\xff\xff"}, (), 2, "written neither in UTF-8 nor in GB18030"),
        ({"scheme.json": "{"}, (), 2, "scheme.json is not JSON"),
        ({"scheme.json": "{}"}, (), 1, "SCHEME_INCOMPLETE scheme.indicators"),
        ({}, ("--against", "nowhere"), 1, "NOT_FOUND against"),
        ({}, ("--against", "nowhere.json"), 2, "nowhere.json cannot be read"),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_what_would_be_right(
    evaluation, tmp_path, files, arguments, code, said
):
    for name, text in files.items():
        content = text if isinstance(text, bytes) else text.encode()
        (tmp_path / name).write_bytes(content)
    done = evaluation("simulate", "scheme.json", "figures.csv", *arguments)

    assert done.exit_code == code
    assert said in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize("unit", ["0", "-1", "much", "NaN"])
def test_a_unit_that_is_no_step_is_refused(evaluation, unit):
    done = evaluation("forecast", "scheme.json", "figures.csv", "乙", "--unit", unit)

    assert done.exit_code == 2
    assert "--unit is a number of more than 0" in done.stderr


def test_flags_and_adjustments_stand_in_cells(evaluation, tmp_path):
    scheme = SCHEME | {
        "adjustments": {"top_500": {"step": "fixed", "grade": "A"}, "accident": {"step": "veto"}},
        "tenant_rule": "below-scale tenant takes the grade of the holder of the plot, but not inside "
        "a small-firm park",
    }
    (tmp_path / "scheme.json").write_text(json.dumps(scheme), "utf-8")
    (tmp_path / "figures.csv").write_text(
        "firm,tax_per_mu,tenant_of,in_small_firm_park,adjustments\n"
        "a,9,,,top_500; accident\nb,8,a,是,\nc,7,a,否,\n",
        "utf-8",
    )
    said = json.loads(evaluation("simulate", "scheme.json", "figures.csv", "--json").stdout)
    found = {score["firm"]: score for score in said["scores"]}

    assert [step["step"] for step in found["a"]["steps"]] == ["percentile", "fixed", "veto"]
    assert (found["b"]["rank"], found["c"]["rank"], found["c"]["grade"]) == (2, None, "D")
