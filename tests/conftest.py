"""The parts that tests stand on. A test that needs a real server asks for it by name and gets a
virtual host or a database of its own; the servers start once, when the first test asks."""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - as in the services: patched before everything else is imported

eventlet.monkey_patch()

import signal  # noqa: E402
import tempfile  # noqa: E402
import uuid  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from typing import Any  # noqa: E402

import pytest  # noqa: E402
import structlog  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from backbone.amqp import frames  # noqa: E402

from .support.brokers import RabbitMQ, RedisServer  # noqa: E402
from .support.judge import judge_rehearsals  # noqa: E402
from .support.processes import ServiceProcess, running  # noqa: E402

judge_rehearsals()
# how long an example takes says how busy the machine is
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")
# a traceback as it is: to draw one with all that its frames hold takes seconds of a busy machine
plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
BROKER = pytest.StashKey[RabbitMQ]()
OWNED: set[str] = set()  # the virtual hosts of fixtures


@dataclass(frozen=True)
class Parts:
    """A broker and a store of the same kind."""

    amqp_uri: str
    redis_url: str
    embedded: bool


@pytest.fixture(scope="session", autouse=True)
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Logs and data of all processes lie under pytest's own directory, which is kept for three runs."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("homes"))
    yield
    tempfile.tempdir = before


@pytest.fixture(scope="session")
def rabbitmq(request: pytest.FixtureRequest) -> Iterator[RabbitMQ]:
    broker = request.config.stash[BROKER] = RabbitMQ().start()
    yield broker
    del request.config.stash[BROKER]
    broker.discard()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer().start()
    yield server
    server.discard()


@pytest.fixture
def amqp_uri(rabbitmq: RabbitMQ) -> str:
    """A virtual host of the real broker, for this test alone."""
    rabbitmq.ensure_up()
    return rabbitmq.new_vhost()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """An empty database of the real store, for this test alone."""
    redis_server.ensure_up()
    return redis_server.new_url()


@pytest.fixture(params=["embedded", "rabbitmq"])
def broker_uri(request: pytest.FixtureRequest) -> str:
    """Runs the test on the embedded broker and on the real one."""
    return _embedded_broker() if request.param == "embedded" else _real(request, "amqp_uri")


@pytest.fixture(params=["memory", "redis"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Runs the test on the embedded store and on the real one."""
    return _embedded_store() if request.param == "memory" else _real(request, "redis_url")


@pytest.fixture(params=["embedded", "real"])
def parts(request: pytest.FixtureRequest) -> Parts:
    """Runs the test on the embedded broker and store, and on the real ones."""
    if request.param == "embedded":
        return Parts(_embedded_broker(), _embedded_store(), embedded=True)
    return Parts(_real(request, "amqp_uri"), _real(request, "redis_url"), embedded=False)


@pytest.fixture
def start_services(amqp_uri: str, redis_url: str) -> Iterator[Callable[..., ServiceProcess]]:
    """Starts services in a process of their own on this test's virtual host and database:
    `start_services("parcels", "projects", LOG_LEVEL="DEBUG")`."""
    started: list[ServiceProcess] = []

    def start(*names: str, **env: str) -> ServiceProcess:
        started.append(ServiceProcess(names, amqp_uri, redis_url, **env))
        return started[-1]

    yield start
    for process in started:
        process.discard()


def _embedded_broker() -> str:
    from backbone.testing import transport as embedded

    embedded.register()
    return f"embedded://test-{uuid.uuid4().hex[:12]}"


def _embedded_store() -> str:
    return f"memory://test-{uuid.uuid4().hex[:12]}"


def _real(request: pytest.FixtureRequest, fixture: str) -> str:
    return str(request.getfixturevalue(fixture))


def pytest_configure() -> None:
    frames.install()  # as every process that runs services

    def end(number: int, _frame: Any) -> None:
        pytest.exit(f"ended by signal {number}", returncode=128 + number)

    signal.signal(signal.SIGTERM, end)  # so that what was started is ended as after the last test


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> Any:
    """The virtual hosts that a fixture makes are deleted after it and what it started."""
    made: set[str] = set()
    if fixturedef.scope != "session":  # before the fixture's own, so that it is called after them
        fixturedef.addfinalizer(lambda: _delete(request.config, made))
    before = _vhosts(request.config)
    result = yield
    made |= _vhosts(request.config) - before - OWNED
    OWNED.update(made)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Any:
    """Those that a test makes itself, too."""
    before = _vhosts(item.config)
    try:
        return (yield)
    finally:
        _delete(item.config, _vhosts(item.config) - before - OWNED)


def _vhosts(config: pytest.Config) -> set[str]:
    broker = config.stash.get(BROKER, None)
    return set(broker.vhosts) if broker else set()


def _delete(config: pytest.Config, uris: set[str]) -> None:
    """Quorum queues that nobody needs cost the broker work twice a second, and longer at each start."""
    for uri in uris & _vhosts(config):
        config.stash[BROKER].ensure_up()
        config.stash[BROKER].delete_vhost(uri)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    """A failed test shows what the services wrote that were running meanwhile."""
    report = yield
    if report.failed:
        report.sections += [(f"output of {each}", each.tail()) for each in running]
    return report
