"""Papers of requests and leaks: the answer to a person, what is told to Роскомнадзор (152-ФЗ, ст. 14, 20, 21)."""

from django.utils import timezone

from mentoring_site.russian import lower_first, rudate
from people.consents import texts
from people.consents.destruction import erasure
from people.consents.destruction.models import Destruction
from people.consents.duties.documents import letter_facts
from people.consents.models import DUTIES, PROCESSING, Consent
from people.consents.operator.models import OperatorNotice
from people.consents.requests.models import DataRequest, Incident
from people.consents.terms import TERMS
from people.register.models import Person
from people.roles.holders import signer
from people.roles.letterhead import signer_of

GROUNDS: dict[str, str] = {
    DataRequest.Kind.QUESTION: "части 7 статьи 14 и части 1 статьи 20",
    DataRequest.Kind.CORRECTION: "части 3 статьи 20 и части 2 статьи 21",
    DataRequest.Kind.DEMAND: "части 14 статьи 10.1",
    DataRequest.Kind.UNLAWFUL: "части 3 статьи 21",
    DataRequest.Kind.REACHED: "части 4 статьи 21",
}
PURPOSE = "организация и проведение наставничества педагогических работников"
RIGHTS = (
    "письменное обращение к оператору: узнать о своих данных, уточнить их, потребовать блокирования или уничтожения,"
    " отозвать согласие (статьи 9, 14, 20, 21); действия оператора можно обжаловать в Роскомнадзор или в суд"
    " (статья 17)"
)
WAYS = "смешанная обработка: в информационной системе «Наставничество» и на бумаге, с передачей по сети школы"


def answer_facts(request: DataRequest) -> dict:
    """Return the facts of ``documents/data_answer.html``; a question is answered with what ст. 14, ч. 7 lists."""
    person = request.person
    assert person is not None, "a leak is answered to nobody"
    return letter_facts(person) | {
        "kind": request.kind,
        "about": request.get_kind_display(),
        "found": request.channel == DataRequest.Channel.FOUND,
        "received": request.received_on.isoformat(),
        "number": request.number,
        "refused": request.outcome == DataRequest.Outcome.REFUSED,
        "answer": request.answer,
        "law": GROUNDS[request.kind],
        "processing": _processing(person) if request.kind == DataRequest.Kind.QUESTION else [],
        "destroyed": [
            f"акт об уничтожении № {act.number} от {rudate(timezone.localdate(act.approved_at))}"
            for act in Destruction.objects.filter(request=request.pk, approved_at__isnull=False)
        ],
        "answer_number": request.answer_number,
        "date": request.answered_on.isoformat() if request.answered_on else None,
    }


def _processing(person: Person) -> list[list[str]]:
    """Rows «что — сведения» about the processing, in the order of ст. 14, ч. 7."""
    held = [
        ", ".join(words) if code in erasure.FIELDS else f"{erasure.label(code)} ({', '.join(words)})"
        for code, words in erasure.found(person).items()
    ]
    consents = Consent.objects.live().filter(person=person).defer("text")
    given = [f"{_consent_words(c)} от {rudate(c.given_on)}" for c in consents] or ["действующих согласий нет"]
    stays = [lower_first(ground) for ground in erasure.stays_by_law(person)]
    operator = texts.operator_facts()
    return [
        ["Факт обработки", "подтверждается"],
        ["Правовые основания", "; ".join([*given, *stays])],
        ["Цель и способы", f"{PURPOSE}; {WAYS}"],
        ["Кто имеет доступ", "работники школы, которым он предоставлен по должности; другим лицам данные не переданы"],
        ["Какие данные", "; ".join(["фамилия, имя, отчество, должность", *held])],
        ["Источник", "сам человек и документы кадрового учёта школы"],
        ["Сроки", "до достижения цели или отзыва согласия; подписанные документы — в сроки архивного хранения"],
        ["Как осуществить свои права", RIGHTS],
        ["Трансграничная передача", "не осуществляется"],
        ["Кто обрабатывает по поручению", "обработка другому лицу не поручена"],
        ["Оператор", f"{operator['full_name']}, {operator['address']}"],
        ["Как исполняются обязанности по статье 18.1", OperatorNotice.get().measures],
    ]


def _consent_words(consent: Consent) -> str:
    """«согласие на обработку персональных данных», «согласие на выполнение обязанностей наставника»."""
    if consent.purpose == DUTIES:
        return f"согласие на выполнение обязанностей {consent.get_part_display()}"
    what = "обработку" if consent.purpose == PROCESSING else "распространение"
    return f"согласие на {what} персональных данных"


def incident_facts(request: DataRequest, known: Incident) -> dict:
    """Return the facts of ``documents/incident.html``: both notices, the second when the findings are known."""
    first = [
        ["Дата и время выявления", f"{timezone.localtime(known.noticed_at):%d.%m.%Y %H:%M}"],
        ["Что произошло", request.words],
        ["Какие персональные данные", known.categories],
        ["Чьи данные, сколько человек", known.people],
        ["Предполагаемые причины", known.cause],
        ["Предполагаемый вред", known.harm],
        ["Принятые меры", known.measures],
        ["Кто взаимодействует с Роскомнадзором", known.contact],
    ]
    second = [
        ["Результаты внутреннего расследования", known.findings],
        ["Лица, действия которых стали причиной", known.culprits or "не установлены"],
    ]
    until = [TERMS[term].due(known.noticed_at)[1] for term in ("leak_first", "leak_result")]
    first_until, second_until = (f"{timezone.localtime(moment):%d.%m.%Y %H:%M}" for moment in until)
    return {
        "school": texts.operator_facts(),
        "signer": signer_of(*head) if (head := signer())[0] else None,
        "date": timezone.localdate().isoformat(),
        "first": first,
        "second": second if known.findings else [],
        "first_until": first_until,
        "second_until": second_until,
    }
