"""The union's opinion: asked for a draft, five working days, the answer with its paper, silence (ТК 372)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.inbox import items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from reports.opinions import acts, presenters
from reports.opinions.models import UnionOpinion
from reports.orders.models import Order
from roadmap.bodies import acts as body_acts
from roadmap.bodies.models import Body
from tests.factories import make_person
from tests.paper import pdf
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.9")]


def today():
    return timezone.localdate()


def asked(cast, **values) -> UnionOpinion:
    return acts.ask(by=cast.clerk, **({"sent_on": today(), "title": "Правила внутреннего распорядка"} | values))


def test_the_union_answers_in_five_working_days_and_its_silence_is_said(cast, as_user):
    with time_machine.travel("2026-11-02 10:00+03:00"):
        opinion = asked(cast)
        assert opinion.due_on == date(2026, 11, 10)  # the fourth is a holiday, two days are a week-end
        assert not opinion.is_silent()
    with time_machine.travel("2026-11-10 10:00+03:00"):
        assert not opinion.is_silent()  # its last day
    with time_machine.travel("2026-11-11 10:00+03:00"):
        assert opinion.is_silent() and presenters.badge(opinion).word == "в срок не поступило"
        page = as_user(cast.clerk).get(opinion.get_absolute_url())
        assert page.context["notes"] == [presenters.SILENT]
        assert f"opinion:{opinion.pk}" in {item.key for item in items_for(cast.clerk)}
        late = acts.answer(opinion, by=cast.clerk, answer="agrees", answered_on=date(2026, 11, 11))
        facts = {fact.label: fact.value for fact in presenters.facts(late, cast.clerk)}
        assert "после срока" in facts["Дата мнения"]


def test_a_draft_is_sent_once_and_the_answer_has_its_paper(cast, as_user):
    head = make_person(email="union@school.example")
    body_acts.take_in(Body.objects.get(kind="union"), head, by=cast.curator, part="chair", since=today())
    order = make_order(cast, "event")
    client = as_user(cast.clerk)
    data = {"order": order.pk, "sent_on": today(), "request_key": "1" * 32}
    for _ in range(2):  # pressed twice
        assert client.post(reverse("reports:opinion_new"), data).status_code == 302
    opinion = UnionOpinion.objects.get()
    assert opinion.title == order.heading
    assert OutboxMail.objects.filter(template="union_asked", person_id=head.pk).count() == 1
    with pytest.raises(Already):
        asked(cast, order=order)
    url = reverse("reports:opinion_answer", args=[opinion.pk])
    silent = client.post(url, {"answer": "disagrees", "answered_on": today(), "words": ""})
    assert "Напишите, что предлагает" in silent.content.decode()
    sent = {"answer": "disagrees", "answered_on": today(), "words": "срок мал"}
    assert client.post(url, sent | {"paper": SimpleUploadedFile("мнение.pdf", pdf())}).status_code == 302
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.recorded_by) == ("disagrees", cast.clerk)
    scan = client.get(reverse("reports:opinion_paper", args=[opinion.pk]))
    assert scan.getvalue()[:4] == b"%PDF"
    scan.close()
    assert presenters.notes(opinion) == [presenters.CONSULT]
    assert "не согласен" in as_user(cast.director).get(order.get_absolute_url()).content.decode()
    with pytest.raises(Already):
        acts.answer(opinion, by=cast.clerk, answer="agrees", answered_on=today())


def test_what_is_refused_is_said(cast):
    for role in ("chair", "council", "mentor", "sysadmin"):
        with pytest.raises(NotAllowed, match="Спросить мнение"):
            acts.ask(by=getattr(cast, role), sent_on=today(), title="Правила")
    with pytest.raises(Refused, match="ещё не наступил"):
        asked(cast, sent_on=today() + timedelta(days=1))
    with pytest.raises(Refused, match="о каком проекте"):
        asked(cast, title=" ")
    order = Order(kind="regulation", heading="Об утверждении", preamble="В целях", code="К")
    order.save()
    opinion = asked(cast, order=order)
    for answered_on, sentence in ((1, "будущим"), (-1, "раньше")):
        with pytest.raises(Refused, match=sentence):
            day = today() + timedelta(days=answered_on)
            acts.answer(opinion, by=cast.clerk, answer="agrees", answered_on=day)
    UnionOpinion.objects.all().delete()
    Body.objects.filter(kind="union").delete()
    with pytest.raises(Refused, match="Советы и объединения"):
        asked(cast)


def test_the_question_and_the_answer_go_back(cast):
    opinion = asked(cast)
    acts.answer(opinion, by=cast.clerk, answer="agrees", answered_on=today())
    with pytest.raises(Refused, match="уже"):
        undo.undo(Act.objects.about(opinion).get(verb="ask"), by=cast.clerk)
    undo.undo(Act.objects.about(opinion).get(verb="answer"), by=cast.clerk)
    opinion.refresh_from_db()
    assert opinion.answer == ""
    undo.undo(Act.objects.about(opinion).get(verb="ask"), by=cast.clerk)
    assert not UnionOpinion.objects.exists()


def test_an_answer_stays_while_the_same_draft_is_asked_about_again(cast):
    order = make_order(cast, "event")
    first = asked(cast, order=order)
    acts.answer(first, by=cast.clerk, answer="agrees", answered_on=today())
    again = asked(cast, order=order)
    answered = Act.objects.about(first).get(verb="answer")
    with pytest.raises(Refused, match="спрошено ещё раз"):
        undo.undo(answered, by=cast.clerk)
    undo.undo(Act.objects.about(again).get(verb="ask"), by=cast.clerk)
    undo.undo(answered, by=cast.clerk)
    assert UnionOpinion.objects.get().answer == ""


def test_a_draft_of_an_order_stands_in_the_agenda_of_a_council(cast, as_user):
    order = Order.objects.create(kind="regulation", heading="Об утверждении Положения", preamble="В целях", code="К")
    form = as_user(cast.curator).get(reverse("roadmap:meeting_plan")).context["form"]
    assert f"order-{order.pk}" in dict(form.fields["agenda"].choices)
