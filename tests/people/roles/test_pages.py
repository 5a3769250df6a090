"""Roles on one screen: rules of giving and ending, the matrix of rights, who sees it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import NotAllowed, Refused
from people.accounts.adapters import PersonBackend
from people.accounts.models import User
from people.rights import RIGHTS, ROLES, Right
from people.roles import acts as role_acts
from people.roles import table as role_table
from people.roles.holders import roles_of
from people.roles.models import RoleGrant
from people.templatetags.rights import who_may
from tests.factories import make_pairing, make_person, make_user

pytestmark = [pytest.mark.point("6"), pytest.mark.django_db]
TODAY = timezone.localdate


def order(**more):
    return {"order_number": "12-лс", "order_date": TODAY() - timedelta(days=3), **more}


def test_a_login_brings_the_roles_of_today_along(cast, django_assert_num_queries):
    """The roles of the day, granted and from pairs, by plain queries; a closed account is nobody."""
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    make_pairing(cast, "recommended", mentor=cast.mentee)
    role_acts.give(pairing.participations.get(part="mentor").person, "council", by=cast.curator, since=TODAY())
    RoleGrant.objects.filter(person=cast.clerk.person).update(since=TODAY() + timedelta(days=1))
    RoleGrant.objects.filter(person=cast.chair.person).update(
        since=TODAY() - timedelta(days=2), until=TODAY() - timedelta(days=1)
    )
    found = {}
    for name, user in vars(cast).items():
        with django_assert_num_queries(3):
            found[name] = PersonBackend().get_user(user.pk).roles
    assert found == {name: roles_of(User.objects.get(pk=user.pk)) for name, user in vars(cast).items()}
    assert found["mentor"] == {"mentor", "council"} and found["mentee"] == {"mentee"}
    assert found["clerk"] == found["chair"] == found["stranger"] == frozenset()
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    assert PersonBackend().get_user(cast.clerk.pk) is None


def test_past_roles_come_in_pages(cast, as_user):
    person, day = make_person(), TODAY()
    RoleGrant.objects.bulk_create(
        RoleGrant(
            person=person, role="council", since=day - timedelta(days=200 - n), until=day - timedelta(days=100 - n)
        )
        for n in range(30)
    )
    client = as_user(cast.curator)
    first, second = client.get("/settings/roles/"), client.get("/settings/roles/?page=2")
    assert len(first.context["past"]) == 25 and len(second.context["past"]) == 5
    assert "26–30 из" in second.content.decode() and '<details class="more-facts" open>' in second.content.decode()


def deputy():
    return make_person(post="Заместитель директора по учебно-воспитательной работе")


def released(**more):
    """As if another person had released the role (people/access)."""
    return order(released=True, **more)


@pytest.mark.clause("3.3-c1")
@pytest.mark.parametrize("role", ["curator", "acting"])
def test_curator_and_acting_director_are_appointed_by_order(cast, role):
    with pytest.raises(Refused, match="укажите его номер и дату"):
        role_acts.give(
            deputy(), role, by=cast.director if role == "curator" else cast.curator, since=TODAY(), until=TODAY()
        )
    with pytest.raises(Refused, match="и номер, и дату"):
        role_acts.give(deputy(), role, by=cast.director, since=TODAY(), until=TODAY(), order_number="1")
    with pytest.raises(Refused, match="ещё не наступила"):
        role_acts.give(
            deputy(),
            role,
            by=cast.director,
            since=TODAY(),
            until=TODAY(),
            order_number="1",
            order_date=TODAY() + timedelta(days=1),
        )
    grant = role_acts.give(deputy(), role, by=cast.director, since=TODAY(), until=TODAY(), released=True, **order())
    assert (grant.order_number, grant.given_by) == ("12-лс", cast.director)


@pytest.mark.clause("3.4-a")
def test_the_curator_is_a_deputy_or_somebody_says_so(cast, as_user):
    assert role_acts.warnings(deputy(), "curator", TODAY()) == []
    teacher = make_person("Очирова", "Светлана", "Дмитриевна")
    assert "не занимает должность заместителя" in role_acts.warnings(teacher, "curator", TODAY())[0]
    client = as_user(cast.director)
    data = {
        "role": "curator",
        "person": teacher.pk,
        "since": TODAY().isoformat(),
        "order_number": "5",
        "order_date": TODAY().isoformat(),
    }
    page = client.post("/settings/roles/give/", data)
    assert "п.\u00a03.4 Положения" in page.content.decode()
    assert not teacher.roles.exists()
    assert client.post("/settings/roles/give/", data | {"anyway": "on"}).status_code == 302
    assert teacher.access_requests.get().role == "curator"


def test_mentors_and_mentees_come_from_pairs(cast):
    for role in ("mentor", "mentee", "x"):
        with pytest.raises(Refused, match="приказ о закреплении"):
            role_acts.give(make_person(), role, by=cast.curator, since=TODAY())


def test_one_director_and_one_acting_at_a_time(cast):
    with pytest.raises(Refused, match="Сначала закончите его полномочия"):
        role_acts.give(make_person(), "director", by=cast.curator, since=TODAY(), **order())
    role_acts.end(cast.director.person.roles.get(), by=cast.curator, until=TODAY())
    role_acts.give(make_person(), "director", by=cast.curator, since=TODAY() + timedelta(days=1), **released())
    week = {"since": TODAY(), "until": TODAY() + timedelta(days=7)}
    role_acts.give(make_person(), "acting", by=cast.curator, **week, **released())
    with pytest.raises(Refused, match="уже"):
        role_acts.give(
            make_person(),
            "acting",
            by=cast.curator,
            since=TODAY() + timedelta(days=7),
            until=TODAY() + timedelta(days=9),
            **order(),
        )
    with pytest.raises(Refused, match="по какое число"):
        role_acts.give(make_person(), "acting", by=cast.curator, since=TODAY() + timedelta(days=8), **order())


@pytest.mark.parametrize("role", ["director", "acting", "chair", "secretary"])
def test_nobody_makes_oneself_director(cast, role):
    RoleGrant.objects.filter(role="director").delete()
    with pytest.raises(Refused, match="Дать себе роль"):
        role_acts.give(cast.curator.person, role, by=cast.curator, since=TODAY(), until=TODAY(), **order())


def test_the_same_role_is_not_given_twice(cast):
    with pytest.raises(Refused, match="уже дана"):
        role_acts.give(cast.clerk.person, "clerk", by=cast.curator, since=TODAY())
    with pytest.raises(Refused, match="раньше, чем началась"):
        role_acts.give(make_person(), "clerk", by=cast.curator, since=TODAY(), until=TODAY() - timedelta(days=1))


@pytest.mark.parametrize("who", ["chair", "secretary", "council", "clerk", "sysadmin", "mentor", "mentee", "stranger"])
def test_others_give_and_end_nothing(cast, as_user, who):
    user = getattr(cast, who)
    with pytest.raises(NotAllowed):
        role_acts.give(user.person, "curator", by=user, since=TODAY(), **order())
    with pytest.raises(NotAllowed):
        role_acts.end(cast.curator.person.roles.get(), by=user, until=TODAY())
    client = as_user(user)
    assert client.get("/settings/roles/").status_code == (200 if who == "sysadmin" else 403)
    assert client.post("/settings/roles/give/").status_code == 403
    assert client.post(f"/settings/roles/{cast.curator.person.roles.get().pk}/end/").status_code == 403


def test_the_last_administrator_stays(cast):
    mine = cast.sysadmin.person.roles.get()
    with pytest.raises(Refused, match="последний системный администратор"):
        role_acts.end(mine, by=cast.curator, until=TODAY())
    second = make_user(None, "sysadmin")
    role_acts.end(mine, by=cast.curator, until=TODAY())
    with pytest.raises(Refused, match="последний"):
        role_acts.end(second.person.roles.get(), by=cast.curator, until=TODAY() + timedelta(days=3))


def test_ending_the_last_curator_is_told_and_done(cast, as_user):
    client = as_user(cast.director)
    grant = cast.curator.person.roles.get()
    page = client.get(f"/settings/roles/{grant.pk}/end/").content.decode()
    assert "сейчас нет: её дела будут ждать" in page
    assert client.post(f"/settings/roles/{grant.pk}/end/", {"until": TODAY().isoformat()}).status_code == 302
    grant.refresh_from_db()
    assert grant.until == TODAY()
    assert [a.words for a in Act.objects.about(cast.curator.person)] == ["роль «куратор» закончена"]


def test_a_role_that_has_not_begun_is_taken_back(cast):
    person = make_person()
    grant = role_acts.give(person, "council", by=cast.curator, since=TODAY() + timedelta(days=5))
    role_acts.end(grant, by=cast.curator, until=TODAY())
    assert not person.roles.exists()
    assert [a.verb for a in Act.objects.about(person)] == ["role-give", "role-take-back"]


def test_a_role_is_not_prolonged_by_ending_it(cast):
    grant = role_acts.give(make_person(), "council", by=cast.curator, since=TODAY(), until=TODAY())
    with pytest.raises(Refused, match="дайте её заново"):
        role_acts.end(grant, by=cast.curator, until=TODAY() + timedelta(days=1))


def test_the_screen_shows_who_from_when_by_which_order(cast, as_user):
    person = make_person("Манджиева", "Баира", "Очировна", post="заместитель директора")
    paper = {"order_number": "39-од", "order_date": date(2026, 8, 30)}
    role_acts.give(person, "curator", by=cast.director, since=date(2026, 9, 1), released=True, **paper)
    for user in (cast.director, cast.sysadmin):
        text = as_user(user).get("/settings/roles/").content.decode()
        assert "Манджиева\u00a0Б.\u00a0О." in text
        assert "приказ от 30.08.2026 №\u00a039-од" in text
        assert all(sentence in text for _, sentence in ROLES.values())
        assert ("Закончить" in text) == (user == cast.director)


def test_every_right_has_words_and_every_word_a_right():
    words = {right for rights in role_table.GROUPS.values() for right in rights}
    assert words == set().union(*RIGHTS.values())


def test_the_table_is_the_matrix(cast, as_user):
    rows = {row["words"]: [c["may"] for c in row["cells"]] for group in role_table.table() for row in group["rows"]}
    assert rows[Right.BANKS_APPROVE.words] == [role in {"director", "acting"} for role in ROLES]
    assert rows[Right.ROLES_MANAGE.words] == [role in {"director", "acting", "curator"} for role in ROLES]


@pytest.mark.parametrize(
    ("has", "gets"), [("curator", "chair"), ("curator", "secretary"), ("chair", "curator"), ("secretary", "curator")]
)
def test_who_supports_and_who_agrees_is_one_person_only_after_a_warning(cast, as_user, has, gets):
    person = deputy()
    RoleGrant.objects.create(person=person, role=has, since=TODAY() - timedelta(days=30))
    client = as_user(cast.director)
    data = {
        "role": gets,
        "person": person.pk,
        "since": TODAY().isoformat(),
        "order_number": "5",
        "order_date": TODAY().isoformat(),
    }
    page = client.post("/settings/roles/give/", data).content.decode()
    assert "Один и тот же человек поддерживал бы программы" in page and "Да, дать эту роль" in page
    assert not person.roles.filter(role=gets).exists()
    assert client.post("/settings/roles/give/", data | {"anyway": "on"}).status_code == 302
    assert person.access_requests.filter(role=gets).exists()


def test_other_roles_and_roles_that_have_ended_ask_nothing(cast):
    person = deputy()
    RoleGrant.objects.create(
        person=person, role="chair", since=TODAY() - timedelta(days=30), until=TODAY() - timedelta(days=1)
    )
    assert role_acts.warnings(person, "curator", TODAY()) == []
    RoleGrant.objects.create(person=person, role="curator", since=TODAY())
    assert role_acts.warnings(person, "council", TODAY()) == role_acts.warnings(person, "clerk", TODAY()) == []
    RoleGrant.objects.create(person=person, role="chair", since=TODAY() + timedelta(days=9))
    assert len(role_acts.warnings(person, "curator", TODAY())) == 1


def test_mentors_and_mentees_of_today_stand_on_the_screen(cast, as_user):
    make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    make_pairing(cast, "recommended", mentor=cast.stranger)
    rows = as_user(cast.director).get("/settings/roles/").context["by_relation"]
    shown = {row["label"]: row["people"] for row in rows}
    assert shown == {"наставник": [cast.mentor.person], "наставляемый": [cast.mentee.person]}


def test_a_template_names_who_may_and_refuses_an_unknown_right():
    assert who_may("accounts.manage") == Right.ACCOUNTS_MANAGE.who == "куратор или системный администратор"
    with pytest.raises(ValueError, match=r"accounts\.mange"):
        who_may("accounts.mange")


@pytest.mark.parametrize(
    ("right", "sentence"),
    [
        (Right.PEOPLE_EDIT, "Вести список людей может куратор или специалист по кадрам"),
        (Right.ROLES_SEE, "Видеть, у кого какие роли, может директор, куратор или системный администратор"),
        (Right.PAPER_ENTER, "Вносить пары и программы, которые уже есть на бумаге, может куратор"),
        (
            Right.ACCOUNTS_MANAGE,
            "Закрывать учётные записи, сбрасывать вход с кодом может куратор или системный администратор",
        ),
    ],
)
def test_a_refusal_is_a_sentence_with_its_commas(right, sentence):
    assert right.refusal() == sentence
