"""A Prometheus of our own, which watches what a test runs, and what tells it of Redis."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import requests
import yaml

from .children import HOST, Child
from .server import NotInstalled, Server

SELECTOR = re.compile(r"\b(?:(?:tenglong|rabbitmq|redis|process)_\w+|ALERTS|up\b)(?:\{[^}]*\})?")
# told by a service that may ask RabbitMQ's management API, which those of the tests may not
UNTOLD = {"tenglong_missing_bindings_total"}


class RedisExporter(Server):
    """It tells Prometheus of the Redis that its variables name."""

    name = "redis-exporter"
    ports_needed = 1
    starts_within_s = 60

    def __init__(self, **env: str) -> None:
        super().__init__()
        self.env = env

    @property
    def target(self) -> str:
        return f"{HOST}:{self.ports[0]}"

    def launch(self) -> list[Child]:
        program = shutil.which("prometheus-redis-exporter")
        if program is None:
            raise NotInstalled("prometheus-redis-exporter")
        given = f"-web.listen-address={self.target}"
        return [Child([program, given], {**os.environ, **self.env}, self.home / "output")]

    def answers(self) -> bool:
        try:
            return "redis_up 1" in self.told()
        except requests.RequestException:
            return False

    def told(self) -> str:
        """What it tells now, as Prometheus reads it."""
        return _get(f"http://{self.target}/metrics").text


class Prometheus(Server):
    """It scrapes every other second, and waits as long for an answer. `jobs` are targets by the name of
    their job; `rules` is a file of rules."""

    name = "prometheus"
    ports_needed = 1
    starts_within_s = 60

    def __init__(
        self, jobs: Mapping[str, Sequence[str]], rules: Path, like: Mapping[str, Any]
    ) -> None:
        """`like` is the configuration whose jobs are taken over, with other targets."""
        super().__init__()
        scraped = [
            {**job, "static_configs": [{"targets": list(jobs[job["job_name"]])}]}
            for job in like["scrape_configs"]
        ]
        often = {"scrape_interval": "2s", "evaluation_interval": "1s"}
        self.config = self.home / "prometheus.yml"
        self.config.write_text(
            yaml.safe_dump({"global": often, "rule_files": [str(rules)], "scrape_configs": scraped})
        )

    def launch(self) -> list[Child]:
        program = shutil.which("prometheus")
        if program is None:
            raise NotInstalled("prometheus")
        given = [
            f"--config.file={self.config}",
            f"--storage.tsdb.path={self.home / 'data'}",
            f"--web.listen-address={HOST}:{self.ports[0]}",
        ]
        return [Child([program, *given], os.environ, self.home / "output")]

    def answers(self) -> bool:
        try:
            return _get(f"{self.url}/-/ready").ok
        except requests.RequestException:
            return False

    def query(self, expression: str) -> list[dict[str, Any]]:
        """The series that an expression has now; raises `ValueError` with what is wrong with it."""
        answer = _get(f"{self.url}/api/v1/query", query=expression).json()
        if answer["status"] != "success":
            raise ValueError(f"{expression}: {answer['error']}")
        found: list[dict[str, Any]] = answer["data"]["result"]
        return found

    def untold(self, expression: str) -> list[str]:
        """What the expression asks for, with the labels that it wants, and nobody tells. Raises
        `ValueError` where it asks for nothing."""
        asked = dict.fromkeys(SELECTOR.findall(expression))
        if not asked:
            raise ValueError(f"{expression} asks for no metric")
        return [each for each in asked if each not in UNTOLD and not self.query(each)]

    def is_told(self, expression: str) -> bool:
        """Raises with what nobody tells now; a scrape that fails takes all back until the next one."""
        untold = self.untold(expression)
        assert untold == [], untold
        return True

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.ports[0]}"


def _get(url: str, **params: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False  # no proxy stands between us and ourselves
        return session.get(url, params=params, timeout=30)
