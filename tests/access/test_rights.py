"""What is granted, and what is said no to, before any broker is asked."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from base64 import b64decode
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from backbone.amqp import topology
from backbone.amqp.rights import Act, Attempt
from backbone.amqp.topology import RPC_EXCHANGE, Binding, of_queues
from backbone.errors import Invalid
from cli.grant import files
from services import access, wiring
from services.access_table import TOWN, users
from services.contracts import contracts
from services.installation import HOMES, TOWNSHIPS
from tests.chaos import upgrade

from .conftest import tenglong

SAID = [each.as_json() for each in contracts()]
DAY = date(2026, 1, 1)


def may_call(user, method: str) -> bool:
    return user.rights.may(Attempt(act=Act.PUBLISH, name=RPC_EXCHANGE, key=method))


def may_hear(user, fact: str) -> bool:
    source, _, name = fact.partition(".")
    queue = user.name.partition("-")[2] + ".facts"
    attempt = Attempt(act=Act.BIND, name=f"{source}.events", key=name, to=queue)
    return user.rights.may(attempt)


def system(calls=(), hears=(), **more):
    return access.system("gis", calls, hears, SAID, **more)


def test_a_system_calls_what_it_was_granted_and_nothing_else():
    gis = system(["parcels.get_*", "projects.list_listings"])
    assert may_call(gis, "parcels.get_parcel")
    assert may_call(gis, "projects.list_listings")
    assert not may_call(gis, "projects.get_listing")
    assert not may_call(gis, "parcels.record_soil")
    assert not may_call(gis, "parcels.get_parcel.more")


@pytest.mark.parametrize("name", HOMES)
def test_a_service_tries_no_binding_that_the_broker_would_refuse(name):
    wired = wiring.read()
    user = access.service(name, wired)
    queues, exchanges = topology.leading_to([name], HOMES, [TOWNSHIPS], wired.heard)
    assert len(queues) > len(exchanges) > 0
    refused = [
        link
        for link in (*queues, *exchanges)
        if not user.rights.may(
            Attempt(act=Act.BIND, name=link.source, key=link.key, to=link.destination)
        )
    ]
    assert refused == []


def test_every_binding_leads_to_one_service():
    heard = wiring.read().heard
    of_all = topology.leading_to(HOMES, HOMES, [TOWNSHIPS], heard)
    of_each = [topology.leading_to([name], HOMES, [TOWNSHIPS], heard) for name in HOMES]
    for whole, parts in zip(of_all, zip(*of_each, strict=True), strict=True):
        assert sorted(whole) == sorted(link for part in parts for link in part)
    everything = topology.of_queues([*HOMES], [TOWNSHIPS], [*heard])
    assert sorted(of_all[0]) == sorted(everything)


def test_a_star_never_grants_what_is_for_operators():
    gis = system(["parcels.*", "*.list_*"])
    assert may_call(gis, "parcels.record_soil")
    assert may_call(gis, "parcels.describe")
    assert not any(may_call(gis, f"parcels.{each}") for each in ("discard_parked", "list_parked"))
    assert not may_call(gis, "notify.list_parked")
    assert may_call(system(["parcels.list_parked"]), "parcels.list_parked")  # by its name it does


def test_a_system_hears_the_facts_that_it_was_granted():
    gis = system(hears=["parcels.land_released", "projects.*"])
    assert may_hear(gis, "parcels.land_released")
    assert not may_hear(gis, "parcels.parcel_split")
    assert not may_hear(gis, "parcels.#")
    assert may_hear(gis, "projects.#")
    assert not may_hear(gis, "enterprises.grade_final")


@pytest.mark.parametrize(
    ("calls", "hears", "code", "said"),
    [
        (["parcels.get_parcl"], [], "FITS_NOTHING", "Did you mean parcels.get_parcel?"),
        (["parcel.get_*"], [], "FITS_NOTHING", "Did you mean parcels."),
        (["get_parcel"], [], "FITS_NOTHING", "get_parcel"),
        ([], ["parcels.land_freed"], "FITS_NOTHING", "land_freed"),
        ([], [], "NOTHING_GRANTED", "calls or hears"),
    ],
)
def test_a_grant_that_fits_nothing_is_refused_with_the_nearest_name(calls, hears, code, said):
    with pytest.raises(Invalid) as caught:
        system(calls, hears)
    [reason] = caught.value.reasons
    assert reason.code == code
    assert said in reason.sentence


@pytest.mark.parametrize("name", ["GIS", "", "a b", "gis.x", "1gis", "-", "x" * 41])
def test_a_name_that_could_be_read_as_a_pattern_is_refused(name):
    with pytest.raises(Invalid, match="BAD_NAME"):
        access.system(name, ["parcels.get_*"], [], SAID)
    with pytest.raises(Invalid, match="BAD_NAME"):
        access.operator(name, [], SAID)


@pytest.mark.parametrize("name", [*HOMES, "township", "rpc", f"receipts-{TOWN}", "amq"])
def test_no_system_bears_a_name_by_which_it_would_reach_what_is_not_its_own(name):
    """That of a service reads its queues, and `amq` would publish into any (`amq.default`)."""
    with pytest.raises(Invalid, match="BAD_NAME"):
        access.system(name, [], ["parcels.land_released"], SAID)


@pytest.mark.parametrize("code", ["330604999", "33060400", "330604006x", "#", ".*"])
def test_only_a_township_that_there_is_gets_a_user(code):
    with pytest.raises(Invalid, match="UNKNOWN_TOWNSHIP"):
        access.township(code, DAY)


@pytest.mark.parametrize("user", users(wiring.read(), SAID), ids=lambda user: user.name)
def test_nobody_but_the_installer_declares_or_deletes_an_exchange_or_a_queue_of_ours(user):
    """Whoever may do the one may do the other, and put one in its place that holds nobody to keys."""
    ours = [*access.declares(user.rights), *(each for each in OUR_QUEUES if configures(user, each))]
    assert bool(ours) is (user.name in ("installer", "administrator"))


OUR_QUEUES = sorted(
    {link.destination for link in of_queues(HOMES, [TOWNSHIPS], wiring.read().heard)}
)


def configures(user, name: str) -> bool:
    return user.rights.may(Attempt(act=Act.CONFIGURE, name=name))


def test_an_operator_reads_everything_and_writes_what_was_named():
    wang = access.operator("wang", ["parcels.record_soil"], SAID)
    assert may_call(wang, "notify.show_parked")
    assert may_call(wang, "enterprises.list_enterprises")
    assert may_call(wang, "parcels.record_soil")
    assert not may_call(wang, "projects.register_lead")


def test_a_service_calls_what_its_code_calls():
    projects = access.service("projects", wiring.read())
    assert may_call(projects, "parcels.release_standing")
    assert not may_call(projects, "parcels.record_soil")
    assert not may_call(access.service("notify", wiring.read()), "parcels.release_standing")


def may_announce(user, fact: str) -> bool:
    source, _, name = fact.partition(".")
    return user.rights.may(Attempt(act=Act.PUBLISH, name=f"{source}.events", key=name))


@pytest.mark.parametrize("name", HOMES)
def test_a_service_announces_what_its_card_says_and_binds_all_that_it_is_wired_to_hear(name):
    wired = wiring.read()
    user = access.service(name, wired)
    assert wired.announced[name]
    assert all(may_announce(user, f"{name}.{each}") for each in wired.announced[name])
    heard = [each for each in wired.heard if each.service == name]
    links = of_queues([name], [TOWNSHIPS], heard)
    assert len(links) > len(heard)
    for link in links:
        bind = Attempt(act=Act.BIND, name=link.source, key=link.key, to=link.destination)
        assert user.rights.may(bind), link


def test_the_version_before_does_its_work_with_the_rights_of_this_one():
    """Users get the new rights before the first process of the new version starts."""
    said = subprocess.run(
        ["git", "show", f"{upgrade.BEFORE}:services/wiring.json"],
        cwd=upgrade.ROOT, capture_output=True, check=True,
    )  # fmt: skip
    before = json.loads(said.stdout)
    users = {name: access.service(name, wiring.read()) for name in HOMES}
    for name, facts in before["announced"].items():
        assert facts
        assert [each for each in facts if not may_announce(users[name], f"{name}.{each}")] == []
    heard = [Binding(*each) for each in before["heard"]]
    for link in of_queues([], [TOWNSHIPS], heard):
        bind = Attempt(act=Act.BIND, name=link.source, key=link.key, to=link.destination)
        assert users[link.destination.partition(".")[0]].rights.may(bind), link


def test_what_a_service_may_call_there_is_and_changes_nothing():
    reads = {
        f"{each['service']}.{method['name']}"
        for each in SAID
        for method in each["methods"]
        if not method["writes"]
    }
    called = {each for methods in wiring.read().called.values() for each in methods}
    assert called
    assert called <= reads


def test_passwords_are_written_as_hashes_and_are_all_different(tmp_path):
    users = [access.service(each, wiring.read()) for each in ("parcels", "notify")]
    files.write(tmp_path / "s", users, broker="b:1", store="r:2", vhost="/", management="m:3")

    told = json.loads((tmp_path / "s" / "rabbitmq" / "definitions.json").read_text())
    uris = [(tmp_path / "s" / each / "amqp-uri").read_text() for each in ("parcels", "notify")]
    passwords = [uri.split(":")[2].partition("@")[0] for uri in uris]
    assert len(set(passwords)) == 2
    assert not any(password in json.dumps(told) for password in passwords)
    assert not any(
        password in (tmp_path / "s" / "redis" / "users.acl").read_text() for password in passwords
    )
    [parcels] = [each for each in told["users"] if each["name"] == "service-parcels"]
    kept = b64decode(parcels["password_hash"])
    assert hashlib.sha256(kept[:4] + passwords[0].encode()).digest() == kept[4:]


def test_passwords_in_use_are_not_written_over(tmp_path):
    (tmp_path / "definitions.json").write_text("{}")
    with pytest.raises(FileExistsError):
        files.write(tmp_path, [], broker="b:1", store="r:2", vhost="/", management="m:3")
    assert (tmp_path / "definitions.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ([], "http://administrator:PW@rabbitmq:15672"),
        (["--broker", "one:5672,two:5672"], "http://administrator:PW@one:15672"),
        (["--broker", "one:5671", "--tls-ca", "authority"], "https://administrator:PW@one:15671"),
        (["--broker", "one", "--management", "far:80"], "http://administrator:PW@far:80"),
    ],
)
def test_the_management_api_is_where_the_broker_is_unless_it_is_named(pem, tmp_path, given, at):
    options = [str(pem.get(each, each)) for each in given]
    home = tmp_path / "s"
    assert tenglong("grant", "installation", str(home), *options).returncode == 0

    written = (home / "administrator" / "management-url").read_text().partition("?")[0].strip()
    password = urlsplit(written).password
    assert written.replace(password, "PW") == at


def test_a_password_lets_in_whoever_it_was_written_for_and_nobody_beside(tmp_path):
    """What images of others read is open to the users that these run as, behind a folder that is not."""
    home = tmp_path / "s"
    home.mkdir(mode=0o755)
    before = os.umask(0)
    try:
        assert tenglong("grant", "installation", str(home)).returncode == 0
    finally:
        os.umask(before)

    def mode(path: Path) -> int:
        return path.stat().st_mode & 0o777

    assert mode(home) == 0o700
    others = {"rabbitmq", "redis", "watcher", "grafana", "alertmanager"}
    for folder in home.iterdir():
        is_others = folder.name in others
        assert mode(folder) == (0o755 if is_others else 0o700), folder
        modes = {mode(file) for file in folder.iterdir()}
        assert modes == {0o644 if is_others else 0o600}, folder


@pytest.fixture
def pem(tmp_path):
    """Files of an authority, each with its name as its text."""
    files = {name: tmp_path / f"{name}.pem" for name in ("authority", "ours", "secret")}
    for name, file in files.items():
        file.write_text(name)
    return files


def test_an_installation_over_tls_names_files_that_lie_beside_its_uris(pem, tmp_path):
    ours = ["--tls-certificate", str(pem["ours"]), "--tls-key", str(pem["secret"])]
    at = ["--broker", "b:5671", "--store", "r:6380", "--management", "b:15671"]
    home = tmp_path / "s"
    made = tenglong(
        "grant", "installation", str(home), "--tls-ca", str(pem["authority"]), *ours, *at
    )
    assert made.returncode == 0, made.stderr

    words = {"ssl_ca_certs": "authority", "ssl_certfile": "ours", "ssl_keyfile": "secret"}
    uris = [*home.glob("*/*-ur[il]")]
    assert {each.parent.name for each in uris} >= {*HOMES, "installer", "administrator", "watcher"}
    for uri in uris:
        where = urlsplit(uri.read_text().strip())
        assert where.scheme in ("amqps", "rediss", "https"), uri
        named = {word: Path(file) for word, file in parse_qsl(where.query)}
        assert {file.parent for file in named.values()} == {Path("/run/secrets/tenglong")}
        there = {word: (uri.parent / file.name).read_text() for word, file in named.items()}
        assert there == words
    assert "rediss://watcher@r:6380" in (home / "watcher" / "passwords.json").read_text()


@pytest.mark.parametrize(
    "given", [["--tls-ca", "authority", "--tls-key", "secret"], ["--tls-certificate", "ours"]]
)
def test_a_certificate_is_given_with_its_key_and_the_authority(pem, tmp_path, given):
    options = [str(pem.get(each, each)) for each in given]
    refused = tenglong("grant", "installation", str(tmp_path / "s"), *options)

    assert refused.returncode == 2
    assert "--tls-key" in refused.stderr
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    ("told", "given", "named"),
    [
        ({}, (), "AMQP_URI"),
        ({"MANAGEMENT_URL": "http://127.0.0.1:9"}, (), "MANAGEMENT_URL"),
        ({"MANAGEMENT_URL": "http://administrator@127.0.0.1:9"}, (), "MANAGEMENT_URL"),
        ({}, ("--management", "http://127.0.0.1:9"), "--management"),
    ],
    ids=["of the broker", "of the management API", "no password", "as an option"],
)
def test_nobody_is_let_in_by_whom_no_setting_names(told, given, named):
    done = tenglong(
        "grant",
        "system",
        "gis",
        "--calls",
        "parcels.describe",
        *given,
        AMQP_URI="amqp://127.0.0.1:9/",
        **told,
    )

    assert done.returncode == 2
    assert done.stderr.startswith(f"{named} has no user and password")
    assert "http://administrator:password@host:15672" in " ".join(done.stderr.split())
