"""One hash for frozen JSON."""

import hashlib
import json
from typing import Any


def sha256_of_json(value: Any) -> str:
    """Return the SHA-256 of a JSON value as 64 hexadecimal digits, independent of the order of keys."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
