"""Pages of changes: what is offered to whom, forms that make and refuse, questions that name what
follows (п. 5.1, 7.2).
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.changes.amendment.models import Amendment
from programs.changes.dissolution.models import Dissolution
from programs.changes.pause.models import Pause
from programs.changes.petitions.models import Petition
from programs.changes.replacement.models import Replacement
from programs.program.models import Activity
from tests.factories import make_pairing, make_program
from tests.programs.changes.kit import a_successor, make_amendment, make_pause, make_petition, make_replacement
from tests.programs.journal.kit import make_running

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1")]


def body(response) -> str:
    return response.content.decode()


def key(**data):
    return data | {"request_key": uuid4()}


OFFERS = {
    "curator": {
        "Продлить или изменить",
        "Заменить наставника",
        "Приостановить",
        "Записать ходатайство с бумаги",
        "Передать другому куратору",
    },
    "mentor": {"Продлить или изменить", "Попросить о сложении обязанностей"},
    "mentee": {"Продлить или изменить", "Попросить о замене наставника"},
    "chair": set(),
    "director": {"Передать другому куратору"},
}


@pytest.mark.parametrize("role", OFFERS)
def test_the_tab_offers_each_what_is_theirs(cast, as_user, role):
    program, _ = make_running(cast)
    page = as_user(getattr(cast, role)).get(f"/programs/{program.pk}/changes/")
    assert {a.label for a in page.context["actions"]} == OFFERS[role]


@pytest.mark.clause("7.2-a1", "7.2-a2", "7.2-b")
def test_an_amendment_from_the_proposal_to_the_order(cast, as_user):
    program, _ = make_running(cast)
    mentor, mentee, curator = as_user(cast.mentor), as_user(cast.mentee), as_user(cast.curator)
    end = program.ends_on + timedelta(days=30)
    page = mentor.post(
        f"/programs/{program.pk}/amendment/new/", key(new_end=end, reason="нужен ещё месяц"), follow=True
    )
    assert "Изменение предложено" in body(page)
    amendment = Amendment.objects.get()
    line = {
        "title": "Мастер-класс",
        "due_on": end,
        "responsible": "both",
        "expected_result": "проведён",
        "evidence": "",
        "version": amendment.version,
    }
    url = f"/changes/amendment/{amendment.pk}/"
    late = mentor.post(f"{url}lines/new/", line | {"due_on": end + timedelta(days=1)})
    assert "выберите день внутри этого срока" in body(late)
    assert "Мастер-класс" in body(mentor.post(f"{url}lines/new/", line, follow=True))
    assert "Пока Вы вносили правки" in body(mentor.post(f"{url}lines/new/", line))
    amendment.refresh_from_db()
    me, other = (program.pairing.participations.get(part=part) for part in ("mentee", "mentor"))
    assert "новое" in body(mentee.get(f"{url}agree/{me.pk}/"))
    mentee.post(f"{url}agree/{me.pk}/", {"version": amendment.version})
    assert mentee.get(f"{url}agree/{other.pk}/").status_code == 403
    assert [c.participation for c in amendment.consents.order_by("pk")] == [other, me]  # the mentor's with the proposal
    assert "Передать на приказ" in body(curator.get(url))
    assert "прежняя редакция сохранится" in body(curator.get(f"{url}ready/"))
    page = curator.post(f"{url}ready/", follow=True)
    assert f"kind=amendment&amp;amendment={amendment.pk}" in body(page)
    assert Activity.objects.filter(program=program).count() == 1  # nothing changes before the order


def test_a_longer_term_asks_the_curator_for_a_decision(cast, as_user):
    program, _ = make_running(cast)
    data = key(new_end=program.starts_on + timedelta(days=400), reason="много материала")
    page = as_user(cast.curator).post(f"/programs/{program.pk}/amendment/new/", data | {"term_decision": ""})
    assert "больше 1 года" in body(page) and not Amendment.objects.exists()
    as_user(cast.mentor).post(f"/programs/{program.pk}/amendment/new/", data)
    url = Amendment.objects.get().get_absolute_url()
    assert "Нужно решение об особом сроке" in body(as_user(cast.curator).get(url))


def test_a_line_is_dropped_after_a_question_and_an_unknown_one_is_absent(cast, as_user):
    program, _ = make_running(cast)
    amendment = make_amendment(cast, program=program)
    client, url = as_user(cast.mentor), f"/changes/amendment/{amendment.pk}/lines/"
    assert "Согласия участников спросят заново" in body(client.get(f"{url}0/drop/"))
    client.post(f"{url}0/drop/", {"version": amendment.version})
    page = client.get(amendment.get_absolute_url())
    assert [row.badge.word for row in page.context["plan"]] == ["новое", "убрано"]
    assert client.get(f"{url}9/").status_code == 404


@pytest.mark.clause("5.1-e")
def test_a_mentee_asks_and_the_curator_replaces_the_mentor(cast, as_user):
    program, _ = make_running(cast)
    pairing, client, curator = program.pairing, as_user(cast.mentee), as_user(cast.curator)
    url = f"/pairings/{pairing.pk}/petition/new/"
    assert "Другой стороне этого не показывают" in body(client.get(url))
    client.post(url, key(reason="причина-канарейка"))
    petition = Petition.objects.get()
    assert "причина-канарейка" not in body(as_user(cast.mentor).get(f"/programs/{program.pk}/changes/"))
    page = body(curator.get(petition.get_absolute_url()))
    assert "причина-канарейка" in page and f"replacement/new/?petition={petition.pk}" in page
    successor = a_successor(cast, pairing)
    where = f"/pairings/{pairing.pk}/replacement/new/?petition={petition.pk}"
    form = curator.get(where).context["form"]
    assert (form.initial["ground"], form.initial["paper_on"]) == ("petition", petition.filed_on)
    data = key(
        candidate=successor.pk,
        ground="petition",
        paper_on=petition.filed_on,
        since=timezone.localdate(),
        handover="всё",
    )
    page = body(curator.post(where, data, follow=True))
    assert "Замена готовится" in page and successor.person.full_name in page
    petition.refresh_from_db()
    assert (petition.state, Replacement.objects.get().petition) == ("accepted", petition)
    curator.post(where, data)
    assert Replacement.objects.count() == 1


@pytest.mark.clause("4.1-c")
def test_a_petition_is_declined_and_withdrawn(cast, as_user):
    petition = make_petition(cast, part="mentor")
    curator, url = as_user(cast.curator), petition.get_absolute_url()
    assert "Заполните это поле" in body(curator.post(f"{url}decline/", {"answer": ""}))
    assert "Ходатайство отклонено" in body(curator.post(f"{url}decline/", {"answer": "заменить некем"}, follow=True))
    assert "заменить некем" in body(as_user(cast.mentor).get(url))
    again = as_user(cast.mentor)
    again.post(f"/pairings/{petition.pairing_id}/petition/new/", key(reason="всё же прошу"))
    last = Petition.objects.get(state="filed")
    assert "Ходатайство отозвано" in body(again.post(f"{last.get_absolute_url()}withdraw/", follow=True))


def test_a_suspension_is_seen_on_the_page_the_list_and_at_home(cast, as_user):
    program, _ = make_running(cast)
    curator = as_user(cast.curator)
    since, until = timezone.localdate(), timezone.localdate() + timedelta(days=20)
    data = key(since=since, until=until, reason="отпуском", paper="order", paper_on=since)
    curator.post(f"/programs/{program.pk}/pause/new/", data)
    assert Pause.objects.get().until == until
    Pause.objects.all().delete()
    make_pause(cast, "registered", program)
    for client, url in (
        (curator, f"/programs/{program.pk}/"),
        (curator, "/programs/"),
        (as_user(cast.mentor), "/home/"),
        (as_user(cast.mentee), f"/programs/{program.pk}/changes/"),
    ):
        assert "риостановлена по" in body(client.get(url)), url


def test_a_temporary_replacement_is_ended_earlier_on_its_page(cast, as_user):
    program, _ = make_running(cast)
    change = make_replacement(cast, "registered", program, days=30)
    curator, url = as_user(cast.curator), f"/changes/replacement/{change.pk}/"
    assert "Прежний наставник вернулся раньше" in body(curator.get(url))
    on = timezone.localdate() + timedelta(days=3)
    assert "прежний наставник возвращается" in body(curator.post(f"{url}return/", {"on": on}, follow=True))
    change.refresh_from_db()
    assert change.until == on - timedelta(days=1)


def test_a_pair_without_a_program_is_ended_from_its_page(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    curator = as_user(cast.curator)
    assert f"/pairings/{pairing.pk}/end/new/" in body(curator.get(pairing.get_absolute_url()))
    assert "end/new" not in body(as_user(cast.mentor).get(pairing.get_absolute_url()))
    paper = {"on": timezone.localdate(), "paper": "statement", "paper_on": timezone.localdate()}
    assert "Напишите, в связи с чем" in body(curator.post(f"/pairings/{pairing.pk}/end/new/", key(**paper)))
    data = key(reason="увольнением наставника", **paper)
    page = body(curator.post(f"/pairings/{pairing.pk}/end/new/", data, follow=True))
    begun = Dissolution.objects.get()
    assert "увольнением наставника" in page and begun.state == "proposed"
    page = body(curator.get(pairing.get_absolute_url()))
    assert begun.get_absolute_url() in page and "end/new" not in page  # opened, not begun once more
    assert "утверждённая программа" in body(
        curator.post(f"/pairings/{make_program(cast, 'running').pairing_id}/end/new/", key(reason="х", **paper))
    )


def test_unknown_sorts_and_foreign_changes_are_absent(cast, as_user):
    change = make_amendment(cast)
    assert as_user(cast.stranger).get(change.get_absolute_url()).status_code == 404
    assert as_user(cast.curator).get(f"/changes/petition/{change.pk}/").status_code == 404


def test_the_tab_asks_the_same_for_one_row_and_for_three(cast, as_user):
    program, _ = make_running(cast)
    client = as_user(cast.curator)
    make_pause(cast, "withdrawn", program)

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/programs/{program.pk}/changes/").status_code == 200
        return len(found)

    client.get(f"/programs/{program.pk}/changes/")
    one = queries()
    for _ in range(2):
        make_pause(cast, "withdrawn", program)
    assert queries() == one


def test_what_is_begun_is_not_begun_twice(cast, as_user):
    """The tab offers only what is not under way; whoever comes to its form is led to what is there, before typing."""
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    pair, curator = program.pairing_id, as_user(cast.curator)
    pause = make_pause(cast, "proposed", program)
    begun = {
        f"/programs/{program.pk}/amendment/new/": make_amendment(cast, "proposed", program),
        f"/pairings/{pair}/replacement/new/": make_replacement(cast, "ready", program),
        f"/programs/{program.pk}/pause/new/": pause,
    }
    for url, change in begun.items():
        page = curator.get(url, follow=True)
        assert page.redirect_chain[-1][0] == change.get_absolute_url() and "Второй раз начинать не нужно" in body(page)
    assert {a.label for a in curator.get(f"/programs/{program.pk}/changes/").context["actions"]} == {
        "Записать ходатайство с бумаги",
        "Передать другому куратору",
    }
    mentee = as_user(cast.mentee)
    mentee.post(f"/pairings/{pair}/petition/new/", key(reason="не совпадает расписание"))
    petition = Petition.objects.get()
    assert mentee.get(f"/pairings/{pair}/petition/new/").url == petition.get_absolute_url()
    assert mentee.get(f"/programs/{program.pk}/changes/").context["actions"] == []
    Amendment.objects.update(state="withdrawn")
    assert curator.get(f"/programs/{program.pk}/amendment/new/").status_code == 200
