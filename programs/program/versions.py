"""Versions of a program: its words frozen when it is handed over and when it is agreed (п. 3.5, 5.1)."""

from django.utils import timezone

from mentoring_site.hashing import sha256_of_json
from people.language.declension import post_of
from people.language.names import agree
from programs.program.content import confirmed_by
from programs.program.kinds.registry import described
from programs.program.models import AgreedVersion, DraftConfirmation, Program

TEXTS = ("title", "goal", "justification", "directions")
STATEMENTS = ("requests", "difficulties", "strengths")
IN_APPLICATION = "в приложении"


def intact(version) -> bool:
    """Whether the frozen words are still those whose hash was written down."""
    return sha256_of_json(version.text) == version.sha256


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
        "details": described(program, printed=True),
        **{name: [_said(s) for s in getattr(program, name).all()] for name in STATEMENTS},
        "activities": [_activity(a) for a in program.activities.all()],
        "left_out": _left_out(program),
        "trial": trial.question if (trial := getattr(program, "trial", None)) else "",
    }


def _said(statement) -> dict:
    return {"text": statement.text, "candidate": statement.candidate_id}


def _left_out(program) -> list[dict]:
    """Difficulties without an activity, with the reasons (п. 1.2); those that have one by now need no reason."""
    reasons = {row.statement_id: row.reason for row in program.left_out.all()}
    covered = {s.pk for a in program.activities.all() for s in a.statements.all()}
    return [
        _said(s) | {"reason": reasons[s.pk]}
        for s in program.difficulties.all()
        if s.pk in reasons and s.pk not in covered
    ]


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
        sha256=sha256_of_json(text),
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
    found = DraftConfirmation.objects.filter(program=program, participation=p).select_related("by__person")
    last = found.order_by("-at", "-pk").first()
    who = last.by.person
    how = (
        IN_APPLICATION
        if who.pk == p.person_id
        else f"на бумаге, {agree(who.gender, 'записал', 'записала')} {who.short_name}"
    )
    return _row(p.person, "проект подтверждён (п. 5.1)", last.at, how, post=p.employment.post if p.employment else "")


def _row(person, what, at, how, *, post=None) -> dict:
    post = post_of(person) if post is None else post
    return {"who": person.full_name, "post": post, "what": what, "on": str(timezone.localdate(at)), "how": how}


def own_only(text: dict, own: set[int | None] | None) -> dict:
    """Return the words that a reader may read: ``own`` are the candidates of whom one reads, None for
    all (п. 1.3, подп. 4).
    """
    if own is None:
        return text

    def readable(rows: list[dict]) -> list[dict]:
        return [row for row in rows if row["candidate"] in own]

    activities = [a | {"why": readable(a["why"])} for a in text["activities"]]
    said = {name: readable(text[name]) for name in STATEMENTS}
    return text | said | {"activities": activities, "left_out": readable(text.get("left_out", []))}
