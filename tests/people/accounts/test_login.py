"""Login by e-mail or user name, braking of guesses, sessions that die, and no registration."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from mentoring_site import ciphers
from mentoring_site.mail import deliver_outbox
from mentoring_site.models import OutboxMail
from mentoring_site.sessions import stored_key
from people.accounts import acts as account_acts
from people.accounts import middleware, resubmission, throttling
from people.accounts.models import FailedLogin, KnownDevice, User
from people.roles.models import RoleGrant
from tests.factories import PASSWORD, make_person, make_user

pytestmark = [pytest.mark.point("6"), pytest.mark.django_db]
LOGIN = "/accounts/login/"
START = "2026-11-23 09:00:00+03:00"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def teacher(school):
    return make_user(make_person("Очирова", "Светлана", "Дмитриевна"), username="ochirova.sd")


def log_in(name, password=PASSWORD, client=None, address="10.0.0.1"):
    return (client or Client(REMOTE_ADDR=address)).post(
        LOGIN, {"login": name, "password": password}, REMOTE_ADDR=address
    )


def errors(response):
    return list(response.context["form"].non_field_errors())


def is_in(client):
    return "_auth_user_id" in client.session


def code_of(user):
    secret = Authenticator.objects.get(user=user, type="totp").data["secret"]
    secret = ciphers.decrypt(secret)
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


@pytest.mark.parametrize("name", ["ochirova.sd", " Ochirova.SD ", "email", "EMAIL"])
def test_login_by_user_name_or_email_in_any_case(teacher, name):
    name = {"email": teacher.email, "EMAIL": teacher.email.upper()}.get(name, name)
    client = Client()
    response = log_in(name, client=client)
    assert response.status_code == 302
    assert response.url == "/home/"
    assert client.session["_auth_user_id"] == str(teacher.pk)


def test_next_page_after_login_is_ours_only(teacher):
    assert Client().post(LOGIN + "?next=/programs/", {"login": "ochirova.sd", "password": PASSWORD}).url == "/programs/"
    assert (
        Client().post(LOGIN + "?next=//evil.example/", {"login": "ochirova.sd", "password": PASSWORD}).url == "/home/"
    )


def test_passwords_are_argon2_in_production(settings):
    from mentoring_site import settings as mentoring_site_settings

    assert mentoring_site_settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_there_is_no_signup(client):
    for name in ("account_signup", "account_email", "account_set_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/accounts/signup/").status_code == 404
    assert (
        client.post("/accounts/signup/", {"username": "a", "password1": PASSWORD, "password2": PASSWORD}).status_code
        == 404
    )
    assert not User.objects.exists()


def test_pages_of_login_are_russian_for_an_english_browser(client, school):
    for url in (
        LOGIN,
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/invitation/",
    ):
        text = client.get(url, headers={"accept-language": "en"}).content.decode()
        assert '<html lang="ru"' in text
        assert "Password" not in text
        assert "Sign" not in text


def test_same_words_for_unknown_and_wrong(teacher):
    wrong, unknown, by_email = log_in("ochirova.sd", "нет"), log_in("nobody", "нет"), log_in("x@school.example", "нет")
    assert errors(wrong) == errors(unknown) == errors(by_email) == errors(log_in(teacher.email, "нет"))


def test_one_hash_for_every_name(teacher, settings, monkeypatch):
    """The time of an answer is the time of its hashes: an unknown name, a name, an e-mail, an invited
    one cost one each.
    """
    from django.contrib.auth import hashers

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    teacher.set_password(PASSWORD)
    teacher.save()
    invited = make_user(username="invited")
    invited.set_unusable_password()
    invited.save()
    counted = []
    hasher = hashers.Argon2PasswordHasher
    encode, verify = hasher.encode, hasher.verify
    monkeypatch.setattr(hasher, "encode", lambda self, *a: counted.append("e") or encode(self, *a))
    monkeypatch.setattr(hasher, "verify", lambda self, *a: counted.append("v") or verify(self, *a))
    for name in ("ochirova.sd", teacher.email, "nobody", "nobody@school.example", "invited"):
        counted.clear()
        log_in(name, "нет", address="10.0.0.9")
        assert len(counted) == 1, name


# ------------------------------------------------------------------------------------------------------- braking


def test_ten_failures_per_account_from_anywhere(teacher, clock):
    for n in range(10):
        assert "Попробуйте" not in errors(log_in("ochirova.sd", "нет", address=f"10.0.1.{n}"))[0]
    paused = log_in(teacher.email, PASSWORD, address="10.0.2.1")  # e-mail and name are one account
    assert errors(paused) == ["Слишком много неудачных попыток. Попробуйте через 15\u00a0минут"]
    clock.shift(timedelta(minutes=11, seconds=1))
    assert errors(log_in("ochirova.sd", address="10.0.2.2")) == [
        "Слишком много неудачных попыток. Попробуйте через 4\u00a0минуты"
    ]
    clock.shift(timedelta(minutes=4))
    assert log_in("ochirova.sd", address="10.0.2.3").status_code == 302


def test_ten_failures_per_address_whoever_is_guessed(teacher, clock):
    for n in range(10):
        log_in(f"nobody{n}", "нет")
    assert "через 15\u00a0минут" in errors(log_in("ochirova.sd"))[0]
    assert log_in("ochirova.sd", address="10.0.0.2").status_code == 302


def test_an_unknown_name_is_braked_in_the_same_words(teacher, clock):
    for n in range(10):
        log_in("nobody", "нет", address=f"10.0.1.{n}")
        log_in("ochirova.sd", "нет", address=f"10.0.2.{n}")
    assert errors(log_in("nobody", "нет", address="10.0.3.1")) == errors(
        log_in("ochirova.sd", "нет", address="10.0.3.2")
    )


def test_pauses_grow_and_are_forgotten(teacher, clock):
    def fail_ten(base):
        for n in range(10):
            log_in("ochirova.sd", "нет", address=f"{base}.{n}")
        return errors(log_in("ochirova.sd", "нет", address=f"{base}.99"))[0].rpartition("через ")[2]

    assert fail_ten("10.1.0") == "15\u00a0минут"
    clock.shift(timedelta(minutes=16))
    assert fail_ten("10.1.1") == "30\u00a0минут"
    clock.shift(timedelta(minutes=31))
    assert fail_ten("10.1.2") == "1\u00a0час"
    for _ in range(4):
        clock.shift(timedelta(hours=5))
        longest = fail_ten("10.1.3")
    assert longest == "4\u00a0часа"
    clock.shift(timedelta(days=2))
    assert fail_ten("10.1.4") == "15\u00a0минут"


def test_failures_spread_over_time_and_right_passwords_do_not_count(teacher, clock):
    for _ in range(30):
        clock.shift(timedelta(minutes=2))
        assert "Попробуйте" not in errors(log_in("ochirova.sd", "нет"))[0]
    for _ in range(15):
        assert log_in("ochirova.sd", address="10.3.0.1").status_code == 302


def test_at_most_ten_guesses_are_looked_at_in_any_15_minutes(teacher, clock):
    looked = []
    for n in range(200):
        if "Попробуйте" not in errors(log_in("ochirova.sd", "нет", address=f"10.4.0.{n}"))[0]:
            looked.append(timezone.now())
        clock.shift(timedelta(seconds=30))
    assert looked
    for moment in looked:
        assert sum(moment <= other < moment + throttling.WINDOW for other in looked) <= 10


def test_a_known_device_of_the_owner_gets_in_and_is_braked_itself(teacher, clock):
    owner = Client()
    log_in("ochirova.sd", client=owner)
    owner.post("/accounts/logout/")
    for n in range(11):
        log_in("ochirova.sd", "нет", address=f"10.5.0.{n}")
    for n in range(11):
        log_in(f"nobody{n}", "нет")
    assert "Попробуйте" in errors(log_in("ochirova.sd", address="10.0.0.1"))[0]
    assert log_in("ochirova.sd", client=owner).status_code == 302
    owner.post("/accounts/logout/")
    for _ in range(10):
        log_in("ochirova.sd", "нет", client=owner)
    assert "Попробуйте" in errors(log_in("ochirova.sd", client=owner))[0]


def test_a_device_is_known_for_its_owner_only(teacher, school, clock):
    other = make_user(username="other")
    owner = Client()
    log_in("ochirova.sd", client=owner)
    owner.post("/accounts/logout/")
    for n in range(11):
        log_in("other", "нет", address=f"10.6.0.{n}")
    assert "Попробуйте" in errors(log_in("other", client=owner))[0]
    cookie = owner.cookies[throttling.DEVICE_COOKIE]
    assert cookie["httponly"]
    assert cookie["max-age"] == throttling.DEVICE_LIFE.total_seconds()
    assert not KnownDevice.objects.filter(user=other).exists()
    assert cookie.value not in KnownDevice.objects.get().token_hash


def test_nothing_personal_in_the_table_of_failures(teacher):
    log_in("ochirova.sd", "нет")
    kept = " ".join(str(row) for row in FailedLogin.objects.values())
    assert "ochirova" not in kept
    assert "10.0.0.1" not in kept


def test_old_counts_are_forgotten(teacher, clock):
    log_in("ochirova.sd", "нет")
    clock.shift(timedelta(days=3))
    log_in("somebody", "нет", address="10.7.0.1")
    assert FailedLogin.objects.count() == 2  # account and address of the second guess


# ------------------------------------------------------------------------------------------------------ sessions


def test_logout_kills_the_session_on_the_server(teacher):
    client = Client()
    log_in("ochirova.sd", client=client)
    old = client.cookies["session"].value
    client.post("/accounts/logout/")
    client.cookies["session"] = old
    assert client.get("/accounts/me/").status_code == 302
    assert not Session.objects.filter(session_key=stored_key(old)).exists()


def test_password_change_kills_other_sessions(teacher):
    here, there = Client(), Client()
    for client in (here, there):
        log_in("ochirova.sd", client=client)
    new = "совсем другой пароль"
    response = here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert response.url == reverse("people:account")
    assert here.get("/accounts/me/").status_code == 200
    assert there.get("/accounts/me/").status_code == 302
    assert OutboxMail.objects.get().template == "security_notice"


def test_disabling_kills_sessions_for_good(teacher, cast):
    client = Client()
    log_in("ochirova.sd", client=client)
    account_acts.disable(teacher, by=cast.sysadmin)
    assert client.get("/accounts/me/").status_code == 302
    assert errors(log_in("ochirova.sd")) == errors(log_in("ochirova.sd", "нет")) == errors(log_in("nobody", "нет"))
    account_acts.enable(teacher, by=cast.sysadmin)
    assert client.get("/accounts/me/").status_code == 302
    assert log_in("ochirova.sd").url == "/home/"


def test_every_session_ends_in_twelve_hours(teacher, clock):
    client = Client()
    log_in("ochirova.sd", client=client)
    for _ in range(11):
        clock.shift(timedelta(hours=1))
        client.get("/accounts/me/")
        session = client.session
        session["touched"] = True
        session.save()
    assert client.get("/accounts/me/").status_code == 200
    clock.shift(timedelta(hours=1, seconds=1))
    assert client.get("/accounts/me/").status_code == 302


def test_a_privileged_session_ends_after_thirty_idle_minutes(cast, clock):
    boss, plain = Client(), Client()
    boss.force_login(cast.curator)
    plain.force_login(cast.stranger)
    for client in (boss, plain):
        assert client.get("/accounts/me/").status_code == 200
    for _ in range(3):
        clock.shift(timedelta(minutes=20))
        assert boss.get("/accounts/me/").status_code == 200
    clock.shift(timedelta(minutes=30))
    assert plain.get("/accounts/me/").status_code == 200
    response = boss.get("/accounts/me/?a=1")
    assert response.url == "/accounts/login/?next=/accounts/me/%3Fa%3D1"
    assert not is_in(boss)
    assert "полчаса" in boss.get("/accounts/login/").content.decode()


def test_thirty_idle_minutes_are_thirty_however_often_one_looked_before(cast, clock):
    """Also when the last page was opened minutes after a noted one; and no page writes the moment anywhere."""
    client = Client()
    client.force_login(cast.curator)
    client.get("/accounts/me/")
    clock.shift(timedelta(minutes=3))
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/accounts/me/").status_code == 200
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    clock.shift(timedelta(minutes=29, seconds=59))
    assert client.get("/accounts/me/").status_code == 200
    clock.shift(timedelta(minutes=30))
    assert client.get("/accounts/me/").status_code == 302


@pytest.mark.parametrize("cookie", [None, "", "9999999999", "9999999999:AAAA", "another session"])
def test_no_cookie_makes_a_session_longer(cast, clock, cookie):
    """The moment is signed for one session: a forged one, or that of another session, is none."""
    client = Client()
    client.force_login(cast.curator)
    client.get("/accounts/me/")
    clock.shift(timedelta(minutes=31))
    if cookie is None:
        del client.cookies[middleware.SEEN_COOKIE]
    elif cookie != "another session":
        client.cookies[middleware.SEEN_COOKIE] = cookie
    else:
        other = Client()
        other.force_login(cast.clerk)
        other.get("/accounts/me/")
        client.cookies[middleware.SEEN_COOKIE] = other.cookies[middleware.SEEN_COOKIE].value
    assert client.get("/accounts/me/").status_code == 302


def test_a_changed_password_does_not_end_a_long_session(cast, clock):
    """The key of the session changes with the password; the moment is signed for the new one at once."""
    client = Client()
    client.force_login(cast.curator)
    for _ in range(3):
        client.get("/accounts/me/")
        clock.shift(timedelta(minutes=25))
    new = "совсем другой пароль"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/accounts/me/").status_code == 200


def test_a_copied_database_opens_no_session(teacher):
    """A row of the table of sessions is no cookie: neither its key nor anything else in it."""
    client = Client()
    log_in("ochirova.sd", client=client)
    row = Session.objects.get()
    assert row.session_key == stored_key(client.cookies["session"].value) != client.cookies["session"].value
    thief = Client()
    thief.cookies["session"] = row.session_key
    assert thief.get("/accounts/me/").status_code == 302
    assert client.get("/accounts/me/").status_code == 200


CLEARED = '"cache", "storage"'


def test_an_explicit_logout_clears_the_device(teacher):
    client = Client()
    log_in("ochirova.sd", client=client)
    assert "Clear-Site-Data" not in client.get("/accounts/me/").headers
    left = client.post("/accounts/logout/")
    assert left["Clear-Site-Data"] == CLEARED
    assert resubmission.OWNER_COOKIE not in {name for name, cookie in client.cookies.items() if cookie.value}
    assert client.cookies[throttling.DEVICE_COOKIE].value  # the device is known again
    assert "Clear-Site-Data" not in Client().post("/accounts/logout/").headers


def test_another_login_clears_the_device_and_the_own_one_does_not(teacher, cast):
    """After a session that ended by itself: the same person finds what was typed, another one nothing."""
    client = Client()
    log_in("ochirova.sd", client=client)
    client.get("/accounts/me/")
    Session.objects.all().delete()
    again = log_in("ochirova.sd", client=client)
    assert "Clear-Site-Data" not in again.headers
    Session.objects.all().delete()
    assert log_in("stranger", client=client)["Clear-Site-Data"] == CLEARED
    assert "Clear-Site-Data" not in client.get("/accounts/me/").headers


def test_a_closed_account_costs_the_same_hash_and_says_the_same(teacher, cast, monkeypatch):
    from django.contrib.auth import hashers

    account_acts.disable(teacher, by=cast.sysadmin)
    counted = []
    verify = hashers.MD5PasswordHasher.verify
    monkeypatch.setattr(hashers.MD5PasswordHasher, "verify", lambda self, *a: counted.append(1) or verify(self, *a))
    said = [log_in("ochirova.sd", password) for password in (PASSWORD, "нет")]
    assert len(counted) == 2
    pages = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode()) for page in said]
    assert pages[0] == pages[1]
    assert [page.status_code for page in said] == [200, 200]


def test_an_account_closed_in_the_middle_of_a_login_is_unknown(cast):
    client = Client()
    log_in("curator", client=client)
    code = code_of(cast.curator)
    account_acts.disable(cast.curator, by=cast.sysadmin)
    page = client.post(reverse("mfa_authenticate"), {"code": code}, follow=True)
    assert "закрыта" not in page.content.decode()
    assert client.get("/accounts/me/").status_code == 302


def test_rights_are_read_at_each_request(cast, as_user):
    client = as_user(cast.curator)
    assert client.get("/settings/roles/").status_code == 200
    RoleGrant.objects.filter(person=cast.curator.person).update(until=timezone.localdate() - timedelta(days=1))
    assert client.get("/settings/roles/").status_code == 403


# ------------------------------------------------------------------------------------------------- second factor


def test_the_privileged_must_set_up_a_second_factor(cast, as_user, settings):
    Authenticator.objects.all().delete()
    client = as_user(cast.director)
    setup = reverse("mfa_activate_totp")
    for method, url in (("get", "/settings/roles/"), ("post", "/settings/roles/give/"), ("get", "/accounts/me/")):
        assert getattr(client, method)(url).url == setup
    for name in ("mentor", "stranger", "council"):
        assert as_user(getattr(cast, name)).get("/accounts/me/").status_code == 200
    settings.DEMO = True
    assert client.get("/settings/roles/").status_code == 200


def test_setting_up_codes_and_logging_in_with_them(cast):
    Authenticator.objects.all().delete()
    client = Client()
    assert log_in("director", client=client).url == "/home/"
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    assert b'<img src="data:image/svg+xml;base64,' in page.content
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    counter = list(yield_hotp_counters_from_time())[1]
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Код не подошёл" in wrong.content.decode()
    done = client.post(reverse("mfa_activate_totp"), {"code": format_hotp_value(hotp_value(secret, counter))})
    assert done.url == reverse("mfa_view_recovery_codes")
    shown = client.get(done.url).content.decode()
    codes = RecoveryCodes(Authenticator.objects.get(user=cast.director, type="recovery_codes")).get_unused_codes()
    assert len(codes) == 10
    assert all(code in shown for code in codes)
    assert client.get("/settings/roles/").status_code == 200

    fresh = Client()
    assert log_in("director", client=fresh).url == reverse("mfa_authenticate")
    assert not is_in(fresh)
    assert fresh.get("/accounts/me/").status_code == 302
    assert "Код не подошёл" in fresh.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert fresh.post(reverse("mfa_authenticate"), {"code": codes[0]}).url == "/home/"
    assert is_in(fresh)

    again = Client()
    log_in("director", client=again)
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})  # a recovery code works once
    assert not is_in(again)
    again.post(reverse("mfa_authenticate"), {"code": code_of(cast.director)})
    assert is_in(again)


def test_a_reloaded_page_keeps_the_key(cast):
    Authenticator.objects.all().delete()
    client = Client()
    log_in("director", client=client)
    first = client.get(reverse("mfa_activate_totp"))
    key = first.context["form"].secret
    assert client.get(reverse("mfa_activate_totp")).context["form"].secret == key
    client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert client.get(reverse("mfa_activate_totp")).context["form"].secret == key
    assert key not in str(client.session.items())
    other = Client()
    log_in("curator", client=other)
    assert other.get(reverse("mfa_activate_totp")).context["form"].secret != key
    code = format_hotp_value(hotp_value(key, list(yield_hotp_counters_from_time())[1]))
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert "mfa.totp.secret" not in client.session  # the next one is a new one


def test_secrets_lie_encrypted(cast, settings):
    """The key of the application and the seed of recovery codes: nothing in the rows is readable without SECRET_KEY."""
    Authenticator.objects.all().delete()
    client = Client()
    log_in("director", client=client)
    key = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = format_hotp_value(hotp_value(key, list(yield_hotp_counters_from_time())[1]))
    client.post(reverse("mfa_activate_totp"), {"code": code})
    rows = {row.type: row.data for row in Authenticator.objects.filter(user=cast.director)}
    assert ciphers.decrypt(rows["totp"]["secret"]) == key
    assert all(
        ciphers.is_encrypted(rows[kind][name]) for kind, name in (("totp", "secret"), ("recovery_codes", "seed"))
    )
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    with pytest.raises(ciphers.Unreadable):
        ciphers.decrypt(rows["totp"]["secret"])
    settings.SECRET_KEY_FALLBACKS = [old]
    assert ciphers.decrypt(rows["totp"]["secret"]) == key


def test_guesses_of_codes_are_braked(cast, clock):
    client = Client()
    log_in("curator", client=client)
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    response = client.post(reverse("mfa_authenticate"), {"code": code_of(cast.curator)})
    assert "Слишком много неудачных попыток" in response.content.decode()
    assert not is_in(client)


def test_the_device_is_known_only_after_the_code(cast):
    client = Client()
    log_in("curator", client=client)
    assert throttling.DEVICE_COOKIE not in client.cookies
    client.post(reverse("mfa_authenticate"), {"code": code_of(cast.curator)})
    assert throttling.DEVICE_COOKIE in client.cookies


def test_codes_are_changed_only_after_the_password_again(cast, as_user):
    client = as_user(cast.curator)
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        assert client.post(reverse(name)).url.startswith("/accounts/reauthenticate/")
    assert Authenticator.objects.filter(user=cast.curator).exists()
    client.post("/accounts/reauthenticate/?next=" + reverse("mfa_deactivate_totp"), {"password": PASSWORD})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cast.curator).exists()
    assert client.get("/accounts/me/").url == reverse("mfa_activate_totp")


def test_reset_of_a_second_factor(cast, as_user):
    """Of somebody without a privileged role; for the others two are needed (tests/people/access)."""
    Authenticator.objects.create(user=cast.mentor, type="totp", data={})
    curator = as_user(cast.curator)
    page = reverse("people:account_codes", args=[cast.mentor.pk])
    assert "Сбросить вход с кодом?" in curator.get(page).content.decode()
    curator.post(page)
    assert not Authenticator.objects.filter(user=cast.mentor).exists()
    assert as_user(cast.clerk).post(page).status_code == 403
    assert "сброшен" in OutboxMail.objects.get(to=cast.mentor.email).text


# ------------------------------------------------------------------------------------------------ password reset


def run_tasks():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_password_reset_says_the_same_and_does_the_same(school):
    teacher = make_user(username="ochirova.sd")
    seen = []
    for email in (teacher.email, "nobody@school.example"):
        with CaptureQueriesContext(connection) as queries:
            response = Client(REMOTE_ADDR=f"10.9.0.{len(seen)}").post("/accounts/password/reset/", {"email": email})
        own = [q["sql"].split()[:3] for q in queries if "people_user" in q["sql"] or "django_tasks" in q["sql"]]
        seen.append((response.status_code, response.url, own))
    assert seen[0] == seen[1]
    assert not OutboxMail.objects.exists()
    run_tasks()
    letter = OutboxMail.objects.get()
    assert (letter.to, letter.text) == (teacher.email, "")
    deliver_outbox()
    text = mail.outbox[0].body
    assert "ochirova.sd" in text
    url = "/" + text[text.index("http") :].split()[0].split("/", 3)[3]
    client = Client()
    page = client.get(url, follow=True)
    new = "новый хороший пароль"
    assert client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new}).url.endswith("/key/done/")
    assert log_in("ochirova.sd", new).status_code == 302
    assert "Ссылка устарела" in Client().get(url).content.decode()


# --------------------------------------------------------------------------------------------------- every page


@pytest.mark.parametrize(
    "name",
    [
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "people:account",
        "people:accounts",
        "people:accounts_new",
        "people:roles",
        "people:role_give",
        "people:school",
    ],
)
def test_pages_of_the_cabinet_open(cast, name):
    client = Client()
    log_in("curator", client=client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(cast.curator)})
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page["Cache-Control"].startswith(("no-store", "max-age=0, no-cache, no-store"))


def test_codes_open_and_download_after_the_login(cast):
    RecoveryCodes.activate(cast.curator)
    client = Client()
    log_in("curator", client=client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(cast.curator)})
    code = RecoveryCodes.activate(cast.curator).get_unused_codes()[0]
    assert code in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert code in client.get(reverse("mfa_download_recovery_codes")).content.decode()


@pytest.mark.parametrize("page", ["", "letter/", "slip/", "edit/", "disable/", "enable/", "codes/"])
def test_pages_of_one_account_open(cast, as_user, page):
    assert as_user(cast.sysadmin).get(f"/settings/accounts/{cast.mentor.pk}/{page}").status_code == 200


@pytest.mark.point("6")
def test_after_a_long_pause_a_known_name_from_a_new_address_still_gets_in(teacher):
    """Counts that nobody needs are thrown away, but not the one that this very login has just found."""
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for number in range(6):
            log_in(teacher.username, address=f"10.0.0.{number}")
    with time_machine.travel(now + timedelta(days=9), tick=False):
        for number in range(6, 12):
            assert log_in(teacher.username, address=f"10.0.0.{number}").status_code == 302
            FailedLogin.objects.update(updated_at=now)
