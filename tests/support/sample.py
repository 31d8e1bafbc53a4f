"""Small services that know nothing of a park, to show what the backbone does for any service.

A farm delivers flour to the bakery (a feed from outside), the bakery bakes bread, the shop puts it
on the shelf; a tower tells the time. What the flour's data asks for goes wrong: `fails` says how
often a try fails, `never` that no try can help, `sleeps_s` and `computes_s` how long the handler
takes, `kills` and `freezes` that its process ends or stands still (at the first try).
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import eventlet
from marshmallow import EXCLUDE, RAISE, Schema, fields, validate
from nameko.extensions import DependencyProvider

from backbone import Collection, Store, command, every, hears, query, reads
from backbone.amqp.topology import Feed
from backbone.errors import Permanent, Reason, Refused
from backbone.host.installation import Installation
from backbone.settings import Settings

from .defined import installation_of, services_of

FARMS = ("green", "hill")
FARM = Feed(name="farm", source="/farms/", keeper="bakery", knows=lambda code, _day: code in FARMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Flour of one delivery, baked."""

    batch_id: str
    farm: str
    loaves: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What stands in the shop, by kind of bread."""

    kind: str
    loaves: int
    batches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """The seconds since 1970 at which it was struck."""

    bell_id: str
    struck: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BreadBaked:
    batch_id: str
    kind: str
    loaves: int


class Flour(Schema):
    class Meta:
        unknown = RAISE

    batch_id = fields.Str(required=True)
    kind = fields.Str(load_default="rye")
    loaves = fields.Int(required=True, validate=validate.Range(min=1, error="Bake 1 loaf or more."))
    fails = fields.Int(load_default=0)
    never = fields.Bool(load_default=False)
    sleeps_s = fields.Float(load_default=0)
    computes_s = fields.Float(load_default=0)
    kills = fields.Bool(load_default=False)
    freezes = fields.Bool(load_default=False)


class Bread(Schema):
    class Meta:
        unknown = EXCLUDE

    batch_id = fields.Str(required=True)
    kind = fields.Str(required=True)
    loaves = fields.Int(required=True)


class Sale(Schema):
    class Meta:
        unknown = RAISE

    kind = fields.Str(required=True)
    loaves = fields.Int(required=True)


class Moody(DependencyProvider):
    """A dependency that cannot be had while there is a file `moody` beside the counts of tries."""

    def get_dependency(self, worker_ctx):
        if (Path(os.environ["TRIES_DIR"]) / "moody").exists():
            raise ConnectionRefusedError("not today")


class BakeryService:
    """Bakes what farms deliver."""

    name = "bakery"
    store = Store(
        Collection(Batch, key="batch_id", filters=("farm",), orders=("loaves",)),
        emits=(BreadBaked,),
    )

    moody = Moody()

    get_batch, list_batches, batch_history = reads(Batch)

    @hears("farm", "flour.delivered", Flour)
    def bake(self, event):
        """Bake, unless the flour says what is to go wrong."""
        flour = event.data
        _go_wrong(flour)
        if flour["kind"] == "stone":
            raise Refused(
                [Reason("NOT_FLOUR", "Stones are not baked; deliver flour.", "data.kind")]
            )
        batch = Batch(batch_id=flour["batch_id"], farm=event.publisher, loaves=flour["loaves"])
        if self.store.get(Batch, batch.batch_id):
            return "this batch had been baked"
        self.store.save(batch)
        self.store.announce(
            BreadBaked(batch_id=batch.batch_id, kind=flour["kind"], loaves=batch.loaves)
        )
        return None


class ShopService:
    """Sells what the bakery bakes."""

    name = "shop"
    store = Store(Collection(Shelf, key="kind"))

    get_shelf, list_shelves, shelf_history = reads(Shelf)

    @hears("bakery", "bread_baked", Bread)
    def stock(self, event):
        bread = event.data
        shelf = self.store.get(Shelf, bread["kind"]) or Shelf(kind=bread["kind"], loaves=0)
        self.store.save(
            replace(
                shelf,
                loaves=shelf.loaves + bread["loaves"],
                batches=(*shelf.batches, bread["batch_id"]),
            )
        )

    @command(Sale)
    def sell(self, sale):
        """Take loaves off the shelf."""
        shelf = self.store.require(Shelf, sale["kind"], "kind")
        if sale["loaves"] > shelf.loaves:
            raise Refused([Reason("NOT_ENOUGH", "There is not so much bread.", "loaves")])
        left = replace(shelf, loaves=shelf.loaves - sale["loaves"])
        self.store.save(left)
        return self.store.dump(left)

    @query(Sale)
    def price(self, sale):
        """What that many loaves cost; of some kinds it takes its time to say."""
        if takes_s := TAKES_S.get(sale["kind"]):
            eventlet.sleep(takes_s)
        return three_each(sale["loaves"])


TAKES_S = {"slow": 3, "very slow": 60}


def three_each(loaves):
    return loaves * 3


class TowerService:
    """Strikes every second."""

    name = "tower"
    store = Store(Collection(Bell, key="bell_id"))

    @every(1)
    def strike(self, tick):
        bell = self.store.get(Bell, "great") or Bell(bell_id="great")
        second = int(tick.time.timestamp())
        self.store.save(replace(bell, struck=(*bell.struck, second)))


def _go_wrong(flour):
    if flour["kills"]:
        os.kill(os.getpid(), 9)
    tries = _tries(flour["batch_id"])
    if flour["freezes"] and tries == 1:
        os.kill(os.getpid(), signal.SIGSTOP)
    if flour["never"]:
        raise Permanent("this flour cannot be baked")
    if flour["fails"] >= tries:
        raise RuntimeError("the oven went out")
    eventlet.sleep(flour["sleeps_s"])
    until = time.monotonic() + flour["computes_s"]
    while time.monotonic() < until:
        pass  # work that does not yield


def _tries(batch_id):
    """How often this batch was tried, over processes: counted in a file that the test names."""
    counter = Path(os.environ["TRIES_DIR"]) / batch_id
    with counter.open("a") as file:
        file.write(".")
    return counter.stat().st_size


CLASSES = services_of(sys.modules[__name__])


def installation(settings: Settings) -> Installation:
    return installation_of(sys.modules[__name__], settings)
