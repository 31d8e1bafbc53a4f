"""The name of a host is looked up by the system, and nothing else waits for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
START = """
import sys
import services.__main__
import eventlet, socket
"""
SLOW = """
import os, socket
from backbone.host import resolver
os.environ.update(resolver.WITHOUT_DNSPYTHON)
import eventlet
eventlet.monkey_patch()
order, enough = [], eventlet.patcher.original("threading").Event()
def slow(host, *args, **kwargs):
    order.append("asked")
    enough.wait(10)
    order.append("known")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.7", 80))]
socket.getaddrinfo = slow
resolver.install()
asking = eventlet.spawn(socket.getaddrinfo, "broker.example", 80)
while not order:  # the thread starts when the system lets it
    eventlet.sleep(0.01)
for _ in range(10):
    eventlet.sleep(0.01)
    order.append("turn")
enough.set()
print(asking.wait()[0][4][0], order == ["asked", *["turn"] * 10, "known"])
"""


def said_by(code: str) -> tuple[str, str]:
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip(), done.stderr


def test_other_work_has_its_turn_while_a_name_is_looked_up() -> None:
    assert said_by(SLOW)[0] == "192.0.2.7 True"


def test_a_service_carries_no_resolver_of_its_own() -> None:
    carried = "print([each for each in sys.modules if each.split('.')[0] == 'dns'])"

    assert said_by(START + carried)[0] == "[]"


def test_a_name_that_the_system_knows_can_be_connected_to() -> None:
    connected = """
server = eventlet.listen(("127.0.0.1", 0))
port = server.getsockname()[1]
print(socket.create_connection(("localhost", port), 5).getpeername() == ("127.0.0.1", port))
"""

    assert said_by(START + connected)[0] == "True"


def test_an_unknown_name_is_told_to_whoever_asked_and_printed_nowhere() -> None:
    unknown = """
try:
    socket.getaddrinfo("no-such-host.invalid", 80)
except socket.gaierror:
    print("unknown")
"""

    assert said_by(START + unknown) == ("unknown", "")
