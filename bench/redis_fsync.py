"""What a `kill -9` of Redis loses, with `appendfsync everysec` and with `always`, on a busy disk.

    .venv/bin/python bench/redis_fsync.py

Four clients count up while three programs write to the disk; Redis is killed six times in each mode,
and what it had acknowledged is compared with what it still has. Takes about two minutes.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import redis

KILLS, CLIENTS, WRITERS, SECONDS = 6, 4, 3, 3.5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int, mode: str) -> subprocess.Popen[bytes]:
    options = f"--port {port} --bind 127.0.0.1 --dir {folder} --appendonly yes --appendfsync {mode}"
    server = subprocess.Popen(["redis-server", *options.split()], stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    while True:
        try:
            client.ping()
            return server
        except redis.exceptions.ConnectionError:
            time.sleep(0.05)


def count_up(port: int, name: str, acknowledged: dict[str, int]) -> None:
    client = redis.Redis(port=port, retry=None)
    try:
        while True:
            client.set(name, acknowledged[name] + 1)
            acknowledged[name] += 1
            client.set(f"{name}:{acknowledged[name] % 100}", b"x" * 2000)
    except redis.exceptions.ConnectionError:
        return  # it was killed


def one_kill(folder: Path, mode: str) -> tuple[int, int]:
    """Acknowledged and lost writes."""
    port, acknowledged = free_port(), {f"client-{n}": 0 for n in range(CLIENTS)}
    server = start(folder, port, mode)
    clients = [
        threading.Thread(target=count_up, args=(port, n, acknowledged)) for n in acknowledged
    ]
    for client in clients:
        client.start()
    time.sleep(SECONDS)
    server.kill()
    server.wait()
    for client in clients:
        client.join()
    server = start(folder, port, mode)
    kept = redis.Redis(port=port)
    lost = sum(max(0, count - int(kept.get(name) or 0)) for name, count in acknowledged.items())
    server.kill()
    server.wait()
    return sum(acknowledged.values()), lost


def busy_disk(folder: Path, stop: threading.Event) -> None:
    target = folder / f"busy-{threading.get_ident()}"
    while not stop.is_set():
        subprocess.run(
            ["dd", "if=/dev/zero", f"of={target}", "bs=1M", "count=300", "conv=fsync"],
            stderr=subprocess.DEVNULL,
            check=True,
        )


def main() -> None:
    folder, stop = Path(tempfile.mkdtemp(prefix="redis-fsync-")), threading.Event()
    busy = [threading.Thread(target=busy_disk, args=(folder, stop)) for _ in range(WRITERS)]
    for thread in busy:
        thread.start()
    for mode in ("everysec", "always"):
        results = []
        for kill in range(KILLS):
            data = folder / f"{mode}-{kill}"
            data.mkdir()
            results.append(one_kill(data, mode))
        acknowledged, lost = (sum(column) for column in zip(*results, strict=True))
        print(f"appendfsync {mode}: {KILLS} kills, {acknowledged} acknowledged, {lost} lost")
    stop.set()
    for thread in busy:
        thread.join()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
