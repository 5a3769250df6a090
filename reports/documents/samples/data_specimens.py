"""Samples of papers about personal data: made in memory, nothing is written down."""

from datetime import timedelta

from django.utils import timezone

from people.consents.duties.documents import extension_facts
from people.consents.duties.models import Duty
from people.consents.operator.documents import notice_facts
from people.consents.operator.models import OperatorNotice
from people.consents.requests.documents import answer_facts, incident_facts
from people.consents.requests.models import DataRequest, Incident
from people.consents.terms import TERMS
from people.school.models import School
from reports.documents.samples.specimens import teacher


def _request(**facts):
    person, today = teacher(), timezone.localdate()
    if person is None or School.get() is None:
        return None
    return DataRequest(**{"kind": "question", "person": person, "number": "17", "received_on": today} | facts)


def answer():
    """The answer to a question about one's data, with all that the law lists."""
    asked = _request(
        channel="paper",
        outcome="done",
        answer="Ваши данные обрабатывает школа, другим лицам они не передавались.",
        answer_number="21",
        answered_on=timezone.localdate(),
    )
    return answer_facts(asked) if asked else None


def extension():
    """The notice of a longer term of the same."""
    asked = _request()
    if asked is None:
        return None
    first = TERMS["answer"].due(asked.received_on)[0]
    duty = Duty(kind="answer", term="answer", request=asked, first_due_on=first, due_on=TERMS["answer"].longer(first))
    duty.extension = "сведения за прошлые годы собирают в архиве школы"
    return extension_facts(duty)


def incident():
    """What is told of a leak with the findings of the inquiry."""
    leak = _request(
        kind="leak", person=None, words="Список сотрудников отправлен по ошибочному адресу электронной почты."
    )
    if leak is None:
        return None
    noticed = timezone.now() - timedelta(hours=2)
    known = Incident(
        request=leak,
        noticed_at=noticed,
        categories="фамилии, имена, отчества, номера телефонов",
        people="работники школы, 24 человека",
        cause="ошибка при выборе получателя",
        harm="нежелательные звонки",
        measures="получателя попросили удалить письмо, получено подтверждение",
        contact="специалист по кадрам, телефон школы",
        findings="Письмо удалено получателем, дальнейшего распространения не выявлено.",
        culprits="работник школы, неосторожность",
    )
    return incident_facts(leak, known)


def operator():
    """What the school tells of itself as an operator."""
    return notice_facts(OperatorNotice.get()) if School.get() else None
