"""Accounts, invitations by letter and on paper, the list of accounts."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pypdf
import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from mentoring_site.mail import deliver_outbox
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.accounts import acts as account_acts
from people.accounts.models import Invitation, User
from people.accounts.presenters import roles_line
from people.accounts.tokens import access_token_generator
from people.roles.models import RoleGrant
from tests.factories import make_person, make_user

pytestmark = [pytest.mark.point("6"), pytest.mark.django_db]
NEW = "первый пароль учителя"


@pytest.fixture
def ochirova(school):
    return make_person("Очирова", "Светлана", "Дмитриевна", email="Ochirova@school.example")


def link_of_letter():
    """Send what waits; return the address in the last letter."""
    deliver_outbox()
    return "/" + re.search(r"http\S+", mail.outbox[-1].body)[0].split("/", 3)[3]


def words(person):
    return [act.words for act in Act.objects.about(person)]


@pytest.mark.parametrize(
    ("last", "first", "middle", "name"),
    [
        ("Очирова", "Светлана", "Дмитриевна", "ochirova.sd"),
        ("Санджи-Горяева", "Кермен", "Бадмаевна", "sandzhi-goryaeva.kb"),
        ("Щёголев", "Юрий", "", "shchegolev.yu"),
        ("Манҗин", "Һәрә", "Өлзәтовна", "manzhin.ho"),
    ],
)
def test_user_names_are_made_of_names(last, first, middle, name, school):
    assert account_acts.username_for(make_person(last, first, middle)) == name


def test_user_names_are_unique(cast, ochirova):
    twin = make_person("Очирова", "Софья", "Дорджиевна")
    assert [u.username for u in account_acts.create([ochirova, twin], by=cast.curator)] == [
        "ochirova.sd",
        "ochirova.sd2",
    ]


def test_creating_accounts_for_many(cast, ochirova, as_user):
    others = [make_person(), make_person()]
    response = as_user(cast.clerk).post("/settings/accounts/new/", {"persons": [p.pk for p in (ochirova, *others)]})
    assert response.url == "/settings/accounts/?show=never"
    user = User.objects.get(person=ochirova)
    assert (user.username, user.email, user.has_usable_password()) == ("ochirova.sd", "ochirova@school.example", False)
    assert words(ochirova) == ["заведена учётная запись"]
    assert account_acts.create([ochirova], by=cast.clerk) == []
    with pytest.raises(NotAllowed):
        account_acts.create(others, by=cast.stranger)


def test_an_email_that_is_taken_is_left_out(cast, ochirova):
    make_user(username="first")
    User.objects.filter(username="first").update(email="ochirova@school.example")
    assert account_acts.create([ochirova], by=cast.curator)[0].email == ""


def test_letter_link_first_password_once(cast, ochirova, as_user):
    user = account_acts.create([ochirova], by=cast.curator)[0]
    as_user(cast.curator).post(f"/settings/accounts/{user.pk}/letter/")
    letter = OutboxMail.objects.get()
    assert (letter.to, letter.text) == ("ochirova@school.example", "")
    url = link_of_letter()
    code = url.rstrip("/").rsplit("/", 1)[1]
    assert Invitation.objects.get().code_hash != code
    client = Client()
    page = client.get(url).content.decode()
    assert "Здравствуйте, Светлана Дмитриевна!" in page
    assert "ochirova.sd" in page
    weak = client.post(url, {"password1": "123", "password2": "123"})
    assert "слишком короткий" in weak.content.decode()
    assert client.post(url, {"password1": NEW, "password2": NEW + "!"}).status_code == 200
    assert client.post(url, {"password1": NEW, "password2": NEW}).url == "/home/"
    assert client.get("/accounts/me/").status_code == 200
    gone = Client().get(url)
    assert (gone.status_code, "не действует" in gone.content.decode()) == (404, True)
    assert words(ochirova)[-1] == "задан пароль по приглашению"


def test_a_new_invitation_replaces_the_older_and_time_ends_it(cast, ochirova):
    user = account_acts.create([ochirova], by=cast.curator)[0]
    with time_machine.travel("2026-11-23 09:00:00+03:00", tick=False) as clock:
        account_acts.invite(user, by=cast.curator)
        first = link_of_letter().split("/")[2]
        second = account_acts.invite(user, by=cast.curator, on_paper=True)
        assert account_acts.open_invitation(first) is None
        assert account_acts.open_invitation(second.printed_code) == second.invitation
        clock.shift(timedelta(days=13, hours=23))
        assert account_acts.open_invitation(second.code) == second.invitation
        clock.shift(timedelta(hours=2))
        assert account_acts.open_invitation(second.code) is None
        with pytest.raises(Already):
            account_acts.accept(second.invitation, password=NEW)


def test_a_link_in_a_letter_stands_nowhere_in_the_database(cast, ochirova):
    """Neither before the letter leaves nor after; a second sending brings a new link and ends the first."""
    user = account_acts.create([ochirova], by=cast.curator)[0]
    account_acts.invite(user, by=cast.curator)
    waiting = OutboxMail.objects.get()
    first = link_of_letter().split("/")[2]
    OutboxMail.objects.update(sent_at=None, claimed_until=None)  # the sender died before it wrote that the letter left
    second = link_of_letter().split("/")[2]
    kept = str([list(model.objects.values()) for model in (OutboxMail, Invitation, Act)])
    assert waiting.text == "" and first not in kept and second not in kept
    assert account_acts.open_invitation(first) is None
    assert account_acts.open_invitation(second)


def test_a_letter_that_is_not_needed_any_more_does_not_leave(cast, ochirova):
    user = account_acts.create([ochirova], by=cast.curator)[0]
    account_acts.invite(user, by=cast.curator)
    account_acts.invite(user, by=cast.curator, on_paper=True)
    assert deliver_outbox() == 0 and mail.outbox == []
    assert "уже не нужно" in OutboxMail.objects.get().last_error


@pytest.mark.parametrize("change", ["given", "ended"])
def test_a_code_and_a_link_die_with_any_change_of_roles(cast, ochirova, change):
    user = account_acts.create([ochirova], by=cast.curator)[0]
    today = timezone.localdate()
    role = RoleGrant.objects.create(person=ochirova, role="council", since=today - timedelta(days=9))
    code = account_acts.invite(user, by=cast.curator, on_paper=True).code
    token = access_token_generator.make_token(user)
    opened = account_acts.open_invitation(code)
    assert opened and access_token_generator.check_token(user, token)
    if change == "given":
        RoleGrant.objects.create(person=ochirova, role="secretary", since=today)
    else:
        RoleGrant.objects.filter(pk=role.pk).update(until=today - timedelta(days=1))
    assert account_acts.open_invitation(code) is None
    assert not access_token_generator.check_token(user, token)
    with pytest.raises(Already):
        account_acts.accept(opened, password=NEW)


def test_an_invitation_is_used_once_even_by_two_at_once(cast, ochirova):
    user = account_acts.create([ochirova], by=cast.curator)[0]
    code = account_acts.invite(user, by=cast.curator, on_paper=True).code
    one, two = account_acts.open_invitation(code), account_acts.open_invitation(code)
    account_acts.accept(one, password=NEW)
    with pytest.raises(Already):
        account_acts.accept(two, password="чужой пароль")
    assert User.objects.get(pk=user.pk).check_password(NEW)


def test_a_password_set_otherwise_ends_invitations(cast, ochirova):
    user = account_acts.create([ochirova], by=cast.curator)[0]
    code = account_acts.invite(user, by=cast.curator, on_paper=True).code
    account_acts.set_password(user, NEW)
    assert account_acts.open_invitation(code) is None


def test_no_letter_without_an_address_and_none_for_a_closed_account(cast, school):
    user = account_acts.create([make_person()], by=cast.curator)[0]
    with pytest.raises(Refused, match="Напечатайте одноразовый листок"):
        account_acts.invite(user, by=cast.curator)
    account_acts.disable(user, by=cast.curator)
    with pytest.raises(Refused, match="закрыта"):
        account_acts.invite(user, by=cast.curator, on_paper=True)


def test_the_clerk_hands_out_no_way_into_privileged_accounts(cast, as_user):
    for boss in (cast.director, cast.sysadmin, cast.curator):
        with pytest.raises(NotAllowed):
            account_acts.invite(boss, by=cast.clerk, on_paper=True)
    assert as_user(cast.clerk).post(f"/settings/accounts/{cast.director.pk}/slip/").status_code == 403
    with pytest.raises(NotAllowed, match="вместо забытого"):
        account_acts.invite(cast.stranger, by=cast.clerk, on_paper=True)
    newcomer = account_acts.create([make_person()], by=cast.curator)[0]
    assert account_acts.invite(newcomer, by=cast.clerk, on_paper=True)


def test_slips_on_one_sheet(cast, school, as_user, settings):
    users = account_acts.create(
        [make_person("Очирова", "Светлана", "Дмитриевна"), make_person("Бадмаев", "Савр", "Иванович", "m")],
        by=cast.curator,
    )
    client = as_user(cast.curator)
    asked = client.get("/settings/accounts/slips/", {"one": [u.pk for u in users]}).content.decode()
    assert "2\u00a0листка" in asked and users[1].person.short_name in asked
    response = client.post("/settings/accounts/slips/", {"one": [u.pk for u in users], "request_key": uuid4()})
    assert response["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    assert len(pages) == 1
    text = " ".join(pages[0].extract_text().split())
    for expected in (
        "Очирова Светлана Дмитриевна",
        "Бадмаев Савр Иванович",
        "ochirova.sd",
        settings.SITE_URL + "/invitation/",
    ):
        assert expected in text
    codes = re.findall(r"\d{4} \d{4} \d{4}", text)
    assert len(codes) == 2
    client = Client()
    found = client.post("/invitation/", {"code": codes[0]})
    assert found.url == f"/invitation/{codes[0].replace(' ', '')}/"
    assert client.post(found.url, {"password1": NEW, "password2": NEW}).url == "/home/"
    assert Invitation.objects.filter(on_paper=True, used_at=None).count() == 1


@pytest.mark.point("10.5")
def test_one_who_cannot_be_invited_gets_no_slip_and_is_named(cast, school, as_user):
    users = account_acts.create([make_person("Очирова"), make_person("Закрытая")], by=cast.curator)
    account_acts.disable(users[1], by=cast.curator)
    client, sent = as_user(cast.curator), {"one": [u.pk for u in users], "request_key": uuid4()}
    asked = client.get("/settings/accounts/slips/", {"one": sent["one"]})
    assert [one.obj for one in asked.context["ready"]] == [users[0]]
    assert [(why, [one.obj for one in who]) for why, who in asked.context["refused"]] == [
        ("учётная запись закрыта", [users[1]])
    ]
    assert client.post("/settings/accounts/slips/", sent)["Content-Type"] == "application/pdf"
    assert [i.user for i in Invitation.objects.all()] == [users[0]]
    assert "учётная запись закрыта" in client.get("/settings/accounts/").content.decode()
    again = client.post("/settings/accounts/slips/", sent, follow=True)
    assert "Уже было сделано раньше" in again.content.decode()
    assert Invitation.objects.count() == 1


@pytest.mark.point("10.5")
def test_letters_to_many_say_who_got_none(cast, ochirova, as_user):
    users, client = account_acts.create([ochirova, make_person("Безпочтова")], by=cast.curator), as_user(cast.curator)
    page = client.post(
        "/settings/accounts/letters/", {"one": [u.pk for u in users], "request_key": uuid4()}, follow=True
    )
    text = page.content.decode()
    assert "Приглашения составлены: 1\u00a0приглашение" in text
    assert "нет e-mail" in text
    nonsense = client.get("/settings/accounts/letters/", {"one": ["x", "9" * 40]}, follow=True)
    assert "Отметьте в списке" in nonsense.content.decode()


def test_guessed_codes_are_braked(school):
    client = Client()
    for n in range(10):
        client.post("/invitation/", {"code": f"{n:012}"})
    assert "Слишком много" in client.post("/invitation/", {"code": "1" * 12}).content.decode()
    assert "Слишком много" in client.get("/invitation/123456789012/").content.decode()


def test_invitation_of_somebody_with_a_second_factor_asks_for_the_code(cast):
    part, stored = account_acts.new_part()
    code = account_acts.invite(cast.curator, by=cast.sysadmin, on_paper=True, part_hash=stored).code
    client = Client()
    typed = {"password1": NEW, "password2": NEW, "part": part}
    assert client.post(f"/invitation/{code}/", typed).url == "/accounts/login/code/"
    assert "_auth_user_id" not in client.session


def test_list_search_and_filters(cast, ochirova, as_user):
    user = account_acts.create([ochirova], by=cast.curator)[0]
    account_acts.disable(cast.mentee, by=cast.sysadmin)
    User.objects.exclude(pk=user.pk).update(last_login=timezone.now())
    client = as_user(cast.curator)

    def names(query):
        return [row.user.username for row in client.get("/settings/accounts/?" + query).context["listing"].rows]

    assert names("q=ОЧИР") == ["ochirova.sd"]
    assert names("q=ochi") == ["ochirova.sd"]
    assert names("show=never") == ["ochirova.sd"]
    assert names("show=disabled") == ["mentee"]
    assert set(names("show=codes")) == {"director", "curator", "chair", "secretary", "clerk", "sysadmin"}
    assert names("q=никого") == []
    assert "Сбросьте отбор" in client.get("/settings/accounts/?q=никого").content.decode()


def test_the_clerk_is_not_offered_a_new_password_for_who_has_one(cast, ochirova, as_user):
    new = account_acts.create([ochirova], by=cast.curator)[0]
    for who, user, may in (("clerk", cast.mentee, False), ("curator", cast.mentee, True), ("clerk", new, True)):
        acts = as_user(getattr(cast, who)).get(f"/settings/accounts/{user.pk}/").context["actions"]
        assert {act.enabled for act in acts if act.verb in ("letter", "slip")} == {may}, (who, user)


def test_the_list_is_ordered_and_downloaded_with_its_filters(cast, ochirova, as_user):
    account_acts.create([ochirova], by=cast.curator)
    client = as_user(cast.curator)
    now = timezone.now()
    for days, name in enumerate(("clerk", "chair", "mentor")):
        User.objects.filter(username=name).update(last_login=now - timedelta(days=days), last_seen_at=None)
    User.objects.exclude(username__in=["clerk", "chair", "mentor", "ochirova.sd"]).update(
        last_login=now - timedelta(days=9), last_seen_at=now - timedelta(days=8)
    )

    def names(query):
        return [row.user.username for row in client.get("/settings/accounts/?" + query).context["listing"].rows]

    assert names("sort=seen")[:3] == ["clerk", "chair", "mentor"] and names("sort=seen")[-1] == "ochirova.sd"
    assert names("sort=long")[0] == "ochirova.sd" == names("sort=new")[0]
    page = client.get("/settings/accounts/?show=never&sort=new").content.decode()
    assert "/settings/accounts/?show=never&amp;sort=new&amp;format=xlsx" in page
    answer = client.get("/settings/accounts/?show=never&format=xlsx")
    table = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert [row[:4] for row in table[1:]] == [
        ("Очирова Светлана Дмитриевна", "ochirova.sd", "ochirova@school.example", "ещё не входила")
    ]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("curator", 200),
        ("clerk", 200),
        ("sysadmin", 200),
        ("director", 403),
        ("chair", 403),
        ("mentor", 403),
        ("stranger", 403),
    ],
)
def test_who_sees_the_list(cast, as_user, who, status):
    client = as_user(getattr(cast, who))
    for url in ("/settings/accounts/", "/settings/accounts/new/", f"/settings/accounts/{cast.mentor.pk}/"):
        assert client.get(url).status_code == status


@pytest.mark.parametrize("page", ["disable", "enable", "codes", "edit"])
def test_clerks_do_not_manage_accounts(cast, as_user, page):
    for user in (cast.clerk, cast.director, cast.mentor):
        assert as_user(user).post(f"/settings/accounts/{cast.stranger.pk}/{page}/").status_code == 403


def test_closing_and_opening(cast, as_user):
    client = as_user(cast.sysadmin)
    page = f"/settings/accounts/{cast.mentor.pk}/"
    assert "Вход прекратится сразу" in client.get(page + "disable/").content.decode()
    assert "учётная запись закрыта" in client.post(page + "disable/", follow=True).content.decode()
    assert "уже закрыта" in client.post(page + "disable/", follow=True).content.decode()
    assert "учётная запись открыта" in client.post(page + "enable/", follow=True).content.decode()
    assert words(cast.mentor.person) == ["учётная запись закрыта", "учётная запись снова открыта"]
    assert (
        "Свою учётную запись закрыть нельзя"
        in client.post(f"/settings/accounts/{cast.sysadmin.pk}/disable/", follow=True).content.decode()
    )
    with pytest.raises(Refused, match="последний системный администратор"):
        account_acts.disable(cast.sysadmin, by=cast.curator)


def test_editing_name_and_email(cast, as_user):
    client = as_user(cast.sysadmin)
    page, old = f"/settings/accounts/{cast.mentor.pk}/edit/", cast.mentor.email
    assert client.post(page, {"username": "Novoe.Imya", "email": "New@School.example"}).status_code == 302
    cast.mentor.refresh_from_db()
    assert (cast.mentor.username, cast.mentor.email) == ("novoe.imya", "new@school.example")
    assert OutboxMail.objects.get().to == old
    assert "занято" in client.post(page, {"username": "director", "email": ""}).content.decode()
    assert "занят" in client.post(page, {"username": "a", "email": cast.director.email}).content.decode()
    assert "без пробелов" in client.post(page, {"username": "a b", "email": ""}).content.decode()


def test_roles_are_named_in_the_order_of_the_screen_of_roles(cast):
    RoleGrant.objects.create(person=cast.curator.person, role="chair", since=timezone.localdate())
    assert roles_line(User.objects.get(pk=cast.curator.pk)) == "куратор, председатель методического совета"
    assert roles_line(cast.stranger) == "без ролей"
