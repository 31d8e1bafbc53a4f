"""The contracts as files: written, and compared with those of a release."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from backbone.contracts.compare import Break, breaks
from backbone.contracts.pages import service_page
from services import access_table, wiring
from services.contract_index import internal_page, township_page
from services.contracts import BEYOND, SHORT_OF, asyncapi_of, contracts, receipt, rpc_of
from services.installation import HOMES, TOWNSHIPS, classes

from . import typed
from .console import err, out

app = typer.Typer(help="What services hear, announce and answer, as files.", no_args_is_help=True)
ROOT = Path(__file__).parents[1]
HOME = Path("docs/contracts")
WIRING = Path("services/wiring.json")
# libyaml does in a tenth of the time what PyYAML does without it
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CODE = r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+"
MADE = re.compile(rf'\b(?:Reason|Why|_?reason|_?no|_?problem|_?against)\(\s*"({CODE})"')


@cache
def documents(root: Path = ROOT) -> dict[Path, str]:
    """Every file of the contracts as it should be, by its path under the root."""
    version, sample = version_of(root), partial(sample_of, root)
    said = [each.as_json() for each in contracts()]
    pages = {
        f"{each.name}.md": service_page(each, sample, rules_of(each.name, root))
        for each in contracts()
    }
    pages["townships.md"] = township_page(said, receipt(), TOWNSHIPS, BEYOND.values(), SHORT_OF)
    pages["internal-systems.md"] = internal_page(said)
    pages["asyncapi.yaml"] = as_yaml(asyncapi_of(version, sample))
    calls = rpc_of(version)
    pages["rpc.json"] = json.dumps(calls, ensure_ascii=False, indent=1) + "\n"
    wires = wiring.of_classes(classes(HOMES), version)
    pages["permissions.md"] = access_table.page(wires, said)
    wired = wiring.text_of(wires)
    return (
        {HOME / name: text for name, text in pages.items()} | {WIRING: wired} | typed.modules(calls)
    )


def as_yaml(document: Any) -> str:
    plain = json.loads(json.dumps(document))  # no part stands in it twice as an anchor
    dumped: str = yaml.dump(plain, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=110)
    return dumped


def of_yaml(text: str) -> Any:
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - it is the safe one, of libyaml or without


def version_of(root: Path) -> str:
    """The version of the project."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def sample_of(root: Path, source: str, type_: str) -> Any:
    """The data of a valid event, or none where there is no sample."""
    file = root / "tests" / "contracts" / "samples" / source / f"{type_}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else None


def rules_of(service: str, root: Path) -> dict[str, dict[str, str]]:
    """The codes of the rules of each thing of a service, with what docs/domain.md says of each."""
    page = (root / "docs" / "domain.md").read_text("utf-8")
    found = {
        folder.name: sorted(
            {code for file in folder.glob("*.py") for code in MADE.findall(file.read_text("utf-8"))}
        )
        for folder in sorted((root / "services" / service).iterdir())
        if folder.is_dir()
    }
    return {
        thing: {code: sentence_of(page, code) for code in codes}
        for thing, codes in found.items()
        if codes
    }


def sentence_of(page: str, code: str) -> str:
    """The sentence of a page that names the code, without its links."""
    line = next((each for each in page.splitlines() if f"`{code}`" in each), "")
    sentences = re.split(r"(?<=[.)]) (?=[A-Z])", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line))
    return next((each for each in sentences if f"`{code}`" in each), "").removeprefix("- ")


@app.command()
def write() -> None:
    """Write docs/contracts/ anew, pages, asyncapi.yaml and rpc.json, and the types of client/api/."""
    if not (ROOT / "pyproject.toml").exists():
        err.print("[red]Contracts are written in a checkout;[/] there is none here.")
        raise typer.Exit(2)
    for path, text in documents().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, "utf-8")
    out.print(f"wrote {len(documents())} files of {', '.join(HOMES)} to {HOME}/ and {typed.HOME}/")


@app.command()
def diff(
    old: Annotated[
        str, typer.Argument(help="A folder with asyncapi.yaml and rpc.json, or a revision of git.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Compare the contracts with older ones: compatible, or what breaks for whom (exit code 1)."""
    found = broken_since(old)
    if as_json:
        out.print_json(data=[asdict(each) for each in found])
    else:
        for each in found:
            out.print(str(each), markup=False)
        if not found:
            out.print(f"compatible with {old}")
    raise typer.Exit(1 if found else 0)


def broken_since(old: str, root: Path = ROOT) -> list[Break]:
    """What breaks between the contracts of a folder or a revision, and those of the code."""
    now = documents(root)
    found = []
    for name in ("asyncapi.yaml", "rpc.json"):
        before, after = _read(old, name, root), of_yaml(now[HOME / name])
        found += breaks(before, after)
    return found


def _read(old: str, name: str, root: Path) -> Any:
    if Path(old).is_dir():
        return of_yaml((Path(old) / name).read_text("utf-8"))
    shown = subprocess.run(  # noqa: S603 - git, and a revision that the operator names
        ["git", "show", f"{old}:{HOME / name}"],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if shown.returncode:
        said = shown.stderr.strip() or "git cannot be asked"
        raise typer.BadParameter(f"{old} is neither a folder nor a revision with {name}: {said}")
    return of_yaml(shown.stdout)
