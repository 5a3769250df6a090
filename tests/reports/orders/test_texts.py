"""The words of orders: citations, number and gender, terms, dates that have passed (docs/law.md#orders-text)."""

from datetime import date

import pytest
import time_machine

from people.language.declension import post_of
from people.language.posts import decline_post
from people.register.models import Employment
from programs.completion.models import Completion
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Order
from reports.orders.order_kinds.completion import REASONS
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.wording import past_dates, point, sentence, since, title
from tests.factories import make_pairing, make_person, make_program
from tests.reports.orders.kit import make_completion, make_mentor, make_order

pytestmark = [pytest.mark.point("14", "15")]


def test_turns_of_phrase():
    assert since(date(2026, 9, 2)) == "со\xa02\xa0сентября\xa02026\xa0г."
    assert since(date(2026, 9, 1)) == "с\xa01\xa0сентября\xa02026\xa0г."
    assert title("Сказка «Репка»") == "«Сказка „Репка“»"


def test_a_sentence_ends_with_one_stop():
    assert [sentence("до 5 мая 2026 г."), sentence("Цель: играть"), sentence("Зачем? ")] == [
        "до 5 мая 2026 г.",
        "Цель: играть.",
        "Зачем?",
    ]
    assert point("с Гончаренко Э. Э..")["text"] == "с Гончаренко Э. Э."
    assert point("Поручить:", "одно", "до 5 мая 2026 г.")["subpoints"] == ["одно;", "до 5 мая 2026 г."]


def test_dates_that_have_passed_are_noticed():
    points = [
        point("Сделать в срок до 16\xa0сентября\xa02026\xa0г."),
        point("Считать:", "до 99 мая 2026 г.", "до 1 мая 2027 г."),
    ]
    assert past_dates(points, date(2026, 10, 1)) == ["16\xa0сентября\xa02026\xa0г."]
    assert past_dates(points, date(2026, 9, 16)) == []


def _whole(order):
    return " ".join(
        [order.heading, order.preamble, *[t for p in order.points for t in (p["text"], *p["subpoints"])]]
    ).replace("\xa0", " ")


@pytest.mark.django_db
def test_one_pair_is_told_in_the_singular(cast):
    with time_machine.travel("2026-09-02 12:00+03:00"):
        order = make_order(cast)
    text = _whole(order)
    assert order.heading == "О закреплении наставнической пары на 2026/2027 учебный год"
    assert (
        order.preamble
        == "В соответствии со статьёй 351.8 Трудового кодекса Российской Федерации, пунктами 3.3 и 6.2 Положения о"
        " системе наставничества педагогических работников, утверждённого приказом от 30.08.2026 № 38-од, на"
        " основании письменных согласий участников и рекомендации методического совета (протокол от 02.09.2026 № 3)"
    )
    assert "Закрепить наставническую пару на срок со 2 сентября 2026 г. по 21 марта 2027 г. согласно приложению" in text
    assert "в срок до 16 сентября 2026 г. совместно с наставляемой" in text
    assert "разработать персонализированную программу наставничества и представить её куратору." in text
    assert "Специалисту по кадрам" in text
    assert "до начала наставничества, оформить дополнительное соглашение к трудовому договору" in text


@pytest.mark.django_db
def test_several_pairs_and_groups_are_told_in_the_plural(cast):
    items = [
        make_pairing(cast, "recommended"),
        make_pairing(cast, "recommended"),
        make_pairing(cast, "recommended", mentees=2),
    ]
    text = _whole(make_order(cast, items=items))
    assert text.startswith("О закреплении наставнических пар и наставнической группы на")
    assert "Закрепить наставнические пары и наставническую группу на срок" in text
    assert "Наставникам " in text and "персонализированные программы наставничества и представить их куратору" in text
    assert "дополнительные соглашения к трудовым договорам с наставниками" in text


@pytest.mark.django_db
def test_mentors_are_appointed_by_list_with_full_names(cast):
    order = make_order(cast, "appointment", items=[make_mentor(cast), make_mentor(cast)])
    assert (order.heading, order.points[0]["text"]) == ("О назначении наставников", "Назначить наставниками:")
    assert [s[-1] for s in order.points[0]["subpoints"]] == [";", "."]
    assert all("преподавателя по классу фортепиано" in s for s in order.points[0]["subpoints"])


@pytest.mark.django_db
def test_a_deputy_head_is_a_mentor_as_a_teacher(cast):
    person = make_person(post="преподаватель по классу баяна")
    Employment.objects.filter(person=person).update(kind="internal")
    own = person.employments.first().organisation
    Employment.objects.create(person=person, organisation=own, post="заместитель директора", is_teaching=False)
    assert post_of(person) == "заместитель директора"
    assert post_of(person, teaching=True) == "преподаватель по классу баяна"


@pytest.mark.django_db
def test_programs_are_listed_with_people_terms_and_appendices(cast):
    one = make_order(cast, "programs", items=[make_program(cast, "agreed")])
    assert one.heading == "Об утверждении персонализированной программы наставничества"
    assert "согласно приложению к настоящему приказу." in one.points[0]["text"]
    two = make_order(cast, "programs", items=[make_program(cast, "agreed"), make_program(cast, "agreed")])
    assert [
        s.endswith(f"(приложение № {n}){end}")
        for n, (s, end) in enumerate(zip(two.points[0]["subpoints"], ";.", strict=True), 1)
    ] == [True, True]
    sheets = subjects(Order.objects.with_requirements().get(pk=two.pk), "program")
    assert len(sheets) == 2
    paper = KINDS["programs"].appendices(Order.objects.with_papers().get(pk=two.pk))
    assert paper[0]["approved"] == "УТВЕРЖДЕНА"
    blocks = [block for section in paper[0]["sections"] for block in section["blocks"]]
    assert "Запрос наставляемой и ответ программы" in [block.get("subtitle") for block in blocks]
    assert ["Вид", "традиционная форма («один на один»)"] in [
        pair for block in blocks for pair in block.get("pairs", ())
    ]


@pytest.mark.django_db
def test_the_list_of_pairs_tells_terms_in_digits(cast):
    order = make_order(cast, "assignment", items=[make_pairing(cast, "recommended")])
    sheet = KINDS["assignment"].appendices(Order.objects.with_papers().get(pk=order.pk))[0]
    pairing = order.items.first().pairing
    assert sheet["rows"][0][4] == f"{pairing.planned_from:%d.%m.%Y} – {pairing.planned_to:%d.%m.%Y}"
    assert [c["label"] for c in sheet["columns"]][1:3] == ["Наставник", "Наставляемый"]


@pytest.mark.django_db
@pytest.mark.parametrize("reason", list(Completion.Reason.values))
def test_each_reason_of_completion_has_its_words(cast, reason):
    made = make_completion(cast)
    Completion.objects.filter(pk=made.pk).update(reason=reason, notice_on=date(2026, 9, 1), circumstances="переезд")
    made.refresh_from_db()
    text = _whole(make_order(cast, "completion", items=[made]))
    words = REASONS[reason].split(" (")[0].replace("наставляемого", "наставляемой")
    assert words in text
    assert ("заявления" in text) == (reason in ("mentor", "mentee"))
    assert "Прекратить закрепление наставнической пары" in text and "№ 41-од" in text


@pytest.mark.django_db
def test_who_leaves_a_group_does_not_end_it(cast):
    made = make_completion(cast)
    pairing = made.program.pairing
    pairing.participations.create(person=make_person(), part="mentee", since=date(2026, 9, 1))
    text = _whole(make_order(cast, "completion", items=[made]))
    assert "Прекратить участие" in text and "в наставнической группе, закреплённой приказом от" in text


def test_the_head_noun_of_a_post_is_declined_and_the_rest_stays():
    assert (
        decline_post("заместитель директора по учебно-воспитательной работе", "dative")
        == "заместителю директора по учебно-воспитательной работе"
    )


@pytest.mark.django_db
def test_texts_recomposed_later_count_terms_from_the_given_day(cast):
    order = make_order(cast)
    order = drafting_acts.recompose(order, by=cast.curator, day=date(2026, 12, 1))
    assert "в срок до 15 декабря 2026 г." in _whole(order)
