"""The platform's services as an installation runs them: `python -m services parcels projects`."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import requests
from prometheus_client.parser import text_string_to_metric_families

from .children import HOST, Child, free_ports
from .eventually import eventually

ROOT = Path(__file__).parents[2]
SERVICES = ("parcels", "enterprises", "projects", "notify")

running: list[ServiceProcess] = []


class ServiceProcess:
    """Some services in one process, started at once. It keeps its ports over `kill` and `start`."""

    def __init__(self, names: Sequence[str], amqp_uri: str, redis_url: str, **env: str) -> None:
        self.names = tuple(names)
        self.ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
        self.env = {
            **os.environ,
            "AMQP_URI": amqp_uri,
            "REDIS_URL": redis_url,
            "HTTP_HOST": HOST,
            **{f"{name.upper()}_PORT": str(port) for name, port in self.ports.items()},
            **env,
        }
        handle, path = tempfile.mkstemp(prefix=f"tenglong-{'-'.join(names)}-", suffix=".log")
        os.close(handle)
        self.output = Path(path)
        running.append(self)
        self.start()

    def __str__(self) -> str:
        return f"python -m services {' '.join(self.names)}"

    def start(self) -> None:
        """Start again after `kill` or `stop`."""
        command = [sys.executable, "-m", "services", *self.names]
        self.child = Child(command, self.env, self.output, cwd=ROOT)

    def wait_ready(self, timeout: float = 120) -> ServiceProcess:
        """Return when every service says that it is ready; fail at once when the process ended."""
        for name in self.names:
            eventually(partial(self._is_ready, name), timeout)
        return self

    def kill(self) -> None:
        """SIGKILL, as the kernel does when memory is short."""
        self.child.kill()

    def stop(self, within_s: float = 40) -> int:
        """SIGTERM, as an orchestrator does. Answers the exit code."""
        return self.child.stop(within_s)

    def pause(self) -> None:
        self.child.send(signal.SIGSTOP)

    def resume(self) -> None:
        self.child.send(signal.SIGCONT)

    @property
    def alive(self) -> bool:
        return self.child.alive

    def get(self, service: str, path: str) -> requests.Response:
        """What the service answers over HTTP, or TLS, if it has a certificate: /metrics, /livez, /readyz."""
        certificate = self.env.get("HTTP_CERT_FILE")
        with requests.Session() as session:
            session.trust_env = False  # no proxy stands between us and ourselves
            if certificate:
                session.verify = self.env["HTTP_CA_FILE"]
                session.cert = certificate, self.env["HTTP_KEY_FILE"]
            scheme = "https" if certificate else "http"
            return session.get(f"{scheme}://{HOST}:{self.ports[service]}{path}", timeout=30)

    def metrics(self, service: str) -> str:
        return self.get(service, "/metrics").text

    def metric(self, service: str, name: str, /, **labels: str) -> float:
        """The sum of the samples of this name that carry these labels; 0 when there are none."""
        return sum(
            sample.value
            for family in text_string_to_metric_families(self.metrics(service))
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    def tail(self) -> str:
        return self.child.tail()

    def discard(self) -> None:
        """End it and delete what it wrote."""
        self.kill()
        running.remove(self)
        self.output.unlink()

    def _is_ready(self, name: str) -> bool:
        if not self.alive:
            raise RuntimeError(f"{self} ended:\n{self.tail()}")
        try:
            answer = self.get(name, "/readyz")
        except requests.RequestException as problem:
            raise AssertionError(f"{name} does not answer: {problem}") from problem
        assert answer.ok, f"{name}: {answer.text}"
        return True
