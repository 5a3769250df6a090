"""Pages of pairs: who sees what, what each button does, the confidence of answers, constant queries."""

import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import OutboxMail
from people.banks.models import Topic
from programs.pairings import acts as pairing_acts
from programs.pairings.models import Pairing
from tests.factories import make_candidate, make_consent, make_pairing, make_person

pytestmark = pytest.mark.point("12")
SECRET = "тайная причина отказа"


def part(pairing, name):
    return pairing.participations.filter(part=name).first()


def url(name, *args):
    return reverse(f"programs:{name}", args=args)


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("role", ["director", "curator", "chair", "secretary", "council"])
def test_those_who_see_all_open_any_pair(cast, as_user, role):
    pairing = make_pairing(cast)
    page = as_user(getattr(cast, role)).get(pairing.get_absolute_url())
    assert page.status_code == 200
    assert "компетенция отвечает запросу" in page.content.decode()


@pytest.mark.parametrize("role", ["clerk", "sysadmin", "stranger", "mentor"])
def test_a_foreign_pair_looks_absent(cast, as_user, role):
    pairing = make_pairing(cast)
    client = as_user(getattr(cast, role))
    assert client.get(pairing.get_absolute_url()).status_code == 404
    for name in ("pairing_answer", "pairing_topics", "pairing_recommend", "pairing_decline", "pairing_withdraw"):
        assert client.get(url(name, pairing.pk)).status_code == 404
    assert "Проверкина" not in client.get(url("pairings")).content.decode().split("<main")[1].split("</main>")[0]


def test_participants_see_only_their_own(cast, as_user):
    mine, other = make_pairing(cast, mentee=cast.mentee), make_pairing(cast)
    page = as_user(cast.mentee).get(url("pairings")).content.decode()
    assert mine.get_absolute_url() in page
    assert other.get_absolute_url() not in page


@pytest.mark.parametrize("state", Pairing.State.values)
@pytest.mark.parametrize("role", ["director", "curator", "chair", "mentor", "mentee"])
def test_every_state_has_a_page_for_every_role(cast, as_user, state, role):
    pairing = make_pairing(cast, state, mentor=cast.mentor, mentee=cast.mentee)
    assert as_user(getattr(cast, role)).get(pairing.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("how", ["refused", "declined", "withdrawn"])
def test_the_other_side_never_learns_an_answer_or_a_reason(cast, as_user, how):
    """п. 6.1: said in confidence. Everything that could leak is made first."""
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee, mentees=2)
    pairing_acts.answer(part(pairing, "mentor"), "yes", by=cast.mentor, reason="очень хочу с ней")
    if how == "refused":
        pairing_acts.answer(part(pairing, "mentee"), "no", by=cast.mentee, reason=SECRET)
    elif how == "declined":
        pairing_acts.decline(pairing, by=cast.chair, reason=SECRET)
    else:
        pairing_acts.withdraw(pairing, by=cast.curator, reason=SECRET)
    for user in (cast.mentor, cast.mentee):
        client = as_user(user)
        pages = [
            client.get(a).content.decode()
            for a in (pairing.get_absolute_url(), url("pairings"), url("pairing_answer", pairing.pk))
        ]
        text = "".join(pages)
        if not (how == "refused" and user == cast.mentee):
            assert SECRET not in text
        if user == cast.mentee:
            assert "очень хочу с ней" not in text
            assert "хочет работать вместе" not in text
        else:
            assert "не хочет" not in text
        history = pages[0].split("История</h2>")[1].split("</main>")[0]
        own = how == "refused" and user == cast.mentee
        assert (cast.mentee.person.short_name in history) is own
        assert cast.chair.person.short_name not in history


def test_while_it_is_open_the_other_side_sees_only_that_one_has_answered(cast, as_user):
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee)
    pairing_acts.answer(part(pairing, "mentee"), "yes", by=cast.mentee, reason="нравится её подход")
    page = as_user(cast.mentor).get(pairing.get_absolute_url()).content.decode()
    assert ">ответила<" in page.replace("</td>", "<")
    assert "хочет работать вместе" not in page
    assert "нравится её подход" not in page
    assert "хочет работать вместе" in as_user(cast.curator).get(pairing.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", ["curator", "chair", "director"])
def test_an_official_in_the_pair_is_the_other_side_too(cast, as_user, role):
    user = getattr(cast, role)
    pairing = make_pairing(cast, mentor=user, mentee=cast.mentee)
    pairing_acts.answer(part(pairing, "mentee"), "yes", by=cast.mentee, reason="нравится её подход")
    page = as_user(user).get(pairing.get_absolute_url())
    assert "нравится её подход" not in page.content.decode()
    assert [one.answer for one in page.context["people"] if one.name == cast.mentee.person.full_name] == ["ответила"]


def test_the_council_sees_the_reason_of_a_refusal(cast, as_user):
    pairing = make_pairing(cast, mentee=cast.mentee)
    pairing_acts.answer(part(pairing, "mentee"), "no", by=cast.mentee, reason=SECRET)
    for role in ("director", "curator", "council"):
        assert SECRET in as_user(getattr(cast, role)).get(pairing.get_absolute_url()).content.decode()


def test_answers_are_not_in_the_exported_list(cast, as_user):
    pairing = make_pairing(cast, "recommended", mentee=cast.mentee)
    make_pairing(cast, "declined")
    response = as_user(cast.curator).get(url("pairings") + "?state=recommended&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.values)
    assert rows[0][:4] == ("Номер в системе", "Пара или группа", "Наставник", "Наставляемые")
    assert [(r[0], r[3], r[7]) for r in rows[1:]] == [
        (pairing.pk, cast.mentee.person.full_name, "рекомендована советом")
    ]


def test_lists_and_pages_cost_the_same_for_one_and_three(cast, as_user):
    client, costs = as_user(cast.curator), []
    for people in (1, 3):
        for _ in range(people):
            pairing = make_pairing(cast, "recommended", mentees=people)
            make_candidate(make_person(), "mentee", by=cast.director)
        addresses = [url("pairings") + "?state=recommended&sort=mentor", pairing.get_absolute_url(), url("pairing_new")]
        costs.append([queries(client, address) for address in addresses])
    assert costs[0] == costs[1]
    assert [cost <= most for cost, most in zip(costs[0], (16, 14, 23), strict=True)] == [True] * 3, costs


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=мельник", 1),
        ("q=мель ким", 1),
        ("q=ким", 2),
        ("q=сидор", 0),
        ("state=assigned", 1),
        ("state=proposed", 2),
        ("year=1999", 3),
        ("q=ким&state=assigned", 0),
    ],
)
def test_filters(cast, as_user, query, found):
    make_pairing(cast, mentor=make_person("Мельник", "Ольга"), mentee=make_person("Ким", "Дмитрий"))
    make_pairing(cast, mentee=make_person("Кимов", "Иван"))
    make_pairing(cast, "assigned")
    page = as_user(cast.director).get(url("pairings") + "?" + query)
    assert len(page.context["listing"].rows) == found


def test_filters_by_department_and_sorting(cast, as_user):
    pairing = make_pairing(cast, mentor=make_person("Яковлева", department="Театральное отделение"))
    first = make_pairing(cast, mentor=make_person("Абрамова"))
    department = part(pairing, "mentor").employment.department_id
    client = as_user(cast.director)
    assert [r.url for r in client.get(url("pairings") + f"?department={department}").context["listing"].rows] == [
        pairing.get_absolute_url()
    ]
    for sort, order in {"mentor": [first, pairing], "old": [pairing, first], "new": [first, pairing]}.items():
        rows = client.get(url("pairings") + f"?sort={sort}").context["listing"].rows
        assert [r.url for r in rows] == [p.get_absolute_url() for p in order]


def test_paging_keeps_the_filter(cast, as_user):
    for _ in range(26):
        make_pairing(cast, complete=False)
    page = as_user(cast.director).get(url("pairings") + "?state=proposed")
    assert len(page.context["listing"].rows) == 25
    assert "state=proposed&amp;page=2" in page.content.decode()


def test_empty_lists_say_what_to_do(cast, as_user):
    assert "Подобрать первую пару" in as_user(cast.curator).get(url("pairings")).content.decode()
    assert "Вас пока не предлагали" in as_user(cast.stranger).get(url("pairings")).content.decode()
    assert "Показать все" in as_user(cast.curator).get(url("pairings") + "?q=нет").content.decode()
    assert "Открыть банк наставляемых" in as_user(cast.curator).get(url("pairing_new")).content.decode()


# choosing and proposing


def bank(cast, count=1):
    mentor = make_candidate(make_person("Мельник", "Ольга", "Львовна"), "mentor", by=cast.director)
    return mentor, [make_candidate(make_person(), "mentee", by=cast.director) for _ in range(count)]


def terms(mentor, mentees):
    return url("pairing_propose") + "?" + "&".join([*(f"mentee={m.pk}" for m in mentees), f"mentor={mentor.pk}"])


def filled(mentees, **changes):
    today = timezone.localdate()
    return {
        "topics": [Topic.objects.get(name="Методика урока").pk],
        "why": "подходят",
        "fits": [m.pk for m in mentees],
        "planned_from": today.isoformat(),
        "planned_to": (today + timedelta(days=200)).isoformat(),
        "request_key": str(uuid4()),
    } | changes


@pytest.mark.clause("2.3-c4", "3.5-c1", "6.1-a", "П.4-a")
def test_choosing_explains_in_words(cast, as_user):
    mentor, mentees = bank(cast)
    page = as_user(cast.council).get(url("pairing_new")).content.decode()
    assert "Запрос «помочь с открытым уроком» — компетенция «ведение урока в подвижном темпе»" in page
    assert "тема «Методика урока»" in page
    assert "ведёт 0 из\u00a03" in page
    assert "то же отделение" in page
    assert terms(mentor, mentees).replace("&", "&amp;") in page


def test_every_further_mentor_is_found_behind_the_link(cast, as_user):
    mentor, mentees = bank(cast)
    others = [make_candidate(make_person(), "mentor", by=cast.director) for _ in range(11)]
    client = as_user(cast.curator)
    choice = client.get(url("pairing_new")).context["choices"][0]
    assert (len(choice.fits), choice.more) == (3, 9)
    pages = [client.get(f"{choice.more_url}&page={number}").context for number in (1, 2)]
    assert pages[0]["page_obj"].has_next() and f"mentee={mentees[0].pk}" in pages[0]["query"]
    found = {fit.url for page in pages for fit in page["fits"]}
    assert found == {one.get_absolute_url() for one in (mentor, *others)}


@pytest.mark.parametrize("role", ["director", "clerk", "sysadmin", "mentor", "stranger"])
def test_choosing_belongs_to_curator_and_council(cast, as_user, role):
    client = as_user(getattr(cast, role))
    for name in ("pairing_new", "pairing_mentor", "pairing_propose"):
        assert client.get(url(name)).status_code == 403


def test_choosing_can_be_narrowed(cast, as_user):
    bank(cast, 2)
    other = make_candidate(make_person("Ким", department="Театральное отделение"), "mentee", by=cast.director)
    topic = Topic.objects.create(name="Редкая")
    other.topics.add(topic)
    client = as_user(cast.curator)
    department = other.person.employments.get().department_id
    for query in ("q=ким", f"department={department}", f"topic={topic.pk}"):
        choices = client.get(url("pairing_new") + "?" + query).context["choices"]
        assert [choice.mentee.pk for choice in choices] == [other.pk]


def test_a_pair_is_proposed_and_a_second_press_makes_no_second(cast, as_user):
    mentor, mentees = bank(cast)
    client, data = as_user(cast.curator), filled(mentees)
    for _ in range(2):
        response = client.post(terms(mentor, mentees), data)
        pairing = Pairing.objects.get()
        assert response.url == pairing.get_absolute_url()
    assert pairing.kind == "pair"


@pytest.mark.clause("2.3-f")
def test_a_group_is_chosen_by_marks(cast, as_user):
    mentor, mentees = bank(cast, 2)
    client = as_user(cast.council)
    page = client.get(url("pairing_mentor") + "?" + "&".join(f"mentee={m.pk}" for m in mentees)).content.decode()
    assert "Наставник для группы" in page
    client.post(terms(mentor, mentees), filled(mentees))
    assert Pairing.objects.get().kind == "group"


@pytest.mark.clause("6.1-a")
def test_the_criterion_is_confirmed_for_every_mentee(cast, as_user):
    mentor, mentees = bank(cast, 2)
    page = as_user(cast.curator).post(terms(mentor, mentees), filled(mentees, fits=[mentees[0].pk]))
    assert f"Не подтверждено: {mentees[1].person.short_name}" in page.content.decode()
    assert not Pairing.objects.exists()


def test_the_form_keeps_what_was_typed_and_explains_the_term(cast, as_user):
    mentor, mentees = bank(cast)
    short = (timezone.localdate() + timedelta(days=40)).isoformat()
    page = (
        as_user(cast.curator)
        .post(terms(mentor, mentees), filled(mentees, planned_to=short, why="наши слова"))
        .content.decode()
    )
    assert "от 3 месяцев до 1 года" in page
    assert "Годится любой день с" in page
    assert "наши слова" in page


def test_a_refusal_of_the_act_stands_on_the_form(cast, as_user):
    mentor, mentees = bank(cast)
    as_user(cast.curator).post(terms(mentor, mentees), filled(mentees))
    page = as_user(cast.curator).post(terms(mentor, mentees), filled(mentees))
    assert "уже в паре: Мельник" in page.content.decode()


def test_a_proposal_of_nobody_is_absent(cast, as_user):
    mentor, mentees = bank(cast)
    client = as_user(cast.curator)
    for query in (
        "",
        f"?mentor={mentor.pk}",
        f"?mentee={mentees[0].pk}",
        "?mentor=x&mentee=99999999999999999999",
        f"?mentor={mentees[0].pk}&mentee={mentor.pk}",
    ):
        assert client.get(url("pairing_propose") + query).status_code == 404
    assert client.get(url("pairing_mentor")).url == url("pairing_new")


# answers, decisions, reminders


@pytest.mark.clause("6.1-b")
def test_a_mentee_answers_by_two_presses(cast, as_user):
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee)
    client = as_user(cast.mentee)
    page = client.get(url("pairing_answer", pairing.pk)).content.decode()
    assert "ведение урока в подвижном темпе" in page  # the mentor's competence
    assert "чтение с листа" not in page
    assert client.post(url("pairing_answer", pairing.pk), {"wish": "yes"}).url == pairing.get_absolute_url()
    assert part(pairing, "mentee").wish == "yes"


def test_a_mentor_reads_the_requests_but_not_the_difficulties(cast, as_user):
    pairing = make_pairing(cast, mentor=cast.mentor)
    page = as_user(cast.mentor).get(url("pairing_answer", pairing.pk)).content.decode()
    assert "помочь с открытым уроком" in page
    assert "чтение с листа" not in page


def test_no_needs_a_reason_and_keeps_the_form(cast, as_user):
    pairing = make_pairing(cast, mentee=cast.mentee)
    page = as_user(cast.mentee).post(url("pairing_answer", pairing.pk), {"wish": "no", "reason": ""})
    assert "Напишите, почему нет" in page.content.decode()
    as_user(cast.mentee).post(url("pairing_answer", pairing.pk), {"wish": "no", "reason": "нет времени"})
    pairing.refresh_from_db()
    assert pairing.state == "declined"


def test_the_curator_answers_for_somebody_and_nobody_else_does(cast, as_user):
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee)
    address = url("pairing_answer_for", pairing.pk, part(pairing, "mentee").pk)
    assert as_user(cast.mentor).get(address).status_code == 403
    assert as_user(cast.director).get(address).status_code == 403
    assert as_user(cast.curator).get(url("pairing_answer", pairing.pk)).status_code == 404
    as_user(cast.curator).post(address, {"wish": "yes"})
    assert part(pairing, "mentee").wish_by == cast.curator


def test_an_answer_after_the_end_is_told_calmly(cast, as_user):
    pairing = make_pairing(cast, "withdrawn", mentee=cast.mentee)
    client = as_user(cast.mentee)
    assert "Ответ уже не нужен" in client.get(url("pairing_answer", pairing.pk)).content.decode()
    page = client.post(url("pairing_answer", pairing.pk), {"wish": "yes"}, follow=True)
    assert "Ответ уже не нужен: пара не сложилась" in page.content.decode()


@pytest.mark.clause("3.5-c2")
def test_the_council_confirms_and_recommends(cast, as_user):
    pairing = make_pairing(cast)
    for p in pairing.participations.all():
        pairing_acts.answer(p, "yes", by=cast.curator)
    client, topic = as_user(cast.chair), Topic.objects.create(name="Новая тема")
    client.post(url("pairing_topics", pairing.pk), {"topics": [topic.pk]})
    future = (timezone.localdate() + timedelta(days=3)).isoformat()
    page = client.post(url("pairing_recommend", pairing.pk), {"minutes_number": "3", "minutes_date": future})
    assert "будущим днём" in page.content.decode()
    client.post(
        url("pairing_recommend", pairing.pk), {"minutes_number": "3", "minutes_date": timezone.localdate().isoformat()}
    )
    pairing.refresh_from_db()
    assert (pairing.state, pairing.minutes_number, list(pairing.topics.all())) == ("recommended", "3", [topic])


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("pairing_topics", {"chair", "secretary"}),
        ("pairing_recommend", {"chair", "secretary"}),
        ("pairing_decline", {"chair", "secretary", "director"}),
        ("pairing_withdraw", {"curator"}),
    ],
)
def test_decisions_open_only_to_those_who_decide(cast, as_user, name, allowed):
    pairing = make_pairing(cast, mentee=cast.mentee)
    for role in ("director", "curator", "chair", "secretary", "council", "mentee"):
        expected = 200 if role in allowed else 403
        assert as_user(getattr(cast, role)).get(url(name, pairing.pk)).status_code == expected, role


def test_closing_needs_a_reason(cast, as_user):
    pairing = make_pairing(cast)
    client = as_user(cast.curator)
    assert "Заполните это поле" in client.post(url("pairing_withdraw", pairing.pk), {"reason": ""}).content.decode()
    client.post(url("pairing_withdraw", pairing.pk), {"reason": "ошибка"})
    pairing.refresh_from_db()
    assert pairing.state == "withdrawn"
    page = client.post(url("pairing_withdraw", pairing.pk), {"reason": "набранное не пропало"}, follow=True)
    assert "предложение закрыто" in page.content.decode()
    assert "набранное не пропало" in page.content.decode()


@pytest.mark.clause("3.3-e2")
def test_the_readiness_light_names_what_is_missing_and_who_supplies_it(cast, as_user):
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee, complete=False)
    page = as_user(cast.curator).get(pairing.get_absolute_url()).content.decode()
    assert f"Нет письменного согласия на обязанности наставника: {cast.mentor.person.short_name}" in page
    assert "Получить его должен куратор или специалист по кадрам" in page
    assert f"purpose=duties&amp;part=mentor&amp;matter={pairing.uuid}" in page
    assert url("pairing_remind", pairing.pk, part(pairing, "mentee").pk, "duties") in page
    theirs = as_user(cast.mentor).get(pairing.get_absolute_url()).content.decode()
    assert f"обязанности наставника: {cast.mentor.person.short_name}" in theirs
    assert "обязанности наставляемого" not in theirs
    assert "Дать согласие" in theirs
    assert "part=mentee" not in theirs


def test_a_reminder_by_one_press_once_a_day(cast, as_user):
    pairing = make_pairing(cast, mentee=cast.mentee)
    client, address = as_user(cast.curator), url("pairing_remind", pairing.pk, part(pairing, "mentee").pk, "answer")
    assert client.get(address).status_code == 405
    assert "Напоминание написано" in client.post(address, follow=True).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "сегодня уже напоминали" in page
    assert "Сегодня напомнили в" in page
    assert OutboxMail.objects.filter(template="pairing_reminder").count() == 1
    assert client.post(address.replace("answer", "other")).status_code == 404
    assert as_user(cast.mentee).post(address).status_code == 403


@pytest.mark.point("10.3")
def test_a_reminder_comes_back_to_where_it_was_pressed(cast, as_user):
    """Home stays home, with its filters; a foreign page and none lead to the pair."""
    pairing = make_pairing(cast, mentee=cast.mentee)
    client, address = as_user(cast.curator), url("pairing_remind", pairing.pk, part(pairing, "mentee").pk, "answer")
    back = {
        "http://testserver/home/?show=held": "/home/?show=held",
        "http://elsewhere.example/home/": pairing.get_absolute_url(),
        "": pairing.get_absolute_url(),
    }
    assert {page: client.post(address, headers={"referer": page}).url for page in back} == back


@pytest.mark.point("10.4")
def test_the_number_that_a_proposal_lacks_is_a_form_of_that_number(cast, as_user):
    """The light of the pair leads to it, and it comes back; nothing else of the questionnaire is touched."""
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, capacity=1)
    mentor = part(pairing, "mentor").candidate
    extra = make_pairing(cast, complete=False)
    extra.participations.filter(part="mentor").update(person=cast.mentor.person)
    client = as_user(cast.curator)
    address = f"{reverse('people:candidate_capacity', args=[mentor.pk])}?next={pairing.get_absolute_url()}"
    shown = client.get(pairing.get_absolute_url()).content.decode()
    assert "Изменить число" in shown and reverse("people:candidate_capacity", args=[mentor.pk]) in shown
    form = client.get(address).context["form"]
    assert set(form.fields) == {"capacity_persons", "version"}
    sent = {"capacity_persons": 2, "version": mentor.version}
    assert client.post(address, sent | {"capacity_persons": 40}).context["form"].errors
    said = list(mentor.statements.values_list("text", flat=True))
    assert client.post(address, sent).url == pairing.get_absolute_url()
    mentor.refresh_from_db()
    assert (mentor.capacity_persons, list(mentor.statements.values_list("text", flat=True))) == (2, said)
    assert as_user(cast.mentee).post(address, sent).status_code in (403, 404)


def test_the_light_reminds_the_council_of_its_word(cast, as_user):
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee)
    client, address = as_user(cast.curator), url("pairing_remind_council", pairing.pk)
    assert address not in client.get(pairing.get_absolute_url()).content.decode()
    for one in pairing.participations.all():
        pairing_acts.answer(one, "yes", by=cast.curator)
    page = client.get(pairing.get_absolute_url()).content.decode()
    assert page.count(address) == 1
    assert address not in as_user(cast.chair).get(pairing.get_absolute_url()).content.decode()
    assert address not in as_user(cast.mentee).get(pairing.get_absolute_url()).content.decode()
    assert "Напоминание написано председателю" in client.post(address, follow=True).content.decode()
    assert "сегодня уже напоминали" in client.post(address, follow=True).content.decode()


def test_a_ready_pair_leads_to_the_order(cast, as_user):
    pairing = make_pairing(cast, "recommended")
    order = f"kind=assignment&amp;pairing={pairing.pk}"
    assert order in as_user(cast.curator).get(pairing.get_absolute_url()).content.decode()
    pairing.participations.first()
    make_consent(make_person(), by=cast.curator)
    other = make_pairing(cast, "recommended", complete=False)
    page = as_user(cast.curator).get(other.get_absolute_url()).content.decode()
    assert f"pairing={other.pk}" not in page
    assert "Подготовить приказ" in page


def test_an_assigned_pair_leads_to_its_program(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor)
    page = as_user(cast.mentor).get(pairing.get_absolute_url()).content.decode()
    assert reverse("programs:program_new", args=[pairing.pk]) in page
    assert "Что нужно для приказа" not in page


@pytest.mark.point("21")
def test_the_part_of_a_woman_is_told_in_her_gender(cast, as_user):
    woman = make_person("Лиджиева", "Кермен", "Бадмаевна", "f")
    pairing = make_pairing(cast, "assigned", mentee=woman)
    people = as_user(cast.curator).get(pairing.get_absolute_url()).context["people"]
    told = {person.name: person.part for person in people}
    assert told.pop(woman.full_name) == "наставляемая" and list(told.values()) == ["наставник"]
