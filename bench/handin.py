"""How many rows a second a workbook is handed in with, to the last receipt, and the memory that takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.processes import ServiceProcess

from .work import ROOT, TOWNSHIP

TITLES = ("宗地编号", "面积（亩）", "土地用途", "规划用途", "是否在开发区内", "测绘日期", "权利人")


def workbook(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(TITLES)
    for number in range(rows):
        area, day = 10 + number % 900 / 100, f"2023年{1 + number % 12}月5日"
        sheet.append([f"{number:06}", area, "工业", "工业用地", "是", day, f"示例{number}厂"])
    book.save(path)


def measure(rabbitmq: RabbitMQ, store: RedisServer, rows: int) -> dict[str, Any]:
    """`handin_mb` is the most that the command held, `handin_rows_per_s` from its start to its end."""
    uri, url = rabbitmq.new_vhost(), store.new_url()
    service = ServiceProcess(["parcels"], uri, url).wait_ready()
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "parcels.xlsx"
        workbook(path, rows)
        seconds, most_kb, said = _run(path, {**os.environ, "AMQP_URI": uri, "REDIS_URL": url})
    service.discard()
    rabbitmq.delete_vhost(uri)
    if said["summary"]["accepted"] != rows:
        raise RuntimeError(f"not all rows were accepted: {said}")
    return {"handin_rows_per_s": rows / seconds, "handin_mb": most_kb / 1024}


def _run(path: Path, env: dict[str, str]) -> tuple[float, int, dict[str, Any]]:
    command = [sys.executable, "-W", "ignore", "-m", "cli", "import", "run", str(path)]
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            [*command, "--township", TOWNSHIP, "--json"], cwd=ROOT, env=env, stdout=output
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        output.seek(0)
        lines = output.read().splitlines()
    if status:
        raise RuntimeError(f"the command ended with {status}: {lines[-1:]}")
    return seconds, used.ru_maxrss, json.loads(lines[-1])
