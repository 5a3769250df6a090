"""An order that releases a participant: lessons, substitutes with consent and pay (п. 1.4; ТК 60.2, 151)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import Refused
from people.register.models import Employment
from programs.journal.hours import month_words
from reports.orders import contents
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.models import Order
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.release.draft import FITTING, Lesson, ReleaseDraft, Substitution
from reports.orders.printing import facts as printing_facts
from tests.factories import make_person
from tests.reports.orders.kit import PARTICULARS, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.2")]


def texts(order) -> str:
    rows = [t for row in order.points for t in (row["text"], *row["subpoints"])]
    return " ".join(" ".join([order.heading, order.preamble, *rows]).split())


def spoiled(cast, people=None, **changes):
    """Return a draft whose particulars lack something."""
    whole = PARTICULARS["release"](cast)
    changed = replace(whole, draft=replace(whole.draft, **changes), people=dict(whole.people) | (people or {}))
    return drafting_proposals.propose("release", changed, by=cast.curator)


def complaints(order) -> list[str]:
    proposal = order.items.get().proposal
    return [f"{c} {c.who}" for c in KINDS["release"].check(proposal)]


def test_the_order_says_whom_why_on_what_pay_and_who_teaches(cast):
    order = make_order(cast, "release")
    text, today = texts(order), timezone.localdate()
    assert complaints(order) == []
    assert "статьями 60.2 и 151 Трудового кодекса" in text
    assert "в исключительном случае, в связи с тем, что открытый урок проводится только в этот день" in text
    assert f"письменного согласия на дополнительную работу Кима Д. Э. от {today:%d.%m.%Y}" in text
    assert "о непрерывности образовательного процесса" in text
    assert "с сохранением среднего заработка." in text
    assert "в пределах установленной продолжительности рабочего времени, с доплатой в размере 10 процентов" in text
    assert "не позднее чем за три рабочих дня" in text
    row = KINDS["release"].appendices(Order.objects.with_papers().get(pk=order.pk))[0]["rows"][0]
    assert row[1:5] == [f"{today:%d.%m.%Y}", "10:00–10:45", "3 класс, специальность, Иванов", "каб. 12"]


def test_continuity_is_never_printed_unasked(cast):
    order = spoiled(cast, continuity_on=None)
    assert "непрерывност" not in texts(order)


@pytest.mark.parametrize(
    ("changes", "people", "sentence", "who"),
    [
        ({"lessons": ()}, {}, "Не названы занятия", "куратор"),
        ({"lessons": (Lesson("10:00", "сольфеджио", None, place="каб. 1"),)}, {}, "не назначено, кто", "куратор"),
        ({"substitutions": ()}, {}, "нет письменного согласия на дополнительную работу", "специалист по кадрам"),
        ({"substitutions": ()}, {}, "в каком порядке идёт замена", "специалист по кадрам"),
        ({"kept": ""}, {}, "как оплачивается время освобождения", "составил приказ"),
        ({"continuity_on": None}, {}, "учебный процесс не прервётся", "заместитель директора"),
        ({}, {"head": []}, "учебный процесс не прервётся", "заместитель директора"),
    ],
)
def test_without_it_the_order_is_not_agreed(cast, changes, people, sentence, who):
    order = spoiled(cast, people, **changes)
    assert [c for c in complaints(order) if sentence in c and who in c]
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    with pytest.raises(Refused, match=sentence):
        drafting_acts.agree(order, by=cast.curator)


def test_a_lesson_without_a_place_and_a_pay_that_does_not_fit_are_told(cast):
    whole = PARTICULARS["release"](cast)
    other = whole.people["substitute"][0]
    draft = replace(
        whole.draft,
        lessons=(Lesson("10:00", "хор", other.pk),),
        substitutions=(Substitution(other.pk, "overtime", timezone.localdate(), "percent", "10"),),
    )
    order = drafting_proposals.propose("release", replace(whole, draft=draft), by=cast.curator)
    told = " ".join(complaints(order))
    assert "не указано место" in told and "не указана оплата замены" in told


def test_without_lessons_nobody_is_charged(cast):
    order = spoiled(cast, {"substitute": []}, lessons=(), substitutions=(), no_lessons=True)
    assert complaints(order) == []
    assert order.heading == "Об освобождении от выполнения должностных обязанностей для участия в мероприятии"
    assert "Возложить" not in texts(order) and "60.2" not in texts(order)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Substitution(1, "within", None, "sum", "1501"), "с доплатой в размере 1501 рубля"),
        (Substitution(1, "within", None, "percent", "21"), "с доплатой в размере 21 процента должностного оклада"),
        (Substitution(1, "hourly", None, "hour", "350.5"), "с оплатой в размере 350,50 рубля за час"),
        (Substitution(1, "overtime", None, "law"), "в соответствии со статьёй 152"),
    ],
)
def test_the_pay_of_each_kind_of_replacement(terms, words):
    assert terms.is_paid and words in terms.pay_words
    assert not replace(terms, pay=next(p for row in FITTING.values() for p in row if p != terms.pay)).is_paid or (
        terms.replacing == "within"
    )


def test_the_order_is_not_older_than_a_consent(cast):
    whole = PARTICULARS["release"](cast)
    order = drafting_proposals.propose("release", whole, by=cast.curator)
    cited = dict(contents.cited_papers(Order.objects.with_requirements().get(pk=order.pk)))
    assert "согласие Кима Д. Э. на дополнительную работу" in {k.replace("\xa0", " ") for k in cited}
    yesterday = timezone.localdate() - timedelta(days=1)
    assert (
        len(printing_facts.too_early(printing_facts.of(Order.objects.with_papers().get(pk=order.pk)), yesterday)) >= 2
    )


def test_who_is_charged_stands_on_the_sheet(cast):
    book = make_person("Цеденова", "Анна", "Ивановна")
    Employment.objects.filter(person=book).update(post="главный бухгалтер")
    order = make_order(cast, "release")
    assert "Главному бухгалтеру Цеденовой А. И." in texts(order)
    sheet = {row["person"] for row in contents.on_the_sheet(Order.objects.with_papers().get(pk=order.pk))}
    substitute = order.items.get().proposal.one_as("substitute")
    assert {cast.mentor.person_id, substitute.pk, book.pk, cast.clerk.person_id, cast.curator.person_id} <= sheet


def data(cast, form, **more) -> dict:
    whole = PARTICULARS["release"](cast)
    draft, other = whole.draft, whole.people["substitute"][0]
    return {
        "activity": draft.activity,
        "main": cast.mentor.person_id,
        "day": draft.day,
        "starts": "10:00",
        "ends": "12:00",
        "reason": draft.reason,
        "kept": "average",
        "time_0": "10:00–10:45",
        "what_0": "3 класс, хор",
        "place_0": "зал",
        "who_0": other.pk,
        "sub_0": other.pk,
        "replacing_0": "within",
        "consent_0": draft.day,
        "pay_0": "percent",
        "amount_0": "12,50",
        "head": cast.curator.person_id,
        "continuity_on": draft.day,
        "request_key": str(form.initial["request_key"]),
    } | more


def test_the_form_writes_it_all_and_shows_it_again(cast, as_user):
    client, url = as_user(cast.curator), f"{reverse('reports:order_new')}?kind=release"
    form = client.get(url).context["form"]
    answer = client.post(url, data(cast, form))
    assert answer.status_code == 302, answer.context["form"].errors
    order = Order.objects.get()
    draft: ReleaseDraft = order.items.get().proposal.draft
    assert draft.substitutions[0].amount == "12.5" and draft.lessons[0].place == "зал" and complaints(order) == []
    shown = client.get(reverse("reports:order_restate", args=[order.pk]))
    parts = list(shown.context["form"].shown_parts())
    assert [p["open"] for p in parts if p["folded"]] == [False] * 8
    assert shown.context["form"]["amount_0"].value() == "12.5"


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"pay_0": "hour"}, "pay_0", "При такой замене выберите"),
        ({"amount_0": ""}, "amount_0", "Напишите размер"),
        ({"consent_0": "2199-01-01"}, "consent_0", "будущим числом"),
        ({"sub_0": ""}, "sub_0", "Выберите, о ком это"),
        ({"day_0": "2020-01-01"}, "day_0", "не освобождён"),
        ({"no_lessons": "on"}, "no_lessons", "Ниже названы занятия"),
        ({"until": "2020-01-01"}, "until", "раньше первого"),
    ],
)
def test_a_slip_is_told_at_its_field(cast, as_user, more, field, sentence):
    client, url = as_user(cast.curator), f"{reverse('reports:order_new')}?kind=release"
    answer = client.post(url, data(cast, client.get(url).context["form"], **more))
    assert answer.status_code == 200 and sentence in answer.context["form"].errors[field][0]
    assert f'name="{field}"' in answer.content.decode() and not Order.objects.exists()


@pytest.mark.point("9.9")
def test_terms_stand_before_the_event_and_the_pay_names_the_month(cast):
    event = timezone.localdate() + timedelta(days=21)
    text = texts(spoiled(cast, day=event, until=None))
    assert "в срок до" in text.partition("ознакомить")[0].rpartition(":")[2]
    month = " ".join(month_words(event).split())
    assert f"вместе с заработной платой за {month}" in text and f"рабочего времени за {month}" in text


@pytest.mark.point("9.9")
def test_an_event_of_today_leaves_no_day_for_acquaintance(cast):
    assert "до начала мероприятия ознакомить" in texts(make_order(cast, "release"))
