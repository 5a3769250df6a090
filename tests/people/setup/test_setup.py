"""The first start: one-time address, steps, school's particulars; and the settings of the school afterwards."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.ui.elements import Fact
from mentoring_site.workflow import Refused
from people.accounts.models import FirstSetup, User
from people.register.models import Person
from people.roles.models import RoleGrant
from people.school.forms import SchoolForm, inn_is_right, ogrn_is_right
from people.school.models import School
from people.setup import acts as setup_acts
from people.setup.inbox import items
from tests.factories import make_user

pytestmark = [pytest.mark.point("3"), pytest.mark.django_db]
ME = {
    "last_name": "Эрдниев",
    "first_name": "Санал",
    "middle_name": "Петрович",
    "gender": "m",
    "post": "системный администратор",
    "username": "",
    "email": "",
    "password1": "длинный пароль 7",
    "password2": "длинный пароль 7",
}
SCHOOL = {
    "name": "Детская школа искусств № 1",
    "short_name": "ДШИ № 1",
    "city": "Элиста",
    "founder": "Администрация",
    "address": "",
    "inn": "7707083893",
    "ogrn": "1027700132195",
    "site": "dshi1.example",
    "email": "",
    "phone": "",
    "main_suffix": "-од",
    "staff_suffix": "-лс",
    "mentor_pay_name": "стимулирующая выплата за наставничество",
    "time_zone": "Asia/Omsk",
    "help_urgent_days": "1",
    "help_days": "5",
}
NOBODY = {
    f"acting-{n}": ""
    for n in ("last_name", "first_name", "middle_name", "gender", "order_number", "order_date", "since", "until")
}


def link():
    out = StringIO()
    call_command("setup_link", stdout=out)
    found = re.search(r"http://\S+?(/setup/\S+/)", out.getvalue())
    return found[1] if found else out.getvalue()


def today():
    return timezone.localdate().isoformat()


def other(last, post, **more):
    return {
        "who": "other",
        "last_name": last,
        "first_name": "Нина",
        "middle_name": "Ивановна",
        "gender": "f",
        "post": post,
        "order_number": "7-к",
        "order_date": "2025-08-01",
        "since": "",
        **more,
    }


@pytest.fixture
def admin():
    """The first administrator after the first step."""
    client = Client()
    response = client.post(link(), ME)
    assert response.url == "/setup/"
    return client


@pytest.mark.clause("3.4-a")
def test_the_whole_first_start():
    client = Client()
    address = link()
    assert client.get(address).status_code == 200
    done = client.post(address, ME)
    assert (done.status_code, done.url) == (302, "/setup/")
    user = User.objects.get()
    assert user.username == "erdniev.sp"
    assert user.roles == {"sysadmin"}
    assert client.get("/setup/").url == "/setup/step/school/"
    assert client.get("/setup/step/director/").url == "/setup/step/school/"

    assert client.post("/setup/step/school/", SCHOOL).url == "/setup/"
    school = School.get()
    assert (school.organisation.name, school.time_zone, school.site) == (
        "Детская школа искусств № 1",
        "Asia/Omsk",
        "https://dshi1.example",
    )
    assert user.person.employments.get().post == "системный администратор"

    acting = {
        "acting-last_name": "Ким",
        "acting-first_name": "Дина",
        "acting-middle_name": "",
        "acting-gender": "f",
        "acting-order_number": "8-к",
        "acting-order_date": "2025-08-02",
        "acting-since": "2025-08-03",
        "acting-until": "2099-08-03",
    }
    assert client.post("/setup/step/director/", other("Уланова", "директор") | acting).url == "/setup/"
    director = RoleGrant.objects.get(role="director")
    assert (director.person.full_name, str(director.since), director.order_number) == (
        "Уланова Нина Ивановна",
        "2025-08-01",
        "7-к",
    )
    assert RoleGrant.objects.get(role="acting").person.last_name == "Ким"

    warned = client.post(
        "/setup/step/curator/", {"who": "me", "order_number": "9", "order_date": "2025-08-05", "since": ""}
    )
    assert "не занимает должность заместителя" in warned.content.decode()
    assert client.post("/setup/step/curator/", other("Манджиева", "заместитель директора")).url == "/setup/"
    assert RoleGrant.objects.get(role="curator").person.employments.get().post == "заместитель директора"
    assert str(School.get().curator_date) == "2025-08-01"

    assert client.post("/setup/step/orders/", {"regulation_number": "", "regulation_date": ""}).url == "/setup/"
    assert client.get("/setup/").url == "/setup/finish/"
    page = client.get("/setup/finish/").content.decode()
    assert "Ни одна программа не начнётся без приказа об утверждении Положения (п.\u00a03.1)" in page
    client.post("/setup/step/orders/", {"regulation_number": "38-од", "regulation_date": "2025-08-30"})
    assert setup_acts.missing_papers() == []
    assert client.post("/setup/finish/").url == "/home/"
    assert client.get("/setup/").status_code == 404 or client.get("/setup/").url == "/accounts/second-factor/on/"
    assert FirstSetup.objects.get().finished_at
    assert [a.verb for a in Act.objects.about(user.person)] == ["role-give", "setup", "setup-finish"]


def test_the_link_is_for_one_day_and_one_person_and_only_while_nobody_is_in():
    with time_machine.travel("2026-11-23 09:00:00+03:00", tick=False) as clock:
        first, second = link(), link()
        assert Client().get(first).status_code == 404
        assert Client().get(second).status_code == 200
        clock.shift(timedelta(hours=23, minutes=59))
        assert Client().get(second).status_code == 200
        clock.shift(timedelta(minutes=2))
        assert Client().get(second).status_code == 404
        third = link()
        assert third.split("/")[2] not in FirstSetup.objects.get().token_hash
        assert Client().post(third, ME).status_code == 302
        assert Client().get(third).status_code == 404
        assert Client().post(third, ME).status_code == 404
        Client().post(link(), ME)
    assert User.objects.count() == 1  # neither the used address nor a later one makes a second administrator


def test_no_link_when_somebody_has_an_account(school):
    address = link()
    make_user()
    assert link() == ""
    assert Client().get(address).status_code == 404
    assert Client().post(address, ME).status_code == 404


def test_the_administrator_is_asked_for_everything():
    page = Client().post(link(), {"username": ""}).content.decode()
    assert page.count("Заполните это поле") >= 5
    weak = Client().post(link(), ME | {"password1": "123", "password2": "124"}).content.decode()
    assert "слишком короткий" in weak
    assert "не совпали" in weak
    assert not Person.objects.exists()


def test_steps_belong_to_the_one_who_began(admin, as_user):
    stranger = make_user()
    for url in ("/setup/", "/setup/step/school/", "/setup/finish/"):
        assert as_user(stranger).get(url).status_code == 404
        assert Client().get(url).url.startswith("/accounts/login/")
    assert admin.get("/setup/step/nothing/").status_code == 404


def test_the_setup_goes_on_after_a_new_login(admin):
    user = User.objects.get()
    assert Client().post("/accounts/login/", {"login": user.username, "password": ME["password1"]}).url == "/setup/"


DIRECTOR_STEP = other("Уланова", "директор") | NOBODY


def test_a_setup_left_lying_closes_and_a_new_address_opens_it_again():
    with time_machine.travel("2026-11-23 09:00:00+03:00", tick=False) as clock:
        client = Client()
        used = link()
        client.post(used, ME)
        user = User.objects.get()
        client.post("/setup/step/school/", SCHOOL)
        clock.shift(timedelta(hours=24, minutes=1))
        client.force_login(user)
        closed = client.post("/setup/step/director/", DIRECTOR_STEP)
        assert (closed.status_code, RoleGrant.objects.filter(role="director").count()) == (403, 0)
        assert "команда manage.py setup_link" in closed.content.decode()
        assert client.get("/setup/").status_code == client.post("/setup/finish/").status_code == 403
        assert "закрылись через сутки" in items(User.objects.get())[0].why

        again = link()
        assert client.get("/setup/").status_code == 403  # a printed address opens nothing before it is used
        assert Client().get(used).status_code == 404
        page = Client().get(again).content.decode()
        assert "Продолжить первую настройку" in page
        assert "erdniev.sp" in page
        new, other_tab = Client(), Client()
        assert new.post(again, {"password1": "другой пароль 8", "password2": "другой пароль 8"}).url == "/setup/"
        assert client.get("/setup/").url.startswith("/accounts/login/")  # the session of the old password is dead
        assert (
            other_tab.post(again, {"password1": "третий пароль 9", "password2": "третий пароль 9"}).status_code == 404
        )
        assert new.get("/setup/").url == "/setup/step/director/"
        assert new.post("/setup/step/director/", DIRECTOR_STEP).status_code == 302
        assert [a.verb for a in Act.objects.about(user.person)] == ["role-give", "setup", "setup-again"]
        assert User.objects.count() == 1


def test_a_setup_is_over_when_somebody_else_has_come_in_or_it_is_finished(admin, as_user):
    admin.post("/setup/step/school/", SCHOOL)
    printed = link()
    as_user(make_user(None, "curator"))
    assert admin.post("/setup/step/director/", DIRECTOR_STEP).status_code == 404
    assert not RoleGrant.objects.filter(role="director").exists()
    assert Client().get(printed).status_code == 404
    assert link() == ""
    assert waits(User.objects.get(username="erdniev.sp")) == []


def test_a_finished_setup_prints_no_address_and_takes_no_step(admin):
    row = FirstSetup.objects.get()
    printed = link()
    FirstSetup.objects.update(finished_at=timezone.now())
    assert link() == ""
    assert Client().get(printed).status_code == 404
    assert admin.get("/setup/step/school/").status_code == 404
    with pytest.raises(Refused, match="уже закрыта"):
        setup_acts.skip(row, "curator")


def test_who_is_no_administrator_any_more_sets_nothing_up(admin):
    RoleGrant.objects.update(
        since=timezone.localdate() - timedelta(days=9), until=timezone.localdate() - timedelta(days=1)
    )
    assert admin.get("/setup/step/school/").status_code == 404
    assert link() == ""


def test_one_may_be_director_and_curator_oneself_and_correct_it(admin):
    admin.post("/setup/step/school/", SCHOOL)
    own = {"who": "me", "order_number": "7-к", "order_date": "2025-08-01", "since": ""}
    assert admin.post("/setup/step/director/", own | NOBODY).status_code == 302
    assert admin.post("/setup/step/curator/", own | {"anyway": "on"}).status_code == 302
    assert User.objects.get().roles == {"sysadmin", "director", "curator"}
    admin.post("/setup/step/director/", other("Уланова", "директор") | NOBODY)
    admin.post("/setup/step/director/", other("Уланова-Ким", "директор") | NOBODY)
    assert RoleGrant.objects.get(role="director").person.last_name == "Уланова-Ким"
    assert Person.objects.count() == 2


def test_the_curator_may_be_named_later(admin):
    admin.post("/setup/step/school/", SCHOOL)
    assert admin.post("/setup/step/curator/", {"who": "later"}).status_code == 302
    assert "Куратор не назначен: его назначает директор приказом (п.\u00a03.3)" in setup_acts.missing_papers()
    assert "Остались шаги: Директор, Приказы" in admin.post("/setup/finish/", follow=True).content.decode()


def test_orders_are_whole_and_not_of_the_future(admin):
    admin.post("/setup/step/school/", SCHOOL)
    half = admin.post("/setup/step/orders/", {"regulation_number": "1"}).content.decode()
    assert "и номер, и дату приказа об утверждении Положения" in half
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert (
        "ещё не наступила"
        in admin.post("/setup/step/orders/", {"regulation_number": "1", "regulation_date": tomorrow}).content.decode()
    )
    missing = admin.post("/setup/step/director/", other("", "", order_number="") | NOBODY).content.decode()
    assert "Укажите номер и дату приказа о назначении" in missing


def waits(user):
    return [thing.title for thing in items(User.objects.get(pk=user.pk))]


def test_home_says_what_the_school_owes(cast):
    assert waits(cast.curator) == waits(cast.director) == []
    School.objects.update(regulation_number="", regulation_date=None)
    RoleGrant.objects.filter(role="director").delete()
    assert waits(cast.curator) == ["Записать подписанный приказ об утверждении Положения", "Записать директора"]
    assert waits(cast.sysadmin) == waits(cast.mentor) == []
    page = Client()
    page.force_login(cast.curator)
    assert "Ни одна программа не начнётся без него" in page.get("/home/").content.decode()


def test_home_of_the_first_administrator_leads_back_to_the_setup(admin):
    assert waits(User.objects.get()) == ["Закончить первую настройку"]


@pytest.mark.parametrize(
    ("inn", "right"),
    [("7707083893", True), ("7707083894", False), ("770708389", False), ("77070838a3", False), ("0000000000", True)],
)
def test_inn_checksum(inn, right):
    assert inn_is_right(inn) is right


@pytest.mark.parametrize(
    ("ogrn", "right"), [("1027700132195", True), ("1027700132196", False), ("102770013219", False)]
)
def test_ogrn_checksum(ogrn, right):
    assert ogrn_is_right(ogrn) is right


def test_school_form_refuses_misprints(school):
    form = SchoolForm(SCHOOL | {"inn": "7707083894", "ogrn": "1027700132196", "time_zone": "Mars/Base", "name": ""})
    assert set(form.errors) == {"inn", "ogrn", "time_zone", "name"}
    assert SchoolForm().fields["time_zone"].initial == "Europe/Moscow"


def test_school_settings_with_version(cast, as_user):
    client = as_user(cast.curator)
    assert client.get("/settings/school/").status_code == 200
    data = SCHOOL | {"version": School.get().version, "regulation_number": "38-од", "regulation_date": "2026-08-30"}
    assert client.post("/settings/school/", data).url == "/settings/school/"
    assert School.get().organisation.short_name == "ДШИ № 1"
    act = Act.objects.about(School.get()).get()
    assert act.actor == cast.curator
    assert "inn" in act.facts["fields"]

    stale = as_user(cast.director).post("/settings/school/", data | {"city": "Лагань"})
    assert "кто-то изменил эти сведения" in " ".join(stale.context["form"].non_field_errors())
    assert stale.context["changed"] == [Fact("Город или село", "Элиста")]
    assert School.get().organisation.city == "Элиста"
    fresh = data | {"city": "Лагань", "version": stale.context["form"]["version"].value()}
    assert client.post("/settings/school/", fresh).status_code == 302
    assert School.get().organisation.city == "Лагань"


@pytest.mark.parametrize("who", ["chair", "clerk", "sysadmin", "mentor", "stranger"])
def test_others_do_not_change_the_school(cast, as_user, who):
    assert as_user(getattr(cast, who)).get("/settings/school/").status_code == 403
    assert as_user(getattr(cast, who)).post("/settings/school/", SCHOOL | {"version": 1}).status_code == 403


def test_the_zone_of_the_school_is_used(cast, as_user, settings):
    from mentoring_site.middleware import clear_zone_cache, school_zone

    settings.SCHOOL_MODEL = "people.School"
    clear_zone_cache()
    as_user(cast.curator).post("/settings/school/", SCHOOL | {"version": School.get().version})
    clear_zone_cache()
    assert str(school_zone()) == "Asia/Omsk"
    clear_zone_cache()
