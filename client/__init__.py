"""Tenglong for internal systems and townships, with types. Needs kombu and nothing else.

from client import Park
with Park("amqp://system-gis:password@localhost/%2F") as park:
    park.parcels.get_parcel(parcel_id="330604006-0231")["area_m2"]

docs/client.md says what it does when something breaks; docs/rpc.md what goes over the wire.
"""

from .errors import CallError as CallError
from .errors import Damaged as Damaged
from .errors import DeadlineExceeded as DeadlineExceeded
from .errors import Defect as Defect
from .errors import Invalid as Invalid
from .errors import MalformedRequest as MalformedRequest
from .errors import MethodNotFound as MethodNotFound
from .errors import NotFound as NotFound
from .errors import Reason as Reason
from .errors import Refused as Refused
from .errors import Unavailable as Unavailable
from .park import Park as Park
from .township import Receipt as Receipt
from .township import Township as Township
from .values import LEFT_OUT as LEFT_OUT
