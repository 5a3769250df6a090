"""Situational: help whenever it is needed and an answer at once, no fixed plan of meetings (п. 2.3)."""

from programs.program.kinds.declaration import CHOICE, Ask, Declaration

TIMES = (("4", "в течение четырёх часов"), ("24", "в течение дня"), ("48", "в течение двух дней"))


def response_hours(program) -> int | None:
    """Return within how many hours the mentor of a situational program answers a request, None where it is not said."""
    answer = (program.details.get("situational") or {}).get("hours")
    return int(answer) if answer else None


SITUATIONAL = Declaration(
    "situational",
    "Наставник помогает всякий раз, когда это нужно, и отвечает сразу. Заранее назначенных встреч может не быть: вместо"
    " них — срок, за который наставник откликается. План мероприятий остаётся: без него нет программы (п. 1.2).",
    (
        Ask("hours", "За какое время наставник откликается", type=CHOICE, choices=TIMES),
        Ask("how", "Как позвать на помощь", "По телефону, сообщением, в разговоре программы; что делать на уроке"),
        Ask("cases", "В каких ситуациях", "Срыв урока, замена, жалоба родителей, концерт через день", required=False),
    ),
    meets_by_plan=False,
)
