"""`python -m services parcels projects` runs services; `python -m services --help` tells the rest."""

from __future__ import annotations

import sys
import warnings

# It tells at every import that it is kept in bugfix mode only; docs/decisions says why we use it.
warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - the filter comes first

eventlet.monkey_patch()  # before everything else is imported: nameko's workers are green threads

from services.operator import main  # noqa: E402

if __name__ == "__main__":
    main(sys.argv[1:])
