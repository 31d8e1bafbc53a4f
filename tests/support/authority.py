"""A certificate authority of our own, with what it certifies."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .children import HOST


class Authority:
    """Keys and certificates in a folder; `ca` is what the others are held against."""

    def __init__(self, home: Path, days: int = 30) -> None:
        self.home = home
        self.ca = home / "ca.pem"
        lasting = ["-days", str(days), "-subj", "/CN=authority"]
        self._run("req", "-x509", *self._key("ca"), *lasting, "-out", self.ca)

    def certify(self, name: str, *addresses: str, days: int = 30) -> tuple[Path, Path]:
        """A certificate for `name` at 127.0.0.1 and at these addresses, and its key."""
        request, made = self.home / f"{name}.csr", self.home / f"{name}.pem"
        names = self.home / f"{name}.ext"
        at = ",".join(f"IP:{each}" for each in (HOST, *addresses))
        names.write_text(f"subjectAltName={at},DNS:localhost\n")
        self._run("req", *self._key(name), "-subj", f"/CN={name}", "-out", request)
        signed = ["-CA", self.ca, "-CAkey", self.home / "ca.key", "-CAcreateserial"]
        signed += ["-days", str(days)]
        self._run("x509", "-req", "-in", request, *signed, "-extfile", names, "-out", made)
        return made, self.home / f"{name}.key"

    def _key(self, name: str) -> list[str | Path]:
        return ["-newkey", "rsa:2048", "-nodes", "-keyout", self.home / f"{name}.key"]

    def _run(self, *command: str | Path) -> None:
        subprocess.run(["openssl", *map(str, command)], check=True, capture_output=True, timeout=60)
