"""What docs/operations.md has people type and write is what the platform takes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from park import calendar

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
NEW = {"user": "service-parcels", "amqp_uri": "amqp://new@b/", "redis_url": "redis://new@r/0"}


@pytest.mark.parametrize("words", [("amqp_uri", "redis_url"), ("amqp_uri",)])
def test_another_password_gets_into_the_volume_as_the_page_says(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (program,) = re.findall(r"--entrypoint python secrets -c '\n(.*?)\n'\n", PAGE, re.DOTALL)
    folder = tmp_path / "parcels"
    folder.mkdir()
    for file in ("amqp-uri", "redis-url"):
        (folder / file).write_text("a much longer one than the new one is, by far\n")
    printed = json.dumps({word: NEW[word] for word in ("user", *words)})

    command = [sys.executable, "-c", program.replace("/secrets/", f"{tmp_path}/")]
    subprocess.run(command, input=printed, text=True, check=True, timeout=60)

    for word in words:
        file = word.replace("_", "-")
        assert (folder / file).read_text() == NEW[word] + "\n"


def test_a_calendar_file_of_the_lines_on_the_page_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (lines,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(lines.splitlines()) == 3
    (tmp_path / "2026.toml").write_text(lines)
    monkeypatch.setenv(calendar.FOLDER_SETTING, str(tmp_path))

    assert calendar.is_working_day(date(2026, 1, 4))
    assert not calendar.is_working_day(date(2026, 1, 2))
    assert calendar.is_working_day(
        date(2026, 2, 16)
    )  # of which this file says nothing, as ours does


@pytest.mark.parametrize(
    ("operator", "least", "command"),
    [
        ("RabbitMQ cluster operator", (2,), r"cluster-operator/releases/download/v([\d.]+)/"),
        ("KEDA", (2, 8), r"keda/releases/download/v([\d.]+)/keda-\1\.yaml"),
        ("Prometheus operator", (0, 61), r"that chart has Prometheus operator ([\d.]+\d)"),
    ],
)
def test_an_operator_is_installed_at_a_version_that_has_the_kinds_of_the_manifests(
    operator: str, least: tuple[int, ...], command: str
) -> None:
    (row,) = re.findall(rf"^\| \[{operator}\].*? ([\d.]+)\b", PAGE, re.MULTILINE)
    (installed,) = re.findall(command, PAGE)

    assert tuple(map(int, row.split("."))) == least
    assert tuple(map(int, installed.split("."))) >= least
    assert "releases/latest" not in PAGE
    assert "--namespace monitoring" in PAGE  # from which the policies let metrics be asked
