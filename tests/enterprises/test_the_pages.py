"""The commands on the card of enterprises, and on the page of its desk, run as they are printed."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backbone.messages.envelope import Event
from cli import ask, publish
from cli.app import app

from .conftest import Enterprises

ROOT = Path(__file__).parents[2]
CARD = "services/enterprises/README.md"
PAGE = "docs/enterprise-desk.md"
HERE = re.compile(r"cat > (\S+) <<END\n(.*?\n)END\n", re.S)
PLAYED = re.compile(r"^### A group, played through\n.*?(?=^## )", re.S | re.M)  # by all services
PRINTED = re.compile(r"printf '(.*?)' > (\S+)\n")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Enterprises:
    """A service at the end of 2026, and a `tenglong` that reaches it, in a folder of its own."""
    service = Enterprises()
    service.now = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)

    def answer(_: str, method: str, wait_s: float = 10, **given: Any) -> Any:
        return service.read(method, **given)

    def receipt(_: str, township: str, event: Event, *how: Any) -> Any:
        heard = service.hear("township", event.type, event.data, publisher=township)
        return {"outcome": heard.or_raise().outcome}

    monkeypatch.setattr(ask, "ask", answer)
    monkeypatch.setattr(publish, "publish_and_wait", receipt)
    monkeypatch.setattr(publish, "broker_uri", lambda: "")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    return service


def commands(page: str) -> list[list[str]]:
    """What is typed, in order; the files that the page writes are written."""
    written = PLAYED.sub("", (ROOT / page).read_text("utf-8"))
    text = "".join(re.findall(r"```sh\n(.*?)```", written, re.S))
    for name, content in HERE.findall(text):
        Path(name).write_text(content, "utf-8")
    for content, name in PRINTED.findall(text):
        Path(name).write_text(content.replace("\\n", "\n"), "utf-8")
    text = PRINTED.sub("", HERE.sub("", text)).replace("\\\n", " ")
    for name, value in re.findall(r"^([A-Z])=(\S+)$", text, re.M):
        text = text.replace(f"{name}={value}\n", "").replace(f"${name}", value)
    return [each.split("\0") for each in _lines(text)]


def _lines(text: str) -> list[str]:
    """Commands begin a line with `tenglong`; a quoted argument may go on over several."""
    return ["\0".join(shlex.split(each)) for each in re.split(r"^(?=tenglong )", text, flags=re.M)][
        1:
    ]


def run(desk: Enterprises, typed: list[list[str]]) -> None:
    for tenglong, *given in typed:
        done = CliRunner().invoke(app, given)
        desk.hear_itself()
        assert (tenglong, done.exit_code) == ("tenglong", 0), (given, done.output)


@pytest.mark.parametrize(
    ("given", "hinted"),
    [
        (("find_enterprise", "name=3511"), "name"),
        (("map_industry", "code=C3511", "edition=2011"), "edition"),
        (("map_industry", "code=C3511", "edition=C"), None),
        (("working_days", "from_on=2026-09-21", "days=-1"), None),
    ],
)
def test_digits_where_a_text_belongs_are_shown_how_to_be_written(desk, given, hinted):
    done = CliRunner().invoke(app, ["call", "enterprises", *given])
    assert done.exit_code == 1
    hint = f"""{hinted} was read as a number; as a text it is written {hinted}='"…"'"""
    assert (hint in " ".join(done.stderr.split())) is (hinted is not None)


def test_every_command_on_the_card_runs_as_it_is_printed(desk):
    typed = commands(CARD)
    run(desk, typed)
    assert len(typed) >= 20


def test_the_page_leads_a_request_to_its_answer_and_a_round_to_final_grades(desk):
    run(desk, commands(PAGE))

    request = desk.read("get_service_request", service_request_id="330604006-R17")
    assert (request["state"], request["days_late"]) == ("answered", 0)
    [year] = desk.read("grades_of", enterprise_id="330604002-E22")["years"]
    assert (year["grade"], year["final_on"]) == ("A", "2024-07-16")

    firm = {"enterprise_id": "330604002-E21"}
    assert desk.read("industry_of", **firm)["industry"]["code_2017"] == "C3762"
    assert desk.read("honours_of", **firm)["honours"][0]["expires_on"] == "2027-02-28"
    assert len(desk.read("group_overview", **firm)["group_firms"]) == 2
    owned = desk.read("owners_of", enterprise_id="330604002-E22")
    assert ([each["owner_id"] for each in owned["owners"]], owned["warning"]) == (
        ["330604002-E21"],
        None,
    )

    service_desk = (ROOT / PAGE).read_text("utf-8").partition("## A round")[0]
    questions = re.findall(r"\| `([a-z_]+ [a-z_]+=.*?)`", service_desk)
    asked = [each.replace("=…", "=330604006-R17") for each in questions]
    run(desk, [["tenglong", "call", "enterprises", *shlex.split(each)] for each in asked])
    assert len(asked) >= 5
