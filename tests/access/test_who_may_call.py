"""What the broker lets a user call is held once more against dated lines, and ends and begins by them."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import kombu
import pytest

from backbone import errors
from backbone.rpc.door import let_in
from backbone.settings import Settings, Unusable
from client import Park, Refused
from park.time import PARK_TIME, day_of
from services import callers, wiring
from services.callers import Door, Line
from services.installation import classes
from tests.support.eventually import eventually
from tests.support.processes import ServiceProcess

from .conftest import tenglong

LAST = date(2027, 3, 31)


def code(lines, caller, method="parcels.list_parked", kind="operates", on=LAST):
    found = callers.refusal(callers.KINDS.on(on) | lines, caller, method, kind, on)
    return found and found.code


def at(text: str, **more):
    """The door of an installation whose file says this, in a moment of the park."""
    moment = datetime.fromisoformat(text).replace(tzinfo=PARK_TIME)
    return Door(clock=lambda: moment.astimezone(UTC), **more)


def test_a_right_holds_on_its_last_day_until_midnight_in_the_park(tmp_path):
    file = tmp_path / "grants.toml"
    file.write_text("[[operator-wang]]\nlast_day = 2027-03-31\n")
    call = ("operator-wang", "parcels.discard_parked", "operates")

    assert at("2027-03-31T23:59:59", file=file)(*call) is None
    ended = at("2027-04-01T00:00:00", file=file)(*call)

    assert ended.code == "RIGHT_ENDED"
    assert "operator-wang might call parcels.discard_parked until 2027-03-31" in ended.sentence
    assert "tenglong grant days operator-wang --until" in ended.sentence


def test_what_renews_a_right_gives_no_more_than_the_right_was(tmp_path):
    lines = {"system-gis": (Line(may=("reads", "parcels.get_*"), last_day=LAST),)}
    on = LAST + timedelta(days=1)

    ended = callers.refusal(lines, "system-gis", "parcels.get_parcel", "reads", on)

    assert ended.sentence.endswith("--until YYYY-MM-DD --may 'reads' --may 'parcels.get_*'")


def test_a_right_that_has_not_begun_names_what_lets_it_begin_and_gives_no_more():
    begins, reads = date(2027, 6, 1), ("reads",)
    of_gis = (Line(may=reads, first_day=begins, last_day=date(2027, 12, 31)), Line(may=("writes",)))
    lines = {"system-gis": of_gis, "operator-wang": (Line(first_day=begins),)}

    def sentence(user: str, method: str, kind: str) -> str:
        return callers.refusal(lines, user, method, kind, LAST).sentence

    gis = sentence("system-gis", "parcels.get_parcel", "reads")
    assert gis.startswith("system-gis may call parcels.get_parcel from 2027-06-01 on. ")
    assert gis.endswith("grant days system-gis --from YYYY-MM-DD --until 2027-12-31 --may 'reads'")
    wang = sentence("operator-wang", "parcels.discard_parked", "operates")
    assert wang.endswith("GRANTS_FILE is: tenglong grant days operator-wang --from YYYY-MM-DD")


def test_a_right_begins_on_its_first_day_and_may_have_a_gap():
    lines = {
        "operator-wang": (Line(last_day=LAST), Line(first_day=date(2027, 6, 1))),
    }
    assert code(lines, "operator-wang") is None
    assert code(lines, "operator-wang", on=date(2027, 5, 1)) == "RIGHT_NOT_BEGUN"
    assert code(lines, "operator-wang", on=date(2027, 6, 1)) is None


def test_a_word_that_is_no_method_and_no_deed_is_no_line():
    with pytest.raises(ValueError, match="may has raeds, which is no method"):
        Line(may=("raeds",))


def test_of_whom_no_line_speaks_the_broker_alone_decides():
    lines = {"operator-wang": (Line(last_day=LAST),)}
    for user in ("operator-li", "system-gis", "guest", "administrator", "shangyu.operator-li"):
        assert code(lines, user, on=date(2030, 1, 1)) is None


def test_a_user_of_a_zone_is_held_by_the_lines_of_its_zones_installation():
    lines = {"operator-wang": (Line(last_day=LAST),)}
    assert code(lines, "shangyu.operator-wang", on=LAST + timedelta(days=1)) == "RIGHT_ENDED"


@pytest.mark.parametrize(
    ("may", "reads", "writes", "operates"),
    [
        (("reads",), True, False, False),
        (("reads", "operates"), True, False, True),
        (("parcels.*",), True, True, False),  # no star stands for what is meant for operators
        (("parcels.list_parked",), False, False, True),
        ((), False, False, False),
        (None, True, True, True),
    ],
)
def test_a_line_names_methods_or_what_they_do(may, reads, writes, operates):
    lines = {"system-gis": (Line(may=may),)}
    said = [
        code(lines, "system-gis", "parcels.get_parcel", "reads"),
        code(lines, "system-gis", "parcels.record_soil", "writes"),
        code(lines, "system-gis", "parcels.list_parked", "operates"),
    ]
    assert [each is None for each in said] == [reads, writes, operates]
    assert {each for each in said if each} <= {"CALL_NOT_GRANTED"}


def test_a_call_that_was_not_granted_names_the_command_that_grants_it_beside_the_others():
    lines = {"operator-wang": (Line(may=("reads",), last_day=date(2027, 3, 31)),)}
    asked = ("operator-wang", "parcels.issue_report", "writes", date(2027, 3, 1))
    refused = callers.refusal(lines, *asked)

    assert refused.sentence.endswith(
        ": tenglong grant days operator-wang --until 2027-03-31 --may 'reads' "
        "--may 'parcels.issue_report'"
    )
    over = callers.refusal(lines, *asked[:3], date(2027, 4, 1))
    assert "operator-wang --until YYYY-MM-DD --may 'reads' " in over.sentence


def test_a_users_own_lines_stand_in_place_of_its_kinds():
    lines = {"operator": (Line(may=("reads",)),), "operator-wang": (Line(),)}
    assert code(lines, "operator-li") == "CALL_NOT_GRANTED"
    assert code(lines, "operator-wang") is None


def test_a_township_calls_nothing_and_a_service_changes_nothing_elsewhere_whatever_the_broker_lets():
    assert code({}, "township-330604006", "parcels.get_parcel", "reads") == "CALL_NOT_GRANTED"
    assert code({}, "service-notify", "parcels.record_soil", "writes") == "CALL_NOT_GRANTED"
    for name, called in wiring.read().called.items():
        assert {code({}, f"service-{name}", each, "reads") for each in called} <= {None}


def test_the_file_is_read_again_when_it_was_changed_and_one_that_cannot_be_read_opens_no_door(
    tmp_path,
):
    file = tmp_path / "grants.toml"
    file.write_text("")
    door = at("2027-04-01T09:00:00", file=file)
    call = ("operator-wang", "parcels.list_parked", "operates")
    assert door(*call) is None

    file.write_text("[[operator-wang]]\nlast_day = 2027-03-31\n")
    assert door(*call).code == "RIGHT_ENDED"
    file.write_text("[[operator-wang]\n")
    assert door(*call).code == "RIGHT_ENDED"
    file.unlink()
    assert door(*call).code == "RIGHT_ENDED"
    file.write_text("[[operator-wang]]\nlast_day = 2028-03-31\n")
    assert door(*call) is None


def test_a_file_that_cannot_be_read_is_said_until_it_is_mended_and_whoever_calls_then_or_not(
    tmp_path,
):
    file = tmp_path / "grants.toml"
    right = "[[operator-wang]]\nlast_day = 2027-03-31\n"
    file.write_text(right)
    door = at("2027-03-01T09:00:00", file=file)
    assert door.problem() == ""

    file.write_text(right + "\n[[system-gis]]\nmay = ['reads']\nlast_dy = 2027-03-31\n")
    assert door.problem() == (
        f"GRANTS_FILE: {file}, line 6, [[system-gis]]: there is no last_dy. Write last_day = 2027-03-31. "
        "What it said before is in force; a service that starts now does not start with it."
    )
    file.unlink()
    assert f"No such file or directory: '{file}'" in door.problem()
    file.write_text(right)
    assert door.problem() == ""


def test_a_file_that_was_emptied_opens_no_door_until_somebody_writes_that_it_holds_nobody(tmp_path):
    file = tmp_path / "grants.toml"
    file.write_text("[[operator-wang]]\nlast_day = 2027-03-31\n")
    door = at("2027-04-01T09:00:00", file=file)
    call = ("operator-wang", "parcels.list_parked", "operates")

    file.write_text("")
    assert door(*call).code == "RIGHT_ENDED"
    assert door.problem() == (
        f"GRANTS_FILE: {file} is empty, and was not. Write into it what is to hold, or, if that is nothing, "
        "a line that begins with #. What it said before is in force; a service that starts now holds nobody "
        "to it."
    )
    file.write_text("# nobody any more\n")
    assert door(*call) is None
    assert door.problem() == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[[operator-li]]\n\n[[operator-wang]\n",
            r"grants.toml, line 3, column \d+: Expected .*Write \[\[operator-wang\]\], and on the next",
        ),
        ("[[operator-wang]]\nlast_day =", "grants.toml, .*Write"),
        (
            "[[operator-li]]\n[[operator-wang]]\n[[operator-wang]]\n\nfirst_day = 'soon'",
            r"line 5, \[\[operator-wang\]\]: first_day: .*Write first_day = 2027-01-01",
        ),
        (
            "# of the desk\n[operator-wang]\nlast_day = 2027-03-31",
            r"line 2, \[\[operator-wang\]\]: .*Write \[\[ and \]\] around the user",
        ),
        (
            "[[operator-wang]]\nuntil = 2027-03-31",
            "line 2, .*there is no until. Write may = .* or first_day = .* or last_day = ",
        ),
        ("[[operator-wang]]\nlast_dy = 2027-03-31", "last_dy"),
        ("[[operator-wang]]\nlast_day = 'soon'", "last_day"),
        ("[[operator-wang]]\nmay = 'reads'", "may"),
        ("[operator-wang]\nmay = []", "operator-wang"),
        (
            "[[operator-wang]]\nfirst_day = 2027-04-01\nlast_day = 2027-03-31",
            "ends on 2027-03-31, before its first day 2027-04-01",
        ),
    ],
)
def test_a_service_does_not_start_with_a_file_that_says_something_else(tmp_path, text, said):
    file = tmp_path / "grants.toml"
    file.write_text(text)
    with pytest.raises(Unusable, match=said):
        callers.door("named", {"GRANTS_FILE": str(file)})


def test_a_service_does_not_start_with_a_file_that_is_not_there_or_that_nobody_is_held_to(tmp_path):
    with pytest.raises(Unusable, match="GRANTS_FILE"):
        callers.door("named", {"GRANTS_FILE": str(tmp_path / "none.toml")})
    with pytest.raises(Unusable, match="set CALLERS=named"):
        callers.door("any", {"GRANTS_FILE": str(tmp_path / "none.toml")})


# --- `tenglong grant days`


def test_the_command_writes_a_line_and_leaves_what_others_wrote(tmp_path):
    file = tmp_path / "grants.toml"
    theirs = '# the desk of the county\n[[system-gis]]\nmay = ["reads"] # as agreed\n'
    file.write_text(theirs)
    given = ("grant", "days", "operator-wang")

    assert tenglong(*given, "--until", "2027-03-31", "--file", str(file)).returncode == 0
    until = ("--from", "2027-01-01", "--until", "2028-03-31", "--may", "operates")
    assert tenglong(*given, *until, GRANTS_FILE=str(file)).returncode == 0

    assert file.read_text().startswith(theirs)
    assert callers.read(file) == {
        "system-gis": (Line(may=("reads",)),),
        "operator-wang": (
            Line(may=("operates",), first_day=date(2027, 1, 1), last_day=date(2028, 3, 31)),
        ),
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("wang", "--until", "2027-03-31"), "operator-wang"),
        (("operator-wang",), "--until"),
        (("operator-wang", "--until", "31.3.2027"), "2027"),
        (("operator-wang", "--from", "2027-04-01", "--until", "2027-03-31"), "before its first"),
        (("operator-wang", "--may", 'x"]'), "is no method"),
    ],
)
def test_what_was_typed_wrongly_changes_nothing(tmp_path, given, said):
    file = tmp_path / "grants.toml"
    done = tenglong("grant", "days", *given, "--file", str(file), COLUMNS="200")
    assert done.returncode != 0
    assert said in done.stderr
    assert not file.exists()


def test_a_last_day_that_is_over_is_written_and_said(tmp_path):
    given = ("grant", "days", "heartbeat", "--file", str(tmp_path / "grants.toml"))

    over = tenglong(*given, "--until", "2025-03-31", COLUMNS="200")
    assert over.returncode == 0
    assert "2025-03-31 is over: heartbeat is refused from now on." in over.stderr
    assert tenglong(*given, "--until", "9999-03-31").stderr == ""


def test_a_file_in_another_form_is_left_to_who_wrote_it(tmp_path):
    file = tmp_path / "grants.toml"
    theirs = "[[operator-wang]]\n# until the end of the quarter\nlast_day = 2027-03-31\n"
    file.write_text(theirs)
    done = tenglong("grant", "days", "operator-wang", "--until", "2027-06-30", "--file", str(file))
    assert done.returncode == 1
    assert "by hand" in done.stderr.replace("\n", " ")
    assert file.read_text() == theirs


def test_who_takes_a_user_away_is_told_of_the_days_that_the_file_still_has(guarded, tmp_path):
    file = tmp_path / "grants.toml"
    file.write_text("[[system-brief]]\nlast_day = 2027-03-31\n")
    guarded.grant("system", "brief", "--calls", "parcels.describe")
    guarded.grant("system", "short", "--calls", "parcels.describe")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRANTS_FILE", str(file))
        told = guarded.grant("revoke", "system-brief")
        silent = guarded.grant("revoke", "system-short")

    assert (told.returncode, silent.stderr) == (0, "")
    assert "Take each [[system-brief]] out" in " ".join(told.stderr.split())


def test_days_of_a_user_whom_no_installation_has_are_refused_and_of_others_it_is_said_that_nobody_looked(
    tmp_path,
):
    file = tmp_path / "grants.toml"
    given = ("--until", "2027-03-31", "--file", str(file))

    refused = tenglong("grant", "days", "service-parcel", *given, COLUMNS="200")
    assert refused.returncode == 2
    assert "there is no user service-parcel; there is service-parcels" in refused.stderr
    assert not file.exists()
    assert "nobody looked" not in tenglong("grant", "days", "service-parcels", *given).stderr
    written = tenglong("grant", "days", "operator-wang", *given, COLUMNS="200")
    assert written.returncode == 0
    assert "nobody looked whether there is a user operator-wang" in written.stderr


def test_days_of_a_user_whom_the_broker_does_not_have_are_refused_with_those_near_it(
    guarded, tmp_path
):
    assert guarded.grant("operator", "zhangwei").returncode == 0
    file = tmp_path / "grants.toml"
    given = ("--until", "2027-03-31", "--file", str(file))

    refused = guarded.grant("days", "operator-zhangwie", *given)
    assert refused.returncode == 2
    assert "operator-zhangwei" in refused.stderr
    assert not file.exists()
    assert guarded.grant("days", "operator-zhangwei", *given).returncode == 0
    assert callers.read(file)["operator-zhangwei"] == (Line(last_day=LAST),)


# --- at the door of a service


def asked_of(method: str, caller: str, broker: str = "amqp://broker", **settings) -> list[tuple]:
    """What the installation was asked about this call to parcels, if it is let in."""
    asked: list[tuple] = []
    installation = SimpleNamespace(
        settings=Settings(amqp_uri=broker, **settings), refuses=lambda *about: asked.append(about)
    )
    [parcels] = classes(["parcels"])
    container = SimpleNamespace(service_cls=parcels)
    host = SimpleNamespace(service="parcels", container=container, installation=installation)
    let_in(host, caller, method)
    return asked


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("get_parcel", "reads"),
        ("record_soil", "writes"),
        ("list_parked", "operates"),
        ("settle_restore", "operates"),
        ("describe", "reads"),
    ],
)
def test_the_lines_are_asked_what_a_method_does(method, kind):
    assert asked_of(method, "operator-wang") == [("operator-wang", f"parcels.{method}", kind)]


@pytest.mark.parametrize(
    "deed", ["replay_parked", "edit_parked", "discard_parked", "announce_again", "settle_restore"]
)
def test_a_deed_that_stays_on_record_needs_a_name_at_any_broker(deed):
    with pytest.raises(errors.Refused, match="CALLER_UNKNOWN"):
        asked_of(deed, "")
    assert asked_of(deed, "", "embedded://tenglong") == []  # where nobody has a name


def test_what_reads_or_writes_for_a_desk_needs_a_name_where_callers_are_named():
    for method in ("list_parked", "get_parcel", "record_soil"):
        assert asked_of(method, "") == []
        with pytest.raises(errors.Refused, match="CALLER_UNKNOWN"):
            asked_of(method, "", callers="named")


# --- on a park at work


def test_an_operator_whose_right_ended_is_refused_without_a_word_to_the_broker(guarded):
    granted = guarded.grant("operator", "zhao", "--json")
    uri = json.loads(granted.stdout)["amqp_uri"]
    file = guarded.secrets / "grants.toml"
    file.write_text("")
    yesterday = day_of(datetime.now(UTC)) - timedelta(days=1)
    files = {"AMQP_URI_FILE": "amqp-uri", "REDIS_URL_FILE": "redis-url"}
    named = {each: str(guarded.secrets / "notify" / name) for each, name in files.items()}
    guarded.services["notify"].stop()
    notify = ServiceProcess(["notify"], "", "", CALLERS="named", GRANTS_FILE=str(file), **named)
    try:
        notify.wait_ready()
        with Park(uri) as park:
            assert park.notify.list_parked() == []
            done = tenglong(
                "grant", "days", "operator-zhao", "--until", str(yesterday), GRANTS_FILE=str(file)
            )
            assert done.returncode == 0, done.stderr
            with pytest.raises(Refused, match=f"RIGHT_ENDED.*until {yesterday}"):
                park.notify.list_parked()
            refused = notify.metric("notify", "tenglong_calls_refused_total", code="RIGHT_ENDED")
            assert refused >= 1
            assert '"event": "call_refused"' in notify.tail()
            assert "zhao" not in notify.tail()
            told = _doctor(uri, notify)
            assert told["state"] == "look"
            assert "refuses us (RIGHT_ENDED): operator-zhao might call" in told["said"]
            assert str(yesterday) in told["said"]
            assert "tenglong grant days operator-zhao --until" in told["remedy"]
            file.write_text(file.read_text() + "[[operator-li]\n")
            eventually(lambda: "line 3" in _remarks(notify).get("grants", ""))
            assert '"event": "grants_unreadable"' in notify.tail()
            file.unlink()  # which opens no door
            with pytest.raises(Refused, match="RIGHT_ENDED"):
                park.notify.list_parked()
    finally:
        notify.discard()
        guarded.services["notify"].start()
        guarded.services["notify"].wait_ready()


def _doctor(uri: str, notify: ServiceProcess) -> dict[str, str]:
    """What doctor first says of notify, which is asked at the port that it has."""
    port = str(notify.ports["notify"])
    looked = tenglong("doctor", "--json", AMQP_URI=uri, NOTIFY_PORT=port)
    return next(each for each in json.loads(looked.stdout) if each["subject"] == "notify")


def _remarks(notify: ServiceProcess) -> dict[str, str]:
    found: dict[str, str] = notify.get("notify", "/readyz").json().get("remarks", {})
    return found


def test_who_does_not_say_a_name_does_nothing_that_stays_on_record(guarded):
    uri = json.loads(guarded.grant("operator", "sun", "--json").stdout)["amqp_uri"]

    refused = _asked(uri, "parcels.discard_parked", parked_id="x", by="li", reason="r")
    assert [each["code"] for each in refused["error"]["exc_args"][0]] == ["CALLER_UNKNOWN"]
    named = {"user_id": "operator-sun"}
    known = _asked(uri, "parcels.discard_parked", named, parked_id="x", by="li", reason="r")
    assert known["error"]["exc_type"] == "NotFound"
    assert _asked(uri, "parcels.list_parked")["error"] is None  # which changes nothing


def _asked(uri: str, method: str, properties=(), **kwargs):
    """The answer to a raw call, which says no more of its caller than it is told to."""
    with kombu.Connection(uri) as connection:
        name = f"rpc.reply-{uuid.uuid4().hex}"
        queue = kombu.Queue(name, exclusive=True, auto_delete=True, channel=connection.channel())
        queue.declare()
        queue.bind_to("nameko-rpc", routing_key=name)
        connection.Producer().publish(
            {"args": [], "kwargs": kwargs},
            exchange="nameko-rpc",
            routing_key=method,
            reply_to=name,
            retry=False,
            **dict(properties),
        )
        return json.loads(eventually(lambda: queue.get(no_ack=True)).body)
