"""Points of an order that somebody has rewritten: marked, with the composed text next to them for
whoever visas and signs.

A point keeps what the program had composed in its place, so that the reader of the order sees both.
"""

import re
from difflib import SequenceMatcher

CHARGED = ("charged", "charged_office")
"""Whom a point gives something to do, kept while its words are edited (``order_kinds.wording.point``)."""
ALIKE = 0.35  # points less alike than this are different points, not versions of one


def normalized(row) -> tuple:
    """Return a point as it is read: blanks and no-break spaces do not make it another one."""
    return tuple(" ".join(text.split()) for text in (row["text"], *row["subpoints"]))


def mark_edits(points: list[dict], composed: list[dict]) -> list[dict]:
    """Return the points of an edit, each with ``edited`` and, when it is, with ``composed``: what stood there or None.

    ``points`` are ``{"text", "subpoints"}`` as typed; ``composed`` are the points that the program would write.
    """
    known = {normalized(row): row for row in composed}
    typed = {normalized(row) for row in points}
    free = [row for words, row in known.items() if words not in typed]
    rows = []
    for row in points:
        words = normalized(row)
        row = {"text": row["text"], "subpoints": row["subpoints"], "edited": words not in known}
        origin = known.get(words)
        if row["edited"]:
            origin = _closest(row, free)
            row["composed"] = {"text": origin["text"], "subpoints": origin["subpoints"]} if origin else None
            free = [other for other in free if other is not origin]
        rows.append(row | {key: origin[key] for key in CHARGED if origin and key in origin})
    return rows


def _closest(row, candidates):
    words = " ".join(normalized(row))
    alike = [
        (SequenceMatcher(None, words, " ".join(normalized(other)), autojunk=False).ratio(), n)
        for n, other in enumerate(candidates)
    ]
    best = max(alike, default=(0, 0), key=lambda pair: (pair[0], -pair[1]))
    return candidates[best[1]] if best[0] >= ALIKE else None


def omitted_points(points: list[dict], composed: list[dict]) -> list[dict]:
    """Return the composed points that an editor has left out altogether.

    Nothing while a point that nobody edited would be composed otherwise now: then the text is outdated, not edited.
    """
    if is_outdated(points, composed):
        return []
    kept = {normalized(row) for row in points} | {normalized(row["composed"]) for row in points if row.get("composed")}
    return [row for row in composed if normalized(row) not in kept]


def is_outdated(points: list[dict], composed: list[dict]) -> bool:
    """Whether a point that nobody edited would be composed otherwise now: a name or a post has been corrected."""
    now = [normalized(row) for row in composed]
    return any(normalized(row) not in now for row in points if not row["edited"])


def compared(row) -> dict:
    """Return an edited point next to the composed one: ``{"now", "was"}``, lines of pieces ``{"text", "changed"}``.

    ``was`` is empty for a point that was added by hand.
    """
    now, was = _lines(row), _lines(row["composed"]) if row.get("composed") else []
    before, after = _tokens(was), _tokens(now)
    pieces = {"was": [], "now": []}
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for side, words in (("was", before[a:b]), ("now", after[c:d])):
            if words:
                pieces[side].append(("".join(words), kind != "equal"))
    return (
        {side: _as_lines(found) for side, found in pieces.items()}
        if was
        else {"was": [], "now": [[{"text": line, "changed": False}] for line in now]}
    )


def _lines(row) -> list[str]:
    first, *rest = normalized(row)
    return [first, *(f"— {line}" for line in rest)]


def _tokens(lines) -> list[str]:
    return re.findall(r"\n|[^\S\n]+|\w+|[^\w\s]", "\n".join(lines))


def _as_lines(pieces) -> list[list[dict]]:
    lines = [[]]
    for text, changed in pieces:
        for n, part in enumerate(text.split("\n")):
            if n:
                lines.append([])
            if part:
                lines[-1].append({"text": part, "changed": changed})
    return lines
