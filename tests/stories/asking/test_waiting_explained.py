"""Whatever a table names as waiting is explained by the name that the table prints."""

from __future__ import annotations

import json
import shlex

import pytest
from typer.testing import CliRunner

from backbone.errors import NotFound, Reason
from backbone.store.differences import explained
from cli.app import app
from cli.due.shown import of_what
from cli.responses.shown import waiting_table
from cli.why import command
from tests.enterprises.requests.desk import TOWNSHIP as DESKS_TOWNSHIP
from tests.enterprises.requests.desk import Desk
from tests.parcels import reports
from tests.parcels.carriers import reports as floor
from tests.parcels.conftest import Parcels
from tests.parcels.responses.test_times import NINE, minutes, times
from tests.parcels.responses.test_waits import WAITS, tell, told
from tests.support.waits import SAMPLES

REQUESTS = sorted(SAMPLES.glob("request.*.json"))


def asking_of(services):
    """Answers as these services do over RPC; the others have nothing."""
    nothing = NotFound([Reason("NOT_FOUND", "There is none.")])

    def ask(service, method, **given):
        if service not in services:
            raise nothing
        if method != "explain_thing":
            return services[service].read(method, **given)
        repository = services[service].repository
        kinds = {each.name: each for each in repository.collections.values()}
        fields = explained(repository, kinds[given["thing"]], given["id"], None)
        if not fields:
            raise nothing
        return given | {"fields": fields}

    return ask


@pytest.fixture
def explain(monkeypatch):
    """`tenglong explain` of services that are only here: the name as it is printed, and options."""

    def run(services, *given):
        monkeypatch.setattr(command, "_asking", lambda _: asking_of(services))
        return CliRunner().invoke(app, ["explain", *given], env={"COLUMNS": "200"})

    return run


def waiting_names(service, found):
    row = found | {"service": service, "parked": []}
    table = waiting_table([row], 10)
    [column] = [each for each in table.columns if each.header == "of"]
    return [*column.cells]


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: f"{wait.report[0]} {wait.says}"[:60])
def test_land_that_waits_is_explained_by_the_name_that_the_table_prints(explain, wait):
    parcels = Parcels()
    told(parcels, *wait.given)
    tell(parcels, wait.report, NINE, minutes(1), "waits")
    names = waiting_names("parcels", times(parcels))

    assert names
    for name in names:
        done = explain({"parcels": parcels}, *shlex.split(name))
        assert (done.exit_code, name.split()[-1] in done.stdout) == (0, True), done.output


@pytest.mark.parametrize("sample", REQUESTS, ids=lambda sample: sample.stem)
def test_a_request_that_waits_is_explained_by_the_name_that_the_table_prints(explain, sample):
    desk = Desk("2027-06-01")  # every sample is of a day before
    data = json.loads(sample.read_text("utf-8"))
    how = {"publisher": DESKS_TOWNSHIP, "time": desk.now}
    desk.hear("township", sample.stem, data, **how).or_raise()
    found = desk.read("report_times", township=DESKS_TOWNSHIP)

    assert bool(found["waiting"]) == (sample.stem != "request.received")
    for name in waiting_names("enterprises", found):
        done = explain({"enterprises": desk}, *shlex.split(name))
        assert (done.exit_code, name.split()[-1] in done.stdout) == (0, True), done.output


def test_a_lease_that_waits_stands_in_its_unit_and_one_that_there_is_not_is_not_found(explain):
    parcels = Parcels()
    told(parcels, *floor.whole_park(), floor.lease("L1", "300"), floor.lease("L2", "300"))
    lease_id = parcels.read("list_units")["items"][0]["leases"][1]["lease_id"]

    found = explain({"parcels": parcels}, "lease", lease_id, "--json")
    nobody = explain({"parcels": parcels}, "lease", "330604006-L99")

    assert json.loads(found.stdout)["thing"] == "unit"
    assert f"lease {lease_id} stands in" in json.loads(found.stdout)["notes"][0]
    assert (nobody.exit_code, "NOT_FOUND" in nobody.output) == (1, True)


def test_a_deadline_of_a_plot_names_the_service_that_keeps_it():
    idle = {"service": "parcels", "thing": "plot", "thing_id": reports.PARCEL}

    assert [*of_what(idle | {"about_id": reports.PARCEL})] == [
        f"parcel {reports.PARCEL}", f"parcels.plot {reports.PARCEL}"
    ]  # fmt: skip
