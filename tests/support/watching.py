"""A Prometheus of our own, which watches what a test runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import requests
import yaml

from .children import HOST, Child
from .server import NotInstalled, Server


class Prometheus(Server):
    """It scrapes each second. `jobs` are targets by the name of their job; `rules` is a file of rules."""

    name = "prometheus"
    ports_needed = 1
    starts_within_s = 20

    def __init__(
        self, jobs: Mapping[str, Sequence[str]], rules: Path, like: Mapping[str, Any]
    ) -> None:
        """`like` is the configuration whose jobs are taken over, with other targets."""
        super().__init__()
        scraped = [
            {**job, "static_configs": [{"targets": list(jobs[job["job_name"]])}]}
            for job in like["scrape_configs"]
        ]
        often = {"scrape_interval": "1s", "evaluation_interval": "1s"}
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
            return self._get("/-/ready").ok
        except requests.RequestException:
            return False

    def query(self, expression: str) -> list[dict[str, Any]]:
        """The series that an expression has now; raises `ValueError` with what is wrong with it."""
        answer = self._get("/api/v1/query", query=expression).json()
        if answer["status"] != "success":
            raise ValueError(f"{expression}: {answer['error']}")
        found: list[dict[str, Any]] = answer["data"]["result"]
        return found

    def _get(self, path: str, **params: str) -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False  # no proxy stands between us and ourselves
            return session.get(f"http://{HOST}:{self.ports[0]}{path}", params=params, timeout=10)
