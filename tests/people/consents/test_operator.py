"""What the school tells Роскомнадзор of itself (9.8; 152-ФЗ, ст. 22; приказ № 180)."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from people.consents.operator.models import OperatorNotice

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.8")]


def test_what_the_system_knows_and_what_the_school_settles_is_printed(cast, as_user):
    page, edit = as_user(cast.curator), reverse("people:operator_edit")
    form = page.get(edit).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {
        "place": "Россия, г. Элиста, ул. Ленина, 1",
        "responsible": "Иванова Анна Ивановна, заместитель директора",
        "started_on": "2026-09-01",
    }
    assert page.post(edit, given).status_code == 302
    assert page.post(edit, given).status_code == 200  # the version that was shown is older now
    assert OperatorNotice.objects.get().responsible.startswith("Иванова")
    answer = page.get(reverse("people:operator_paper"))
    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    text = "".join("".join(one.extract_text() for one in pages).split()).replace("-", "").replace("\N{SOFT HYPHEN}", "")
    for words in ("Цель обработки", "дата рождения", "Ленина, 1", "Иванова Анна Ивановна", "1 сентября 2026 г."):
        assert "".join(words.split()) in text, words
    shown = [fact.label for fact in page.get(reverse("people:operator")).context["facts"]]
    assert shown[:4] == ["Оператор", "ИНН, ОГРН", "Цель обработки", "Категории персональных данных"]
