"""`python -m reports ORDER FILE`: the process that makes one file.

It says in lines of JSON how far it is, or which mistakes a template has. In a process of its own
an export takes no turn of the interpreter from the desks, and all it used is given back.
"""

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from data_access import patience
from data_access.engine import Database
from reports import making, orders
from reports.documents import TemplateWrong

# Desks go first where the processor is busy.
_NICENESS = 10
# A file after our templates takes a third of it.
_MOST_BYTES_OF_A_TEMPLATE = 1 << 30


def main() -> None:
    """Make the file."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    order, path = orders.read(sys.argv[1]), Path(sys.argv[2])
    if order.template:
        _limit_memory()
    database = Database(os.environ["DATABASE_URL"])
    try:
        with patience.within(patience.LONG_SECONDS), database.reading() as session:
            making.make(session, order, path, at=datetime.now(UTC), tell=_tell)
    except TemplateWrong as wrong:
        print(json.dumps({"mistakes": wrong.mistakes}), flush=True)
        sys.exit(1)
    except MemoryError:
        sys.exit(orders.OUT_OF_MEMORY)
    finally:
        database.close()


def _limit_memory() -> None:
    # Windows has no such limit; there the time alone is limited.
    with suppress(ImportError):
        import resource

        most = _MOST_BYTES_OF_A_TEMPLATE
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _tell(done: int, total: int) -> None:
    print(json.dumps({"done": done, "total": total}), flush=True)


if __name__ == "__main__":
    main()
