"""What waits for somebody: computed from the facts at each look, never stored."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person: what, why, since when, until when, and one click to do it."""

    title: str  # «Получить согласие Очировой Светланы Дмитриевны»
    why: str  # «Без него нельзя передать на подпись приказ о закреплении»
    url: str
    verb: str  # words of the button: «Записать согласие»
    since: date | datetime | None = None
    until: date | None = None
    weight: int = 0  # among those without a term, the heavier first
    post: bool = False  # the click itself does it: a button of a form, not a link
