"""Facts of the program as a document: title page, sections, approval sheet (п. 1.2, 3.5, 5.1).

The title page: docs/law.md#papers-title-pages-and-minutes.
"""

from datetime import date

from django.utils import timezone

from mentoring_site.russian import NBSP, period, rushort, school_year
from people.roles.holders import holder
from people.roles.letterhead import CATEGORIES, director_facts, school_facts
from programs.program.sections import sections
from programs.program.states import NOT_AGREED
from programs.program.versions import own_only, text_of

PARTS = {"mentor": ("Наставник", "Наставник"), "mentee": ("Наставляемый", "Наставляемая")}


def facts(program, version=None, *, own: set | None = None, by_grif: bool = False) -> dict:
    """Return what ``documents/program.html`` reads.

    ``version`` is the frozen version to print, None for the present words; ``own`` are the candidates of whom the
    reader may read (None: of all); ``by_grif`` prints «УТВЕРЖДАЮ» with a line for the pen instead of the order.
    """
    text = own_only(version.text if version else text_of(program), own)
    partial = own is not None and text["kind"] == "group"
    told = content(text, partial=partial)
    agreed = version.stage == "agreed" if version else program.state not in NOT_AGREED
    approved = agreed and program.order_date and (version is None or is_last(program, version))
    return {
        "school": school_facts(),
        "council": _council(program, agreed),
        "director": director_facts(),
        "by_grif": program.by_grif if approved else by_grif,
        "number": program.order_number if approved and not program.by_grif else None,
        "date": str(program.order_date) if approved else None,
        "draft": "" if agreed else _draft_words(version),
        "title": "Персонализированная программа наставничества",
        "subject": text["title"],
        "year": f"{school_year(text['school_year'], full=True)} учебный год",
        **{name: told[name] for name in ("start", "end", "participants", "authors", "curator")},
        "sections": sections(told),
        "approval_sheet": _approval_sheet(program, version, approved, by_grif) if version else [],
        "version": f"редакция {version.number}, SHA-256 {version.sha256}" if version else "",
        "place": school_facts()["city"],
        "made_year": str(timezone.localdate(version.at).year if version else timezone.localdate().year),
    }


def is_last(program, version) -> bool:
    """Whether it is the version that was agreed last: the order approves that one."""
    return not program.versions.filter(stage="agreed", number__gt=version.number).exists()


def _draft_words(version) -> str:
    if version is None:
        return f"Проект, распечатан {rushort(timezone.localdate())}"
    return f"Проект, передан куратору {rushort(timezone.localdate(version.at))}"


def _council(program, agreed) -> dict:
    chair = holder("chair")
    return {
        "chair_before": chair.signature_name if chair else "",
        "date": str(program.minutes_date) if agreed and program.minutes_date else None,
        "minutes": program.minutes_number if agreed and program.minutes_number else None,
    }


def agreed_sections(program) -> list[dict]:
    """Return the text of a program as the council agreed it, for the appendix of the order that approves it.

    Takes a program read with its agreed ``versions``; the present words where it has none.
    """
    agreed = max(program.versions.all(), key=lambda v: (v.stage == "agreed", v.number), default=None)
    text = agreed.text if agreed and agreed.stage == "agreed" else text_of(program)
    return sections(content(text))


def content(text, *, partial: bool = False) -> dict:
    """Return the facts of which the sections are made; ``partial`` is the copy of one participant of a group."""
    people = [_participant(p) for p in text["people"]]
    return {
        "partial": partial,
        "start": text["starts_on"] or None,
        "end": text["ends_on"] or None,
        "term_decision": text["term_decision"],
        "participants": people,
        "authors": people,
        "curator": text["curator"],
        "goal": text["goal"],
        "forms": [{"name": name} for name in text["forms"]],
        "kinds": [{"name": name} for name in text["kinds"]],
        "justification": text["justification"],
        "directions": [line.strip(" .;—-") for line in text["directions"].splitlines() if line.strip(" .;—-")],
        "difficulties": [f"{_said(text, s)}{_where(text, s)}" for s in text["difficulties"]],
        "strengths": [f"{_said(text, s)}{_where(text, s)}" for s in text["strengths"]],
        "requests": [
            {"text": _said(text, s), "answer": _numbers(text, s) or "программа в целом"} for s in text["requests"]
        ],
        "activities": [_activity(text, a) for a in text["activities"]],
    }


def _participant(p) -> dict:
    return {
        "part": PARTS[p["part"]][p["gender"] == "f"],
        "name": p["name"],
        "before": _before(p["short"]),
        "post": p["post"],
        "category": CATEGORIES.get(p["category"], ""),
    }


def _before(short: str) -> str:
    """«С. Д. Очирова» of «Очирова С. Д.»: in a signature the initials stand before the surname."""
    surname, _, initials = short.replace(NBSP, " ").partition(" ")
    return f"{initials} {surname}".strip()


def _said(text, statement) -> str:
    """The words of a statement, in a group after the name of the person whose words they are."""
    names = {p["candidate"]: p["short"] for p in text["people"]}
    group = text["kind"] == "group" and statement["candidate"] in names
    said = statement["text"].rstrip(" .;")
    return f"{names[statement['candidate']]}: {said}" if group else said


def _numbers(text, statement) -> str:
    """«мероприятия 1, 3»: which activities of the plan answer to a statement (п. 1.2)."""
    found = [str(n) for n, a in enumerate(text["activities"], 1) if statement in a["why"]]
    return f"{'мероприятие' if len(found) == 1 else 'мероприятия'} {', '.join(found)}" if found else ""


def _where(text, statement) -> str:
    numbers = _numbers(text, statement)
    return f" ({numbers})" if numbers else ""


def _activity(text, a) -> dict:
    return {
        "what": a["title"],
        "when": period(a["starts_on"], a["due_on"]) if a["starts_on"] else f"до {_in_digits(a['due_on'])}",
        "who": _who(text, a["responsible"]),
        "result": a["result"],
        "evidence": a["evidence"],
    }


def _in_digits(iso: str) -> str:
    return rushort(date.fromisoformat(iso))


def _who(text, responsible) -> str:
    mentees = [p for p in text["people"] if p["part"] == "mentee"]
    mentee = "наставляемые" if len(mentees) > 1 else "наставляемая" if mentees[0]["gender"] == "f" else "наставляемый"
    return {"mentor": "наставник", "both": f"наставник и {mentee}"}.get(responsible, mentee)


def _approval_sheet(program, version, approved, by_grif) -> list[dict]:
    """Who confirmed, supported, agreed and approved these very words, when and how."""
    rows = _since_submission(program, version)
    if approved:
        how = "на бумаге: гриф «УТВЕРЖДАЮ»" if program.by_grif else f"на бумаге: приказ № {program.order_number}"
        rows.append(
            {
                "who": "Директор",
                "post": "",
                "what": "программа утверждена (п. 3.3)",
                "on": str(program.order_date),
                "how": how,
            }
        )
    return rows


def _since_submission(program, version) -> list[dict]:
    """Rows of the version, before the council's with the hand-over of the same words."""
    rows = list(version.signatures)
    if version.stage != "agreed":
        return rows
    handed = program.versions.filter(stage="submitted", number__lt=version.number).order_by("-number").first()
    over = [r for r in handed.signatures if "передан" in r["what"]] if handed else []
    confirmed = [r for r in rows if "подтверждён" in r["what"]]
    return [*confirmed, *over, *[r for r in rows if r not in confirmed]]
