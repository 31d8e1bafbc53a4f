"""The image holds what runs in it, and no secret of whoever builds it."""

from __future__ import annotations

from pathlib import Path

from cli.alarms import runbooks

ROOT = Path(__file__).parents[2]
RUNS = {"backbone", "park", "services", "handin", "year", "cli", "client", "demo"}


def test_nothing_gets_into_the_image_that_is_not_named() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [each for each in lines if each and not each.startswith("#")]
    let_in = {each.removeprefix("!") for each in rules if each.startswith("!")}
    assert rules[0] == "*", "before all else nothing is let in: no secrets/, no .env, no .git"
    assert let_in <= RUNS | {
        "requirements.lock",
        "bin/tenglong",
        "deploy/ready.py",
        "docs/runbooks",
        *(f"docs/{name}" for name in runbooks.BESIDE),
    }
    assert not [
        str(found)
        for folder in RUNS
        for pattern in ("*.pem", "*.key", ".env", "amqp-uri", "redis-url", "users.acl")
        for found in (ROOT / folder).rglob(pattern)
    ]


def test_the_pages_that_it_shows_to_whoever_is_woken_are_in_it() -> None:
    copied = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    let_in = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    beside = [f"docs/{name}" for name in runbooks.BESIDE]
    assert "COPY docs/runbooks docs/runbooks" in copied
    assert f"COPY {' '.join(beside)} docs/" in copied
    assert {f"!{each}" for each in ("docs/runbooks", *beside)} <= {*let_in}
