"""The sections of a program in words, one text for every paper that shows it (п. 1.2; docs/law.md).

The printed program and the appendix to the order that approves it are drawn from these sections, by PDF and by DOCX.
A section is ``{"title", "blocks"}``, a block is one of ``{"text"}``, ``{"note"}``, ``{"subtitle"}``,
``{"list": [text]}``, ``{"pairs": [[label, text]]}`` and ``{"table": {"columns", "rows"}}``.
"""

import re
from datetime import date

from mentoring_site.russian import lower_first, period, rudate, rushort, upper_first
from people.roles.letterhead import CATEGORIES
from programs.program.versions import own_only, text_of

PARTS = {"mentor": ("Наставник", "Наставник"), "mentee": ("Наставляемый", "Наставляемая")}
WHOSE = {"m": "наставляемого", "f": "наставляемой"}
PLAN_COLUMNS = (
    ("№", 6),
    ("Мероприятие", 29),
    ("Срок", 18),
    ("Ответственный", 20),
    ("Ожидаемый результат", 27),
)
LONGER = (
    "Срок может быть продлён, а содержание изменено по обоюдному согласию наставника и {whose} (п. 7.2 Положения"
    " о системе наставничества педагогических работников)."
)
PARTIAL = (
    "Экземпляр участника группы: запросы, затруднения и сильные стороны других участников не приводятся"
    " (п. 1.3 Положения)."
)


def agreed_text(program) -> dict:
    """Return the words that the council has agreed, or the present ones of a program without frozen versions.

    Reads prefetched versions.
    """
    agreed = [version for version in program.versions.all() if version.stage == "agreed"]
    return max(agreed, key=lambda version: version.number).text if agreed else text_of(program)


def sections(text: dict, own: set | None = None) -> list[dict]:
    """Return the sections of a program's words; ``own`` are the candidates of whom the reader may read (None: all)."""
    text = own_only(text, own)
    partial = own is not None and text["kind"] == "group"
    bodies = [
        ("Участники программы", [_table(_people_columns(), _people(text))]),
        ("Цель", [{"text": text["goal"]}, *_trial(text)]),
        _forms_and_kinds(text),
        ("Направления наставнической деятельности", [_items(_directions(text))]),
        ("Профессиональные затруднения и сильные стороны", _statements(text, partial=partial)),
        ("План мероприятий", [_table(PLAN_COLUMNS, _plan(text))]),
        ("Срок реализации", [{"text": line} for line in _term(text)]),
    ]
    return [{"title": f"{n}. {title}", "blocks": blocks} for n, (title, blocks) in enumerate(bodies, 1)]


def expected(result: str, evidence: str) -> str:
    """Return what an activity brings and what shows it, said once: «конспект», not «конспект (конспект)»."""
    result, evidence = result.strip(" .;"), evidence.strip(" .;")
    if evidence.casefold() in result.casefold():
        return result
    return evidence if result.casefold() in evidence.casefold() else f"{result} ({evidence})"


def people_rows(text: dict) -> list[dict]:
    """Return the participants as papers name them."""
    return [
        {
            "part": PARTS[p["part"]][p["gender"] == "f"],
            "name": p["name"],
            "before": _signature(p["short"]),
            "post": p["post"],
            "category": CATEGORIES.get(p["category"], ""),
        }
        for p in text["people"]
    ]


def _signature(short: str) -> str:
    """«С. Д. Очирова» from «Очирова С. Д.»: initials stand before the surname in a signature."""
    words = short.split()
    initials = [word for word in words if word.endswith(".")]
    return " ".join([*initials, *[word for word in words if word not in initials]])


def _people_columns() -> tuple:
    return ("Роль", 22), ("Фамилия, имя, отчество", 36), ("Должность, категория", 42)


def _people(text) -> list[list[str]]:
    rows = [[p["part"], p["name"], ", ".join(filter(None, (p["post"], p["category"])))] for p in people_rows(text)]
    curator = text["curator"]
    return [*rows, ["Ответственный куратор", curator["name"], curator["post"]]] if curator else rows


def _forms_and_kinds(text) -> tuple[str, list[dict]]:
    forms, kinds = text["forms"], [lower_first(name) for name in text["kinds"]]
    form, kind = "Форма" if len(forms) == 1 else "Формы", "вид" if len(kinds) == 1 else "виды"
    pairs = [[form, "; ".join(forms)], [upper_first(kind), "; ".join(kinds)], ["Обоснование", text["justification"]]]
    details = [
        block for one in text.get("details", []) for block in ({"subtitle": one["title"]}, {"pairs": one["pairs"]})
    ]
    return f"{form} и {kind} наставничества и их обоснование", [{"pairs": pairs}, *details]


def _trial(text) -> list[dict]:
    question = text.get("trial", "")
    return (
        [{"text": f"Программа проводится как апробация (п. 3.5). Проверяется: {lower_first(question)}"}]
        if question
        else []
    )


def _directions(text) -> list[str]:
    return [line for line in (_bare(line) for line in re.split(r"[;\n]", text["directions"])) if line]


def _statements(text, *, partial) -> list[dict]:
    blocks = [
        {"subtitle": "Затруднения, на устранение которых направлена программа"},
        _items([_said(text, s, _numbers(text, s), _why_not(text, s)) for s in text["difficulties"]]),
    ]
    if text["strengths"]:
        blocks += [
            {"subtitle": "Сильные стороны, которые программа поддерживает"},
            _items([_said(text, s, _numbers(text, s)) for s in text["strengths"]]),
        ]
    if partial:
        blocks.append({"note": PARTIAL})
    if text["requests"]:
        answers = [[_said(text, s), upper_first(_numbers(text, s)) or "Программа в целом"] for s in text["requests"]]
        one = len(text["requests"]) == 1
        blocks += [
            {"subtitle": f"{'Запрос' if one else 'Запросы'} {_whose(text)} и ответ программы"},
            _table((("Запрос", 55), ("Как программа на него отвечает", 45)), answers),
        ]
    return blocks


def _said(text, statement, *more: str) -> str:
    """The words of a statement; in brackets whose they are, in a group, and which activities answer to them."""
    names = {p["candidate"]: p["short"] for p in text["people"]}
    group = text["kind"] == "group" and statement["candidate"] in names
    notes = "; ".join(filter(None, [names[statement["candidate"]] if group else "", *more]))
    said = upper_first(_bare(statement["text"]))
    return f"{said} ({notes})" if notes else said


def _why_not(text, statement) -> str:
    """Why a difficulty has no activity of its own; versions of before have no such reasons."""
    same = [row for row in text.get("left_out", []) if row["text"] == statement["text"]]
    same = [row for row in same if row["candidate"] == statement["candidate"]]
    return f"без отдельного мероприятия: {lower_first(_bare(same[0]['reason']))}" if same else ""


def _numbers(text, statement) -> str:
    """«мероприятия 1, 3», «все мероприятия»: which activities of the plan answer to a statement (п. 1.2)."""
    found = [n for n, a in enumerate(text["activities"], 1) if statement in a["why"]]
    if len(found) > 1 and len(found) == len(text["activities"]):
        return "все мероприятия"
    return f"{'мероприятие' if len(found) == 1 else 'мероприятия'} {', '.join(map(str, found))}" if found else ""


def _plan(text) -> list[list[str]]:
    return [
        [
            str(n),
            a["title"],
            period(a["starts_on"], a["due_on"]) if a["starts_on"] else f"до {rushort(date.fromisoformat(a['due_on']))}",
            _who(text, a["responsible"]),
            expected(a["result"], a["evidence"]),
        ]
        for n, a in enumerate(text["activities"], 1)
    ]


def _who(text, responsible: str) -> str:
    mentees = [p for p in text["people"] if p["part"] == "mentee"]
    woman = bool(mentees) and mentees[0]["gender"] == "f"
    mentee = "наставляемые" if len(mentees) > 1 else "наставляемая" if woman else "наставляемый"
    return {"mentor": "наставник", "both": f"наставник и {mentee}"}.get(responsible, mentee)


def _term(text) -> list[str]:
    days = [date.fromisoformat(text[name]) for name in ("starts_on", "ends_on") if text[name]]
    known = f"С {rudate(days[0])} по {rudate(days[1])} " if len(days) == 2 else ""
    decision = text["term_decision"].strip()
    longer = [f"Решение об особом сроке: {lower_first(decision)}"] if decision else []
    return [known + LONGER.format(whose=_whose(text)), *longer]


def _whose(text) -> str:
    """«наставляемого», «наставляемой», «наставляемых»."""
    mentees = [p for p in text["people"] if p["part"] == "mentee"]
    return "наставляемых" if len(mentees) > 1 else WHOSE.get(mentees[0]["gender"] if mentees else "m", WHOSE["m"])


def _bare(text: str) -> str:
    return text.strip(" .;—–-")


def _items(items: list[str]) -> dict:
    return {"list": [f"{upper_first(item)}." for item in items]}


def _table(columns, rows) -> dict:
    return {"table": {"columns": [{"label": label, "width": width} for label, width in columns], "rows": rows}}
