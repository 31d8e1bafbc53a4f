"""The desks of the park at work while everything is killed: whole lives of plots by commands over RPC, from
the lead to the review of what was promised, each repeated until it is answered, and some once more.

What the services said of it is held against their own histories: every fact that a commit announced was
published and reached notify, and took effect once wherever it was heard.
"""

from __future__ import annotations

import json
import random
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import kombu

from demo.story import Plot
from park.time import day_of
from services.projects.listings.listing import listing_id_of
from tests.chaos import lives, offices
from tests.chaos.pages import Pages, Visitor, surveyed_anew

ANSWERS_S = 6
PATIENCE_S = 240
AGAIN = ("Unavailable", "DeadlineExceeded")
LIFE = 32  # reports and commands of one life, about
ASKED_TWICE = 0.15  # of the commands are sent again after their answer
TOWNSHIPS = ("330604006", "330604001", "330604107", "330604003")
ACCEPTED_ON = date(2023, 7, 28)
TAX = {"code": "tax", "op": ">=", "value": "30", "unit": "万元/亩", "check_stage": "full_capacity"}
PLAN_CONDITIONS = {"plot_ratio": {"minimum": "1"}}  # land without any is on no page
NEEDED = {"land_m2", "tax_paid_cny"}  # before a round is scored
GRADES = [{"grade": "D", "by": "<=", "value": "100"}]


class Refusal(Exception):
    """A service said no: its kind of error, and the sentence."""


class Caller:
    """An internal system that calls until it is answered, whatever breaks."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self._connection: kombu.Connection | None = None

    def call(self, service: str, method: str, **arguments: Any) -> Any:
        """The answer. Raises `Refusal` for a no, and `TimeoutError` after four minutes without one."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                answer = self._ask(service, method, arguments)
            except (TimeoutError, OSError, kombu.exceptions.KombuError, *self._broken()):
                self.close()
                time.sleep(0.3)
                continue
            if answer["error"] is None:
                return answer["result"]
            kind, said = answer["error"]["exc_type"], answer["error"]["value"]
            if kind not in AGAIN:
                raise Refusal(f"{service}.{method}: {kind}: {said}")
            time.sleep(0.3)
        raise TimeoutError(f"{service}.{method} was not answered")

    def close(self) -> None:
        if self._connection:
            with suppress(Exception):
                self._connection.release()
        self._connection = None

    def _broken(self) -> tuple[type[Exception], ...]:
        return kombu.Connection(self.uri).recoverable_connection_errors

    def _ask(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        if self._connection is None:
            self._open()
        call_id, found = str(uuid.uuid4()), []
        self._answers = {call_id: found.append}
        self._producer.publish(
            {"args": [], "kwargs": arguments},
            exchange="nameko-rpc",
            routing_key=f"{service}.{method}",
            serializer="json",
            reply_to=self._name,
            correlation_id=call_id,
            headers={"x-deadline": int(time.time()) + ANSWERS_S},
        )
        until = time.monotonic() + ANSWERS_S
        while not found:
            self._connection.drain_events(timeout=max(0.1, until - time.monotonic()))
            if time.monotonic() > until and not found:
                raise TimeoutError("no answer")
        return found[0]

    def _open(self) -> None:
        options = {"read_timeout": ANSWERS_S, "write_timeout": ANSWERS_S}
        self._connection = kombu.Connection(self.uri, transport_options=options, connect_timeout=5)
        channel = self._connection.channel()
        self._name = f"desk-{uuid.uuid4()}"
        queue = kombu.Queue(self._name, exclusive=True, auto_delete=True, channel=channel)
        queue.declare()
        queue.bind_to("nameko-rpc", routing_key=self._name)
        self._producer = kombu.Producer(channel)
        consumer = kombu.Consumer(channel, [queue], on_message=self._heard, no_ack=True)
        consumer.consume()
        self._consumer = consumer

    def _heard(self, message: Any) -> None:
        take = self._answers.get(message.properties.get("correlation_id"))
        if take:
            take(json.loads(message.body))


class Desk(threading.Thread):
    """One after the other the lives of plots of one township, by reports and commands. What was sent is in
    `sent`: a method or a type, and its id."""

    def __init__(
        self, uri: str, part: int, lives: int, seed: int, send: Callable[..., Any]
    ) -> None:
        super().__init__(daemon=True)
        self.caller, self.send = Caller(uri), send
        self.part, self.lives, self.chance = part, lives, random.Random(seed)
        self.sent: list[tuple[str, str]] = []
        self.copies = 0
        self.wrong: list[str] = []  # answered twice and differently, or not at all
        self.pages = Pages()

    def run(self) -> None:
        visitor = Visitor(self.pages, Caller(self.caller.uri))
        visitor.start()
        try:
            if self.part == 0:
                about = {"name": "desk", "channel": "log", "address": "desk"}
                self.write("notify", "subscribe", "desk", **about)
            for number in range(self.lives):
                Life(self, f"d{self.part}n{number}", is_first=number == 0).live()
            visitor.stop()
            self.pages.look_a_last_time(self.caller.call)
        except (Refusal, TimeoutError) as problem:
            self.wrong.append(str(problem))
        finally:
            visitor.stop()
            self.caller.close()
            self.wrong += self.pages.wrong

    def write(self, service: str, method: str, request_id: str, **arguments: Any) -> Any:
        """A command, until it is answered; some are asked once more, and must be answered the same."""
        answer = self.caller.call(service, method, request_id=request_id, **arguments)
        self.sent.append((f"{service}.{method}", request_id))
        if self.chance.random() < ASKED_TWICE:
            self.copies += 1
            again = self.caller.call(service, method, request_id=request_id, **arguments)
            if again != answer:
                self.wrong.append(f"another answer of {service}.{method} {request_id}")
        return answer

    def until(self, ask: Callable[[], Any]) -> Any:
        """What is so once the facts have come through."""
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            with suppress(Refusal):
                if found := ask():
                    return found
            time.sleep(0.3)
        raise TimeoutError("a fact did not come through")


class Life:
    """One plot: remediated, offered, awarded, promised for, reviewed, sold; with its firm's request, and in
    the first life of a township a round of the evaluation."""

    def __init__(self, desk: Desk, run: str, *, is_first: bool) -> None:
        self.desk, self.is_first = desk, is_first
        self.plot = Plot(run, TOWNSHIPS[desk.part], ACCEPTED_ON)
        self.lead_id = f"lead-{run}"
        self.listing_id = listing_id_of(self.plot.parcel_id, self.plot.case_id)
        self.contract_id = f"{self.listing_id}.1"
        self.steps = 0

    def live(self) -> None:
        for type_, data in self.plot.reports(plan_conditions=PLAN_CONDITIONS):
            self._report(type_, data)
        self._write("projects", "register_lead", **self.plot.lead() | {"lead_id": self.lead_id})
        self.desk.until(self._is_matched)
        for act in (
            self._pipeline,
            self._page,
            self._supply,
            self._contract,
            self._soil,
            self._promises,
            self._request,
        ):
            act()
        if self.is_first:
            for act in (self._round, self._platform, self._fund, self._void, self._all_reports):
                act()
            for command in offices.commands(self.plot, self.lead_id, self.desk.part):
                self._write(command.service, command.method, **command.arguments)

    def _pipeline(self) -> None:
        about = {"project_id": self.lead_id}
        team = {
            "team": f"team {self.desk.part}",
            "handed_on": day_of(datetime.now(UTC)).isoformat(),
        }
        self._write("projects", "enter_project", **about, investment_wan_cny="12000")
        self._write("projects", "hand_over_project", **about, **team)
        came = {"visit_kind": "by_investor", "visited_on": "2023-08-02", "came_of_it": "They come."}
        self._write("projects", "record_visit", **about, visit_id=f"v-{self.plot.run}", **came)
        next_on = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
        step = {"next_step": "call them", "next_step_on": next_on}
        self._write("projects", "set_next_step", **about, **step)

    def _page(self) -> None:
        """A prospect's page shows this plot and one beside it. The release of that one is taken back and
        granted again, and another project keeps it for a while."""
        beside = Plot(f"{self.plot.run}p", self.plot.township, ACCEPTED_ON)
        for type_, data in beside.reports(plan_conditions=PLAN_CONDITIONS):
            self._report(type_, data)
        about = {"listing_id": listing_id_of(beside.parcel_id, beside.case_id)}
        listing_id, rival = about["listing_id"], f"rival-{self.plot.run}"
        self.desk.until(lambda: self.desk.caller.call("projects", "get_listing", **about))
        token = self._open_page(listing_id)
        self._look_until(token, listing_id, shown=True)
        for day, on_registry in ((1, True), (2, False)):
            self._record_soil(beside, day, on_registry)
            self._look_until(token, listing_id, shown=not on_registry)
        for report, stands in surveyed_anew(beside, plan_conditions=PLAN_CONDITIONS):
            self._report(*report)
            self._look_until(token, listing_id, shown=stands)
        entry = {"name": "a rival", "opened_on": "2023-08-01", "investment_wan_cny": "9000"}
        self._write("projects", "enter_project", project_id=rival, **entry)
        self._write("projects", "hold_plot", **about, project_id=rival, team="the rival's")
        self._look_until(token, listing_id, shown=False)
        self._write("projects", "release_hold", **about)
        self._look_until(token, listing_id, shown=True)
        self._write("projects", "hold_plot", **about, project_id=rival, team="the rival's")
        self._look_until(token, listing_id, shown=False)

    def _open_page(self, listing_id: str) -> str:
        """The token of a page. It is told once: without that answer another page is opened."""
        about = {"lead_id": self.lead_id, "listing_ids": [self.listing_id, listing_id]}
        while True:
            self.steps += 1
            request_id = f"{self.plot.run}/{self.steps}"
            opened = self.desk.caller.call(
                "projects", "open_prospect_page", request_id=request_id, **about
            )
            self.desk.sent.append(("projects.open_prospect_page", request_id))
            if token := opened["token"]:
                self.desk.pages.opened(token, about["listing_ids"])
                return str(token)

    def _look_until(self, token: str, listing_id: str, *, shown: bool) -> None:
        def is_so() -> bool:
            page = self.desk.pages.look(self.desk.caller.call, token)
            on_it = {each["listing_id"] for each in page["plots"]}
            return not page["unreachable"] and (listing_id in on_it) is shown

        self.desk.until(is_so)

    def _supply(self) -> None:
        terms = {"payments": [{"share": "1", "within_months": 1}], "start_within_months": 6}
        notice = self.plot.notice() | {"indicators": [TAX], "contract_terms": terms}
        about = {"listing_id": self.listing_id}
        self._write("projects", "publish_listing", **about, **notice)
        firm = {"name": f"works {self.plot.run}", "enterprise_id": self.plot.enterprise_id}
        applied = {"application_id": "A-01", "bidder": firm, "lead_id": self.lead_id}
        self._write("projects", "apply_for_land", **about, **applied, applied_at=self._at(10, 10))
        paid = {"application_id": "A-01", "amount_cny": "940000", "paid_at": self._at(20, 10)}
        self._write("projects", "record_bond", **about, **paid)
        bid = {"application_id": "A-01", "price_cny": "4700000", "bid_at": self._at(30, 10)}
        self._write("projects", "close_bidding", **about, closed_at=self._at(34, 16), bids=[bid])
        self._write("projects", "confirm_award", **about, confirmed_on=self.plot.day(35))
        self._write("projects", "publicise_result", **about, publicised_on=self.plot.day(36))

    def _contract(self) -> None:
        about, number = {"contract_id": self.contract_id}, {"contract_number": "2023-21"}
        signed = {"listing_id": self.listing_id, "signed_on": self.plot.day(40)}
        self._write("projects", "sign_contract", **signed, **number)
        self._write(
            "projects", "record_payment", **about, instalment_no=1, paid_on=self.plot.day(50)
        )
        self._write("projects", "record_delivery", **about, delivered_on=self.plot.day(60))
        self._write("projects", "record_construction", **about, started_on=self.plot.day(90))

    def _soil(self) -> None:
        """The province puts the land on the registry and removes it; the contract hears of both."""
        for day, on_registry in ((100, True), (130, False)):
            self._record_soil(self.plot, day, on_registry)
            self.desk.until(lambda hoped=on_registry: self._is_in_doubt() is hoped)

    def _record_soil(self, plot: Plot, day: int, on_registry: bool) -> None:
        clean = dict.fromkeys(("survey_reviewed", "survey_filed"), True) | {"case_open": False}
        about = {"parcel_id": plot.parcel_id, "evidence_ids": ["E-1"], **clean}
        said = {"recorded_on": plot.day(day), "on_registry": on_registry}
        self._write("parcels", "record_soil", **about, **said)

    def _is_in_doubt(self) -> bool:
        contract = self.desk.caller.call("projects", "get_contract", contract_id=self.contract_id)
        return bool(contract["against"])

    def _promises(self) -> None:
        about = {"contract_id": self.contract_id}
        review = about | {
            "review_id": "R-1",
            "check_stage": "full_capacity",
            "reviewed_on": "2025-06-30",
            "evidence_ids": ["doc-1"],
        }
        for value in ("28.5", "30"):
            figures = [{"code": "tax", "value": value, "unit": "万元/亩"}]
            self._write("projects", "review_commitments", **review, figures=figures)
        buyer = {"transfer_kind": "transfer", "holders": [{"name": "another works"}]}
        self._write("projects", "transfer_contract", **about, **buyer, transferred_on="2025-07-01")

    def _request(self) -> None:
        about = {"service_request_id": f"{self.plot.township}-R{self.plot.run}"}
        asked = {"enterprise_id": self.plot.enterprise_id, "topic": "permits", "summary": "None."}
        self._write("enterprises", "receive_request", **about, **asked)
        self._write("enterprises", "hand_over_request", **about, departments=["construction"])
        said = {"department": "construction", "text": "It is there."}
        self._write("enterprises", "answer_request", **about, **said)
        self._write("enterprises", "rate_request", **about, satisfaction="satisfied")

    def _round(self) -> None:
        figures = {
            "enterprise_id": self.plot.enterprise_id,
            "data_year": 2021,
            "source_class": "tax",
        }
        self._report("enterprise.figures_reported", figures | {"tax_paid_cny": "100000"})
        who = {"operator_role": "enterprise_desk"}
        what = {"place": self.plot.run, "data_year": 2021, "group": "below_scale"}
        how = {"scheme": "huangyan-2021-below", "cuts": GRADES, "townships": [self.plot.township]}
        self._write("enterprises", "open_round", **what, **how, **who, on="2022-06-01")
        about = {"round_id": f"{self.plot.run}:2021:below_scale:1", **who}
        firm = {"enterprise_id": self.plot.enterprise_id}
        given = [{"name": "electricity_kwh", "value": "1000000"}]
        document = {"document_id": "D-1", "figures": given, "on": "2022-06-01"}
        self._write("enterprises", "give_round_figures", **about, **firm, **document)
        round_id, call = about["round_id"], self.desk.caller.call
        asked = {"round_id": round_id, **firm, "asked_by": self.plot.enterprise_id}
        self.desk.until(lambda: _names(call("enterprises", "my_figures", **asked)) >= NEEDED)
        self._write("enterprises", "publicise_areas", **about, on="2022-06-01")
        self._write("enterprises", "score_round", **about, on="2022-06-10")
        self._write("enterprises", "publicise_grades", **about, on="2022-06-11")
        final = about | {"operator_role": "evaluation_group", "on": "2022-06-20"}
        self._write("enterprises", "finalise_round", **final)

    def _platform(self) -> None:
        about = {"platform_id": f"youth-{self.plot.run}"}
        plan = {"name": "智创青春谷", "township": self.plot.township, "place": "百官街道"}
        area = {"planned_area_mu": "1600", "planned_area_is_about": True, "document": "plan-2023"}
        target = {
            "target_name": "projects",
            "counts": "projects",
            "predicate": "landed",
            "comparison": "at_least",
            "target_value": 2,
            "due_on": "2023-12-31",
            "project_kinds": ["industrial"],
        }
        self._write("projects", "record_platform", **about, **plan, **area, targets=[target])
        landed = {"progress_id": f"p-{self.plot.run}", "project_id": self.lead_id}
        what = {"project_kind": "industrial", "predicate": "landed", "happened_on": "2023-09-15"}
        proof = {"investment_cny": "1600000000", "evidence_ids": ["doc-1"]}
        self._write("projects", "record_platform_progress", **about, **landed, **what, **proof)

    def _fund(self) -> None:
        about = {"fund_id": f"fund-{self.plot.run}"}
        what = {"name": "青科创人才基金", "fund_kind": "talent", "fund_state": "established"}
        how = {"purposes": ["talent_projects"], "approval_level": "county", "document": "notice"}
        money = {"total_cny": "500000000", "first_tranche_cny": "50000000"}
        days = {"set_up_on": "2023-06-08", "reported_on": "2023-06-08"}
        partners = [{"partner": "A capital", "ratio": "1"}]
        given = {**what, **how, **money, **days, "partners": partners}
        self._write("projects", "record_fund", **about, **given)
        put = {"fund_commitment_id": f"m-{self.plot.run}", "project_id": self.lead_id}
        proof = {"committed_on": "2023-07-01", "evidence_ids": ["doc-2"]}
        self._write("projects", "commit_fund", **about, **put, **proof, amount_cny="20000000")

    def _void(self) -> None:
        why = {"voided_on": "2025-08-01", "void_reason": "The price was not paid."}
        self._write("projects", "void_award", listing_id=self.listing_id, **why)

    def _all_reports(self) -> None:
        """Every type of report that there is, of another plot, where the samples are at home."""
        if self.plot.township in lives.TOWNSHIPS:
            for event in lives.life(f"{self.plot.run}x", self.plot.township, self.desk.chance):
                self.desk.send(event)
                self.desk.sent.append((event["type"], event["id"]))

    def _is_matched(self) -> bool:
        match = self.desk.caller.call("projects", "get_match", listing_id=self.listing_id)
        return self.lead_id in match["lead_ids"]

    def _at(self, day: int, hour: int) -> str:
        return f"{self.plot.day(day)}T{hour}:00:00+08:00"

    def _write(self, service: str, method: str, **arguments: Any) -> Any:
        self.steps += 1
        return self.desk.write(service, method, f"{self.plot.run}/{self.steps}", **arguments)

    def _report(self, type_: str, data: dict[str, Any]) -> None:
        self.steps += 1
        event_id = f"{self.plot.run}/{self.steps}"
        self.desk.send(
            {
                "specversion": "1.0",
                "id": event_id,
                "source": f"/townships/{self.plot.township}",
                "type": type_,
                "time": "2023-09-01T09:30:00+08:00",
                "data": data,
            }
        )
        self.desk.sent.append((type_, event_id))


def _names(figures: dict[str, Any]) -> set[str]:
    return {each["name"] for each in figures["own_figures"]}
