"""`tenglong clauses check` asks of a table, of the lines of a text, or of a clause as it is typed."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli.app import app

from .calls import HERE


def run(*given: str):
    return CliRunner().invoke(app, ["clauses", "check", *given, "--on", "2025-06-01"])


def said(*given: str):
    done = run(*given, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_clause_is_checked_as_it_is_typed():
    done = run(HERE)
    assert done.exit_code == 0
    assert "公平竞争审查条例 art. 9(2)" in done.stdout
    assert "1 open questions under the rules of 2025-06-01" in done.stdout
    assert "nothing is asked" in run("容积率不低于2.0").stdout


def test_a_table_has_a_row_for_each_clause_and_says_what_speaks_for_an_exception(tmp_path):
    file = tmp_path / "policy.csv"
    file.write_text(
        "id,text,clause_kind,ground,no_milder_way,ends_on,conclusion_reasons\n"
        "P1,对实验室给予奖励,reward_for_certain_firms,science,是,2027-12-31,why\n"
        "P2,对实验室给予奖励,reward_for_certain_firms,science,yes,,why\n"
        "P3,容积率不低于2.0,,,,,\n",
        "utf-8",
    )
    found = said(str(file), "--kind", "policy", "--reviewed-on", "2025-05-20")
    first, second, third = found["clauses"]
    assert [each["code"] for each in first["questions"]] == ["REWARD_FOR_CERTAIN_FIRMS"]
    assert first["exception_questions"] == third["questions"] == []
    assert [each["code"] for each in second["exception_questions"]] == ["EXCEPTION_TERM"]
    assert (found["open_questions"], found["document_questions"]) == (3, [])


def test_a_text_file_has_a_clause_on_each_line(tmp_path):
    file = tmp_path / "notice.txt"
    file.write_text(f"容积率不低于2.0\n\n{HERE}\n", "utf-8")
    found = said(str(file))["clauses"]
    assert [(each["id"], len(each["questions"])) for each in found] == [
        ("line 1", 0),
        ("line 3", 1),
    ]


def test_a_row_that_cannot_be_read_says_why_and_the_others_go_on(tmp_path):
    file = tmp_path / "policy.csv"
    file.write_text(f"id,text,no_milder_way,colour\na,{HERE},perhaps,red\nb,{HERE},,\n", "utf-8")
    done = run(str(file))
    assert done.exit_code == 2
    assert "Say true or false." in done.stdout
    assert "须在本县注册成立公司" in done.stdout
    assert "colour" in done.stderr


def plain(done) -> str:
    """What was said, without its frame."""
    return " ".join(done.output.replace("│", " ").split())


@pytest.mark.parametrize("heading", ["id", "clause_id"])
def test_the_number_of_a_clause_stands_under_id_or_clause_id(heading, tmp_path):
    file = tmp_path / "notice.csv"
    file.write_text(f"{heading},text\n3-2,{HERE}\n", "utf-8")
    assert [(each["id"], each["text"]) for each in said(str(file))["clauses"]] == [("3-2", HERE)]
    assert run(str(file)).stdout.split()[0] == "id", "the answer calls the number as the file does"


@pytest.mark.parametrize("heading", ["clause,txt", "id,clause", "clause_id,words"])
def test_a_table_without_a_column_text_is_refused_and_told_which_headings_are_taken(
    heading, tmp_path
):
    file = tmp_path / "notice.csv"
    file.write_text(f"{heading}\n1,{HERE}\n", "utf-8")
    done = run(str(file))
    assert done.exit_code == 2
    assert "has no heading text" in plain(done)
    assert "taken are text, id (or clause_id), clause_kind," in plain(done)


def test_a_column_clause_beside_text_is_left_alone(tmp_path):
    file = tmp_path / "notice.csv"
    file.write_text(f"clause,text\n1,{HERE}\n", "utf-8")
    done = run(str(file))
    assert "须在本县注册成立公司" in done.stdout
    assert "columns left alone: clause" in done.stderr


def test_the_help_names_the_headings():
    told = plain(CliRunner().invoke(app, ["clauses", "check", "--help"]))
    assert "id (or clause_id), text, clause_kind" in told


def test_another_kind_of_document_is_told_which_kinds_there_are():
    done = run(HERE, "--kind", "politic")
    assert done.exit_code == 2
    assert "Give --kind as one of notice, policy." in plain(done)
    assert "Value error" not in done.output


def test_a_file_that_is_missing_or_has_no_clause_is_told(tmp_path):
    (tmp_path / "a.csv").write_text("id,words\na,b\n")
    (tmp_path / "b.txt").write_text("\n")
    assert "text" in run(str(tmp_path / "a.csv")).output
    assert "it holds no clause" in run(str(tmp_path / "b.txt")).output
    assert run("nowhere.csv").exit_code == 2
    assert CliRunner().invoke(app, ["clauses", "check", HERE, "--on", "soon"]).exit_code == 2


def test_a_table_of_notices_may_have_their_conditions(tmp_path):
    file = tmp_path / "plots.csv"
    file.write_text(
        f"id,price_printed,published_on,conditions\na,1361,2025-06-01,{HERE}；容积率不低于2.0\n"
    )
    done = CliRunner().invoke(app, ["notices", "check", str(file)])
    assert done.exit_code == 0
    assert "warned FORCED_TO_SET_UP_HERE (conditions)" in done.stdout


@pytest.mark.parametrize(("given", "said"), [("", "it is empty"), (" ", "it is empty")])
def test_nothing_at_all_is_told_what_to_give(given, said):
    done = run(given)
    assert done.exit_code == 2
    assert said in plain(done)


def test_a_folder_is_told_to_be_none_of_clauses(tmp_path):
    done = run(str(tmp_path))
    assert done.exit_code == 2
    assert "is a folder" in plain(done)
