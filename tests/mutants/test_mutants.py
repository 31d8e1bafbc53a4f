"""The tool that holds the tests: what must be noticed is noticed, and what is not is reported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from backbone.host.entrypoints import bindings
from services.installation import HOMES, classes
from services.parcels.screening.criteria import JUDGES
from services.projects.listings.clock import RULES, plan_comes_first

from . import switch
from .finding import TESTS, Mutant, mutants

ROOT = Path(__file__).parents[2]
RULE = "projects.listings.clock.plan_comes_first"
HOLDS = """
from datetime import date
from services.projects.listings.clock import plan_comes_first
from services.projects.listings.offer import Offer
from tests.projects.examples import notice, release

def test_a_notice_comes_after_its_approval():
    late = notice(approved_on=date(2023, 8, {day}))
    assert bool(plan_comes_first(Offer(notice=late, release=release()))) is {refused}
"""


def named(name: str) -> Mutant:
    return next(each for each in mutants() if each.name == name)


def tried(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    """`make mutants` of these names, with the tests of one folder only."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.mutants", "--tests", str(folder), *names],
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def on_again():
    """What was switched off is on again after the test."""
    code = plan_comes_first.__code__
    yield
    plan_comes_first.__code__ = code
    switch.SWITCHED_OFF.clear()


def test_a_boundary_stays_moved_in_a_process_that_runs_the_tests_of_several_folders(on_again):
    edge = next(each for each in mutants() if " edge " in each.name)
    code = edge.function.__code__
    try:
        switch.switch_off(edge.name)
        moved = edge.function.__code__
        switch.switch_off(edge.name)

        assert code is not moved is edge.function.__code__
    finally:
        edge.function.__code__ = code


def test_every_handler_of_the_park_and_every_rule_in_force_can_be_switched_off():
    found = [each.function for each in mutants()]
    handlers = [each for each in mutants() if each.area == "stories"]

    assert len(handlers) >= sum(len(bindings(cls)) for cls in classes(HOMES)) > 0
    assert {*RULES, *JUDGES.values()} <= set(found)
    assert len({each.name for each in mutants()}) == len(found)
    assert all((TESTS / folder).is_dir() for each in mutants() for folder in each.folders)


def test_the_tests_of_the_same_thing_are_tried_first():
    found = {
        each.area: each.folders for each in mutants() if each.name.startswith("projects.bidding.")
    }
    handlers = [each.folders for each in mutants() if each.area == "stories"]

    assert found["projects"] == ["projects/bidding", "projects"]
    assert handlers == [["stories"]] * len(handlers)


def test_a_rule_that_is_switched_off_finds_nothing_wrong_wherever_it_is_listed(on_again):
    assert plan_comes_first in RULES

    switch.switch_off(RULE)

    assert [rule(None) for rule in RULES if rule is plan_comes_first] == [None]


def test_each_of_them_can_be_switched_off_also_one_that_calls_super():
    for mutant in mutants():
        code = mutant.function.__code__
        try:
            mutant.function.__code__ = mutant.code
        finally:
            mutant.function.__code__ = code


def test_an_unknown_mutant_is_no_silent_success():
    with pytest.raises(LookupError, match="no mutant"):
        switch.switch_off("projects.listings.clock.plan_comes_last")


@pytest.mark.parametrize(
    ("day", "refused", "survivors"),
    [
        (2, True, [f"{RULE} edge 1"]),  # a day beyond the boundary notices that the rule is off
        (1, False, [RULE]),  # the boundary itself notices that the boundary was moved
    ],
)
def test_what_a_test_holds_is_killed_and_what_none_holds_is_reported(
    tmp_path, day, refused, survivors
):
    (tmp_path / "test_rule.py").write_text(HOLDS.format(day=day, refused=refused))

    done = tried(tmp_path, RULE)

    killed = "test_rule.py::test_a_notice_comes_after_its_approval"
    rows = [line for line in done.stdout.splitlines() if line.startswith(RULE)]
    assert done.returncode == 1, done.stdout + done.stderr
    assert len(rows) == 2
    for row in rows:
        survives = row.rsplit("  ", 1)[0].split(":")[0].strip() in survivors
        assert row.endswith("SURVIVED" if survives else killed), done.stdout


def test_tests_that_fail_by_themselves_hold_nothing(tmp_path):
    (tmp_path / "test_rule.py").write_text("def test_nothing():\n    assert False\n")

    done = tried(tmp_path, RULE)

    assert done.returncode == 2, done.stdout + done.stderr
    assert "nothing switched off" in done.stdout
