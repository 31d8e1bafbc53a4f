"""Handing in, on a real broker: receipts, the same file twice, a run that is killed, what comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from amqp.exceptions import AccessRefused
from openpyxl import load_workbook

from cli.handin import checking
from park import townships
from tests.support.children import Child
from tests.support.doorway import Host
from tests.support.eventually import eventually

from .conftest import FIRM_CODE, PARCEL, PARCELS, TODAY

ROOT = Path(__file__).parents[2]
TOWNSHIPS = iter(sorted(townships.codes(TODAY)))
PERSON = "330604198001010093"


@pytest.fixture(scope="module")
def park(rabbitmq, redis_server):
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", ["parcels", "enterprises"], uri, url) as host:
        yield host


@pytest.fixture
def township():
    """One of its own for each test."""
    return next(TOWNSHIPS)


class Clerk:
    """Somebody at a desk of a township, who types `tenglong import …`."""

    def __init__(self, amqp_uri: str, township: str) -> None:
        self.env = {**os.environ, "AMQP_URI": amqp_uri, "COLUMNS": "200"}
        self.township = township

    def command(self, what: str, path: Path, *more: str) -> list[str]:
        tool = [sys.executable, "-W", "ignore", "-m", "cli", "import", what, str(path)]
        return [*tool, "--township", self.township, *more]

    def types(self, what: str, path: Path, *more: str) -> subprocess.CompletedProcess[str]:
        command = self.command(what, path, *more)
        return subprocess.run(
            command,
            env=self.env,
            cwd=ROOT,
            text=True,
            capture_output=True,
            timeout=250,
            check=False,
        )

    def told(self, what: str, path: Path, *more: str) -> tuple[int, list[dict]]:
        """The exit code, and what it said as JSON, the summary last."""
        done = self.types(what, path, "--json", *more)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def clerk(park, township):
    return Clerk(park.env["AMQP_URI"], township)


def parcels(count):
    return [PARCELS, *((f"{number:05}", *PARCEL[1:]) for number in range(count))]


def test_a_total_is_handed_in_by_no_run_and_held_against_its_rows(park, clerk, desk):
    path = desk.workbook([*parcels(2), ("合计", 2 * PARCEL[1] + 1)], name="total.xlsx")

    code, said = clerk.told("run", path)

    summary = said[-1]["summary"]
    assert (code, summary["rows"], summary["accepted"], summary["total"]) == (0, 2, 2, 1)
    assert "its rows (2) come to 23,563" in said[-1]["said"][0]
    assert not (desk.home / "total.errors.xlsx").exists()


def test_every_good_row_is_handed_in_and_has_a_receipt(park, clerk, desk):
    path = desk.workbook(parcels(3))

    code, said = clerk.told("run", path)

    assert code == 0, said
    assert (said[-1]["summary"]["rows"], said[-1]["summary"]["accepted"]) == (3, 3)
    kept = park.call("parcels", "get_parcel", parcel_id=f"{clerk.township}-00002")
    assert (kept["area_m2"], kept["surveyed"]["on"]) == ("11781.5", "2023-07-20")
    assert not list(desk.home.glob("*.journal"))
    assert not list(desk.home.glob("*.errors.xlsx"))


def test_the_same_file_twice_changes_nothing(park, clerk, desk):
    path = desk.workbook(parcels(3))
    clerk.told("run", path)
    before = park.call("parcels", "parcel_history", parcel_id=f"{clerk.township}-00001")

    code, said = clerk.told("run", path)

    assert (code, said[-1]["summary"]["duplicate"], said[-1]["summary"]["accepted"]) == (0, 3, 0)
    assert park.call("parcels", "parcel_history", parcel_id=f"{clerk.township}-00001") == before


def test_what_was_corrected_is_handed_in_as_it_was_before_with_a_word(park, clerk, desk):
    first = desk.workbook(parcels(1), "first.xlsx")
    other = desk.workbook([PARCELS, ("00000", 5, *PARCEL[2:])], "other.xlsx")

    def area():
        parcel_id = f"{clerk.township}-00000"
        return park.call("parcels", "get_parcel", parcel_id=parcel_id)["area_m2"]

    for path, more, area_m2 in ((first, (), "11781.5"), (other, (), "5"), (first, (), "5")):
        clerk.told("run", path, *more)
        assert area() == area_m2
    clerk.told("run", first, "--again", "b")
    assert area() == "11781.5"


def test_a_run_that_was_killed_goes_on_and_hands_in_everything_once(park, clerk, desk):
    path, many = desk.workbook(parcels(6000)), 6000
    journal = path.with_name("file.xlsx.journal")
    running = Child(clerk.command("run", path), clerk.env, desk.home / "output", cwd=ROOT)
    eventually(lambda: journal.exists() and len(journal.read_text().splitlines()) > 200, timeout=60)
    running.kill()
    done = len(journal.read_text().splitlines()) - 1
    assert 0 < done < many

    again = clerk.types("run", path, "--json")

    summary = json.loads(again.stdout.splitlines()[-1])["summary"]
    assert again.returncode == 0, again.stderr
    assert "goes on where file.xlsx.journal ends" in again.stderr
    assert summary["accepted"] + summary["duplicate"] == summary["rows"] == many
    assert not journal.exists()
    for number in (0, many // 2, many - 1):
        history = park.call("parcels", "parcel_history", parcel_id=f"{clerk.township}-{number:05}")
        assert len(history) == 1


def test_a_journal_of_another_file_is_not_gone_on_with(clerk, desk):
    path = desk.workbook(parcels(2))
    path.with_name("file.xlsx.journal").write_text(
        json.dumps({"of": "another", "time": "2023-01-01T00:00:00+08:00"})
        + '\n{"row": 2, "outcome": "accepted"}\n'
    )

    done = clerk.types("run", path, "--json")

    assert json.loads(done.stdout.splitlines()[-1])["summary"]["accepted"] == 2
    assert "goes on" not in done.stderr


def test_the_rows_that_failed_come_back_with_the_reason_beside_them(clerk, desk):
    head = (*PARCELS, "统一社会信用代码", "权利人", "备注")
    good = (*PARCEL, FIRM_CODE, "上虞示例厂", "=1+1")
    path = desk.workbook(
        [
            head,
            good,
            ("0232", ">1", *PARCEL[2:], FIRM_CODE, "上虞示例厂", "+1"),
            ("0233", *PARCEL[1:], PERSON, "王某", f"王某{PERSON}"),
        ]
    )

    done = clerk.types("run", path)

    assert done.returncode == 1
    assert PERSON not in done.stdout + done.stderr
    assert FIRM_CODE not in done.stdout + done.stderr
    back = [
        [cell.value for cell in row] for row in load_workbook(desk.home / "file.errors.xlsx").active
    ]
    assert back[0][-3:] == ["row", "outcome", "why"]
    assert [row[-3:-1] for row in back[1:]] == [[3, "refused"], [4, "needs_person"]]
    assert "B area: This is a bound" in back[1][-1]
    assert (back[1][1], back[1][8]) == (">1", "'+1")
    assert back[1][6] == FIRM_CODE  # it is the township's own, to be corrected
    assert (back[2][6], back[2][8]) == ("****0093", "王某****0093")


def test_the_workbook_that_came_back_is_corrected_and_handed_in(park, clerk, desk):
    clerk.types("run", desk.workbook([PARCELS, ("0232", ">1", *PARCEL[2:])]))
    errors = desk.home / "file.errors.xlsx"
    book = load_workbook(errors)
    book.active["B2"] = 7500
    book.save(errors)

    code, said = clerk.told("run", errors)

    assert (code, said[-1]["summary"]["accepted"]) == (0, 1)
    assert (
        park.call("parcels", "get_parcel", parcel_id=f"{clerk.township}-0232")["area_m2"] == "7500"
    )


def test_what_the_park_refuses_comes_back_with_its_reasons(clerk, desk):
    head = ("案件编号", "宗地编号", "低效类型", "认定日期", "认定单位")
    path = desk.workbook([head, ("C1", "0231", "用地效益", "2023-02-01", "企业")])

    code, said = clerk.told("run", path)

    assert code == 1
    assert said[-1]["summary"]["refused_by_park"] == 1
    assert "operator_role" in said[1]["why"]
    why = load_workbook(desk.home / "file.errors.xlsx").active["H2"].value
    assert "operator_role" in why


def test_a_case_and_its_plan_are_handed_in_and_the_row_counts_once(park, clerk, desk):
    head = (
        *("案件编号", "宗地编号", "低效类型", "认定日期", "认定单位"),
        *("处置方式", "计划完成日期", "计划上报单位"),
    )
    row = ("C1", "0231", "用地效益", "2023-02-01", "专班", "收储", "2030-07-31", "街道")
    clerk.told("run", desk.workbook([PARCELS, PARCEL], "parcels.xlsx"))

    code, said = clerk.told("run", desk.workbook([head, row]))

    assert (code, said[-1]["summary"]["accepted"]) == (0, 1)
    case = park.call("parcels", "get_case", case_id=f"{clerk.township}-C1")
    assert (case["state"], case["planned"]["disposal_way"]) == ("plan_drafted", "land_reserve")
    _, checked = clerk.told("check", desk.workbook([head, row]))
    assert checked[1]["changes"] == ["same"]
    _, checked = clerk.told("check", desk.workbook([head, (*row[:6], "2031-07-31", "街道")]))
    assert checked[1]["changes"] == ["planned_end_on"]


def test_firms_are_handed_in(park, clerk, desk):
    head = ("企业名称", "统一社会信用代码", "企业规模", "宗地编号", "用地方式", "入驻日期")
    row = ("上虞示例厂", FIRM_CODE, "规下", "0231", "自有", "2019年3月1日")

    code, said = clerk.told("run", desk.workbook([head, row]))

    assert (code, said[-1]["summary"]["accepted"]) == (0, 1)
    (kept,) = park.call("enterprises", "list_enterprises", filter={"township": clerk.township})[
        "items"
    ]
    assert kept["name"] == "上虞示例厂"
    assert clerk.told("check", desk.workbook([head, row]))[1][1]["changes"] == ["same"]


def test_a_check_says_what_would_change_and_sends_nothing(park, clerk, desk):
    clerk.told("run", desk.workbook(parcels(2)))
    other = [
        PARCELS,
        ("00000", *PARCEL[1:]),
        ("00001", 5, "仓储", *PARCEL[3:]),
        ("new", *PARCEL[1:]),
    ]

    code, said = clerk.told("check", desk.workbook(other))

    assert code == 0
    assert [line["changes"] for line in said[1:-1]] == [["same"], ["land_use", "area_m2"], ["new"]]
    assert said[-1]["summary"] == {
        "rows": 3, "fine": 0, "mended": 3, "needs_person": 0, "refused": 0,
        "new": 1, "changed": 1, "same": 1,
    }  # fmt: skip
    assert (
        park.call("parcels", "get_parcel", parcel_id=f"{clerk.township}-00001")["area_m2"]
        == "11781.5"
    )


@pytest.mark.parametrize("uri", ["", "amqp://guest:secret@127.0.0.1:9/%2F"])
def test_a_check_without_the_park_says_that_it_did_not_compare(clerk, desk, uri):
    if uri:
        clerk.env["AMQP_URI"] = uri
    else:
        del clerk.env["AMQP_URI"]

    done = clerk.types("check", desk.workbook(parcels(2)))

    assert done.returncode == 0, done.stderr
    assert "Not compared with the park" in done.stdout
    assert "secret" not in done.stdout


def test_a_check_whose_login_is_refused_says_so_and_what_to_do(monkeypatch):
    def refuse(_uri):
        raise AccessRefused(
            "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN"
        )

    monkeypatch.setattr(checking, "connection", refuse)
    park = checking.Park("amqp://township-330604006:wrong@h/zone", 1)

    assert not park.reached
    assert "RabbitMQ refuses the login of township-330604006" in park.sentence
    assert "tenglong grant rotate township-330604006" in park.sentence
    assert "no connection" not in park.sentence
    assert ":wrong" not in park.sentence


def test_a_run_that_reaches_no_broker_says_where_it_looked(clerk, desk):
    clerk.env["AMQP_URI"] = "amqp://guest:secret@127.0.0.1:9/%2F"

    done = clerk.types("run", desk.workbook(parcels(2)))

    assert done.returncode == 1
    assert "no connection to amqp://guest:***@127.0.0.1:9/" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_none_ends_with_2_and_one_reason(clerk, desk):
    done = clerk.types("check", desk.csv("a,b\n1,2\n"))

    assert done.returncode == 2
    assert "This file is not read. No header was found" in done.stderr


def test_rows_without_a_receipt_are_left_for_the_next_run(park, clerk, desk):
    path = desk.workbook(parcels(2))
    park.pause()
    try:
        done = clerk.types("run", path, "--json", "--wait-s", "1")
    finally:
        park.resume()

    assert done.returncode == 1
    assert json.loads(done.stdout.splitlines()[-1])["summary"]["unanswered"] == 2
    assert path.with_name("file.xlsx.journal").exists()

    code, said = clerk.told("run", path)

    assert code == 0
    assert said[-1]["summary"]["accepted"] + said[-1]["summary"]["duplicate"] == 2
