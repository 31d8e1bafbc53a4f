"""`python -m services parcels projects` runs services, in one process.

Everything else is a command of an operator, and is handed to `tenglong`, as which it is known.
"""

from __future__ import annotations

import os
import runpy
import sys
import warnings
from typing import Any

# It tells at every import that it is kept in bugfix mode only; docs/decisions says why we use it.
warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

from backbone.host import resolver  # noqa: E402 - the filter comes first

os.environ.update(resolver.WITHOUT_DNSPYTHON)

import eventlet  # noqa: E402 - it reads the environment

eventlet.monkey_patch()  # before everything else is imported: nameko's workers are green threads
resolver.install()

# structlog and kombu take these where they find them, for what no service does: 5 MB in each
UNUSED: dict[str, Any] = {name: None for name in ("rich", "yaml") if name not in sys.modules}
sys.modules.update(UNUSED)

from services.installation import HOMES  # noqa: E402
from services.running import main  # noqa: E402

for name in UNUSED:
    del sys.modules[name]

if __name__ == "__main__":
    if sys.argv[1:] and all(name in HOMES for name in sys.argv[1:]):
        main(sys.argv[1:])
    else:
        runpy.run_module("cli", run_name="__main__", alter_sys=True)
