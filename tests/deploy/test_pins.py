"""Images by their digests, as a registry says them: here one that we make up."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
OURS, OUR_TAG, EXPORTER = "park/tenglong", "0.2.0", "oliver006/redis_exporter"
TAGS = {"redis": "8.2.9", "rabbitmq": "4.2.9-management", EXPORTER: "v1.84.0"}
PUSHED = f"sha256:{'5' * 64}"
NAMED = re.compile(r"^\s*(?:- )?(?:image:|FROM) (\S+)", re.MULTILINE)
PINNED = re.compile(r"([\w./-]+:v?\d+\.\d+\.\d+[\w.-]*)@(sha256:[0-9a-f]{64})")


class Registry(BaseHTTPRequestHandler):
    """It shows a manifest to whoever has fetched a token for that image first."""

    lies = False

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/token":
            return self._answer(200, json.dumps({"token": query}).encode())
        image = path.removeprefix("/v2/").partition("/manifests/")[0]
        scope = f"repository%3A{image.replace('/', '%2F')}%3Apull"
        if scope not in self.headers.get("Authorization", ""):
            realm = f'realm="http://{self.headers["Host"]}/token",service="here"'
            asks = f'Bearer {realm},scope="repository:{image}:pull"'
            return self._answer(401, b"", **{"WWW-Authenticate": asks})
        if image.endswith("gone"):
            return self._answer(404, b"")
        body = manifest(path)
        told = hashlib.sha256(b"another" if self.lies else body).hexdigest()
        return self._answer(200, body, **{"Docker-Content-Digest": f"sha256:{told}"})

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nobody reads along."""


def manifest(path: str) -> bytes:
    return json.dumps({"manifests": [path]}).encode()


def digest(image: str) -> str:
    name, _, tag = image.rpartition(":")
    return f"sha256:{hashlib.sha256(manifest(f'/v2/{name}/manifests/{tag}')).hexdigest()}"


@pytest.fixture
def registry() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the command reads and writes, to be written to."""
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    for name in ("docker-compose.yml", "Dockerfile"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "pin-images", tmp_path / "bin")
    return tmp_path


def pin(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "bin" / "pin-images"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def images(checkout: Path) -> set[str]:
    """Every image of the overlay, as a cluster is told."""
    overlay = checkout / "deploy" / "k8s" / "overlays" / "prod"
    said = subprocess.run(
        ["kubectl", "kustomize", overlay], capture_output=True, text=True, check=True
    )
    return set(re.findall(r"^\s*(?:- )?image: (\S+)$", said.stdout, re.MULTILINE))


def files(root: Path) -> list[Path]:
    """Where an image is named."""
    k8s = sorted((root / "deploy" / "k8s").rglob("*.yaml"))
    return [root / "docker-compose.yml", root / "Dockerfile", *k8s]


def named(root: Path) -> set[str]:
    """The images that others make."""
    found = {image for file in files(root) for image in NAMED.findall(file.read_text())}
    return {image for image in found if not image.startswith("tenglong:")}


def test_what_others_make_is_pulled_by_its_digest_and_everywhere_by_the_same():
    pins = {image: PINNED.fullmatch(image) for image in named(ROOT)}
    assert [image for image, pin in pins.items() if not pin] == []
    names = [image.partition(":")[0] for image in pins]
    assert sorted(names) == sorted(set(names))
    made_by_others = {"python", "grafana/grafana", "prom/prometheus", "prom/alertmanager"}
    assert set(names) == {*TAGS, *made_by_others}


def test_digests_are_renewed_everywhere_by_what_the_tags_stand_for_now(checkout, registry):
    for file in files(checkout):
        here = re.sub(PINNED, rf"{registry}/\g<0>", file.read_text())
        file.write_text(here)
    before = named(checkout)

    done = pin(checkout)

    assert done.returncode == 0, done.stderr
    now = {image.removeprefix(f"{registry}/").partition("@")[::2] for image in named(checkout)}
    assert now == {(image, digest(image)) for image, _ in now}
    assert len(now) == len(before)
    assert not named(checkout) & before


def test_no_digest_is_renewed_when_one_cannot_be_told(checkout):
    for file in files(checkout):
        file.write_text(re.sub(PINNED, r"127.0.0.1:9/\g<0>", file.read_text()))
    before = [file.read_text() for file in files(checkout)]

    done = pin(checkout)

    assert done.returncode == 1
    assert "the registry says" in done.stderr
    assert [file.read_text() for file in files(checkout)] == before


def test_every_image_is_pulled_by_the_digest_that_its_registry_says(checkout, registry):
    mirror = [f"{name}={registry}/{name}:{TAGS[name]}" for name in TAGS]
    asked = [f"tenglong={registry}/{OURS}:{OUR_TAG}", *mirror]

    first, again = pin(checkout, *asked), pin(checkout, *asked)

    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    pulled = (f"{OURS}:{OUR_TAG}", *(f"{name}:{tag}" for name, tag in TAGS.items()))
    assert images(checkout) == {
        f"{registry}/{each.partition(':')[0]}@{digest(each)}" for each in pulled
    }
    assert first.stdout == again.stdout
    written = (checkout / "deploy/k8s/overlays/prod/kustomization.yaml").read_text()
    assert written.count("\nimages:") == 1


def test_what_was_pushed_is_named_by_the_digest_that_the_push_printed(checkout):
    private = "registry.example.org/park/tenglong"

    done = pin(checkout, f"tenglong={private}@{PUSHED}")

    assert done.returncode == 0, done.stderr
    of_others = {each for each in named(ROOT) if each.partition(":")[0] in TAGS}
    assert images(checkout) == {f"{private}@{PUSHED}", *of_others}
    pin(checkout, f"tenglong={private}:{OUR_TAG}@{PUSHED}")
    assert f"{private}@{PUSHED}" in images(checkout)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["tenglong={registry}/gone:0.2.0"], "the registry says: HTTP Error 404"),
        (["tenglong=127.0.0.1:9/tenglong:0.2.0"], "the registry says"),
        (["tenglong=registry.example.org/tenglong@sha256:12"], "is no digest"),
        (["tenglong=registry.example.org/tenglong"], "give NAME=REGISTRY/IMAGE:TAG"),
        (
            ["memcached=docker.io/memcached:1"],
            f"NAME is one of {EXPORTER}, rabbitmq, redis, tenglong",
        ),
        (["redis={registry}/redis:8.2.9"], "Name the image that you pushed: tenglong="),
    ],
)
def test_what_cannot_be_pinned_is_said_and_nothing_is_written(checkout, registry, asked, says):
    file = checkout / "deploy/k8s/overlays/prod/kustomization.yaml"
    before = file.read_text()
    mirror = [f"{name}={registry}/{name}:{TAGS[name]}" for name in TAGS]

    done = pin(checkout, *mirror, *(each.format(registry=registry) for each in asked))

    assert done.returncode == 1
    assert says in done.stderr
    assert file.read_text() == before


def test_a_registry_whose_answer_is_not_what_its_digest_says_is_not_believed(
    checkout, registry, monkeypatch
):
    mirror = [f"{name}={registry}/{name}:{TAGS[name]}" for name in TAGS]
    monkeypatch.setattr(Registry, "lies", True)

    done = pin(checkout, f"tenglong={registry}/{OURS}:{OUR_TAG}", *mirror)

    assert done.returncode == 1
    assert "is not what its digest" in done.stderr
