"""`tenglong codes`: the desk sees a firm's codes, and prints a card."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.codes import command

from ..reports import FIRM
from .reports import Firm


@pytest.fixture
def tenglong(monkeypatch):
    firm = Firm()
    firm.graded("D")
    firm.graded("C", revision=2)

    def read(service, method, **arguments):
        assert service == "enterprises"
        return firm.enterprises.read(method, **arguments)

    monkeypatch.setattr(command, "call", read)
    monkeypatch.setenv("COLUMNS", "180")
    return lambda *words: CliRunner().invoke(app, ["codes", *words])


def test_the_table_shows_each_code_with_its_reason_and_its_past(tenglong):
    shown = tenglong(FIRM).output

    for told in ("C yellow", "D red", f"{FIRM}/G72", "quotas limited", "not confirmed"):
        assert told in shown


def test_a_scanned_code_leads_there_too(tenglong):
    assert "C yellow" in tenglong(f"{FIRM}/G72").output


def test_an_earlier_day_can_be_asked_for(tenglong):
    assert "C yellow" not in tenglong(FIRM, "--on", "2023-07-19").output.split("said")[0]


def test_the_answer_can_be_had_as_json(tenglong):
    assert '"looked_up": "risk_code"' in tenglong(f"{FIRM}/R00", "--json").output


def test_a_card_of_the_looked_up_code_is_written(tenglong, tmp_path):
    svg, png = tmp_path / "c.svg", tmp_path / "c.png"

    assert tenglong(f"{FIRM}/R00", "--card", str(svg)).exit_code == 0
    assert f"{FIRM}/R00" in svg.read_text("utf-8")
    assert tenglong(FIRM, "--card", str(png)).exit_code == 0
    assert png.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["card.pdf", "none/card.svg"])
def test_a_card_that_cannot_be_written_is_said_in_a_sentence(tenglong, tmp_path, name):
    done = tenglong(FIRM, "--card", str(tmp_path / name))

    assert done.exit_code == 2
    said = " ".join(done.output.replace("│", " ").split())
    assert "must end with .svg or .png" in said or "cannot be written" in said
