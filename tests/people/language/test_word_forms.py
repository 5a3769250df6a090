"""Long texts are found by any form of a word, by its beginning, and by nothing else; on both databases."""

import pytest
from django.db.models import Q

from people.language.word_forms import in_text, normal_forms, text_key, words_of
from programs.program.models import Program

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("15", "8.20")]
TITLE = "Импровизация на домбре: от ЭТЮДОВ к концерту"


@pytest.fixture
def found(cast):
    from tests.factories import make_program

    program = make_program(cast, "draft")
    program.title, program.goal = TITLE, "Учителя уверенно ведут хоровые занятия; пёстрые тетради"
    program.save()

    def search(text: str) -> bool:
        condition = Q()
        for word in words_of(text):
            condition &= in_text("search", word)
        return Program.objects.filter(condition, pk=program.pk).exists()

    return search


@pytest.mark.parametrize(
    "text",
    [
        "импровизации",
        "ИМПРОВИЗАЦИЕЙ",
        "импров",
        "домбрах",
        "этюд концертов",
        "учитель",
        "занятие хоровое",
        "вести",
        "пестрый",
        "пёстрых тетрадей",
        "«Импровизация»,",
    ],
)
def test_any_form_finds(found, text):
    assert found(text)


@pytest.mark.parametrize("text", ["импровизатор", "домино", "этюд скрипка", "овизация", "%", "_"])
def test_another_word_does_not(found, text):
    assert not found(text) or not words_of(text)


def test_a_key_holds_each_word_once_and_its_normal_forms():
    assert text_key("Домбра, домбры") == " домбра домбры =домбра "
    assert text_key("", None) == " "
    assert set(normal_forms("стали")) == {"сталь", "стать"}
    assert normal_forms("а" * 200) == normal_forms("xml") == ()
