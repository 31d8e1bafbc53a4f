"""A large library is imported without holding up what else the service does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AT_START = """
import sys
import services.__main__
from services.installation import HOMES, classes
classes(HOMES)
print(sorted(sys.modules.keys() & {"apprise", "requests", "urllib3", "rich", "yaml", "fakeredis"}))
"""
TURNS = """
import eventlet
eventlet.monkey_patch()
import importlib
from services.notify.channels import aside

real, order, enough = importlib.import_module, [], eventlet.patcher.original("threading").Event()
def slow(name):
    if not order:
        order.append("begun")
        enough.wait(10)
        order.append("imported")
    return real(name)

aside.import_module = slow
asking = [eventlet.spawn(aside.imported, "pinned") for _ in range(2)]
for _ in range(10):
    eventlet.sleep(0.01)
    order.append("turn")
enough.set()
first, second = (each.wait() for each in asking)
print(order == ["begun", *["turn"] * 10, "imported"] and first is second and hasattr(first, "post"))
"""


def said_by(code: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_a_service_starts_without_the_libraries_that_it_may_never_use() -> None:
    assert said_by(AT_START) == "[]"


def test_other_work_has_its_turn_while_a_library_is_imported_and_two_that_ask_get_the_same() -> (
    None
):
    assert said_by(TURNS) == "True"


def test_a_library_that_is_not_there_is_an_import_error_for_whoever_asks() -> None:
    code = "from services.notify.channels.aside import imported\nimported('nothing')"
    with pytest.raises(subprocess.CalledProcessError) as failed:
        said_by(code)
    assert (
        "ModuleNotFoundError: No module named 'services.notify.channels.nothing'"
        in failed.value.stderr
    )
