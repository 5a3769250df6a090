"""Nothing that sets or stops pay goes by «основная деятельность» (docs/law.md#orders-series).

Known by the words of the text, so that an order of any kind is caught, also after a point was edited by hand. There is
no way around it: an order may always go by «личный состав», or the words about pay leave its text.
"""

import re

from django.urls import reverse

from mentoring_site.russian import joined
from mentoring_site.workflow import Complaint, requirement

WHICH = (
    "Основная деятельность — закрепление пар, программы, дорожная карта, кураторство. "
    "Личный состав — всё, что назначает, меняет или прекращает оплату, поощрение, освобождение от работы"
)
"""Which series is for what, as the forms say it."""
_PAY = re.compile(
    r"\b(?:не)?(?:до|вы|о)плат\w*|\b(?:не)?(?:до|о)плачива\w+|\w*зарплат\w*|\bзаработн\w+\s+плат\w*|\bпреми(?!нг)\w+"
    r"|\bстимулир\w+|\bнадбавк\w*|\bвознагражден\w+|\bоклад\w*",
    re.IGNORECASE,
)
_OTHER_ORDER = re.compile(
    r"\bприказ\w*\s+по\s+личному\s+составу\s+об?\s+(?:прекращении|установлении)\s+выплаты\b", re.I
)
"""Who prepares the order that sets or stops the pay is no such order itself."""
_WITHOUT = re.compile(r"\bбез\s+(?:\w+\s+){0,2}(?:до|о)плат\w*|\bна\s+безвозмездной\s+основе", re.IGNORECASE)


def words_about_pay(*texts: str) -> list[str]:
    """Return the words about pay, each once, as they are written; «без дополнительной оплаты» sets nothing."""
    found = [word.lower() for text in texts for word in _PAY.findall(_bare(text))]
    return list(dict.fromkeys(" ".join(word.split()) for word in found))


def _bare(text: str) -> str:
    return _OTHER_ORDER.sub(" ", _WITHOUT.sub(" ", text))


def pay_words(order) -> list[str]:
    """Return the words about pay in the heading and the points of an order."""
    rows = [t for row in order.points for t in (row["text"], *row["subpoints"])]
    return words_about_pay(order.heading, *rows)


def series_complaint(series: str, words: list[str]) -> str:
    """Return why an order with these words may not go by the series, or an empty string."""
    if series != "main" or not words:
        return ""
    said = joined([f"«{word}»" for word in words[:3]])
    return (
        f"В тексте сказано об оплате ({said}), а такие приказы идут по личному составу, не по основной деятельности. "
        "Выберите серию «личный состав» или уберите эти слова из текста"
    )


@requirement("Серия отвечает содержанию приказа")
def right_series(order):
    """An order about pay is not agreed by «основная деятельность»."""
    if complaint := series_complaint(order.series, pay_words(order)):
        return Complaint(complaint, "", reverse("reports:order_edit", args=[order.pk]), "Изменить серию или текст")
