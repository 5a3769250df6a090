"""The traditional form, one to one: mentor and mentee are chosen by criteria, a mark each (п. 2.3)."""

from programs.program.kinds.declaration import CHOICE, LINE, Ask, Declaration, mentor_of

MARKS = (("yes", "подходит"), ("partly", "подходит частично"), ("no", "не подходит"))
CRITERIA = (
    ("experience", "Опыт", "Стаж, классы, категория: чем опыт наставника отвечает затруднениям"),
    ("skills", "Навыки", "Что наставник умеет и чему может научить"),
    ("person", "Личностные характеристики", "Почему этим людям будет легко работать вместе"),
)


def _asks():
    for name, label, hint in CRITERIA:
        yield Ask(f"{name}_mark", f"{label}: отметка", type=CHOICE, choices=MARKS, required=False)
        yield Ask(name, f"{label}: пояснение", hint, type=LINE, required=False)
    yield Ask("other", "Другие критерии", "Если они были", type=LINE, required=False)
    yield Ask(
        "without",
        "Почему отбора по критериям не было",
        "«Обычно проводится отбор» (п. 2.3): если его не проводили, напишите почему, отметки тогда не нужны",
        type=LINE,
        required=False,
    )


def _lacking(program, answers):
    if answers.get("without"):
        return []
    empty = [label.lower() for name, label, _ in CRITERIA if not answers.get(f"{name}_mark")]
    return [f"нет отметки по критерию «{label}», и не сказано, почему отбора не было" for label in empty]


def _unfit(program):
    return ["Традиционная форма — «один на один», а здесь группа"] if program.pairing.kind == "group" else []


def _suggest(program):
    """The reasons of the choice that are written already: what the mentor can do, why the pair was proposed."""
    mentor = mentor_of(program)
    service = mentor.person.service() if mentor else None
    return {
        "experience": f"педагогический стаж, полных лет: {service}" if service else "",
        "skills": program.pairing.why[:300],
    }


TRADITIONAL = Declaration(
    "traditional",
    "Опытный и начинающий работают один на один долгое время. Пару отбирают по критериям: опыт, навыки, личностные"
    " характеристики и другие. По каждому — отметка, она войдёт в программу.",
    tuple(_asks()),
    unfit=_unfit,
    lacking=_lacking,
    suggest=_suggest,
)
