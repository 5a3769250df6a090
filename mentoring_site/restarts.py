"""How often parts of the server died and were started again: written by the supervisor, read by the health page.

A file of the data folder and not a table: it works while the database does not.
"""

import contextlib
import json
import time
from pathlib import Path

from django.conf import settings

DAY = 24 * 60 * 60
KEPT = 100  # moments of one part


def path() -> Path:
    """Return the file."""
    return settings.DATA_DIR / "restarts.json"


def note(part: str) -> None:
    """Write down that a part died now; a disk that cannot take it changes nothing."""
    found = since(DAY)
    found[part] = [*found.get(part, []), time.time()][-KEPT:]
    temporary = path().with_suffix(".new")
    with contextlib.suppress(OSError):
        temporary.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        temporary.replace(path())


def since(seconds: float) -> dict[str, list[float]]:
    """Return the moments (seconds since the epoch) of the deaths of the last ``seconds``, by the name of the part."""
    try:
        found = json.loads(path().read_text(encoding="utf-8"))
        now = time.time()
        lately = {name: [m for m in moments if now - seconds < m <= now] for name, moments in found.items()}
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):  # whatever lies there is no fault of ours
        return {}
    return {name: moments for name, moments in lately.items() if moments}
