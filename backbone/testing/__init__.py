"""For tests, and for a first look; nothing here is durable.

`Rehearsal` runs a service class without a broker and without a Redis server: see docs/testing.md.
`register()` makes `embedded://name` the URI of a broker in memory, for services that run on one.
"""

from .rehearsal import Rehearsal as Rehearsal
from .transport import register as register
