"""docs/capacity.md shows what its command prints, and the command reckons what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from backbone.outbox.relay import ANNOUNCED_AT_MOST
from backbone.settings import Settings
from bench import capacity
from bench.capacity import Asked, Needs
from services.notify.alerts.entrypoints import TRAIL_DAYS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE, PERFORMANCE = ((DOCS / name).read_text("utf-8") for name in ("capacity.md", "performance.md"))
FOUND = capacity.measured()
OF_A_YEAR = FOUND["events"] / FOUND["plots"] / 365  # on a plot, a day


@pytest.mark.parametrize("asked", [Asked(), Asked(events_per_day=42_000)])
def test_the_tables_of_the_page_are_what_the_command_prints(asked):
    assert capacity.table(asked) in PAGE
    assert "python -m bench.capacity" in PAGE


def test_what_is_carried_is_what_the_page_of_performance_says():
    half = round(FOUND["chain_per_s"] / 2)  # it is watched at half of what it holds
    [day] = re.findall(r"Figures of (\d+ \w+ \d{4})", PERFORMANCE)

    assert f"| ours at {half:,}/s |" in PERFORMANCE
    assert re.search(rf"\| `idle_rss_mb` [^|]*\| {FOUND['process_mb']} \|", PERFORMANCE)
    assert f"({FOUND['rest_ms_per_s']} in all)" in PERFORMANCE
    assert f"docs/performance.md, {day}" in capacity.MEASURED.read_text("utf-8")


def test_a_year_brings_a_million_parcels_what_the_page_says():
    assert f"about {round(OF_A_YEAR * 1e6, -3):,.0f} reports and commands a day" in PAGE


def test_the_store_of_the_compose_file_holds_the_parcels_that_the_guide_says():
    guide, compose = (DOCS / "operations.md").read_text(), (ROOT / "docker-compose.yml").read_text()
    [said] = re.findall(r"enough for \[([\d,]+) parcels with a year's events\]", guide)
    [bound] = re.findall(r"--maxmemory, (\d+)mb", compose)
    parcels = int(said.replace(",", ""))

    asked = Asked(zones=1, parcels=parcels, events_per_day=round(parcels * OF_A_YEAR))
    assert Needs(asked, FOUND).redis < int(bound) * 2**20


def test_what_is_kept_for_days_is_as_the_services_keep_it():
    settings, asked = Settings(), Asked()
    assert (asked.inbox_days, asked.announced_days) == (
        settings.inbox_days,
        settings.announced_days,
    )
    assert (asked.trail_days, capacity.ANNOUNCED_AT_MOST) == (TRAIL_DAYS, ANNOUNCED_AT_MOST)


def test_ten_times_the_events_take_ten_times_the_memory_of_what_grows_with_them():
    few, many = (
        Needs(Asked(events_per_day=100_000), FOUND),
        Needs(Asked(events_per_day=10**6), FOUND),
    )
    for each in ("histories", "alerts", "remembered", "trails", "peak_per_s"):
        assert getattr(many, each) == pytest.approx(10 * getattr(few, each))
    assert many.things == few.things
    parts = (many.things, many.histories, many.alerts, many.remembered, many.trails, many.announced)
    assert many.redis == pytest.approx(sum(parts))


def test_no_more_facts_are_kept_to_be_announced_again_than_a_service_keeps():
    most = 4 * ANNOUNCED_AT_MOST * FOUND["announced_bytes"] / FOUND["announced_count"]
    assert Needs(replace(Asked(), events_per_day=10**9), FOUND).announced == pytest.approx(most)
    assert Needs(replace(Asked(), events_per_day=10_000), FOUND).announced < most / 10


@pytest.mark.parametrize("said", ["0", "-1", "1.5", "many"])
def test_what_cannot_be_reckoned_with_is_refused_in_words(said, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["capacity", "--zones", said])
    with pytest.raises(SystemExit):
        capacity.main()

    assert f"--zones: {said} is no whole number from 1 on" in capsys.readouterr().err
