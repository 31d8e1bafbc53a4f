"""`python -m tests.mutants [part of a name …]`: a row for each mutant, with the test that noticed.

Ends with 1 if a mutant survives, with 2 if the tests fail although nothing is switched off.
"""

from __future__ import annotations

import warnings
from os import fork, waitpid  # the parent waits without a hub: the forks have one each

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - as in the services: patched before everything else is imported

eventlet.monkey_patch()

import argparse  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import traceback  # noqa: E402
from collections.abc import Callable, Iterable, Iterator  # noqa: E402
from contextlib import contextmanager, redirect_stderr, redirect_stdout  # noqa: E402
from dataclasses import replace  # noqa: E402
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402

from .finding import TESTS, Mutant, mutants  # noqa: E402

LONGEST_S = 45  # of a test; one that does not end has noticed
HUNG = f"a test that did not end within {LONGEST_S} s"
RAN = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
AT_ONCE = 3  # a story waits more than it works
CONFIG = TESTS.parent / "pyproject.toml"
QUIET = ["-x", "-q", "-p", "no:cacheprovider", "-p", "tests.mutants.switch", "-W", "ignore"]
QUIET += ["-c", str(CONFIG), "--timeout", str(LONGEST_S)]


class Watch:
    """A pytest plug-in that writes down which test failed first, at once: the end may hang."""

    def __init__(self, answer: Path) -> None:
        self.answer, self.failed = answer, ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid
            self.answer.write_text(json.dumps(self.failed))


def notice(mutant: str, folders: Iterable[str], answer: Path) -> None:
    """Write down the first test that fails with this mutant, folder by folder; "" if none does.

    Raises `RuntimeError` if the tests could not be run.
    """
    os.environ["MUTANT"] = mutant
    *nearer, area = folders
    watch = Watch(answer)
    for folder in (*nearer, area):
        code = pytest.main([*QUIET, str(TESTS / folder)], plugins=[watch])
        none_but_on_servers = folder in nearer and code == pytest.ExitCode.NO_TESTS_COLLECTED
        if code not in RAN and not none_but_on_servers:
            raise RuntimeError(
                f"{folder} with {mutant or 'nothing'} off: pytest ended with {code!r}"
            )
        if watch.failed:
            break
    answer.write_text(json.dumps(watch.failed))


def in_a_fork(mutant: str, folders: Iterable[str], answer: Path) -> int:
    """`notice` in a copy of this process, warm as it is. Answers the id of the copy."""
    if child := fork():
        return child
    log = os.open(answer.with_suffix(".log"), os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1), os.dup2(log, 2)
    code = 1
    try:
        notice(mutant, folders, answer)
        code = 0
    except BaseException:  # noqa: BLE001 - the parent raises it, from the log
        traceback.print_exc()
    finally:
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)


def run(chosen: Iterable[Mutant], home: Path, say: Callable[[str, str], None]) -> list[str]:
    """Try each of the mutants; answers the names of those that survive.

    One whose tests did not end is tried again: the machine may have been busy.
    """
    waiting, running = list(enumerate(chosen)), {}
    survived: list[str] = []
    hung: set[str] = set()
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            number, mutant = waiting.pop(0)
            answer = home / f"{number}.json"
            child = in_a_fork(mutant.name, mutant.folders, answer)
            running[child] = number, mutant, answer
        child, status = waitpid(-1, 0)
        number, mutant, answer = running.pop(child)
        test = _answer(answer, status)
        if test == HUNG and mutant.name not in hung:
            hung.add(mutant.name)
            waiting.append((number, mutant))
            continue
        say(mutant.name, test or "SURVIVED")
        survived += [] if test else [mutant.name]
    return survived


def _answer(answer: Path, status: int) -> str:
    """What a fork has found. The plug-in for timeouts ends a process whose test does not end."""
    if status == 0 or answer.exists():
        return str(json.loads(answer.read_text()))
    log = answer.with_suffix(".log").read_text()
    if "+ Timeout +" in log:
        return HUNG
    raise RuntimeError(log[-4000:])


@contextmanager
def silent() -> Iterator[None]:
    """Without what pytest prints."""
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        yield


def warm_up(folders: Iterable[str]) -> None:
    """Import every test, so that the forks need not."""
    os.environ.pop("MUTANT", None)
    pytest.main(["--collect-only", "-qq", *QUIET, *(str(TESTS / each) for each in folders)])


def without_any(folders: Iterable[str], home: Path) -> list[str]:
    """The tests that fail although nothing is switched off: they could notice nothing."""
    answers = {
        in_a_fork("", [folder], home / f"all-{number}.json"): number
        for number, folder in enumerate(folders)
    }
    ended = [waitpid(-1, 0) for _ in answers]
    found = [_answer(home / f"all-{answers[child]}.json", status) for child, status in ended]
    return [test for test in found if test]


def main(parts: list[str], tests: str = "") -> int:
    """Try the mutants with one of `parts` in their names, by the tests of their area or in `tests`."""
    chosen = [each for each in mutants() if not parts or any(p in each.name for p in parts)]
    chosen = [replace(each, area=tests or each.area) for each in chosen]
    if not chosen:
        print(f"No mutant has {' or '.join(parts)} in its name.")
        return 2
    home, folders = Path(tempfile.mkdtemp(prefix="mutants-")), sorted({m.area for m in chosen})
    with silent():
        warm_up(folders)
        broken = without_any(folders, home)
    if broken:
        print("These fail with nothing switched off:", *broken)
        return 2
    width = max(len(each.name) for each in chosen)
    survived = run(chosen, home, lambda name, test: print(f"{name:{width}}  {test}", flush=True))
    shutil.rmtree(home)
    print(f"\n{len(chosen)} mutants, {len(survived)} survived", *survived, sep="\n  ")
    return 1 if survived else 0


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(prog="tests.mutants")
    arguments.add_argument("parts", nargs="*", help="a part of the names of the mutants to try")
    arguments.add_argument("--tests", default="", help="a folder of tests, instead of the area's")
    sys.exit(main(**vars(arguments.parse_args())))
