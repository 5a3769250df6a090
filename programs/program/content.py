"""What a program consists of: as plain ids for confirmations, in words for the approved version and
for print (п. 1.2).
"""

from mentoring_site.hashing import sha256_of_json
from programs.program.kinds.registry import chosen_details, described

LISTS = ("forms", "kinds", "difficulties", "strengths", "requests")
FIELDS = ("title", "goal", "justification", "directions", "details", "starts_on", "ends_on", "curator")
FIELD_WORDS = {
    "title": "Название",
    "goal": "Цель",
    "requests": "Запросы",
    "difficulties": "Затруднения",
    "strengths": "Сильные стороны",
    "forms": "Формы наставничества",
    "kinds": "Виды наставничества",
    "justification": "Обоснование форм и видов",
    "directions": "Направления",
    "details": "Как идёт работа",
    "term": "Срок",
    "activities": "План в целом",
    "trial": "Апробация",
}
"""What a remark may be bound to, and the words for it."""
EDIT_WORDS = FIELD_WORDS | {"curator": "Ответственный куратор", "starts_on": "Начало", "ends_on": "Окончание"}


def content(program) -> dict:
    """Return what a confirmation is about, as plain ids and words; reads prefetched relations."""
    details, trial = chosen_details(program), getattr(program, "trial", None)
    left_out = sorted([row.statement_id, row.reason] for row in program.left_out.all())
    return {
        # a confirmation given before there were such answers still holds
        **({"details": details} if details else {}),
        **({"left_out": left_out} if left_out else {}),
        **({"trial": trial.question} if trial else {}),
        "title": program.title,
        "goal": program.goal,
        "justification": program.justification,
        "directions": program.directions,
        "term": [str(program.starts_on), str(program.ends_on)],
        "lists": {name: sorted(x.pk for x in getattr(program, name).all()) for name in LISTS},
        "activities": [
            [
                a.title,
                str(a.starts_on),
                str(a.due_on),
                a.responsible,
                a.expected_result,
                a.evidence,
                sorted(s.pk for s in a.statements.all()),
            ]
            for a in program.activities.all()
        ],
    }


def content_sha256(program) -> str:
    """Return the hash of the present content: a confirmation holds only for the content that was shown."""
    return sha256_of_json(content(program))


def describe(program) -> dict:
    """Return the program in words, to freeze the approved version and to print it."""
    return {
        "title": program.title,
        "goal": program.goal,
        "justification": program.justification,
        "directions": program.directions,
        "details": described(program, printed=True),
        "starts_on": str(program.starts_on),
        "ends_on": str(program.ends_on),
        "curator": program.curator.full_name,
        "people": [
            {"name": p.person.full_name, "part": p.part, "post": p.employment.post if p.employment else ""}
            for p in program.pairing.people
        ],
        **{name: [str(x) for x in getattr(program, name).all()] for name in LISTS},
        "activities": [
            {
                "title": a.title,
                "starts_on": str(a.starts_on or ""),
                "due_on": str(a.due_on),
                "responsible": a.get_responsible_display(),
                "expected_result": a.expected_result,
                "evidence": a.evidence,
                "why": [str(s) for s in a.statements.all()],
            }
            for a in program.activities.all()
        ],
    }


def confirmed_by(program) -> set[int]:
    """Return the participations that confirmed the present content (п. 5.1); reads prefetched relations."""
    now = content_sha256(program)
    return {c.participation_id for c in program.confirmations.all() if c.content_sha256 == now}
