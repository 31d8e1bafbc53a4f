"""The runbooks: each command of a page works as it stands there, on a park that runs."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from services.installation import HOMES
from tests.access.conftest import Done, tenglong
from tests.deploy.conftest import BEAT, parked
from tests.support.brokers import RedisServer
from tests.support.children import HOST

ROOT = Path(__file__).parents[2]
PAGES = {page.name: page.read_text() for page in (ROOT / "docs/runbooks").glob("*.md")}
BLOCK = re.compile(r"```sh\n(.*?)```", re.S)
WITHIN = re.compile(r"`((?:tenglong|redis-cli) [^`]+)`")
OF_AN_ENGINE = re.compile(r"`((?:docker|kubectl) [^`]+)`")  # which a test has none of
NEVER_ENDS = {"tenglong heartbeat"}  # what watches the park here has it at work all the while
# it says by its end that something is to be seen to, as the calendar of next year is from November on
TO_BE_SEEN_TO = {"tenglong doctor": 3}
IMPORTED = ("宗地编号", "面积（㎡）", "土地用途", "规划用途", "是否在开发区内", "测绘日期")
PLOT = ("330604006-0231", 11781.5, "工业", "工业用地", "是", "2023-07-20")
WORDS = {"SERVICE": "notify", "NAME": "'on duty'", "WHY": "'sent by mistake'", "COPY": "copy"}


def commands() -> list[str]:
    """Each command of the pages once: those of their own lines, and those within a sentence."""
    blocks = [block for text in PAGES.values() for block in BLOCK.findall(text)]
    found = [line for block in blocks for line in block.splitlines()]
    found += [each for text in PAGES.values() for each in WITHIN.findall(BLOCK.sub("", text))]
    return list(dict.fromkeys(each for each in found if each not in NEVER_ENDS))


@pytest.fixture
def on_duty(park, watched, tmp_path, monkeypatch):
    """Runs what a page says, from a folder with what the page takes for granted."""
    monkeypatch.chdir(tmp_path)
    there = {name: park.env[name] for name in ("AMQP_URI", "REDIS_URL")}

    def run(command: str, **env: str) -> Done | subprocess.CompletedProcess[str]:
        command = command.replace("http://localhost:9090", watched.url)
        for name, (_, _, port, *_rest) in HOMES.items():
            command = command.replace(f"localhost:{port}", f"{HOST}:{park.ports[name]}")
        asked = shlex.split(command)
        if asked[0] == "tenglong":
            return tenglong(*asked[1:], **{**there, **env})
        return subprocess.run(asked, capture_output=True, text=True, timeout=60)

    yield run
    for each in park.call("notify", "list_parked"):
        given = {"parked_id": each["parked_id"], "by": "a test", "reason": "tried"}
        park.call("notify", "discard_parked", **given)


OF_REDIS = [each for each in commands() if each.startswith("redis-cli")]
OF_A_MESSAGE = [each for each in commands() if "PARKED_ID" in each]


@pytest.mark.parametrize(
    "command", [each for each in commands() if each not in OF_REDIS + OF_A_MESSAGE]
)
def test_a_command_of_a_runbook_works(on_duty, command, rabbitmq, redis_server):
    env = {}
    if "list.xlsx" in command:
        write_list()
    if "tenglong restore" in command:  # into a store that lost everything
        assert on_duty("tenglong backup notify --file copy").returncode == 0
        env["REDIS_URL"] = redis_server.new_url()
    if "store accept" in command:  # which is not asked of a store that is well
        env["AMQP_URI"] = rabbitmq.new_vhost()
    if "tenglong grant" in command:  # at a broker whose administrator is known
        env = {"AMQP_URI": rabbitmq.new_vhost(), "MANAGEMENT_URL": rabbitmq.management_url}
    works(on_duty(filled(command), **env), TO_BE_SEEN_TO.get(command, 0))
    if "tenglong grant" in command:
        works(on_duty("tenglong grant revoke service-notify", **env))


@pytest.mark.parametrize("command", OF_A_MESSAGE)
def test_a_command_of_a_runbook_works_on_a_message_that_was_parked(on_duty, park, command):
    parked_id = parked(park)
    if "parked edit" in command or "parked replay" in command:
        write_mended(park, parked_id)
    if "parked replay" in command:  # of what is wrong with it, and was mended
        mended = on_duty(filled(MEND, parked_id))
        parked_id = json.loads(mended.stdout)["parked_id"]
    works(on_duty(filled(command, parked_id)))


@pytest.mark.parametrize("command", OF_REDIS)
def test_what_a_runbook_sets_in_a_redis_that_loses_things_is_set(command, tmp_path):
    administrator = {}
    if "--user" in command:
        users = tmp_path / "users.acl"
        users.write_text("user default off\nuser administrator on >hidden ~* &* +@all\n")
        administrator = {"aclfile": str(users)}
    server = RedisServer(appendonly="no", appendfsync="no", **administrator).start()
    program, *given = shlex.split(command)
    name, value = given[-2:]
    asked = [program, "-p", str(server.ports[0]), *given]
    said = subprocess.run(asked, input="hidden\n", capture_output=True, text=True, timeout=60)
    shown = subprocess.run(
        [*asked[:-4], "CONFIG", "GET", name], input="hidden\n", capture_output=True, text=True
    )
    server.discard()

    assert said.stdout == "OK\n", said.stderr
    assert shown.stdout.split() == [name, value]


def works(said: Done | subprocess.CompletedProcess[str], code: int = 0) -> None:
    assert said.returncode in (0, code), said.stdout + said.stderr
    assert said.stdout


def filled(command: str, parked_id: str = "") -> str:
    """The command with what its words in capitals stand for."""
    for name, value in {**WORDS, "PARKED_ID": parked_id}.items():
        command = re.sub(rf"\b{name}\b", value, command)
    return command


[MEND] = [each for each in commands() if "parked edit" in each]


def write_mended(park, parked_id: str) -> None:
    event = json.loads(park.call("notify", "show_parked", parked_id=parked_id)["text"])
    assert event["type"] == BEAT
    mended = event | {"data": {"sent_at": datetime.now(UTC).isoformat()}}
    Path("event.json").write_text(json.dumps(mended))


def write_list() -> None:
    book = Workbook()
    for row in (IMPORTED, PLOT):
        book.active.append(row)
    book.save("list.xlsx")


def test_no_command_stands_there_that_only_explains_itself():
    assert [each for each in commands() if "--help" in each] == []


def test_what_no_test_runs_is_named_beside_those_that_it_does():
    named = OF_AN_ENGINE.findall(PAGES["README.md"])

    assert set(named) == {each for text in PAGES.values() for each in OF_AN_ENGINE.findall(text)}


def test_what_never_ends_is_named_by_a_page():
    assert all(f"`{each}`" in "".join(PAGES.values()) for each in NEVER_ENDS)
