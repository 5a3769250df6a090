"""Other requirements that the same evidence answers: the Labour Code on mentoring and the law on personal data.

Each requirement names the clauses whose proofs answer it, and what more must be there. ``fit`` says how the two stand:
the clause asks the same, less («уже») or more («шире») than the law.
"""

from dataclasses import dataclass

from django.db.models import Q

from people.consents.destruction.models import Destruction
from people.consents.requests.models import DataRequest
from people.rights import Right
from programs.mentor_agreements.models import MentorAgreement, Notice
from reports.compliance.declared import CURATOR, DIRECTOR, OURS, STAFF
from reports.compliance.proofs import Proof, Year, acquainted, every, legal, principle, rows
from reports.indicators.queries import parts_on

SAME, NARROWER, WIDER = "то же", "пункт уже закона", "пункт шире закона"
AGREEMENTS = Right.AGREEMENTS_SEE_ALL


@dataclass(frozen=True)
class Requirement:
    """One demand of a law."""

    code: str
    article: str
    words: str
    who: str
    clauses: tuple[str, ...] = ()
    fit: str = SAME
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True)
class Framework:
    """A law and what it asks for."""

    code: str
    title: str
    requirements: tuple[Requirement, ...]


def _mentors(year: Year):
    """Participations of mentors on the day."""
    return parts_on(year.last, year.last).filter(part="mentor")


def _with_agreement(year: Year):
    signed = MentorAgreement.objects.filter(signed_on__lte=year.last, dropped_at__isnull=True)
    return _mentors(year).filter(person__in=signed.order_by().values("person"))


LABOUR = Framework(
    "tk",
    "Трудовой кодекс, статья 351.8",
    (
        Requirement(
            "tk-consent", "ч. 1", "Наставничество — по письменному согласию работника", DIRECTOR, ("3.2-b", "3.3-e2")
        ),
        Requirement(
            "tk-agreement",
            "ч. 2",
            "Содержание, сроки и форма работы — в договоре или дополнительном соглашении",
            STAFF,
            ("3.3-e1",),
            NARROWER,
            (
                every(
                    "подписанные соглашения у наставников",
                    _with_agreement,
                    _mentors,
                    "programs:agreements",
                    "",
                    AGREEMENTS,
                ),
            ),
        ),
        Requirement(
            "tk-pay",
            "ч. 3",
            "Размер и условия оплаты — в соглашении и по акту школы",
            DIRECTOR,
            ("3.5-j",),
            NARROWER,
            (
                rows(
                    "соглашения, где сказано об оплате",
                    "соглашение,соглашения,соглашений",
                    lambda year: MentorAgreement.objects.filter(
                        signed_on__lte=year.last, dropped_at__isnull=True
                    ).exclude(pay_kind=""),
                    "programs:agreements",
                    right=AGREEMENTS,
                ),
            ),
        ),
        Requirement(
            "tk-refusal",
            "ч. 4",
            "Наставник вправе отказаться досрочно, предупредив за три рабочих дня",
            OURS,
            ("4.1-c", "7.1-b1"),
            WIDER,
            (principle("уведомление вступает в силу через три рабочих дня; причин оно не требует"),),
        ),
        Requirement(
            "tk-notices",
            "ч. 4",
            "Школа вправе отменить поручение, предупредив за три рабочих дня",
            STAFF,
            (),
            SAME,
            (
                every(
                    "уведомления с бумагой",
                    lambda year: Notice.objects.filter(received_on__range=year.days, paper_on__isnull=False),
                    lambda year: Notice.objects.filter(received_on__range=year.days),
                    "programs:notices",
                    "",
                    AGREEMENTS,
                ),
            ),
        ),
        Requirement(
            "tk-base",
            "вся статья",
            "Закон стоит в правовой базе школы и не вызывает сомнений",
            CURATOR,
            (),
            SAME,
            (legal("labour_code"),),
        ),
    ),
)
DATA = Framework(
    "pd",
    "152-ФЗ «О персональных данных»",
    (
        Requirement(
            "pd-processing",
            "ст. 6, 9",
            "Обработка — с согласия, каждое — отдельным документом",
            CURATOR,
            ("П.2-b2", "П.3-b2"),
        ),
        Requirement(
            "pd-dissemination",
            "ст. 10.1",
            "На сайте — только то, на что дано отдельное согласие",
            OURS,
            ("3.4-e2", "8.1-b2", "8.2-a"),
            NARROWER,
            (principle("без действующего согласия имя исчезает с сайта в ту же минуту"),),
        ),
        Requirement(
            "pd-answers",
            "ст. 14, 20",
            "На обращение человека отвечают в срок",
            CURATOR,
            (),
            SAME,
            (
                every(
                    "обращения с ответом",
                    lambda year: DataRequest.objects.filter(received_on__range=year.days, answered_on__isnull=False),
                    lambda year: DataRequest.objects.filter(received_on__range=year.days),
                    "people:consents",
                    "",
                    Right.CONSENTS_SEE_ALL,
                ),
            ),
        ),
        Requirement(
            "pd-destruction",
            "ст. 21",
            "Данные уничтожают по акту, когда они больше не нужны",
            DIRECTOR,
            (),
            SAME,
            (
                every(
                    "утверждённые акты об уничтожении",
                    lambda year: Destruction.objects.filter(
                        prepared_at__date__range=year.days, approved_at__isnull=False
                    ),
                    lambda year: Destruction.objects.filter(
                        prepared_at__date__range=year.days, declined_at__isnull=True
                    ),
                    "people:consents",
                    "",
                    Right.CONSENTS_SEE_ALL,
                ),
            ),
        ),
        Requirement(
            "pd-policy",
            "ст. 18.1",
            "Локальный акт об обработке данных прочитан теми, кого касается",
            CURATOR,
            ("5.2-a2",),
            WIDER,
            (acquainted("ознакомление с актом о персональных данных", Q(about__icontains="персональн")),),
        ),
        Requirement(
            "pd-base",
            "весь закон",
            "Закон стоит в правовой базе школы и не вызывает сомнений",
            CURATOR,
            (),
            SAME,
            (legal("personal_data_act"),),
        ),
    ),
)
FRAMEWORKS = (LABOUR, DATA)
