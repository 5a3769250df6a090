"""Versions of a program: frozen when it is handed over and when it is agreed, and what differs
between two (п. 3.5, 5.1).

On a return only what has changed is read again: the council compares the version that it returned with the new one.
"""

import difflib
import hashlib
import json
import re

from django.utils import timezone

from mentoring_site.russian import joined, period, ruday
from people.language.declension import post_of
from programs.program.content import FIELD_WORDS, confirmed_by
from programs.program.models import AgreedVersion, Program

TEXTS = ("title", "goal", "justification", "directions")
LISTS = ("requests", "difficulties", "strengths", "forms", "kinds")
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
    "term",
    "curator",
    "people",
)
WORDS = FIELD_WORDS | {"curator": "Ответственный куратор", "people": "Участники"}
IN_APPLICATION = "в приложении"


def sha256_of(text: dict) -> str:
    """Return the hash of frozen words, independent of the order of keys."""
    return hashlib.sha256(json.dumps(text, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def intact(version) -> bool:
    """Whether the frozen words are still those whose hash was written down."""
    return sha256_of(version.text) == version.sha256


def text_of(program) -> dict:
    """Return the program in words with its people, posts and categories; takes a program read
    ``for_page()``.

    Statements carry the pk of their candidate: in a group a mentee reads only one's own (п. 1.3, подп. 4).
    """
    return {
        **{name: getattr(program, name) for name in TEXTS},
        "kind": program.pairing.kind,
        "school_year": program.pairing.school_year,
        "starts_on": str(program.starts_on or ""),
        "ends_on": str(program.ends_on or ""),
        "term_decision": program.term_decision,
        "curator": {"name": program.curator.full_name, "post": post_of(program.curator)},
        "people": [_person(p) for p in program.pairing.people],
        "forms": [f.name for f in program.forms.all()],
        "kinds": [k.name for k in program.kinds.all()],
        **{
            name: [_said(s) for s in getattr(program, name).all()] for name in ("requests", "difficulties", "strengths")
        },
        "activities": [_activity(a) for a in program.activities.all()],
    }


def _said(statement) -> dict:
    return {"text": statement.text, "candidate": statement.candidate_id}


def _person(p) -> dict:
    return {
        "candidate": p.candidate_id,
        "part": p.part,
        "gender": p.person.gender,
        "name": p.person.full_name,
        "short": p.person.short_name,
        "post": p.employment.post if p.employment else "",
        "category": p.person.category,
    }


def _activity(a) -> dict:
    return {
        "title": a.title,
        "starts_on": str(a.starts_on or ""),
        "due_on": str(a.due_on),
        "responsible": a.responsible,
        "result": a.expected_result,
        "evidence": a.evidence,
        "why": [_said(s) for s in a.statements.all()],
    }


def freeze(program, stage: str, *, by) -> AgreedVersion:
    """Keep the words of a program at an act, with who has confirmed and supported them; called inside
    the act's transaction.
    """
    whole = Program.objects.for_page().select_related("endorsed_by__person").get(pk=program.pk)
    text = text_of(whole)
    last = program.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return AgreedVersion.objects.create(
        program=program,
        number=last + 1,
        stage=stage,
        text=text,
        sha256=sha256_of(text),
        signatures=signatures_of(whole, submitted_by=by if stage == "submitted" else None),
        by=by,
    )


def signatures_of(program, *, submitted_by=None) -> list[dict]:
    """Return who has confirmed, handed over, supported and agreed the present words: when, on paper or
    in the application.
    """
    rows = [_confirmation(program, p) for p in program.pairing.people if p.part == "mentee"]
    if submitted_by is not None:
        rows.append(_row(submitted_by.person, "проект передан куратору", timezone.now(), IN_APPLICATION))
    if program.endorsed_at:
        rows.append(_row(program.endorsed_by.person, "проект поддержан (п. 3.4)", program.endorsed_at, IN_APPLICATION))
    if program.minutes_date:
        how = f"на бумаге: протокол № {program.minutes_number}"
        rows.append(
            {
                "who": "Методический совет",
                "post": "",
                "what": "программа согласована (п. 3.5)",
                "on": str(program.minutes_date),
                "how": how,
            }
        )
    return [row for row in rows if row]


def _confirmation(program, p) -> dict | None:
    """The latest confirmation of the present words by one mentee (п. 5.1)."""
    if p.pk not in confirmed_by(program):
        return None
    found = program.confirmations.model.objects.filter(program=program, participation=p).select_related("by__person")
    last = found.order_by("-at", "-pk").first()
    how = IN_APPLICATION if last.by.person_id == p.person_id else f"на бумаге, записал(а) {last.by.person.short_name}"
    return _row(p.person, "проект подтверждён (п. 5.1)", last.at, how, post=p.employment.post if p.employment else "")


def _row(person, what, at, how, *, post=None) -> dict:
    post = post_of(person) if post is None else post
    return {"who": person.full_name, "post": post, "what": what, "on": str(timezone.localdate(at)), "how": how}


# --- what differs ----------------------------------------------------------------------------------------------------


def own_only(text: dict, own: set | None) -> dict:
    """Return the words that a reader may read: ``own`` are the candidates of whom one reads, None for
    all (п. 1.3, подп. 4).
    """
    if own is None:
        return text

    def kept(rows):
        return [row for row in rows if row["candidate"] in own]

    activities = [a | {"why": kept(a["why"])} for a in text["activities"]]
    return (
        text
        | {name: kept(text[name]) for name in ("requests", "difficulties", "strengths")}
        | {"activities": activities}
    )


def changes(old: dict, new: dict) -> dict:
    """Return what differs: ``rows`` of changed fields and activities with marked words, ``same`` names
    what did not change.
    """
    before, after = _fields(old), _fields(new)
    rows = [_change(WORDS[name], before[name], after[name]) for name in ORDER if before[name] != after[name]]
    same = [WORDS[name].lower() for name in ORDER if before[name] == after[name] and after[name]]
    plan = list(_plan(old, new))
    kept = len(new["activities"]) - sum(row["kind"] != "gone" for row in plan)
    return {"rows": rows + plan, "same": joined(same), "kept": kept}


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
        **{name: said(text[name]) for name in ("requests", "difficulties", "strengths")},
        "forms": "\n".join(text["forms"]),
        "kinds": "\n".join(text["kinds"]),
        "term": (period(start, end) if start and end else "") + special,
        "curator": text["curator"]["name"],
        "people": "\n".join(f"{p['name']}, {p['post']}" if p["post"] else p["name"] for p in text["people"]),
    }


def _plan(old, new):
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
            yield _change(f"Мероприятие «{activity['title']}»", _told(was), _told(activity))
        else:
            yield _change(f"Новое мероприятие «{activity['title']}»", "", _told(activity), kind="new")
    for activity in left:
        yield _change(f"Мероприятие «{activity['title']}» убрано", _told(activity), "", kind="gone")


def _same_activity(activity, left):
    exact = next((a for a in left if a["title"] == activity["title"]), None)
    if exact is not None:
        return exact
    close = difflib.get_close_matches(activity["title"], [a["title"] for a in left], n=1, cutoff=0.6)
    return next((a for a in left if a["title"] == close[0]), None) if close else None


RESPONSIBLE = {"mentor": "наставник", "mentee": "наставляемый", "both": "оба"}


def _told(a) -> str:
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


def _change(label, old: str, new: str, kind="changed") -> dict:
    was, now = marked(old, new)
    return {"label": label, "kind": kind, "old": was, "new": now}


def marked(old: str, new: str) -> tuple[list[dict], list[dict]]:
    """Return both texts as pieces ``{"text", "changed"}``: whole words are compared, so that a reader
    sees words and not letters.
    """
    a, b = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    was, now = [], []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        changed = tag != "equal"
        if i2 > i1:
            was.append({"text": "".join(a[i1:i2]), "changed": changed})
        if j2 > j1:
            now.append({"text": "".join(b[j1:j2]), "changed": changed})
    return was, now
