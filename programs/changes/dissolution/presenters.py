"""What the page of the end of a pair without a program shows."""

from mentoring_site.russian import ruday
from programs.changes.dissolution.models import Dissolution
from programs.changes.types import ChangeType

DISSOLUTION_TYPE = ChangeType(
    Dissolution,
    order_effect="После приказа пара завершится, проект её программы будет снят, участники освободятся.",
    summary=lambda dissolution: f"с {ruday(dissolution.on)}",
    facts=lambda dissolution, user: [
        ("С какого дня", ruday(dissolution.on)),
        ("В связи с", dissolution.reason),
        ("О ком", dissolution.about.person.short_name if dissolution.about else ""),
        ("Основание", dissolution.paper_words),
    ],
)
