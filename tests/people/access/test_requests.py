"""Separation of duties: nobody becomes another alone, and the owner is told."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring_site import ciphers, history
from mentoring_site.inbox import items_for
from mentoring_site.mail import deliver_outbox
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people.access import acts
from people.access.models import AccessRequest
from people.accounts import acts as account_acts
from people.accounts.models import Invitation, User
from people.register import acts as register_acts
from people.register.models import Person
from people.roles import acts as role_acts
from people.roles.holders import roles_of
from people.roles.models import RoleGrant
from programs.program.approval import acts as approval_acts
from tests.factories import PASSWORD, make_person, make_program, make_user

pytestmark = [pytest.mark.point("6", "8.4"), pytest.mark.django_db]
NEW = "первый пароль учителя"


@pytest.fixture(autouse=True)
def everybody_has_logged_in(request):
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        User.objects.update(last_login=timezone.now())
    cache.clear()  # codes of an application that were used


def code_of(user):
    cache.clear()
    secret = ciphers.decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def fresh(user):
    return User.objects.get(pk=user.pk)


def released(request, by):
    return acts.release(request, by=fresh(by), code=code_of(by))


def words(person):
    return [act.words for act in Act.objects.about(person)]


# ----------------------------------------------------------------------------------------------- asking and releasing


def test_a_slip_opens_nothing_without_the_word_of_who_released_it(cast, as_user):
    """The curator has the paper, the director has the second code: only the owner has both."""
    asked = acts.ask("slip", cast.chair, by=cast.curator, why="забыт пароль")
    with pytest.raises(Refused, match="ещё не подтверждён"):
        acts.print_slip(asked, by=cast.curator)
    part = released(asked, cast.director)
    issued = acts.print_slip(AccessRequest.objects.get(), by=cast.curator)
    url = f"/invitation/{issued.code}/"
    curator = Client()
    passwords = {"password1": NEW, "password2": NEW}
    assert curator.post(url, passwords).status_code == 200
    assert "не подошёл" in curator.post(url, passwords | {"part": "0000 0000"}).content.decode()
    assert not fresh(cast.chair).check_password(NEW)
    assert Client().post(url, passwords | {"part": part}).status_code == 302
    assert fresh(cast.chair).check_password(NEW)
    kept = str(list(AccessRequest.objects.values())) + str(list(Invitation.objects.values()))
    assert part not in kept and part.replace(" ", "") not in kept and issued.code not in kept


def test_guesses_of_the_second_half_are_braked_for_the_slip_itself(cast):
    asked = acts.ask("slip", cast.chair, by=cast.curator, why="")
    part = released(asked, cast.director)
    url = f"/invitation/{acts.print_slip(AccessRequest.objects.get(), by=cast.curator).code}/"
    passwords = {"password1": NEW, "password2": NEW}
    for n in range(10):
        Client(REMOTE_ADDR=f"10.0.7.{n}").post(url, passwords | {"part": f"{n:08}"})
    answer = Client(REMOTE_ADDR="10.0.8.1").post(url, passwords | {"part": part})
    assert "Слишком много" in answer.content.decode()
    assert not fresh(cast.chair).check_password(NEW)


def test_a_letter_needs_the_second_half_too(cast):
    asked = acts.ask("letter", cast.chair, by=cast.sysadmin, why="новый сотрудник")
    part = released(asked, cast.director)
    deliver_outbox()
    letter = next(m for m in mail.outbox if m.subject.startswith("Вход в систему"))
    assert letter.to == [cast.chair.email] and "ещё один код" in letter.body
    url = "/" + re.search(r"http\S+", letter.body)[0].split("/", 3)[3]
    passwords = {"password1": NEW, "password2": NEW}
    assert Client().post(url, passwords).status_code == 200
    assert Client().post(url, passwords | {"part": part}).status_code == 302


def test_the_second_factor_is_fresh(cast):
    """A wrong code, an empty one and one used a moment ago release nothing; guesses are throttled."""
    asked = acts.ask("codes", cast.chair, by=cast.sysadmin, why="потерян телефон")
    for wrong in ("", "000000", PASSWORD):
        with pytest.raises(Refused, match="Код не подошёл"):
            acts.release(asked, by=cast.director, code=wrong)
    code = code_of(cast.director)
    Authenticator.objects.get(user=cast.director).wrap().validate_code(code)
    with pytest.raises(Refused, match="Код не подошёл"):
        acts.release(asked, by=cast.director, code=code)
    for _ in range(6):
        with pytest.raises(Refused):
            acts.release(asked, by=cast.director, code="000000")
    with pytest.raises(Refused, match="Слишком много"):
        acts.release(asked, by=cast.director, code=code_of(cast.director))
    assert Authenticator.objects.filter(user=cast.chair).exists()


def test_who_releases(cast):
    """The director; the chair for the director and for what the director asks; never who asked, never the owner."""
    second = make_user(None, "chair", username="second")
    chairs = acts.ask("slip", cast.chair, by=cast.curator, why="")
    directors = acts.ask("slip", cast.director, by=cast.curator, why="")
    by_director = acts.ask_role(make_person(), "secretary", by=cast.director, since=timezone.localdate())
    may = {
        name: {u.username for u in User.objects.all() if acts.rules.may_release(request, u)}
        for name, request in (("chair", chairs), ("director", directors), ("asked by him", by_director))
    }
    assert may == {
        "chair": {"director"},
        "director": {"chair", "second"},
        "asked by him": {"chair", "second"},
    }
    for request, wrong in ((chairs, cast.chair), (chairs, cast.curator), (directors, cast.director)):
        with pytest.raises(NotAllowed):
            acts.release(request, by=wrong, code=code_of(wrong))
    assert released(directors, second)


def test_who_asked_never_releases_even_as_director_later(cast):
    """The chain: ask as curator, become director, release one's own request."""
    asked = acts.ask("slip", cast.chair, by=cast.curator, why="")
    RoleGrant.objects.filter(person=cast.director.person).delete()
    RoleGrant.objects.create(person=cast.curator.person, role="director", since=timezone.localdate())
    curator = fresh(cast.curator)
    assert "director" in curator.roles
    with pytest.raises(NotAllowed):
        acts.release(asked, by=curator, code=code_of(curator))
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=asked.pk).update(released_by=curator)


def test_an_account_whose_access_has_just_changed_releases_nothing(cast, time_machine):
    """The chain: get the director's second factor reset, then release as the director what one has asked before."""
    time_machine.move_to("2026-11-23 09:00:00+03:00", tick=False)
    chairs = acts.ask("slip", cast.chair, by=cast.curator, why="")
    released(acts.ask("codes", cast.director, by=cast.curator, why=""), cast.chair)
    Authenticator.objects.create(user=cast.director, type="totp", data={"secret": ciphers.encrypt("JBSWY3DPEHPK3PXP")})
    with pytest.raises(Refused, match="через сутки"):
        released(chairs, cast.director)
    time_machine.shift(timedelta(hours=25))
    assert released(chairs, cast.director)


def test_who_lost_the_right_to_ask_gets_nothing(cast):
    asked = acts.ask("slip", cast.chair, by=cast.sysadmin, why="")
    RoleGrant.objects.filter(person=cast.sysadmin.person).delete()
    with pytest.raises(Refused, match="больше не может просить"):
        released(AccessRequest.objects.get(pk=asked.pk), cast.director)


def test_a_request_is_answered_once_and_lapses(cast, time_machine):
    time_machine.move_to("2026-11-23 09:00:00+03:00", tick=False)
    asked = acts.ask("codes", cast.chair, by=cast.sysadmin, why="")
    with pytest.raises(Already, match="уже ждёт"):
        acts.ask("codes", cast.chair, by=cast.curator, why="")
    released(asked, cast.director)
    with pytest.raises(Already):
        released(asked, cast.director)
    with pytest.raises(Already):
        acts.refuse(asked, by=cast.director, why="")
    late = acts.ask("slip", cast.chair, by=cast.sysadmin, why="")
    time_machine.shift(timedelta(days=6, hours=23))
    assert acts.lapse_old() == 0
    time_machine.shift(timedelta(hours=2))
    assert acts.lapse_old() == 1
    late.refresh_from_db()
    assert late.state == "lapsed"


def test_a_released_slip_is_printed_by_who_asked_within_three_days(cast, time_machine):
    time_machine.move_to("2026-11-23 09:00:00+03:00", tick=False)
    asked = acts.ask("slip", cast.chair, by=cast.sysadmin, why="")
    released(asked, cast.director)
    for other in (cast.director, cast.curator, cast.chair):
        with pytest.raises(NotAllowed):
            acts.print_slip(asked, by=other)
    first = acts.print_slip(asked, by=cast.sysadmin)
    asked.refresh_from_db()
    second = acts.print_slip(asked, by=cast.sysadmin)  # the printer has eaten the first one
    assert account_acts.open_invitation(first.code) is None
    assert account_acts.open_invitation(second.code)
    time_machine.shift(timedelta(days=3, hours=1))
    assert account_acts.open_invitation(second.code) is None
    with pytest.raises(Refused, match="три дня"):
        acts.print_slip(AccessRequest.objects.get(pk=asked.pk), by=cast.sysadmin)


def test_who_asked_and_the_owner_may_stop_a_request(cast):
    for stopper in (cast.curator, cast.chair, cast.director):
        asked = acts.ask("slip", cast.chair, by=cast.curator, why="")
        with pytest.raises(NotAllowed):
            acts.refuse(asked, by=cast.clerk, why="")
        acts.refuse(asked, by=stopper, why="не просил")
        asked.refresh_from_db()
        assert asked.state == "refused"
    assert OutboxMail.objects.filter(template="access_refused", to=cast.curator.email).count() == 2


# ------------------------------------------------------------------------------------------------------- e-mail


def test_links_go_to_a_new_address_only_when_its_owner_has_confirmed_it(cast):
    asked = acts.ask("email", cast.chair, by=cast.curator, why="", email="New@School.example")
    assert fresh(cast.chair).email == cast.chair.email
    released(asked, cast.director)
    changed = fresh(cast.chair)
    assert changed.email == "new@school.example"
    assert account_acts.letter_of_password_reset(changed.pk) is None
    told = set(OutboxMail.objects.filter(template="access_told").values_list("to", flat=True))
    assert {cast.chair.email, "new@school.example"} <= told
    acts.answer(AccessRequest.objects.get(), by=changed, mine=True)
    assert account_acts.letter_of_password_reset(changed.pk)


def test_the_e_mail_of_a_privileged_person_is_not_written_by_the_register_alone(cast, as_user):
    person = cast.chair.person
    page = reverse("people:person_edit", args=[person.pk])
    client = as_user(cast.clerk)
    form = client.get(page).context["form"]
    data = {n: form[n].value() if form[n].value() is not None else "" for n in form.fields}
    before = person.email
    answer = client.post(page, data | {"email": "clerk@evil.example", "address": "Элиста"}, follow=True)
    person.refresh_from_db()
    assert (person.email, person.address) == (before, "Элиста")
    assert "когда его подтвердит" in answer.content.decode()
    asked = AccessRequest.objects.get(kind="contact")
    assert asked.values["email"] == "clerk@evil.example"
    released(asked, cast.director)
    person.refresh_from_db()
    assert person.email == "clerk@evil.example"
    plain = cast.stranger.person
    register_acts.edit(plain, by=cast.clerk, version=plain.version, email="plain@school.example")
    plain.refresh_from_db()
    assert plain.email == "plain@school.example"


# -------------------------------------------------------------------------------------------------------- roles


def test_a_role_works_when_another_has_released_it(cast, as_user):
    person = make_user(username="new").person
    data = {"role": "clerk", "person": person.pk, "since": timezone.localdate().isoformat(), "why": "новый кадровик"}
    answer = as_user(cast.curator).post("/settings/roles/give/", data)
    asked = AccessRequest.objects.get()
    assert answer.url == asked.get_absolute_url()
    assert not roles_of(fresh(person.user))
    released(asked, cast.director)
    assert roles_of(fresh(person.user)) == {"clerk"}
    grant = person.roles.get()
    assert grant.given_by == cast.curator
    data |= {"role": "council", "person": cast.stranger.person.pk}
    assert as_user(cast.curator).post("/settings/roles/give/", data).url == "/settings/roles/"
    assert roles_of(fresh(cast.stranger)) == {"council"}


def test_a_role_given_by_an_order_waits_for_its_access(cast):
    """A paper that one person has registered alone opens nothing; papers know the curator from its day."""
    grant = role_acts.by_order(
        make_user(username="new").person,
        "curator",
        by=cast.clerk,
        since=timezone.localdate(),
        until=None,
        order_number="7-од",
        order_date=timezone.localdate(),
        instead_of=cast.curator.person,
    )
    asked = acts.ask_for_order(grant, by=cast.clerk)
    user = User.objects.get(username="new")
    assert RoleGrant.objects.live().filter(person=user.person, role="curator").exists()
    assert roles_of(user) == set()
    with pytest.raises(NotAllowed):
        released(asked, cast.clerk)
    released(asked, cast.director)
    assert roles_of(fresh(user)) == {"curator"}


def test_an_account_that_somebody_opened_alone_begins_anew_with_a_privileged_role(cast):
    """The chain: a slip for a plain account, then a role for it: who asked would hold the password of the new clerk."""
    person = make_person(email="new@school.example")
    user = account_acts.create([person], by=cast.curator)[0]
    code = account_acts.invite(user, by=cast.curator, on_paper=True).code
    thief = Client()
    thief.post(f"/invitation/{code}/", {"password1": NEW, "password2": NEW})
    assert thief.get("/accounts/me/").status_code == 200
    asked = acts.ask_role(person, "clerk", by=cast.curator, since=timezone.localdate())
    part = released(asked, cast.director)
    assert thief.get("/accounts/me/").status_code == 302
    now = fresh(user)
    assert not now.check_password(NEW) and now.email_held
    assert account_acts.letter_of_password_reset(user.pk) is None
    issued = acts.print_slip(AccessRequest.objects.get(), by=cast.curator)
    again = {"password1": NEW + "!", "password2": NEW + "!"}
    assert Client().post(f"/invitation/{issued.code}/", again).status_code == 200
    assert Client().post(f"/invitation/{issued.code}/", again | {"part": part}).status_code == 302


def test_an_address_that_somebody_wrote_alone_gets_no_link_into_a_privileged_account(cast):
    """The chain: an e-mail of one's own into a person without an account, the role, the account, «забыли пароль?»."""
    person = make_person(email="thief@elsewhere.example")
    released(acts.ask_role(person, "clerk", by=cast.curator, since=timezone.localdate()), cast.director)
    user = account_acts.create([person], by=cast.curator)[0]
    account_acts.send_password_reset.call(user.pk)
    assert account_acts.letter_of_password_reset(user.pk) is None
    assert not OutboxMail.objects.filter(template="password_reset").exists()
    with pytest.raises(Refused, match="ещё не подтвержд"):
        acts.ask("letter", user, by=cast.curator, why="")


def test_an_account_that_was_only_made_by_one_person_begins_anew_too(cast):
    """The chain: the account with an e-mail of one's own, «забыли пароль?», and the role after that."""
    person = make_person(email="thief@elsewhere.example")
    user = account_acts.create([person], by=cast.curator)[0]
    key = account_acts.letter_of_password_reset(user.pk)["url"]
    released(acts.ask_role(person, "clerk", by=cast.curator, since=timezone.localdate()), cast.director)
    assert fresh(user).email_held and account_acts.letter_of_password_reset(user.pk) is None
    assert "password1" not in Client().get("/" + key.split("/", 3)[3], follow=True).content.decode()


def test_the_owner_confirms_the_address_of_an_account_begun_anew(cast, as_user):
    person = make_person(email="new@school.example")
    user = account_acts.create([person], by=cast.curator)[0]
    asked = acts.ask_role(person, "clerk", by=cast.curator, since=timezone.localdate())
    released(asked, cast.director)
    page = as_user(fresh(user)).get(reverse("people:access_mine", args=[asked.pk]), follow=True)
    assert acts.confirms_email(AccessRequest.objects.get(), fresh(user)) == "new@school.example", page
    acts.answer(AccessRequest.objects.get(), by=fresh(user), mine=True)
    assert not fresh(user).email_held


def test_what_the_owner_has_closed_nobody_opens_alone_with_the_password_of_before(cast):
    """The chain: the owner says «это не я», and who asked opens the account again."""
    cast.chair.set_password(NEW)
    cast.chair.save()
    asked = acts.ask("codes", cast.chair, by=cast.curator, why="")
    released(asked, cast.director)
    acts.answer(AccessRequest.objects.get(), by=fresh(cast.chair), mine=False)
    account_acts.enable(fresh(cast.chair), by=cast.curator)
    now = fresh(cast.chair)
    assert now.is_active and not now.has_usable_password() and now.email_held
    with pytest.raises(Refused, match="один просит, другой подтверждает"):
        account_acts.invite(now, by=cast.curator, on_paper=True)


def test_a_plain_account_opens_with_its_password(cast):
    account_acts.disable(cast.stranger, by=cast.curator)
    account_acts.enable(fresh(cast.stranger), by=cast.curator)
    assert fresh(cast.stranger).check_password(PASSWORD)


def test_a_password_typed_while_the_access_was_given_anew_is_not_set(cast):
    """The race: the form has looked at the link, the role is released, the password comes."""
    opened = fresh(cast.stranger)
    account_acts.renew(fresh(cast.stranger))
    with pytest.raises(NotAllowed, match="изменили"):
        account_acts.set_password(opened, NEW)
    assert not fresh(cast.stranger).has_usable_password()


def test_a_slip_that_was_replaced_while_the_password_was_typed_opens_nothing(cast):
    user = account_acts.create([make_person()], by=cast.curator)[0]
    found = account_acts.open_invitation(account_acts.invite(user, by=cast.curator, on_paper=True).code)
    account_acts.renew(fresh(user))
    with pytest.raises(Already):
        account_acts.accept(found, password=NEW)
    assert not fresh(user).has_usable_password()


def test_invitations_are_forgotten_a_year_after_their_end_and_requests_stay(cast):
    asked = acts.ask("slip", cast.chair, by=cast.curator, why="")
    released(asked, cast.director)
    acts.print_slip(AccessRequest.objects.get(), by=cast.curator)
    account_acts.invite(cast.stranger, by=cast.curator, on_paper=True)
    year_ago = timezone.now() - timedelta(days=366)
    Invitation.objects.filter(user=cast.chair).update(expires_at=year_ago)
    assert (acts.forget_old_invitations(), acts.forget_old_invitations()) == (1, 0)
    assert Invitation.objects.get().user == cast.stranger
    assert AccessRequest.objects.get().invitation is None


def test_a_slip_for_tomorrows_chair_is_asked_today(cast):
    """The chain: a slip before the role begins."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    RoleGrant.objects.create(person=cast.stranger.person, role="chair", since=tomorrow)
    with pytest.raises(Refused, match="один просит, другой подтверждает"):
        account_acts.invite(cast.stranger, by=cast.curator, on_paper=True)


# ------------------------------------------------------------------------------------------ the owner and the day


def test_the_owner_is_told_until_answered_and_a_stranger_is_locked_out(cast, as_user):
    asked = acts.ask("codes", cast.chair, by=cast.sysadmin, why="")
    released(asked, cast.director)
    chair = fresh(cast.chair)
    page = reverse("people:access_request", args=[asked.pk])
    assert items_for(chair)[0].url == page  # an intruder does not wait: it stands before everything
    with pytest.raises(NotAllowed):
        acts.answer(asked, by=cast.curator, mine=True)
    acts.answer(asked, by=chair, mine=False)
    assert not fresh(cast.chair).is_active
    assert OutboxMail.objects.get(template="access_not_mine").to == cast.director.email
    assert items_for(fresh(cast.director))[0].url == page
    acts.note(AccessRequest.objects.get(), by=fresh(cast.director))
    assert page not in [item.url for item in items_for(fresh(cast.director))]
    assert Client().get(page).status_code == 302


def test_what_is_done_in_the_first_day_is_marked(cast, time_machine):
    time_machine.move_to("2026-11-23 09:00:00+03:00", tick=False)
    record(cast.mentor.person, "x", by=fresh(cast.chair), words="до")
    asked = acts.ask("codes", cast.chair, by=cast.sysadmin, why="")
    released(asked, cast.director)
    time_machine.shift(timedelta(hours=23))
    record(cast.mentor.person, "x", by=fresh(cast.chair), words="в первые сутки")
    time_machine.shift(timedelta(hours=2))
    record(cast.mentor.person, "x", by=fresh(cast.chair), words="потом")
    shown = {entry["text"]: entry["fresh"] for entry in history.entries([cast.mentor.person])}
    assert shown == {"До": False, "В первые сутки": True, "Потом": False}
    assert [act.words for act in acts.done_since(AccessRequest.objects.get())] == ["в первые сутки"]


def test_the_page_of_a_program_tells_what_was_approved_in_the_first_day(cast, as_user):
    """«Согласована» by a chair whose second factor was reset the same day stands on the page of the program."""
    program = make_program(cast, "submitted")
    released(acts.ask("codes", cast.chair, by=cast.sysadmin, why=""), cast.director)
    approval_acts.endorse(program, by=cast.curator)
    approval_acts.agree(program, by=fresh(cast.chair), minutes_number="4", minutes_date=timezone.localdate())
    page = as_user(cast.curator).get(program.get_absolute_url()).content.decode()
    assert "в первые сутки после смены доступа" in page
    other = make_program(cast, "submitted")
    assert "в первые сутки" not in as_user(cast.curator).get(other.get_absolute_url()).content.decode()


# ---------------------------------------------------------------------------------------------------- on the server


def test_the_server_is_the_way_out_and_the_director_sees_it(cast, capsys):
    call_command("setup_link", "director", "--second-factor")
    out = capsys.readouterr().out
    code = re.search(r"/invitation/(\S+)/", out)[1]
    client = Client()
    assert client.post(f"/invitation/{code}/", {"password1": NEW, "password2": NEW}).status_code == 302
    assert "account-server-link" in set(Act.objects.about(cast.director.person).values_list("verb", flat=True))
    noted = AccessRequest.objects.get(by_server=True)
    for who in (cast.director, cast.chair):
        assert noted.get_absolute_url() in [item.url for item in items_for(fresh(who))]
    with pytest.raises(CommandError, match="нет"):
        call_command("setup_link", "никого")


def test_the_server_releases_only_what_nobody_else_can(cast):
    asked = acts.ask("slip", cast.director, by=cast.curator, why="")
    with pytest.raises(CommandError, match="есть кому"):
        call_command("setup_link", "--release", str(asked.pk))
    User.objects.filter(pk=cast.chair.pk).update(is_active=False)
    call_command("setup_link", "--release", str(asked.pk))
    asked.refresh_from_db()
    assert asked.state == "released" and asked.by_server
    with pytest.raises(CommandError):
        call_command("setup_link", "--release", str(asked.pk))


# ----------------------------------------------------------------------------------------------------- the pages


def test_pages_of_a_request(cast, as_user):
    asking = as_user(cast.curator)
    account = asking.get(reverse("people:account_one", args=[cast.chair.pk])).context["actions"]
    assert {a.label for a in account} >= {"Попросить одноразовый листок", "Попросить смену e-mail"}
    url = next(a.url for a in account if a.verb == "slip")
    assert asking.post(url, {"why": ""}).status_code == 200
    page = asking.post(url, {"why": "забыт пароль"}, follow=True)
    asked = AccessRequest.objects.get()
    assert "директор" in page.content.decode()
    director = as_user(cast.director)
    shown = director.get(asked.get_absolute_url())
    assert [a.verb for a in shown.context["actions"]] == ["release", "refuse"]
    release = reverse("people:access_release", args=[asked.pk])
    assert "Что произойдёт" in director.get(release).content.decode()
    assert "не подошёл" in director.post(release, {"code": "000000"}).content.decode()
    done = director.post(release, {"code": code_of(cast.director)})
    part = re.search(r"\d{4} \d{4}", done.content.decode())[0]
    assert part not in director.get(asked.get_absolute_url()).content.decode()
    slip = reverse("people:access_slip", args=[asked.pk])
    assert asking.get(slip).status_code == 200
    assert asking.post(slip)["Content-Type"] == "application/pdf"
    owner = as_user(cast.chair)
    assert "Вы знаете об этом" in owner.get(asked.get_absolute_url()).content.decode()
    owner.post(reverse("people:access_mine", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.answer == "mine"
    assert "запросы доступа" in asking.get("/settings/access/").content.decode().lower()


def test_a_direct_press_leads_to_the_request(cast, as_user):
    """The old addresses change nothing for a privileged account; slips of many stop with a sentence."""
    client = as_user(cast.sysadmin)
    for kind in ("slip", "letter", "codes"):
        answer = client.post(f"/settings/accounts/{cast.director.pk}/{kind}/")
        assert answer.url == f"/settings/access/ask/{kind}/{cast.director.pk}/"
    for many in ("slips", "letters"):
        sent = {"one": [cast.director.pk], "request_key": uuid4()}
        page = client.post(f"/settings/accounts/{many}/", sent, follow=True)
        assert "получает приглашение вдвоём" in page.content.decode()
    client.post(f"/settings/accounts/{cast.director.pk}/edit/", {"username": "director2", "email": "x@evil.example"})
    now = fresh(cast.director)
    assert (now.username, now.email) == ("director2", cast.director.email)
    assert not Invitation.objects.exists() and Authenticator.objects.filter(user=cast.director).exists()


def test_plain_accounts_need_nobody_else(cast, as_user):
    """Mentors and mentees: one act of one person, as before."""
    client = as_user(cast.sysadmin)
    assert client.post(f"/settings/accounts/{cast.mentee.pk}/slip/")["Content-Type"] == "application/pdf"
    assert not AccessRequest.objects.exists()
    assert Person.objects.filter(pk=cast.mentee.person_id).exists()
    assert words(cast.mentee.person) == ["приглашение напечатано на листке"]


@pytest.mark.django_db(transaction=True)
def test_a_role_is_asked_for_where_no_test_holds_a_transaction(cast):
    """On PostgreSQL the lock of the look at other grants needs one: the button was an error of the server."""
    asked = acts.ask_role(cast.stranger.person, "clerk", by=cast.curator, since=timezone.localdate())
    assert asked.state == AccessRequest.State.ASKED
