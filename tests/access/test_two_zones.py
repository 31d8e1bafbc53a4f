"""Two zones on one broker and one Redis: the same codes in both, and neither sees anything of the other."""

from __future__ import annotations

import json
import uuid
from datetime import date
from pathlib import Path

import kombu
import pytest
import redis
import requests
from amqp.exceptions import AccessRefused, NotAllowed

from client import Park
from demo.story import Plot
from services.access import zone_of
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.children import HOST
from tests.support.eventually import eventually
from tests.support.processes import ServiceProcess
from tests.support.township import Township

from .conftest import tenglong

TOWNSHIP = "330604006"
PLOT = Plot("zones", TOWNSHIP, date(2023, 7, 28))
FLOOD = 2_000


class Zone:
    """One of them: its users, and two of its services at work as two of these."""

    def __init__(self, name: str, database: int, home: Path, rabbitmq: RabbitMQ, store: str):
        self.name, self.rabbitmq, self.secrets = name, rabbitmq, home / name
        self.where = ["--broker", f"{HOST}:{rabbitmq.ports[0]}", "--store", store]
        which = ["--zone", name, "--database", str(database)]
        written = tenglong("grant", "installation", str(self.secrets), *which, *self.where)
        assert written.returncode == 0, written.stderr

    def start(self, store: str) -> None:
        definitions = json.loads((self.secrets / "rabbitmq" / "definitions.json").read_text())
        self.rabbitmq._manage("POST", "definitions", definitions)
        # as after `rabbitmqctl import_definitions`: nobody from elsewhere has rights in it
        self.rabbitmq._manage("DELETE", f"permissions/{self.name}/guest")
        self.administrator = {
            "AMQP_URI": self.rabbitmq.uri(self.name),
            "MANAGEMENT_URL": self.rabbitmq.management_url,
            "REDIS_URL": store,
        }
        declared = tenglong("topology", AMQP_URI=self.secret("installer", "amqp-uri"))
        assert declared.returncode == 0, declared.stderr
        self.parcels, self.projects = map(self._started, ("parcels", "projects"))
        self.township = self.granted("township", TOWNSHIP)
        self.operator = self.secret("operator-first", "amqp-uri")

    def _started(self, service: str) -> ServiceProcess:
        uris = (self.secret(service, file) for file in ("amqp-uri", "redis-url"))
        return ServiceProcess([service], *uris)

    def secret(self, user: str, file: str) -> str:
        return (self.secrets / user / file).read_text().strip()

    def granted(self, *arguments: str) -> dict[str, str]:
        """`tenglong grant …` by the administrator of the broker, for this zone."""
        done = tenglong("grant", *arguments, "--json", **self.administrator)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def report(self, area_m2: str, event_id: str) -> str:
        """The plot's registration; what its receipt says."""
        with Township(self.township["amqp_uri"], TOWNSHIP, is_guest=False) as township:
            type_, data = PLOT.parcel(area_m2=area_m2)
            return township.receipt(township.publish(type_, data, id=event_id), 60)["outcome"]

    def area_m2(self) -> str:
        with Park(self.operator, timeout=60) as park:
            return str(park.parcels.get_parcel(parcel_id=PLOT.parcel_id)["area_m2"])

    def stopped(self) -> None:
        for process in (self.parcels, self.projects):
            process.discard()
        self.rabbitmq._manage("DELETE", f"vhosts/{self.name}")
        for each in self.rabbitmq.at("users"):
            if zone_of(each["name"])[0] == self.name:
                self.rabbitmq._manage("DELETE", f"users/{each['name']}")


@pytest.fixture(scope="module")
def zones(rabbitmq, tmp_path_factory):
    rabbitmq.ensure_up()
    home = tmp_path_factory.mktemp("zones")
    acl = home / "users.acl"
    acl.write_text("user default on nopass ~* &* +@all\n")  # who keeps this Redis
    server = RedisServer(aclfile=str(acl)).start()
    store = f"{HOST}:{server.ports[0]}"
    found = [
        Zone(f"{name}-{uuid.uuid4().hex[:4]}", number, home, rabbitmq, store)
        for number, name in enumerate(("shangyu", "keqiao"), 1)
    ]
    acl.write_text(
        acl.read_text() + "".join((z.secrets / "redis/users.acl").read_text() for z in found)
    )
    redis.Redis.from_url(server.url).execute_command("ACL", "LOAD")
    for zone in found:
        zone.start(
            f"redis://{store}/0"
        )  # each user is held to the database of its zone all the same
    for zone in found:
        for process in (zone.parcels, zone.projects):
            process.wait_ready(60)
    yield found
    for zone in found:
        zone.stopped()
    server.discard()


@pytest.fixture(scope="module")
def reported(zones):
    """The same plot by the same code and event id in both zones, of another size in each."""
    assert [
        z.report(area, "2023-000231") for z, area in zip(zones, ("11781", "9000"), strict=True)
    ] == [
        "accepted",
        "accepted",
    ]
    return zones


def test_the_same_plot_code_and_event_id_are_each_zones_own(reported):
    assert [zone.area_m2() for zone in reported] == ["11781", "9000"]


def test_the_users_of_a_zone_see_no_other_virtual_host(reported):
    one, other = reported
    assert one.township["user"] == f"{one.name}.township-{TOWNSHIP}"
    for uri in (one.township["amqp_uri"], one.operator, one.secret("parcels", "amqp-uri")):
        with (
            pytest.raises((NotAllowed, AccessRefused)),
            kombu.Connection(uri.replace(f"/{one.name}", f"/{other.name}")) as there,
        ):
            there.connect()
    login = one.operator.partition("//")[2].partition("@")[0].partition(":")
    with requests.Session() as session:
        session.trust_env = False
        session.auth = (login[0], login[2])
        api = f"http://{HOST}:{one.rabbitmq.ports[1]}/api"
        seen = {each["vhost"] for each in session.get(f"{api}/queues", timeout=10).json()}
        assert session.get(f"{api}/queues/{other.name}", timeout=10).status_code == 401
    assert seen == {one.name}


def test_the_users_of_a_zone_reach_no_other_ones_keys(reported):
    one, other = reported
    url = one.secret("parcels", "redis-url")
    key = f"{{parcels}}:parcel:{PLOT.parcel_id}"
    own, begins = redis.Redis.from_url(url), redis.Redis.from_url(url.removesuffix("/1"))
    assert own.get(key)
    assert begins.get(key) is None  # where every connection begins nobody keeps anything
    for forbidden in (
        redis.Redis.from_url(url.removesuffix("/1") + "/2").ping,
        lambda: own.execute_command("MOVE", key, 2),
        lambda: own.execute_command("COPY", key, key, "DB", 2),
        lambda: own.execute_command("SWAPDB", 1, 2),
        lambda: own.eval("redis.call('SELECT', 2) return redis.call('GET', KEYS[1])", 1, key),
        redis.Redis.from_url(one.secret("backup", "redis-url").removesuffix("/1") + "/2").ping,
    ):
        with pytest.raises(redis.exceptions.ResponseError):
            forbidden()
    assert other.area_m2() == "9000"


def test_land_that_one_zone_released_is_listed_there_and_nowhere_else(reported):
    one, other = reported
    plot = Plot(uuid.uuid4().hex[:8], TOWNSHIP, date(2023, 7, 28))
    with Township(one.township["amqp_uri"], TOWNSHIP, is_guest=False) as township:
        of_land = [each for each in plot.reports() if not each[0].startswith("enterprise.")]
        sent = [township.publish(*report) for report in of_land]
        assert {township.receipt(each, 60)["outcome"] for each in sent} == {"accepted"}
    with Park(one.operator) as park:
        case = {"case_id": plot.case_id}
        eventually(lambda: park.projects.list_listings(filter=case)["items"], 60)
    with Park(other.operator) as park:
        assert park.projects.list_listings()["items"] == []


def test_a_zone_that_is_flooded_and_stands_still_does_not_hold_up_the_other(reported):
    one, other = reported
    one.parcels.pause()
    try:
        with kombu.Connection(one.township["amqp_uri"]) as connection:
            producer = connection.Producer()
            for _ in range(FLOOD):
                producer.publish(
                    {}, exchange="township.events", routing_key=f"{TOWNSHIP}.parcel.registered"
                )
        eventually(
            lambda: one.rabbitmq.queues(one.rabbitmq.uri(one.name))["parcels.inbox.v1"] >= FLOOD, 60
        )
        assert other.report("9500", "2023-000232") == "accepted"
        assert other.area_m2() == "9500"
    finally:
        one.parcels.resume()
    assert one.area_m2() == "11781"


def test_granting_again_and_another_password_stay_in_the_zone(reported):
    one, other = reported
    name = f"{one.name}.service-parcels"
    listed = {each["user"]: each for each in one.granted("list")}
    assert listed[name]["rights"] == listed[one.township["user"]]["rights"] == "as of this release"
    assert all(zone_of(user)[0] in (one.name, "") for user in listed)

    new = one.granted("rotate", name)

    assert redis.Redis.from_url(new["redis_url"]).get("{parcels}:birth")
    operator = one.granted("operator", "li")
    assert new["redis_url"].endswith("/1")
    assert operator["redis_url"].endswith("/1")
    elsewhere = redis.Redis.from_url(new["redis_url"].removesuffix("/1") + "/2")
    with pytest.raises(redis.exceptions.ResponseError):
        elsewhere.ping()
    assert kombu.Connection(other.secret("parcels", "amqp-uri")).connect()
