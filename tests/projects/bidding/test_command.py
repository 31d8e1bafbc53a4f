"""`tenglong bidding judge` reads a file and says how each bidding of it came out."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli.app import app

from .given import LAND, bid

A, B = bid("A", "02 10:00", "1361"), bid("B", "10 09:30", "1371")
SOLD = {name: value for name, value in LAND.items() if name != "place"} | {"bids": [A, B]}


def run(tmp_path, content, *options):
    file = tmp_path / "bids.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return CliRunner().invoke(app, ["bidding", "judge", str(file), *options])


def test_one_bidding_is_answered_as_one_object(tmp_path):
    done = run(tmp_path, SOLD, "--json")
    found = json.loads(done.stdout)

    assert done.exit_code == 0
    assert (found["winner"], found["price"], found["id"]) == ("B", "1371", "bidding 1")
    assert found["ends_at"] == "2025-04-10T10:00:00+08:00"


def test_several_share_a_unit_and_one_that_cannot_be_read_stops_no_other(tmp_path):
    cases = [
        {**SOLD, "id": "a", "note": "as printed", "expected": {}},
        {"id": "b", "start": 1},
        {"id": "c", "frozen": ["2025-04-03T12:00", "2025-04-03T14:00"]},
    ]
    done = run(tmp_path, {"unit": "元", "cases": cases, "source": "x"}, "--json")
    a, b, c = json.loads(done.stdout)

    assert done.exit_code == 2
    assert a["unit"] == "元"
    assert {each["field"] for each in b["errors"]} == {"step", "end"}
    assert c["resume_not_before"] == "2025-04-04T12:00:00+08:00"


@pytest.mark.parametrize(
    ("options", "place", "outcome"),
    [([], "福建", "auction"), (["--place", "national"], "national", "sold")],
)
def test_the_place_may_be_said_beside_the_file(tmp_path, options, place, outcome):
    bids = [bid("A", "10 09:10", "1361"), B]
    found = json.loads(run(tmp_path, SOLD | {"bids": bids}, "--json", *options).stdout)

    assert (found["place"], found["outcome"]) == (place, outcome)


def test_the_day_whose_rules_judge_may_be_said(tmp_path):
    done = run(tmp_path, SOLD, "--on", "2010-01-01", "--json")

    assert json.loads(done.stdout)["place"] == "national"


def test_people_get_a_table_with_what_would_have_been_right(tmp_path):
    bids = [
        A,
        bid("C", "03 10:00", "1365"),
        bid("D", "10 09:10", "1371"),
        bid("E", "10 09:20", "1381"),
    ]
    said = run(
        tmp_path, SOLD | {"bids": bids, "frozen": ["2025-04-10T09:40", "2025-04-10T10:10"]}
    ).stdout

    assert "auction from 1391 万元 on, 2025-04-10 10:45" in said
    assert "BID_BELOW_STEP A bid was 1371 万元 or more." in said
    assert "SEVERAL_IN_LAST_HOUR" in said
    assert "left at most: 60 minutes" in said


def test_people_are_told_what_cannot_be_read(tmp_path):
    done = run(tmp_path, {**SOLD, "start": "much"})

    assert done.exit_code == 2
    assert "cannot be read" in done.stdout
    assert "start, “much”: Give the price as a plain decimal" in done.stdout


@pytest.mark.parametrize("content", ["{", "3", "[]", '{"cases": 3}', "[3]"])
def test_a_file_that_holds_no_bidding_is_told(tmp_path, content):
    assert run(tmp_path, content).exit_code == 2


def test_what_cannot_be_read_is_quoted_with_what_would_be_right(tmp_path):
    wrong = {**SOLD, "end": "2026-06-31T10:00", "bids": [["A", "2026-02-30T10:00", "1361"]]}
    done = run(tmp_path, wrong)
    told = " ".join(done.stdout.split())
    assert (
        "end, “2026-06-31T10:00”: There is no such day; the last of its month is 2026-06-30."
        in told
    )
    assert "bids.0, “[" in told
    assert "the last of its month is 2026-02-28." in told
