"""The sections of a program as blocks of a paper: one text for the printed program and for the appendix of the order.

A block is ``{"heading", "level", "lines", "bullets", "columns", "rows"}`` as ``documents/parts/blocks.html`` takes it.
"""

from typing import Any

from mentoring_site.russian import lower_first, rudate

PLAN_COLUMNS = (
    ("№", 6),
    ("Мероприятие", 28),
    ("Срок", 20),
    ("Ответственный", 20),
    ("Ожидаемый результат", 26),
)
PARTIAL = (
    "Экземпляр участника группы: запросы, затруднения и сильные стороны других участников не приводятся (п. 1.3"
    " Положения)."
)


def block(heading: str, *lines: str, level: int = 2, bullets=(), columns=(), rows=()) -> dict[str, Any]:
    """Return one block; it may have lines, bullets and a table below its heading."""
    return {
        "heading": heading,
        "level": level,
        "lines": [line for line in lines if line],
        "bullets": list(bullets),
        "columns": [{"label": label, "width": width} for label, width in columns],
        "rows": rows,
    }


def plan_rows(activities: list[dict]) -> list[list[str]]:
    """Return the rows of a plan; ``activities`` are ``{"what", "when", "who", "result", "evidence"}``."""
    return [
        [str(n), a["what"], a["when"], a["who"], result_words(a["result"], a["evidence"])]
        for n, a in enumerate(activities, 1)
    ]


def result_words(result: str, evidence: str) -> str:
    """«конспект и самоанализ», «урок проведён (отзывы)»: what confirms a result is not said twice."""
    said, proof = result.strip().rstrip("."), evidence.strip().rstrip(".")
    if not proof or proof.lower() in said.lower():
        return said
    return proof if said.lower() in proof.lower() else f"{said} ({proof})"


def sections(content: dict) -> list[dict[str, Any]]:
    """Return the blocks of a program; ``content`` are the facts that ``documents.content`` makes."""
    return [
        _people(content),
        block("2. Цель", content["goal"]),
        *_forms(content),
        block("4. Направления наставнической деятельности", bullets=content["directions"]),
        *_statements(content),
        block("6. План мероприятий", columns=PLAN_COLUMNS, rows=plan_rows(content["activities"])),
        _term(content),
    ]


def _people(content: dict) -> dict[str, Any]:
    rows = [[p["part"], p["name"], _post(p)] for p in content["participants"]]
    if curator := content["curator"]:
        rows.append(["Ответственный куратор", curator["name"], curator["post"]])
    columns = (("Роль", 22), ("Фамилия, имя, отчество", 36), ("Должность, категория", 42))
    return block("1. Участники программы", columns=columns, rows=rows)


def _post(participant: dict) -> str:
    return ", ".join(filter(None, [participant["post"], participant["category"]]))


def _forms(content: dict) -> list[dict[str, Any]]:
    forms, kinds = ([lower_first(row["name"]) for row in content[name]] for name in ("forms", "kinds"))
    one_form, one_kind = len(forms) < 2, len(kinds) < 2
    heading = f"3. {'Форма' if one_form else 'Формы'} и {'вид' if one_kind else 'виды'} наставничества и их обоснование"
    return [
        block(
            heading,
            bullets=[
                f"{'форма' if one_form else 'формы'} наставничества: {', '.join(forms)}",
                f"{'вид' if one_kind else 'виды'} наставничества: {', '.join(kinds)}",
            ],
        ),
        block("Обоснование", content["justification"], level=3),
    ]


def _statements(content: dict) -> list[dict[str, Any]]:
    aims = "Затруднения, на устранение которых направлена программа"
    found = [
        block("5. Профессиональные затруднения и сильные стороны"),
        block(aims, level=3, bullets=content["difficulties"]),
    ]
    if content["strengths"]:
        found.append(block("Сильные стороны, которые программа поддерживает", level=3, bullets=content["strengths"]))
    if content.get("partial"):
        found.append(block("", PARTIAL))
    if content["requests"]:
        rows = [[r["text"], r["answer"]] for r in content["requests"]]
        columns = (("Запрос", 45), ("Как программа на него отвечает", 55))
        heading = f"{'Запрос' if len(rows) == 1 else 'Запросы'} {_whose(content)} и ответ программы"
        found.append(block(heading, level=3, columns=columns, rows=rows))
    return found


def _whose(content: dict) -> str:
    led = [p["part"] for p in content["participants"] if p["part"].startswith("Наставляем")]
    return "наставляемых" if len(led) > 1 else {"Наставляемая": "наставляемой"}.get(led[0], "наставляемого")


def _term(content: dict) -> dict[str, Any]:
    days = f"С {rudate(content['start'])} по {rudate(content['end'])}" if content["start"] and content["end"] else ""
    return block(
        "7. Срок реализации",
        days,
        f"Решение об особом сроке: {lower_first(content['term_decision'])}" if content["term_decision"] else "",
        "Срок может быть продлён, а содержание изменено по обоюдному согласию наставника и наставляемого (п. 7.2"
        " Положения о системе наставничества педагогических работников).",
    )
