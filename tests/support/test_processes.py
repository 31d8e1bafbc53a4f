"""The services, started as an installation starts them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from .children import Child
from .eventually import eventually
from .processes import SERVICES, ServiceProcess

Start = Callable[..., ServiceProcess]


def test_four_services_of_one_process_are_ready_each_on_its_own_port(start_services: Start) -> None:
    process = start_services(*SERVICES).wait_ready()
    for name in SERVICES:
        assert process.get(name, "/livez").json()["service"] == name
        assert process.metric(name, "tenglong_ready", service=name) == 1
    assert process.stop() == 0


def test_a_killed_service_is_ready_again_on_the_same_port(start_services: Start) -> None:
    process = start_services("parcels").wait_ready()
    process.kill()
    process.start()
    process.wait_ready()


def test_a_process_that_ends_before_it_is_ready_shows_why(start_services: Start) -> None:
    process = start_services("parcels", INBOX_DAYS="1")
    with pytest.raises(RuntimeError, match="INBOX_DAYS=1 is too short"):
        process.wait_ready()


def test_a_program_outlives_the_thread_that_started_it(tmp_path: Path) -> None:
    started: list[Child] = []
    thread = threading.Thread(
        target=lambda: started.append(Child(["sleep", "60"], os.environ, tmp_path / "output"))
    )
    thread.start()
    thread.join()
    with pytest.raises(
        AssertionError, match="not within"
    ):  # the system would have ended it at once
        eventually(lambda: not started[0].alive, timeout=0.5)
    started[0].kill()


def test_a_condition_that_never_comes_true_is_told_with_the_last_answer() -> None:
    with pytest.raises(AssertionError, match=r"not within 0.1 s; the last answer was \[\]"):
        eventually(list, timeout=0.1)
