"""Putting off what waits, what others hold, what was done today (issue 10, point 3)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.workflow import NotAllowed, Refused
from people.banks.models import Candidate
from programs.journal import acts as journal_acts
from programs.journal.models import MeetingAttendance
from reports.home import acts
from reports.home.desk import headline, sections, work_of
from reports.home.models import Postponed
from tests.factories import make_candidate, make_pairing, make_person, make_program
from tests.programs.journal.kit import make_running, meet, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.3")]


def item(key="task:1", *, days: int | None = None, binding=False, group=Group.ROADMAP) -> InboxItem:
    until = None if days is None else timezone.localdate() + timedelta(days=days)
    return InboxItem(f"Дело {key}", "", "/home/", "Открыть", until=until, group=group, key=key, binding=binding)


def day(n: int):
    return timezone.localdate() + timedelta(days=n)


def test_many_of_a_kind_are_folded_with_their_count(cast, as_user):
    for _ in range(6):
        make_pairing(cast, "recommended", complete=False)
    page = as_user(cast.curator).get("/home/")
    (group,) = [g for s in page.context["sections"] for g in s.groups if g.title == "Согласия"]
    assert group.folded and group.count == 6
    assert "<details" in page.content.decode() and "Согласия: 6" in page.content.decode()


def test_what_is_urgent_stands_open_and_a_late_plan_is_one_line(cast):
    late = [item(f"task:{n}", days=-n) for n in range(1, 10)]
    found = sections([*late, item("order:1", days=-1, group=Group.ORDERS), item("x:1", days=3, group=Group.PAIRS)])
    orders, plan = found[0].groups
    assert [s.title for s in found] == ["Просрочено", "На этой неделе"]
    assert (orders.folded, plan.folded, plan.count, plan.late) == (False, True, 9, "просрочено: 9")
    assert [t.primary for s in found for t in s.tasks].count(True) == 1 and orders.tasks[0].primary
    assert not found[1].groups[0].folded


def test_a_thing_is_put_off_till_a_day_and_taken_back(cast, as_user):
    make_pairing(cast, "recommended", complete=False)
    client = as_user(cast.curator)
    page = client.get("/home/")
    before = page.context["heading"]
    (task,) = [t for s in page.context["sections"] for t in s.tasks if t.key.endswith(":consents")]
    assert "Отложить дело" in client.get(task.later_url).content.decode()
    answer = client.post(task.later_url, {"until": day(3).isoformat(), "reason": "жду паспорт"}, follow=True)
    left = [t.key for s in answer.context["sections"] for t in s.tasks]
    assert task.key not in left and answer.context["heading"] == headline(len(left)) != before
    assert "Отложено: 1" in answer.content.decode() and "жду паспорт" in answer.content.decode()
    (card,) = answer.context["desk"].postponed
    assert client.post(card.back_url, follow=True).context["heading"] == before
    assert not Postponed.objects.exists()


def test_on_its_day_a_thing_waits_again(cast):
    make_pairing(cast, "recommended", complete=False)
    waits = next(i for i in work_of(cast.curator).now if i.group == Group.CONSENTS)
    acts.postpone(waits, by=cast.curator, until=day(1), reason="завтра")
    assert waits not in work_of(cast.curator).now and len(work_of(cast.curator).later) == 1
    Postponed.objects.update(until=day(0))
    assert waits in work_of(cast.curator).now and work_of(cast.curator).later == []


def test_a_term_of_law_is_not_passed(cast):
    law = item(days=5, binding=True)
    with pytest.raises(Refused, match="установлен законом"):
        acts.postpone(law, by=cast.curator, until=day(6), reason="потом")
    acts.postpone(law, by=cast.curator, until=day(5), reason="в последний день")
    acts.postpone(item(days=5), by=cast.curator, until=day(20), reason="план школы подождёт")
    for wrong in (day(0), day(200)):
        with pytest.raises(Refused):
            acts.postpone(item(), by=cast.curator, until=wrong, reason="нет")
    assert not acts.can_postpone(item(days=0, binding=True)) and acts.can_postpone(item(days=-3))


def test_only_ones_own_is_put_off_and_taken_back(cast, as_user):
    pairing = make_pairing(cast, "recommended", complete=False)
    address = f"{reverse('reports:home_later')}?task=pairing:{pairing.pk}:consents"
    values = {"until": day(2).isoformat(), "reason": "нет"}
    as_user(cast.clerk).post(address, values)
    assert not Postponed.objects.exists()  # it does not wait for the clerk
    waits = next(i for i in work_of(cast.curator).now if i.group == Group.CONSENTS)
    row = acts.postpone(waits, by=cast.curator, until=day(2), reason="жду")
    assert as_user(cast.clerk).post(reverse("reports:home_back", args=[row.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        acts.take_back(row, by=cast.clerk)


def test_a_reason_and_a_day_are_asked_for(cast, as_user):
    pairing = make_pairing(cast, "recommended", complete=False)
    address = f"{reverse('reports:home_later')}?task=pairing:{pairing.pk}:consents"
    page = as_user(cast.curator).post(address, {"until": "", "reason": ""})
    assert set(page.context["form"].errors) == {"until", "reason"}


@pytest.mark.parametrize(
    ("held", "later", "words"),
    [(2, 1, "Сейчас ход за другими"), (0, 1, "На сегодня всё отложено"), (0, 0, "Сейчас Вас ничего не ждёт")],
)
def test_nothing_waits_only_when_nothing_is_on_its_way(held, later, words):
    assert headline(0, held=held, later=later) == words


def test_a_mentor_sees_what_the_mentee_has_still_to_confirm(cast, as_user):
    program, _ = make_running(cast)
    meet(program, cast.mentor)
    page = as_user(cast.mentor).get("/home/")
    (held,) = page.context["desk"].held
    assert held.who == cast.mentee.person.short_name and held.title.startswith("Подтверждение встречи")
    assert page.context["heading"] != headline(0)
    journal_acts.confirm_meeting(MeetingAttendance.objects.get(confirmed_at=None), by=cast.mentee)
    assert not as_user(cast.mentor).get("/home/").context["desk"].held


def test_a_mentee_waits_for_the_check_of_what_is_done(cast):
    program, activity = make_running(cast)
    row = journal_acts.do(activity, side(program), by=cast.mentee, result="сделано")
    assert "Проверка: Взаимопосещение уроков" in [i.title for i in work_of(cast.mentee).held]
    journal_acts.check(row, by=cast.mentor)
    assert "Проверка: Взаимопосещение уроков" not in [i.title for i in work_of(cast.mentee).held]


def test_the_curator_sees_who_holds_what_and_reminds_from_there(cast, as_user):
    make_pairing(cast, "proposed")
    make_program(cast, "draft")
    filling = make_candidate(make_person(), "mentor", by=cast.curator, state="applied")
    Candidate.objects.filter(pk=filling.pk).update(filled_at=None, filled_by=None)
    found = {i.key: i for i in work_of(cast.curator).held}
    fill = found[f"candidate:{filling.pk}:fill"]
    assert fill.who == filling.person.short_name and fill.remind_url
    assert any(i.title.startswith("Предложение:") for i in found.values())
    assert any(i.title.startswith("Проект «") for i in found.values())
    assert "Напомнить" in as_user(cast.curator).get("/home/").content.decode()
    assert found.keys().isdisjoint(i.key for i in work_of(cast.curator).now)


def test_answers_in_confidence_are_told_to_no_participant(cast):
    pairing = make_pairing(cast, "proposed", mentor=cast.mentor, mentee=cast.mentee)
    pairing.participations.filter(part="mentor").update(wish="yes", wish_at=timezone.now(), wish_by=cast.mentor)
    (held,) = [i for i in work_of(cast.mentor).held if i.url == pairing.get_absolute_url()]
    assert cast.mentee.person.short_name not in held.who


def test_what_was_done_today_is_counted(cast, as_user):
    program, _ = make_running(cast)
    meet(program, cast.mentor)
    desk = as_user(cast.mentor).get("/home/").context["desk"]
    assert desk.done and "Сделано сегодня" in as_user(cast.mentor).get("/home/").content.decode()
    assert as_user(cast.stranger).get("/home/").context["desk"].done == []
