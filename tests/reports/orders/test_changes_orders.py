"""Orders 7 and 8, suspension, resumption, end of a pair: built from data, read back from the PDF,
enacted once (п. 4.1, 5.1, 7.1, 7.2).
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site.russian import rudate, rushort
from mentoring_site.workflow import Already, Refused
from people.banks.models import Candidate
from people.consents.models import Consent
from programs.changes import acts as change_acts
from programs.changes.petitions import acts as petition_acts
from programs.changes.replacement import acts as replacement_acts
from programs.pairings.models import Participation
from programs.program.models import Program
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting.available import waiting_for
from reports.orders.effects import summary
from reports.orders.inbox import items as waiting
from reports.orders.models import Order
from reports.orders.printing import pdf as printing_pdf
from tests.factories import make_pairing, make_person, make_program
from tests.programs.changes.kit import (
    a_successor,
    make_amendment,
    make_dissolution,
    make_pause,
    make_replacement,
    make_resumption,
)
from tests.reports.orders.kit import enter, make_order, read

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1")]


@pytest.fixture
def people():
    mentor = make_person("Басангов", "Очир", "Санджиевич", "m", post="преподаватель по классу домбры")
    mentee = make_person("Санджи-Горяева", "Кермен", "Бадмаевна", "f", post="концертмейстер")
    return {"mentor": mentor, "mentee": mentee}


def paper(order) -> str:
    return read(printing_pdf.pdf_of(order)).replace("- ", "-")  # a hyphen may end a line


def twice(order, cast):
    """A second press of registration changes nothing."""
    order = enter(order, cast)
    with pytest.raises(Already):
        enter(order, cast)
    return order


@pytest.mark.point("3.4")
@pytest.mark.clause("7.2-a1", "7.2-a2", "7.2-b")
def test_an_order_prolongs_and_rewords_a_program(cast, people):
    program = make_program(cast, "running", **people)
    amendment = make_amendment(cast, "ready", program)
    order = make_order(cast, "amendment", "at_signature", [amendment])
    text, today = paper(order), rushort(timezone.localdate())
    assert "О продлении срока реализации и корректировке персонализированной программы наставничества" in text
    assert "с пунктом 7.2 Положения" in text
    assert (
        f"обоюдного согласия наставника Басангова О. С. от {today} и наставляемой Санджи-Горяевой К. Б. от {today}"
        in text
    )
    assert (
        f"(наставник Басангов О. С., наставляемая Санджи-Горяева К. Б.), утверждённой приказом от {today} № 42-од,"
        " истекающий" in text
    )
    assert rudate(amendment.new_end).replace("\xa0", " ") in text
    assert "УТВЕРЖДЁН" in text and "в новой редакции" in text and "Открытый урок для отделения" in text
    assert "наставник и наставляемая" in text and "наставляемый" not in text
    assert "Согласовано:" in text and "Лист ознакомления" in text
    order = twice(order, cast)
    program.refresh_from_db()
    assert program.ends_on == amendment.new_end
    assert set(order.acquaintances.values_list("person", flat=True)) == {
        people["mentor"].pk,
        people["mentee"].pk,
        cast.curator.person_id,
    }
    assert summary(Order.objects.with_requirements().get(pk=order.pk), done=True) == ["Изменена 1\xa0программа"]


def test_several_prolongations_stand_in_one_order(cast):
    items = [make_amendment(cast, "ready", reword=False) for _ in range(2)]
    text = paper(make_order(cast, "amendment", items=items))
    assert "О продлении срока реализации персонализированных программ наставничества" in text
    assert "обоюдного согласия наставника" in text and text.count("истекающий") == 2 and "УТВЕРЖДЁН" not in text


@pytest.mark.point("3.4")
def test_an_order_replaces_a_mentor_for_good_and_appoints_the_new_one(cast, people):
    program = make_program(cast, "running", **people)
    change = make_replacement(cast, "ready", program, appointed=False)
    order = make_order(cast, "replacement", "at_signature", [change])
    text, today = paper(order), rushort(timezone.localdate())
    assert "О назначении и замене наставника" in text
    assert "Назначить наставником Убушиева Мингияна Очировича, преподавателя по классу фортепиано." in text
    assert f"заявления Басангова О. С. о сложении обязанностей наставника от {today}" in text
    assert (
        "закрепление наставника Басангова Очира Санджиевича, преподавателя по классу домбры, за наставляемой"
        " Санджи-Горяевой К. Б." in text
    )
    assert f"установленное приказом от {today} № 41-од." in text
    assert "за наставляемой Санджи-Горяевой К. Б. наставника Убушиева Мингияна Очировича" in text
    assert (
        f"Внести изменение в приказ от {today} № 41-од: вместо наставника Басангова О. С. считать наставником Убушиева"
        " М. О." in text
    )
    assert "передать наставнику Убушиеву М. О. материалы" in text  # the absence has begun: the curator hands over
    twice(order, cast)
    assert Candidate.objects.get(pk=change.candidate_id).state == "appointed"
    assert Participation.objects.live().get(pairing=program.pairing, part="mentor").person == change.candidate.person


@pytest.mark.point("3.4")
def test_an_order_of_temporary_replacement_says_when_the_mentor_comes_back(cast, people):
    change = make_replacement(cast, "ready", make_program(cast, "running", **people), days=30)
    text = paper(make_order(cast, "replacement", items=[change]))
    assert "О временной замене наставника" in text
    assert "в связи с отпуском наставника" in text
    assert "на время отсутствия наставника Басангова О. С. наставника Убушиева" in text
    assert "прежнее закрепление действует без отдельного приказа" in text


@pytest.mark.clause("5.1-e")
def test_a_petition_is_named_in_the_order_without_its_reason(cast, people):
    pairing = make_pairing(cast, "assigned", **people)
    petition = petition_acts.file(
        pairing.participations.get(part="mentee"), by=cast.curator, reason="канарейка", filed_on=timezone.localdate()
    )
    change = replacement_acts.propose(
        pairing,
        by=cast.curator,
        candidate=a_successor(cast, pairing),
        ground="petition",
        petition=petition,
        paper_on=petition.filed_on,
        since=timezone.localdate(),
        handover="передано",
    )
    text = paper(make_order(cast, "replacement", items=[change_acts.submit_for_order(change, by=cast.curator)]))
    assert "ходатайства наставляемой Санджи-Горяевой К. Б. от" in text and "пунктом 5.1 Положения" in text
    assert "канарейка" not in text


@pytest.mark.clause("3.2-b")
def test_no_replacement_without_the_consent_of_the_new_mentor(cast):
    change = make_replacement(cast, "ready")
    order = make_order(cast, "replacement", "at_signature", [change])
    Consent.objects.filter(person=change.candidate.person, purpose="duties").delete()
    with pytest.raises(Refused, match="обязанности наставника этой пары"):
        enter(order, cast)
    assert change.pairing.participations.live().get(part="mentor") == change.former
    row = waiting_for("replacement")[0]
    assert row.order == order


def test_dropping_a_replacement_drops_the_appointment_that_came_with_it(cast):
    one = make_replacement(cast, "ready", appointed=False)
    two = make_replacement(cast, "ready", successor=cast.stranger)
    order = make_order(cast, "replacement", items=[one, two])
    assert order.items.count() == 3
    drafting_acts.drop_item(order.items.get(replacement=one), by=cast.curator)
    assert order.items.get().replacement == two


@pytest.mark.point("3.4")
def test_orders_suspend_and_resume_a_program(cast, people):
    program = make_program(cast, "running", **people)
    pause = make_pause(cast, "ready", program, days=None)
    order = make_order(cast, "pause", "at_signature", [pause])
    text = paper(order)
    assert "О приостановлении реализации персонализированной программы наставничества" in text
    assert "до издания приказа о возобновлении в связи с отпуском наставника." in text
    order = twice(order, cast)
    pause.refresh_from_db()
    assert (pause.state, pause.order_number) == ("registered", order.number)
    resumption = make_resumption(cast, "ready", pause, after=10)
    order = make_order(cast, "resumption", "at_signature", [resumption])
    text = paper(order)
    assert "О возобновлении реализации персонализированной программы наставничества" in text
    assert f"приостановленной приказом от {rushort(pause.order_date)} № {pause.order_number}" in text
    assert "Наставнику Басангову О. С. и наставляемой Санджи-Горяевой К. Б. в срок до" in text and "на 10 дней" in text
    twice(order, cast)
    pause.refresh_from_db()
    assert pause.resumed_on == timezone.localdate() + timedelta(days=10)


@pytest.mark.point("3.4")
def test_an_order_ends_pairs_and_groups_without_a_program(cast, people):
    pair = make_dissolution(cast, "ready", make_pairing(cast, "assigned", **people))
    group = make_dissolution(cast, "ready", make_pairing(cast, "assigned", mentees=2))
    text = paper(make_order(cast, "dissolution", items=[pair]))
    assert "О прекращении закрепления наставнической пары" in text
    assert "(наставник Басангов О. С., наставляемая Санджи-Горяева К. Б.), установленное приказом от" in text
    assert "в связи с увольнением наставника." in text
    Order.objects.all().delete()
    order = make_order(cast, "dissolution", "at_signature", [pair, group])
    assert "О прекращении закрепления наставнической пары и наставнической группы" in paper(order)
    twice(order, cast)
    for change in (pair, group):
        change.pairing.refresh_from_db()
        assert change.pairing.state == "dissolved"


@pytest.mark.parametrize("make", [make_amendment, make_replacement, make_pause, make_dissolution])
def test_only_what_was_handed_over_goes_into_an_order(cast, make):
    change = make(cast)
    kind = change._meta.model_name
    with pytest.raises(Refused, match="готовится"):
        drafting_acts.draft(kind, [change], by=cast.curator)
    assert waiting_for(kind) == []
    change = change_acts.submit_for_order(change, by=cast.curator)
    assert [w for w in waiting(cast.curator) if w.url.endswith(f"kind={kind}")]
    order = drafting_acts.draft(kind, [change], by=cast.curator)
    for act in (change_acts.reopen, change_acts.withdraw):
        with pytest.raises(Refused, match="стоит в проекте приказа"):
            act(change, by=cast.curator)
    drafting_acts.discard(order, by=cast.curator, reason="ошибка")
    assert change_acts.reopen(change, by=cast.curator).state == "proposed"


def test_a_participant_of_another_program_does_not_open_the_plan(cast):
    from reports.orders.access import reads_paper

    mine = make_amendment(cast, "ready", make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee))
    other = make_amendment(cast, "ready")
    order = make_order(cast, "amendment", items=[mine])
    assert reads_paper(order, cast.mentee)
    drafting_acts.discard(order, by=cast.curator, reason="ошибка")
    order = make_order(cast, "amendment", items=[mine, other])
    assert not reads_paper(order, cast.mentee) and reads_paper(order, cast.clerk)


def test_a_program_completed_meanwhile_is_named_as_what_is_missing(cast):
    amendment = make_amendment(cast, "ready")
    order = make_order(cast, "amendment")

    Program.objects.filter(pk=amendment.program_id).update(state="completed", ended_on=timezone.localdate())
    row = next(r for r in waiting_for("amendment") if r.subject.pk == amendment.pk)
    assert "менять по приказу нечего" in str(row.missing[0])
    assert order.state == "draft"
