"""The images of the overlay for work, by the digests that a registry says: here one that we make up."""

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
import yaml

ROOT = Path(__file__).parents[2]
OURS, TAGS = "park/tenglong", {"redis": "8.2", "rabbitmq": "4.2-management", "tenglong": "0.2.0"}
PUSHED = f"sha256:{'5' * 64}"


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


def test_every_image_is_pulled_by_the_digest_that_its_registry_says(checkout, registry):
    mirror = [f"{name}={registry}/{name}:{TAGS[name]}" for name in ("redis", "rabbitmq")]
    asked = [f"tenglong={registry}/{OURS}:0.2.0", *mirror]

    first, again = pin(checkout, *asked), pin(checkout, *asked)

    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    names = {"tenglong": OURS, "redis": "redis", "rabbitmq": "rabbitmq"}
    assert images(checkout) == {
        f"{registry}/{at}@{digest(f'{at}:{TAGS[name]}')}" for name, at in names.items()
    }
    assert first.stdout == again.stdout
    written = (checkout / "deploy/k8s/overlays/prod/kustomization.yaml").read_text()
    assert written.count("\nimages:") == 1


def test_what_was_pushed_is_named_by_the_digest_that_the_push_printed(checkout, registry):
    private = "registry.example.org/park/tenglong"
    mirror = [f"{name}={registry}/{name}:{TAGS[name]}" for name in ("redis", "rabbitmq")]

    done = pin(checkout, f"tenglong={private}@{PUSHED}", *mirror)

    assert done.returncode == 0, done.stderr
    assert f"{private}@{PUSHED}" in images(checkout)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["tenglong={registry}/gone:0.2.0"], "the registry says: HTTP Error 404"),
        (["tenglong=127.0.0.1:9/tenglong:0.2.0"], "the registry says"),
        (["tenglong=registry.example.org/tenglong@sha256:12"], "is no digest"),
        (["tenglong=registry.example.org/tenglong"], "give NAME=REGISTRY/IMAGE:TAG"),
        (["memcached=docker.io/memcached:1"], "NAME is one of rabbitmq, redis, tenglong"),
        ([], "Name the image that you pushed: tenglong="),
    ],
)
def test_what_cannot_be_pinned_is_said_and_nothing_is_written(checkout, registry, asked, says):
    file = checkout / "deploy/k8s/overlays/prod/kustomization.yaml"
    before = file.read_text()
    mirror = [f"{name}={registry}/{name}:{TAGS[name]}" for name in ("redis", "rabbitmq")]

    done = pin(checkout, *mirror, *(each.format(registry=registry) for each in asked))

    assert done.returncode == 1
    assert says in done.stderr
    assert file.read_text() == before


def test_a_registry_whose_answer_is_not_what_its_digest_says_is_not_believed(
    checkout, registry, monkeypatch
):
    mirror = [f"{name}={registry}/{name}:{TAGS[name]}" for name in ("redis", "rabbitmq")]
    monkeypatch.setattr(Registry, "lies", True)

    done = pin(checkout, f"tenglong={registry}/{OURS}:0.2.0", *mirror)

    assert done.returncode == 1
    assert "is not what its digest" in done.stderr


def test_the_tags_are_those_of_the_manifests():
    overlay = ROOT / "deploy/k8s/overlays/prod"
    said = subprocess.run(
        ["kubectl", "kustomize", overlay], capture_output=True, text=True, check=True
    )
    named = {
        found.partition("@")[0]
        for found in re.findall(r"^\s*(?:- )?image: (\S+)$", said.stdout, re.MULTILINE)
    }
    pinned = yaml.safe_load((overlay / "kustomization.yaml").read_text()).get("images")
    assert pinned or named == {f"{name}:{tag}" for name, tag in TAGS.items()}
