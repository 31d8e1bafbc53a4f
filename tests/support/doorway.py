"""A host process (see host.py) as a test sees it: publish, call, look, kill, start again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

from backbone.rpc.admin import OPERATIONS

from .eventually import PATIENCE_S, eventually
from .judge import as_promised


class Refusal(Exception):
    """What the gateway answered with a status of 400 or more."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{status}: {body}")
        self.status, self.body = status, body

    @property
    def codes(self) -> list[str]:
        return [reason["code"] for reason in self.body.get("reasons", [])]


class Host:
    """Services in one process: of the park, of the sample, or of the module that `kind` names. Use
    as a context manager."""

    def __init__(
        self, kind: str, names: list[str], amqp_uri: str, redis_url: str, **env: str
    ) -> None:
        self.command = [sys.executable, "-m", "tests.support.host", kind, *names]
        self.names, self.feed = names, "township" if kind == "park" else "farm"
        self.tries = tempfile.mkdtemp(prefix="tries-")
        given = {"AMQP_URI": amqp_uri, "REDIS_URL": redis_url, "HTTP_HOST": "127.0.0.1"}
        self.env = {**os.environ, **given, "TRIES_DIR": self.tries, **env}
        self.log = Path(tempfile.mkstemp(prefix="host-", suffix=".log")[1])
        self.process: subprocess.Popen[str] | None = None
        self.ports: dict[str, int] = {}
        self.gateway = 0

    def __enter__(self) -> Host:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- life

    def start(self, ready: bool = True) -> Host:
        """Start, and wait until all services are ready, unless they are not to be."""
        self.process = subprocess.Popen(
            self.command, env=self.env, text=True, stdout=subprocess.PIPE, stderr=self.log.open("a")
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"the host did not start:\n{self.log.read_text()[-4000:]}")
        started = json.loads(line)
        self.ports, self.gateway = started["ports"], started["gateway"]
        if ready:
            eventually(lambda: all(self.ready(name) for name in self.names), 120)
        return self

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def pause(self) -> None:
        """It hangs."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)

    def stop(self) -> int:
        """SIGTERM, and how it ended."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
        return self.process.returncode

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    # --- in

    def event(self, publisher: str, type_: str, data: Any, event_id: str = "", **more: Any) -> dict:
        attributes = {
            "specversion": "1.0",
            "id": event_id or str(uuid.uuid4()),
            "source": f"/{self.feed}s/{publisher}",
            "type": type_,
            "time": "2023-08-01T09:30:00+08:00",
        }
        return {**attributes, **more, "data": data}

    def publish(
        self,
        publisher: str,
        type_: str,
        data: Any,
        event_id: str = "",
        wait_s: float = PATIENCE_S,
        **more: Any,
    ) -> Any:
        """Publish as an outside publisher; the receipt, or {"published": …} when none came."""
        event = self.event(publisher, type_, data, event_id, **more)
        return self.post(f"events/{publisher}.{type_}?wait_s={wait_s}", json.dumps(event).encode())

    def call(self, service: str, method: str, **arguments: Any) -> Any:
        reply = self.post(f"rpc/{service}/{method}", json.dumps(arguments).encode())
        return as_promised(OPERATIONS[method].call, reply) if method in OPERATIONS else reply

    def facts(self, type_: str = "") -> list[dict[str, Any]]:
        """The facts announced since this process started, of one type or all."""
        found = self._ask(self.gateway, "facts")
        return [fact for fact in found if not type_ or fact["type"] == type_]

    def receipts(self) -> list[dict[str, Any]]:
        return self._ask(self.gateway, "receipts")

    def post(self, path: str, body: bytes, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named = {"content-type": "application/json"} | named
        return self._ask(self.gateway, path, body, named)

    # --- look

    def ready(self, service: str) -> bool:
        try:
            self._ask(self.ports[service], "readyz")
        except (Refusal, OSError):
            return False
        return True

    def readyz(self, service: str) -> dict[str, Any]:
        try:
            return self._ask(self.ports[service], "readyz")
        except Refusal as problem:
            return problem.body

    def metric(self, service: str, name: str, /, **labels: str) -> float:
        """The sum of a metric's samples that carry these labels."""
        url = f"http://127.0.0.1:{self.ports[service]}/metrics"
        text = urllib.request.urlopen(url, timeout=PATIENCE_S).read().decode()
        wanted = [f'{label}="{value}"' for label, value in labels.items()]
        lines = (line for line in text.splitlines() if line.startswith((f"{name}{{", f"{name} ")))
        return sum(
            float(line.rsplit(" ", 1)[1]) for line in lines if all(w in line for w in wanted)
        )

    def logs(self) -> str:
        return self.log.read_text()

    def tried(self, batch_id: str) -> int:
        """How often the bakery's handler ran for a batch, over all processes."""
        counter = Path(self.tries) / batch_id
        return counter.stat().st_size if counter.exists() else 0

    def _ask(
        self, port: int, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Any:
        request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", body, headers or {})
        try:
            with urllib.request.urlopen(request, timeout=2 * PATIENCE_S) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as problem:
            raise Refusal(problem.code, json.loads(problem.read())) from None
