"""What differs between two versions of a program, side by side and word by word (п. 3.5, 5.1).

On a return only what has changed is read again: the council compares the version that it returned with the new one.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mentoring_site.russian import joined, period, ruday
from programs.program.content import FIELD_WORDS
from programs.program.versions import STATEMENTS, TEXTS

ORDER = (
    "title",
    "goal",
    "requests",
    "difficulties",
    "strengths",
    "forms",
    "kinds",
    "justification",
    "directions",
    "details",
    "left_out",
    "trial",
    "term",
    "curator",
    "people",
)
WORDS = FIELD_WORDS | {
    "curator": "Ответственный куратор",
    "people": "Участники",
    "left_out": "Затруднения без мероприятий",
}


@dataclass(frozen=True)
class Piece:
    """Some words of a text; ``changed`` when the other version lacks them."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Difference:
    """A field or an activity that is not the same in two versions."""

    label: str
    old: list[Piece]
    new: list[Piece]


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions: changed fields and activities; in words the fields that are the same."""

    rows: list[Difference]
    same: str
    same_activities: int


def compare(old: dict, new: dict) -> Comparison:
    """Compare the words of two versions."""
    before, after = _fields(old), _fields(new)
    rows = [_change(WORDS[name], before[name], after[name]) for name in ORDER if before[name] != after[name]]
    same = [WORDS[name].lower() for name in ORDER if before[name] == after[name] and after[name]]
    same_activities = sum(activity in old["activities"] for activity in new["activities"])
    return Comparison([*rows, *_plan(old, new)], joined(same), same_activities)


def _fields(text: dict) -> dict[str, str]:
    """The fields of a version as plain words, one text each."""
    several = text["kind"] == "group"
    names = {p["candidate"]: p["short"] for p in text["people"]}

    def said(rows):
        return "\n".join(
            f"{names[r['candidate']]}: {r['text']}" if several and r["candidate"] in names else r["text"] for r in rows
        )

    start, end = text["starts_on"] or None, text["ends_on"] or None
    special = f"\nОсобый срок: {text['term_decision']}" if text["term_decision"] else ""
    return {
        **{name: text[name] for name in TEXTS},
        **{name: said(text[name]) for name in STATEMENTS},
        "forms": "\n".join(text["forms"]),
        "kinds": "\n".join(text["kinds"]),
        # versions of before have no such words
        "details": "\n".join(f"{label}: {words}" for one in text.get("details", []) for label, words in one["pairs"]),
        "left_out": "\n".join(f"{row['text']}: {row['reason']}" for row in text.get("left_out", [])),
        "trial": text.get("trial", ""),
        "term": (period(start, end) if start and end else "") + special,
        "curator": text["curator"]["name"],
        "people": "\n".join(f"{p['name']}, {p['post']}" if p["post"] else p["name"] for p in text["people"]),
    }


def _plan(old: dict, new: dict) -> Iterator[Difference]:
    """Activities that came, went or changed: those of one title belong together, then the most alike."""
    left, came = list(old["activities"]), []
    for activity in new["activities"]:
        if activity in left:
            left.remove(activity)
        else:
            came.append(activity)
    for activity in came:
        was = _same_activity(activity, left)
        if was is not None:
            left.remove(was)
            yield _change(f"Мероприятие «{activity['title']}»", _activity_text(was), _activity_text(activity))
        else:
            yield _change(f"Новое мероприятие «{activity['title']}»", "", _activity_text(activity))
    for activity in left:
        yield _change(f"Мероприятие «{activity['title']}» убрано", _activity_text(activity), "")


def _same_activity(activity: dict, left: list[dict]) -> dict | None:
    """Return the activity of the same title, else the one whose title is most alike."""
    exact = next((a for a in left if a["title"] == activity["title"]), None)
    if exact is not None:
        return exact
    close = difflib.get_close_matches(activity["title"], [a["title"] for a in left], n=1, cutoff=0.6)
    return next((a for a in left if a["title"] == close[0]), None) if close else None


RESPONSIBLE = {"mentor": "наставник", "mentee": "наставляемый", "both": "оба"}


def _activity_text(a: dict) -> str:
    when = (
        ruday(a["due_on"])
        if not a["starts_on"] or a["starts_on"] == a["due_on"]
        else f"{ruday(a['starts_on'])} – {ruday(a['due_on'])}"
    )
    rows = [
        a["title"],
        f"Срок: {when}",
        f"Кто: {RESPONSIBLE[a['responsible']]}",
        f"Ожидаемый результат: {a['result']}",
        f"Подтверждение: {a['evidence']}" if a["evidence"] else "",
        f"Для чего: {joined(dict.fromkeys(w['text'] for w in a['why']))}" if a["why"] else "",
    ]
    return "\n".join(row for row in rows if row)


def _change(label: str, old: str, new: str) -> Difference:
    return Difference(label, *marked(old, new))


def marked(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces: whole words are compared, so that a reader sees words and not letters."""
    a, b = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    was, now = [], []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        changed = tag != "equal"
        if i2 > i1:
            was.append(Piece("".join(a[i1:i2]), changed))
        if j2 > j1:
            now.append(Piece("".join(b[j1:j2]), changed))
    return was, now
