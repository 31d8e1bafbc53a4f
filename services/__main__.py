"""`python -m services parcels projects` runs services, in one process.

Everything else is a command of an operator, and is handed to `tenglong`, as which it is known.
"""

from __future__ import annotations

import runpy
import sys
import warnings

# It tells at every import that it is kept in bugfix mode only; docs/decisions says why we use it.
warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - the filter comes first

eventlet.monkey_patch()  # before everything else is imported: nameko's workers are green threads

from services.installation import HOMES  # noqa: E402
from services.running import main  # noqa: E402

if __name__ == "__main__":
    if sys.argv[1:] and all(name in HOMES for name in sys.argv[1:]):
        main(sys.argv[1:])
    else:
        runpy.run_module("cli", run_name="__main__", alter_sys=True)
