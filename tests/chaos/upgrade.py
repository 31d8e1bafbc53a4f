"""This version of the platform and the one before, side by side on one broker and store.

The processes of the one are replaced by those of the other, one by one, to this version and back again,
while reports and calls come: `make chaos ARGS="--upgrade"`, and in short `test_an_upgrade.py`.
"""

from __future__ import annotations

import io
import itertools
import json
import random
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.request
from functools import partial
from pathlib import Path
from typing import Any

from tests.chaos.desks.caller import Caller, Refusal
from tests.chaos.houses import Ledger
from tests.support.children import Child
from tests.support.eventually import eventually

ROOT = Path(__file__).parents[2]
# The version before: contracts, queues and stores of it are compatible with this one. Once there is a
# release whose are, its commit stands here.
BEFORE = "04f84b6ab0a5ad78a6c330d2e3c7ff5f60f3852e"
CALM_S = (1.0, 2.0)  # between two replacements
STARTS_WITHIN_S = 240  # some seconds by itself; machines that run tests are busy


def checkout(commit: str = BEFORE) -> Path:
    """What the repository held then, in a new folder. Raises `LookupError` where it is not known."""
    held = subprocess.run(
        ["git", "archive", commit],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if held.returncode:
        said = held.stderr.decode().strip()
        raise LookupError(
            f"{commit}, the version before, is wanted; fetch all of the history: {said}"
        )
    home = Path(tempfile.mkdtemp(prefix="before-"))
    with tarfile.open(fileobj=io.BytesIO(held.stdout)) as files:
        files.extractall(home, filter="data")
    return home


def roll(
    street: Any, roots: list[Path], senders: list[Any], ledger: Ledger, chance: random.Random
) -> None:
    """Replace each process by one of the code of each of these folders in turn, for as long as reports or
    commands come; in any case all by the first, and one by the second."""
    steps = ((each, root) for root in itertools.cycle(roots) for each in list(street.children))
    for number, (each, root) in enumerate(steps):
        time.sleep(chance.uniform(*CALM_S))
        sends = any(sender.is_alive() for sender in senders if not isinstance(sender, Leads))
        if number > len(street.children) and not sends:
            break
        street.replace(each, root)
        blow = f"{each[0]} replaced"
        ledger.kills[blow] = ledger.kills.get(blow, 0) + 1
        print(f"\r{sum(len(s.sent) for s in senders)} sent, {each[0]} {each[1]} of {root}",
              file=sys.stderr, flush=True)  # fmt: skip
    for sender in senders:
        if isinstance(sender, Leads):
            sender.over.set()


def wait_ready(child: Child) -> Child:
    """Return when all its services are ready."""
    eventually(partial(_is_ready, child), STARTS_WITHIN_S, every=0.2)
    return child


def _is_ready(child: Child) -> bool:
    if not child.alive:
        raise RuntimeError(f"it ended:\n{child.tail()}")
    said = next((x for x in child.output.read_text().splitlines() if x.startswith('{"ports"')), "")
    assert said, "not started"
    for port in json.loads(said)["ports"].values():
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
        except OSError as problem:
            raise AssertionError(f"not ready: {problem}") from problem
    return True


class Leads(threading.Thread):
    """Somebody who registers leads and reads all of each again, until it is over; a call is repeated until
    it is answered. What was sent is in `sent`: a method, and its id."""

    def __init__(self, uri: str) -> None:
        super().__init__(daemon=True)
        self.caller, self.over = Caller(uri, user="guest"), threading.Event()
        self.sent: list[tuple[str, str]] = []
        self.copies = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        for number in itertools.count():
            if self.over.wait(0.4):
                break
            try:
                self._register(f"lead-{number}")
            except (Refusal, TimeoutError) as problem:
                self.wrong.append(str(problem))
        self.caller.close()

    def _register(self, lead_id: str) -> None:
        wish = {"min_area_m2": "8000", "max_area_m2": "20000", "townships": []}
        about = {"lead_id": lead_id, "name": "separators", "source": "fund_led", "wish": wish}
        for _ in range(2):  # the second may be answered by the other version, and must be the same
            told = self.caller.call("projects", "register_lead", **about, request_id=lead_id)
        self.copies += 1
        self.sent.append(("projects.register_lead", lead_id))
        for _, each in (
            self.sent[-1],
            self.sent[len(self.sent) * 2 // 3],
        ):  # of another version, too
            self._held(each)
        if told["lead_id"] != lead_id:
            self.wrong.append(f"{lead_id}: {told}")

    def _held(self, lead_id: str) -> None:
        kept = self.caller.call("projects", "lead_history", lead_id=lead_id)
        if len(kept) != 1:
            self.wrong.append(f"{lead_id}: {kept}")
