"""Names, posts and departments as papers need them: hard cases, and corrections that are remembered."""

import pytest
from django.urls import reverse

from mentoring_site.models import Act
from people.language.declension import department_in, name_in, named_with_post, post_in
from people.language.names import CASES, decline, decline_short
from people.language.posts import decline_department, decline_post
from people.register.forms import DepartmentForm
from people.register.models import Person
from people.school.models import Department
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting.name_forms import name_forms_in_text
from reports.orders.models import Order
from reports.orders.order_kinds.context import OrderContext
from tests.factories import make_pairing, make_person
from tests.reports.orders.kit import make_order

pytestmark = pytest.mark.point("3.4")

# sex | nominative | genitive | dative | accusative | instrumental | prepositional: whole names, as orders print them
WHOLE = """
f | Сангаджи-Горяева Бадма Ахвяевна | Сангаджи-Горяевой Бадмы Ахвяевны | Сангаджи-Горяевой Бадме Ахвяевне | Сангаджи-Горяеву Бадму Ахвяевну | Сангаджи-Горяевой Бадмой Ахвяевной | Сангаджи-Горяевой Бадме Ахвяевне
m | Менкеджуев Бадма | Менкеджуева Бадмы | Менкеджуеву Бадме | Менкеджуева Бадму | Менкеджуевым Бадмой | Менкеджуеве Бадме
m | Римский-Корсаков Николай Андреевич | Римского-Корсакова Николая Андреевича | Римскому-Корсакову Николаю Андреевичу | Римского-Корсакова Николая Андреевича | Римским-Корсаковым Николаем Андреевичем | Римском-Корсакове Николае Андреевиче
m | Амур-Санан Антон Мудренович | Амур-Санана Антона Мудреновича | Амур-Санану Антону Мудреновичу | Амур-Санана Антона Мудреновича | Амур-Сананом Антоном Мудреновичем | Амур-Санане Антоне Мудреновиче
m | Бадма-Халгаев Очир Лукич | Бадма-Халгаева Очира Лукича | Бадма-Халгаеву Очиру Лукичу | Бадма-Халгаева Очира Лукича | Бадма-Халгаевым Очиром Лукичом | Бадма-Халгаеве Очире Лукиче
f | Хара-Даван Эльза Санджиевна | Хара-Даван Эльзы Санджиевны | Хара-Даван Эльзе Санджиевне | Хара-Даван Эльзу Санджиевну | Хара-Даван Эльзой Санджиевной | Хара-Даван Эльзе Санджиевне
m | Черных Сергей Фомич | Черных Сергея Фомича | Черных Сергею Фомичу | Черных Сергея Фомича | Черных Сергеем Фомичом | Черных Сергее Фомиче
f | Мельник Дельгр Васильевна | Мельник Дельгр Васильевны | Мельник Дельгр Васильевне | Мельник Дельгр Васильевну | Мельник Дельгр Васильевной | Мельник Дельгр Васильевне
m | Мельник Бату Ильич | Мельника Бату Ильича | Мельнику Бату Ильичу | Мельника Бату Ильича | Мельником Бату Ильичом | Мельнике Бату Ильиче
m | Гончаренко Манджи Ходжикович | Гончаренко Манджи Ходжиковича | Гончаренко Манджи Ходжиковичу | Гончаренко Манджи Ходжиковича | Гончаренко Манджи Ходжиковичем | Гончаренко Манджи Ходжиковиче
m | Мамедов Рашид Ахмед оглы | Мамедова Рашида Ахмед оглы | Мамедову Рашиду Ахмед оглы | Мамедова Рашида Ахмед оглы | Мамедовым Рашидом Ахмед оглы | Мамедове Рашиде Ахмед оглы
f | Мамедова Лейла Ахмед кызы | Мамедовой Лейлы Ахмед кызы | Мамедовой Лейле Ахмед кызы | Мамедову Лейлу Ахмед кызы | Мамедовой Лейлой Ахмед кызы | Мамедовой Лейле Ахмед кызы
m | КАТАЕВ САВР ИВАНОВИЧ | КАТАЕВА САВРА ИВАНОВИЧА | КАТАЕВУ САВРУ ИВАНОВИЧУ | КАТАЕВА САВРА ИВАНОВИЧА | КАТАЕВЫМ САВРОМ ИВАНОВИЧЕМ | КАТАЕВЕ САВРЕ ИВАНОВИЧЕ
f | Ким Данара | Ким Данары | Ким Данаре | Ким Данару | Ким Данарой | Ким Данаре
m | Ким Валерий | Кима Валерия | Киму Валерию | Кима Валерия | Кимом Валерием | Киме Валерии
f | Соловьёва-Бадмаева Любовь Ильинична | Соловьёвой-Бадмаевой Любови Ильиничны | Соловьёвой-Бадмаевой Любови Ильиничне | Соловьёву-Бадмаеву Любовь Ильиничну | Соловьёвой-Бадмаевой Любовью Ильиничной | Соловьёвой-Бадмаевой Любови Ильиничне
"""

# sex | full name | case | form
ONE = """
m | Дурново Пётр Никитич | instrumental | Дурново Петром Никитичем
m | Живаго Юрий Андреевич | genitive | Живаго Юрия Андреевича
f | Живаго Лариса Фёдоровна | dative | Живаго Ларисе Фёдоровне
m | Шевченко Тарас Кузьмич | instrumental | Шевченко Тарасом Кузьмичом
f | Шевченко Герел Эрдниевна | genitive | Шевченко Герел Эрдниевны
f | Долгих Булгун Бадмаевна | accusative | Долгих Булгун Бадмаевну
m | Долгих Эрдни Бадмаевич | accusative | Долгих Эрдни Бадмаевича
m | Кумач Лев Львович | instrumental | Кумачом Львом Львовичем
f | Кумач Нина Львовна | instrumental | Кумач Ниной Львовной
m | Абрамович Павел Саввич | instrumental | Абрамовичем Павлом Саввичем
m | Толстой Илья Ильич | dative | Толстому Илье Ильичу
m | Пушкин Санал Дорджиевич | instrumental | Пушкиным Саналом Дорджиевичем
m | Чаплин Чарльз | instrumental | Чаплином Чарльзом
m | Окуджава Булат Шалвович | genitive | Окуджавы Булата Шалвовича
f | Окуджава Ольга Булатовна | genitive | Окуджавы Ольги Булатовны
m | Цой Виктор Робертович | instrumental | Цоем Виктором Робертовичем
f | Цой Марина Викторовна | instrumental | Цой Мариной Викторовной
m | Тян-Шанский Пётр Петрович | dative | Тян-Шанскому Петру Петровичу
f | Тян-Шанская Вера Петровна | dative | Тян-Шанской Вере Петровне
m | Лиджи-Гаряев Басанг Очирович | dative | Лиджи-Гаряеву Басангу Очировичу
m | Санджи-Горяев Мингиян Саналович | instrumental | Санджи-Горяевым Мингияном Саналовичем
f | Петрова-Мельник Саглара Басанговна | genitive | Петровой-Мельник Саглары Басанговны
f | Басангова Айс Улановна | dative | Басанговой Айс Улановне
f | Убушаева Делгир Мингияновна | accusative | Убушаеву Делгир Мингияновну
f | Нимгирова Цаган | dative | Нимгировой Цаган
f | Урусова Энкира Саналовна | prepositional | Урусовой Энкире Саналовне
m | Хасиков Дорджи Эрдниевич | dative | Хасикову Дорджи Эрдниевичу
f | Белая Адель Юрьевна | instrumental | Белой Аделью Юрьевной
m | Заяц Игорь Фомич | dative | Заяцу Игорю Фомичу
f | Заяц Алия Ренатовна | dative | Заяц Алие Ренатовне
"""

# title | dative of a man | instrumental of a woman
POSTS = """
заместитель директора по учебно-воспитательной работе | заместителю директора по учебно-воспитательной работе | заместителем директора по учебно-воспитательной работе
исполняющий обязанности директора | исполняющему обязанности директора | исполняющей обязанности директора
исполняющий обязанности заместителя директора по методической работе | исполняющему обязанности заместителя директора по методической работе | исполняющей обязанности заместителя директора по методической работе
заведующий фортепианным отделением | заведующему фортепианным отделением | заведующей фортепианным отделением
заведующий отделением народных инструментов | заведующему отделением народных инструментов | заведующей отделением народных инструментов
педагог-организатор | педагогу-организатору | педагогом-организатором
преподаватель-концертмейстер | преподавателю-концертмейстеру | преподавателем-концертмейстером
художественный руководитель хора | художественному руководителю хора | художественным руководителем хора
старший методист | старшему методисту | старшим методистом
преподаватель по классу домбры, концертмейстер | преподавателю по классу домбры, концертмейстеру | преподавателем по классу домбры, концертмейстером
преподаватель музыкально-теоретических дисциплин | преподавателю музыкально-теоретических дисциплин | преподавателем музыкально-теоретических дисциплин
председатель методического совета | председателю методического совета | председателем методического совета
ответственный за наставничество | ответственному за наставничество | ответственным за наставничество
Концертмейстер отделения хореографии | Концертмейстеру отделения хореографии | Концертмейстером отделения хореографии
"""

DEPARTMENTS = """
фортепианное отделение | фортепианного отделения | фортепианному отделению | фортепианное отделение | фортепианным отделением | фортепианном отделении
отделение народных инструментов | отделения народных инструментов | отделению народных инструментов | отделение народных инструментов | отделением народных инструментов | отделении народных инструментов
Вокально-хоровое отделение | Вокально-хорового отделения | Вокально-хоровому отделению | Вокально-хоровое отделение | Вокально-хоровым отделением | Вокально-хоровом отделении
отдел струнных и духовых инструментов | отдела струнных и духовых инструментов | отделу струнных и духовых инструментов | отдел струнных и духовых инструментов | отделом струнных и духовых инструментов | отделе струнных и духовых инструментов
хоровой отдел | хорового отдела | хоровому отделу | хоровой отдел | хоровым отделом | хоровом отделе
предметно-цикловая комиссия концертмейстеров | предметно-цикловой комиссии концертмейстеров | предметно-цикловой комиссии концертмейстеров | предметно-цикловую комиссию концертмейстеров | предметно-цикловой комиссией концертмейстеров | предметно-цикловой комиссии концертмейстеров
кафедра хореографии | кафедры хореографии | кафедре хореографии | кафедру хореографии | кафедрой хореографии | кафедре хореографии
Фортепиано | Фортепиано | Фортепиано | Фортепиано | Фортепиано | Фортепиано
"""


def table(text):
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [pytest.param(*row, id=f"{row[1]}-{row[0]}" if len(row[0]) == 1 else row[0]) for row in rows]


def whole(text, keys):
    """Rows whose last five cells are the oblique cases, gathered in one dictionary."""
    return [
        pytest.param(*p.values[:keys], dict(zip(CASES[1:], p.values[keys:], strict=True)), id=p.id) for p in table(text)
    ]


def test_there_are_enough_hard_cases():
    assert sum(len(table(text)) for text in (WHOLE, ONE, POSTS, DEPARTMENTS)) >= 60


@pytest.mark.parametrize(("gender", "name", "forms"), whole(WHOLE, 2))
def test_a_whole_name_in_every_case(gender, name, forms):
    last, first, *middle = name.split()
    assert {case: decline(last, first, " ".join(middle), gender, case) for case in CASES[1:]} == forms
    assert decline(last, first, " ".join(middle), gender, "nominative") == name


@pytest.mark.parametrize(("gender", "name", "case", "form"), table(ONE))
def test_a_name_in_the_case_that_goes_wrong_most(gender, name, case, form):
    last, first, *middle = name.split()
    assert decline(last, first, " ".join(middle), gender, case) == form
    initials = f" {first[0]}." + (f" {middle[0][0]}." if middle else "")
    assert decline_short(last, first, " ".join(middle), gender, case).replace("\xa0", " ") == form.split()[0] + initials


@pytest.mark.parametrize(("post", "dative", "instrumental"), table(POSTS))
def test_posts_of_all_shapes(post, dative, instrumental):
    assert (decline_post(post, "dative"), decline_post(post, "instrumental", "f")) == (dative, instrumental)


@pytest.mark.parametrize(("name", "forms"), whole(DEPARTMENTS, 1))
def test_a_department_in_every_case(name, forms):
    assert {case: decline_department(name, case) for case in CASES[1:]} == forms
    assert decline_department(name, "nominative") == name


def test_a_department_takes_corrections_and_refuses_unknown_cases():
    assert decline_department("Фортепиано", "genitive", {"genitive": "отделения фортепиано"}) == "отделения фортепиано"
    with pytest.raises(ValueError, match="Неизвестный падеж"):
        decline_department("Фортепиано", "vocative")


# --- corrections are remembered

POST = "преподаватель по классу фортепиано"


def typed(client, url, **changes):
    form = client.get(url).context["form"]
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return client.post(url, values | changes)


@pytest.mark.django_db
def test_a_corrected_post_is_kept_for_the_person_and_forgotten_with_another_post(cast, as_user):
    person, other = make_person(post=POST), make_person(post=POST)
    client, url = as_user(cast.clerk), reverse("people:person_names", args=[person.pk])
    assert typed(client, url, post0_dative="преподавателю фортепиано").status_code == 302
    person.refresh_from_db()
    assert person.post_forms == {POST: {"dative": "преподавателю фортепиано"}}
    assert post_in(person, POST, "dative") == "преподавателю фортепиано"
    assert post_in(other, POST, "dative") == "преподавателю по классу фортепиано"
    assert post_in(person, POST, "genitive") == "преподавателя по классу фортепиано"
    assert post_in(person, "методист", "dative") == "методисту"
    assert named_with_post(person, "dative").endswith(", преподавателю фортепиано")
    page = client.get(url).content.decode()
    assert "преподавателю фортепиано" in page and page.count("исправлено вручную") == 1
    assert Act.objects.about(person).filter(verb="correct_posts").count() == 1
    assert typed(client, url, post0_dative="").status_code == 302
    person.refresh_from_db()
    assert person.post_forms == {}


@pytest.mark.django_db
def test_a_stranger_may_not_correct_a_post(cast, as_user):
    person = make_person(post=POST)
    response = as_user(cast.mentor).post(
        reverse("people:person_names", args=[person.pk]), {"post0_dative": "х", "version": 1}
    )
    assert response.status_code in (403, 404)
    assert Person.objects.get(pk=person.pk).post_forms == {}


@pytest.mark.django_db
def test_a_corrected_department_is_kept_until_it_is_renamed(cast, as_user):
    department = Department.objects.create(
        organisation=make_person().employments.get().organisation, name="Отдел домбры"
    )
    client, url = as_user(cast.clerk), reverse("people:department", args=[department.pk])
    assert typed(client, url, genitive="отдела калмыцкой домбры").status_code == 302
    department.refresh_from_db()
    assert (department_in(department, "genitive"), department_in(department, "dative")) == (
        "отдела калмыцкой домбры",
        "Отделу домбры",
    )
    assert DepartmentForm(instance=department).fields["genitive"].initial == "отдела калмыцкой домбры"
    assert typed(client, url, name="Отдел домры").status_code == 302
    department.refresh_from_db()
    assert (department.forms, department_in(department, "genitive")) == ({}, "Отдела домры")


@pytest.mark.django_db
@pytest.mark.point("3.2")
def test_declined_posts_are_previewed_before_signing_with_a_link_to_correct_them(cast, as_user):
    mentor = make_person(post=POST)
    order = make_order(cast, items=[make_pairing(cast, "recommended")])
    curator, post = cast.curator.person, "заместитель директора по учебно-воспитательной работе"
    assert mentor.post_forms == {}
    page = as_user(cast.curator).get(order.get_absolute_url())
    row = next(r for r in page.context["names"] if r.name == curator.full_name)
    assert row.forms.endswith("; заместителю директора по учебно-воспитательной работе")
    assert row.url == reverse("people:person_names", args=[curator.pk])
    Person.objects.filter(pk=curator.pk).update(post_forms={post: {"dative": "заместителю директора школы"}})
    assert drafting_acts.outdated(Order.objects.with_requirements().get(pk=order.pk))
    drafting_acts.recompose(order, by=cast.curator)
    full = Order.objects.with_requirements().get(pk=order.pk)
    assert any(p["text"].startswith("Заместителю директора школы ") for p in full.points)
    found = next(r for r in name_forms_in_text(full, OrderContext.of(full)) if r["person"] == curator)
    assert found["posts"] == ["заместителю директора школы"]
    assert found["forms"] == [name_in(curator, "dative", short=True)]


@pytest.mark.django_db
def test_a_department_that_the_text_names_is_previewed_too(cast, as_user):
    order = make_order(cast, items=[make_pairing(cast, "recommended")])
    department = order.items.get(pairing__isnull=False).pairing.participations.first().employment.department
    words = decline_department(department.name, "genitive").lower()
    texts = [p["text"] for p in order.points] + [f"Показать работу {words} на педагогическом совете."]
    order = drafting_acts.edit(
        order, by=cast.curator, version=order.version, heading=order.heading, preamble=order.preamble, points=texts
    )
    named = [d for row in as_user(cast.curator).get(order.get_absolute_url()).context["names"] for d in row.departments]
    assert {d.name for d in named} == {department.name}
    assert named[0].url == reverse("people:department", args=[department.pk])
