"""The demo plays its story into services that run, as a township and a desk that are let in for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
USERS = ("township-330604006", "system-demo")
KNOWS, NEW = '{"user": "it"}', '{"user": "it", "amqp_uri": "amqp://it"}'


def let_in(folder: Path, path: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the script with the `tenglong` that lies in a folder."""
    return subprocess.run(
        ["sh", "demo/let-in", str(folder)],
        cwd=ROOT,
        env={"PATH": f"{path}:{os.environ['PATH']}", **env},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_the_story_goes_from_the_survey_to_the_listing_and_says_why(guarded, tmp_path):
    administrator = {
        "AMQP_URI": guarded.uri("administrator"),
        "MANAGEMENT_URL": guarded.rabbitmq.management_url,
    }
    for each in USERS:
        guarded.grant("revoke", each)  # another test may have let the township in
    try:
        done = let_in(tmp_path, ROOT / "bin", administrator)
        command = [sys.executable, "-m", "demo.visit", str(tmp_path)]
        played = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180)
    finally:
        for each in USERS:
            guarded.grant("revoke", each)

    assert (done.returncode, played.returncode) == (0, 0), done.stderr + played.stderr
    assert played.stdout.count("→ receipt accepted") == 7
    for fact in ("parcels.land_released", "projects.listing_published"):
        assert f"· {fact}" in played.stdout
    assert "←" in played.stdout  # why the alert exists


def test_a_township_that_was_let_in_before_keeps_its_password(tmp_path):
    grants = tmp_path / "tenglong"
    mine, others = tmp_path / "mine", tmp_path / "others"
    for folder in (mine, others):
        folder.mkdir()

    def granted(township: str, into: Path) -> subprocess.CompletedProcess[str]:
        grants.write_text(
            f"#!/bin/sh\ncase $2 in township) echo '{township}' ;; *) echo '{NEW}' ;; esac"
        )
        grants.chmod(0o755)
        return let_in(into, tmp_path, {})

    assert granted(NEW, mine).returncode == 0
    assert granted(KNOWS, mine).returncode == 0
    assert (mine / "township").read_text() == f"{NEW}\n" == (mine / "desk").read_text()

    refused = granted(KNOWS, others)

    assert refused.returncode == 1
    assert "330604006 was let in before the demo" in refused.stderr
    assert list(others.iterdir()) == []
