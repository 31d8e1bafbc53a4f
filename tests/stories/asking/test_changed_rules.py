"""The land desk asks by the command line what another bar would make of its plots, and who would be told."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from backbone.rpc.admin import OPERATIONS
from cli.console import Output
from cli.diff import commands as diff
from cli.rules import comparing
from cli.rules.comparing import Comparison
from cli.rules.editions import edition_of
from cli.rules.shown import tables_of
from cli.rules.turns import turn_of
from cli.whatif import commands as whatif
from demo.story import Plot
from services.parcels.screening.law import CRITERIA
from tests.chaos.town import Town

from .test_what_if import Supposing, event, keys_of

BAR = "criteria.output_per_mu_below.floor"
PLOT = Plot("w0", accepted_on=date(2026, 9, 1))


@pytest.fixture(scope="module")
def town() -> Town:
    """A plot of 17.67 mu with one firm on it, whose output is 6 times 10,000 yuan for each mu."""
    town, plot = Town(), PLOT
    town.call("notify", "subscribe", name="desk", channel="log", address="desk", request_id="desk")
    for type_, data in plot.reports():
        if type_ in ("parcel.registered", "enterprise.registered"):
            town.send(event(plot, type_, data))
    figures: dict[str, Any] = {
        "enterprise_id": plot.enterprise_id, "data_year": 2025, "source_class": "declared",
        "gross_output_cny": "1060290",
    }  # fmt: skip
    town.send(event(plot, "enterprise.figures_reported", figures))
    return town


@pytest.fixture
def tenglong(town, monkeypatch):
    """The command line, answered by the services of the town; `tenglong.silent` do not answer."""
    supposing, silent = Supposing(town), set()

    def ask(service: str, method: str, wait_s: float = 0, **arguments: Any) -> Any:
        if service in silent:
            return None
        if method == "what_if":
            return OPERATIONS["what_if"](supposing.hosts[service], **arguments)
        return town.services[service].read(method, **arguments)

    monkeypatch.setattr(comparing, "call", ask)
    monkeypatch.setattr(comparing, "call_if_there", ask)

    def run(app: Any, *words: str) -> Any:
        return CliRunner().invoke(app, ["rules", *words], env={"COLUMNS": "220"})

    run.silent = silent
    return run


def test_the_plots_that_would_be_suspected_are_told_with_why_and_who_would_hear_of_it(
    tenglong, town
):
    before, told = keys_of(town), len(town.told)
    ran = tenglong(whatif.app, "criteria", f"{BAR}=7", "--json")
    found = json.loads(ran.stdout)

    [change] = found["verdict_changes"]
    assert change["thing_id"] == PLOT.parcel_id
    assert (change["before"]["says"], change["after"]["says"]) == ("not_low", "low")
    assert (change["after"]["figure"], change["after"]["bar"]) == ("6", "7")
    [alert] = found["would_be_told"]
    assert (alert["alert"], alert["to"], alert["times"]) == ("low_efficiency_suspected", "desk", 1)
    assert (ran.exit_code, keys_of(town) == before, len(town.told)) == (0, True, told)


def test_it_reads_as_tables_for_people(tenglong):
    ran = tenglong(whatif.app, "criteria", f"{BAR}=7")

    for said in ("6 against 7", "not_low", "shaoxing.021cf.cn", "Would be told", "desk"):
        assert said in ran.stdout, ran.stdout
    assert "Nothing was written or sent." in ran.stdout
    nothing = tenglong(whatif.app, "criteria", f"{BAR}=5")
    assert "No verdict is another one: 1 judged (plot, parcels)." in nothing.stdout


def test_a_source_is_whole_in_a_narrow_terminal_and_one_that_several_changes_cite_stands_once():
    once, often = (
        "优质中小企业梯度培育管理暂行办法 (2022), not confirmed",
        "城市房地产管理法 art. 26, not confirmed here",
    )
    found = Comparison("honours", "enterprises", 10)
    changes = [changed(number, source) for number, source in enumerate((once, often, often))]
    found.add({"thing": "firm_honours", "things_judged": 3, "verdict_changes": changes})
    console = Output(width=80, record=True, file=io.StringIO())
    for table in tables_of(found, follow=False):
        console.print(table)
    told = "".join(re.sub(r"[│\s]", "", console.export_text()))

    assert "…" not in told
    assert told.count("管理暂行办法") == 1
    assert told.count("source1:" + often.replace(" ", "")) == told.count(often[:6]) == 1
    assert ("1year" in told, "1years" in told) == (True, False)


def changed(number: int, source: str) -> dict[str, Any]:
    """An honour that would stand for one year in the place of three."""
    ruling = {"unit": "years", "source": source, "bar": None, "reason": None, "days": None}
    sides = {"before": ("until 2025-09-23", "3"), "after": ("until 2023-09-23", "1")}
    about = {"thing_id": f"330604006-E{number}", "verdict": "term"}
    return about | {
        side: ruling | {"says": says, "figure": figure} for side, (says, figure) in sides.items()
    }


def test_two_editions_are_compared_from_files_and_days(tenglong, tmp_path):
    written = (CRITERIA.folder / "2021-01-01.toml").read_text("utf-8")
    new = tmp_path / "2027-01-01.toml"
    new.write_text(written.replace('floor = "5"\nunit', 'floor = "7"\nunit', 1), "utf-8")

    ran = tenglong(diff.app, "criteria", "2021-01-01", f"@{new}", "--json")
    found = json.loads(ran.stdout)
    assert [each["after"]["says"] for each in found["verdict_changes"]] == ["low"]
    assert found["would_be_told"] == []
    later = tenglong(whatif.app, "criteria", f"@{new}", "--json")  # 2025 is judged as before
    assert json.loads(later.stdout)["verdicts_changed"] == 0


def test_all_rulebooks_by_which_things_are_compared_are_listed(tenglong):
    ran = tenglong(whatif.app)

    for topic in ("criteria", "idle_land", "evaluation", "paths", "request_clocks", "assignment"):
        assert topic in ran.stdout


def test_a_program_reads_which_rulebooks_there_are_and_who_was_silent(tenglong):
    tenglong.silent.add("projects")
    ran = tenglong(whatif.app, "--json")

    found = json.loads(ran.stdout)
    assert (ran.exit_code, found["unreachable"]) == (3, ["projects"])
    assert "criteria" in json.dumps(found["parcels"])
    assert "projects" not in found


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["criterai", f"{BAR}=7"], "criteria"),
        (["criteria"], "path=value"),
        (["criteria", "seven"], "path=value"),
        (["criteria", "@no-such-file.toml"], "cannot be read"),
    ],
)
def test_what_is_typed_wrong_is_told_with_what_would_be_right(tenglong, words, said):
    ran = tenglong(whatif.app, *words)

    assert (ran.exit_code, said in ran.output) == (2, True), ran.output


def test_who_does_not_answer_is_named(tenglong):
    tenglong.silent.add("notify")
    ran = tenglong(whatif.app, "criteria", f"{BAR}=7")

    assert (ran.exit_code, "notify does not answer" in ran.output) == (3, True)
    tenglong.silent.add("parcels")
    ran = tenglong(whatif.app, "criteria", f"{BAR}=7")
    assert (ran.exit_code, "parcels and notify do not answer" in ran.output) == (1, True)


def test_numbers_are_read_as_they_are_written(tmp_path):
    file = tmp_path / "2027-01-01.toml"
    file.write_text("a = 0.10\nday = 2023-08-01\n")

    assert edition_of(["a.b=0.10", "c=three"]) == {"changes": {"a.b": "0.10", "c": "three"}}
    assert edition_of([f"@{file}"]) == {
        "edition": {"a": "0.10", "day": "2023-08-01"},
        "first_day": "2027-01-01",
    }
    assert edition_of([f"@{file}"], "2028-01-01")["first_day"] == "2028-01-01"
    assert edition_of(["2023-08-01"]) == {"first_day": "2023-08-01"}


def test_why_nothing_is_compared_by_a_rulebook_is_told(tenglong):
    for words in (["roles"], ["roles", "identified=[]"], ["ledger", "a=1"]):
        ran = tenglong(whatif.app, *words)
        assert ran.exit_code == 2, ran.output
    said = " ".join(tenglong(whatif.app, "roles", "identified=[]").output.replace("│", " ").split())

    assert "a report that was taken is judged no more" in said
    listed = " ".join(tenglong(whatif.app).stdout.split())
    assert "Nothing is compared, for" in listed


def test_that_nobody_would_be_told_is_told(tenglong):
    ran = tenglong(whatif.app, "completeness", 'asked=["soil"]')

    assert "6 verdicts are other ones; 1 judged" in ran.stdout, ran.stdout
    assert "Nobody would be told of it." in ran.stdout
    one = tenglong(whatif.app, "completeness", 'asked=["soil", "right_holder"]', "--limit", "1")
    assert one.stdout.count("… and 4 more") == 2, one.stdout


def change(verdict, before, after):
    sides = [text and {"says": text} for text in (before, after)]
    return {"verdict": verdict, "before": sides[0], "after": sides[1]}


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        (
            "planning by 2023-10-05",
            "planning by 2023-09-15",
            ("planning by a day", "20 days earlier"),
        ),
        ("planning by 2024-02-29", "planning by 2024-03-01", ("planning by a day", "1 day later")),
        ("planning by 2023-10-05", "work by 2023-10-05", ("planning by a day", "work by a day")),
        ("until 2026-08-31", "no term known", ("until 2026-08-31", "no term known")),
        (None, "told, due 2029-07-01", ("–", "told, due 2029-07-01")),
    ],
)
def test_days_that_move_alike_are_one_turn(before, after, turn):
    assert turn_of(change("due 2023", before, after)) == ("due", *turn)
