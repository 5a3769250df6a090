"""What the lines of the map ask of the school, each under a name: the vocabulary of ``proofs.py`` at work."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.banks.models import Candidate
from people.consents.models import Consent
from people.register.models import Employment
from people.rights import Right
from people.roles.models import RoleGrant
from programs.catalogs.models import Category
from programs.completion.models import Completion
from programs.difficulties.models import Difficulty
from programs.journal.models import Meeting, Message
from programs.learning.models import LearningNote, SkillRating
from programs.pairings.models import Pairing
from programs.program.models import Activity, ActivityResult, Condition, Program, Trial
from programs.relationship.models import RelationshipAnswer
from programs.requests.kinds.contest.models import GOES_ON, Contest
from programs.support.models import CouncilMark, SupportTask
from programs.tasks.models import MentorTask
from reports.compliance.proofs import (
    Proof,
    Year,
    acquainted,
    campaign,
    dated,
    document,
    event,
    every,
    page,
    registered,
    requests,
    rows,
)
from reports.documents.act_drafts.models import ActDraft
from reports.documents.local_acts.models import LocalAct
from reports.indicators.queries import at_work
from reports.site.models import News
from roadmap.council.models import Minutes
from roadmap.legal_base.models import LegalAct
from roadmap.library.models import Material
from roadmap.partners.models import Contact, Network, Partner, PartnerAgreement, Talk
from roadmap.plan.models import Roadmap
from roadmap.practices.models import Practice
from roadmap.regulation.models import Regulation
from roadmap.training.models import Training

SEES = Right.PROGRAMS_SEE_ALL


def programs(year: Year) -> QuerySet:
    """Programs carried out in the year."""
    return at_work(year.period)


def in_form(code: str, label: str) -> Proof:
    """A program of the form was carried out in the year."""
    return rows(
        f"программы формы «{label}»",
        "программа,программы,программ",
        lambda year: programs(year).filter(forms__code=code),
        "programs:programs",
        right=SEES,
    )


def in_kind(code: str, label: str) -> Proof:
    """A program of the kind was carried out in the year."""
    return rows(
        f"программы вида «{label}»",
        "программа,программы,программ",
        lambda year: programs(year).filter(kinds__code=code),
        "programs:programs",
        right=SEES,
    )


def activities(*categories: str) -> Proof:
    """Activities of the categories in programs of the year."""
    labels = ", ".join(Category(code).label for code in categories)
    return rows(
        f"мероприятия программ: {labels}",
        "мероприятие,мероприятия,мероприятий",
        lambda year: Activity.objects.filter(category__in=categories, program__in=programs(year).values("pk")),
        "programs:activities",
        f"category={categories[0]}",
        SEES,
    )


def results(label: str, field: str, **narrowed: Any) -> Proof:
    """Results of activities in the year."""
    return dated(
        label,
        "результат,результата,результатов",
        ActivityResult,
        f"{field}__date",
        "programs:activities",
        right=SEES,
        **narrowed,
    )


def contests(label: str) -> Proof:
    """A contest or an event of a mentee stands on record in the year."""
    return dated(
        label,
        "событие,события,событий",
        Contest,
        "ends_on",
        "programs:contests",
        right=SEES,
        request__state__in=GOES_ON,
    )


def _with_program(year: Year) -> QuerySet:
    live = Program.objects.filter(pairing=OuterRef("pk")).exclude(state=Program.State.DROPPED)
    return _assigned(year).filter(Exists(live))


def _assigned(year: Year) -> QuerySet:
    return Pairing.objects.filter(state=Pairing.State.ASSIGNED, assigned_on__lte=year.last)


def _ended_by(*reasons: str) -> Any:
    return lambda year: Completion.objects.filter(state="registered", reason__in=reasons, ended_on__range=year.days)


def _published(year: Year) -> QuerySet:
    ended = Program.objects.filter(ended_on__range=year.days, state__in=["completed", "terminated"])
    return ended.filter(results_published_at__isnull=False)


REGULATION = document(
    "Положение с приказом об утверждении",
    lambda year: Regulation.objects.filter(state="approved", order_date__lte=year.last),
    "roadmap:regulation",
)
PLAN = document(
    "дорожная карта года, утверждённая приказом",
    lambda year: Roadmap.objects.filter(state__in=["approved", "superseded"], school_year=year.number),
    "roadmap:roadmaps",
).until(10, 1)
MEETINGS = dated("встречи пар и групп", "встреча,встречи,встреч", Meeting, "held_on", "reports:indicators", right=SEES)
NEWS = dated(
    "новости о наставничестве", "новость,новости,новостей", News, "published_on", "reports:site", is_public=True
)
MINUTES = dated(
    "протоколы советов",
    "протокол,протокола,протоколов",
    Minutes,
    "held_on",
    "roadmap:minutes_list",
    right=Right.MINUTES_SEE,
    state="signed",
)
LAWS = acquainted("ознакомление с правовыми актами", Q(legal_act__isnull=False))
PRACTICES = dated(
    "практики, принятые в копилку",
    "практика,практики,практик",
    Practice,
    "reviewed_at__date",
    "roadmap:practices",
    state__in=Practice.IN_BANK,
)
MATERIALS = rows(
    "материалы в библиотеке",
    "материал,материала,материалов",
    lambda year: Material.objects.accepted(),
    "roadmap:library",
)
TALKS = dated("переговоры", "разговор,разговора,разговоров", Talk, "held_on", "roadmap:talks", right=Right.PARTNERS_SEE)
SKILLS = dated(
    "оценки навыков", "оценка,оценки,оценок", SkillRating, "rated_at__date", "reports:indicators", right=SEES
)
PROGRAMS = rows("программы в работе", "программа,программы,программ", programs, "programs:programs", right=SEES)
EVERY_PROGRAM = every(
    "программа у каждой пары и группы", _with_program, _assigned, "programs:pairings", "state=assigned", SEES
)
SUPPORT = dated(
    "поручения совета",
    "поручение,поручения,поручений",
    SupportTask,
    "created_at__date",
    "programs:support_tasks",
    right=Right.PROGRAMS_SUPPORT,
)
MARKS = dated(
    "оценки программ советом",
    "оценка,оценки,оценок",
    CouncilMark,
    "made_at__date",
    "programs:council_marks",
    right=Right.PROGRAMS_ASSESS,
)
QUESTIONNAIRES = {
    part: dated(
        "анкеты, заполненные в этом году",
        "анкета,анкеты,анкет",
        Candidate,
        "filled_at__date",
        f"people:bank_{part}s",
        right=Right.BANKS_SEE,
        part=part,
    )
    for part in ("mentor", "mentee")
}

TASKS = dated(
    "задания между встречами",
    "задание,задания,заданий",
    MentorTask,
    "created_at__date",
    "programs:mentor_tasks",
    right=SEES,
)
CONDITIONS = dated("созданные условия", "запись,записи,записей", Condition, "at__date", "programs:programs", right=SEES)
LOCAL_ACTS = dated("локальные акты", "акт,акта,актов", LocalAct, "date", "reports:acquaintance")
DECISIONS = dated(
    "решения по кандидатам",
    "решение,решения,решений",
    Candidate,
    "decided_at__date",
    "people:banks",
    right=Right.BANKS_SEE,
)
PARTNERS = rows(
    "партнёры и сети",
    "партнёр,партнёра,партнёров",
    lambda year: Partner.objects.all(),
    "roadmap:partners",
    right=Right.PARTNERS_SEE,
)
AGREEMENTS = document(
    "договор с партнёром",
    lambda year: PartnerAgreement.objects.in_force(year.last),
    "roadmap:partner_agreements",
    Right.PARTNERS_SEE,
)
OUTSIDE = event(
    "conference", "forum", "webinar", "seminar", outside=True, label="участие в событиях других организаций"
).until(6, 30)
LEARNT = dated(
    "обучение педагогов",
    "запись,записи,записей",
    Training,
    "ended_on",
    "roadmap:training_people",
    right=Right.TRAINING_SEE,
    state="confirmed",
)
SHOWN_PRACTICES = rows(
    "практики на сайте",
    "практика,практики,практик",
    lambda year: Practice.objects.for_visitors(),
    "roadmap:practices",
    "state=published",
)
PEOPLE_PAGE = page(
    "наставники и наставляемые",
    "public:people",
    "человек,человека,человек",
    lambda year: Consent.objects.live(year.last).filter(purpose=Consent.Purpose.DISSEMINATION),
)
REGION = rows(
    "представители региональной системы",
    "представитель,представителя,представителей",
    lambda year: Contact.objects.filter(part__in=["official", "informal"]),
    "roadmap:contacts",
    right=Right.PARTNERS_SEE,
)
NETWORKS = rows(
    "сетевые сообщества",
    "сообщество,сообщества,сообществ",
    lambda year: Network.objects.all(),
    "roadmap:networks",
    right=Right.PARTNERS_SEE,
)
MENTORS_TAUGHT = event("session", "seminar", "training", label="обучение наставников в школе").until(12, 31)
LEARNT_ELSEWHERE = dated(
    "обучение у партнёров",
    "запись,записи,записей",
    Training,
    "ended_on",
    "roadmap:trainings",
    right=Right.TRAINING_SEE,
    organisation__isnull=False,
)
QUALITY = campaign("quality", "качество реализации программ").until(5, 31)
DEPUTY = rows(
    "куратор — из числа заместителей директора",
    "человек,человека,человек",
    lambda year: Employment.objects.current(year.last).filter(
        post__icontains="заместител",
        person__in=RoleGrant.objects.in_force(year.last).filter(role="curator").order_by().values("person"),
    ),
    "people:roles",
    right=Right.ROLES_SEE,
)
MONITORING = registered("monitoring", "мониторинг реализации системы", "мониторинга пока нет").until(7, 31)
STATISTICS = registered("statistics", "справка для статистики", "справки пока нет").until(7, 31)
REPORT = registered("report", "итоговый аналитический отчёт", "отчёта пока нет").until(7, 31)
ACT_DRAFTS = dated(
    "проекты локальных актов",
    "проект,проекта,проектов",
    ActDraft,
    "created_at__date",
    "reports:act_drafts",
    right=Right.ACT_DRAFTS_EDIT,
)
RECOMMENDED = dated("рекомендованные пары", "пара,пары,пар", Pairing, "minutes_date", "programs:pairings", right=SEES)
TOPICS = every(
    "темы закреплённых пар подтверждены",
    lambda year: _assigned(year).filter(Q(topics_confirmed_at__isnull=False) | Q(from_paper=True)),
    _assigned,
    "programs:pairings",
    "state=assigned",
    SEES,
)
TRIALS = rows(
    "апробации программ",
    "апробация,апробации,апробаций",
    lambda year: Trial.objects.filter(begun_at__date__range=year.days),
    "programs:programs",
    right=SEES,
)
WISHES = requests("mentor_incentive", "предложения о поощрении наставников")
CONTESTS = contests("участие молодых педагогов в мероприятиях")
THREADS = dated(
    "обсуждение в программах", "сообщение,сообщения,сообщений", Message, "at__date", "programs:programs", right=SEES
)
OWN_TRAINING = dated(
    "обучение", "запись,записи,записей", Training, "ended_on", "roadmap:trainings", right=Right.TRAINING_SEE
)
LOCAL_READ = acquainted("ознакомление с локальными актами", Q(legal_act__isnull=True))
CLOSED = rows(
    "снятые затруднения",
    "затруднение,затруднения,затруднений",
    lambda year: Difficulty.objects.filter(state="closed", answered_at__date__range=year.days),
    "reports:indicators",
    right=SEES,
)
DISCIPLINE = rows(
    "слово наставника о дисциплине и культуре",
    "заключение,заключения,заключений",
    lambda year: Completion.objects.filter(concluded_at__date__range=year.days).exclude(discipline=""),
    "programs:programs",
    "state=ended",
    SEES,
)
WEEKS = rows(
    "итоги недели",
    "запись,записи,записей",
    lambda year: LearningNote.objects.kept().filter(week__range=year.days),
    "reports:indicators",
    right=SEES,
)
TOGETHER = dated(
    "ответы о совместной работе",
    "ответ,ответа,ответов",
    RelationshipAnswer,
    "answered_at__date",
    "programs:relationships",
    right=Right.RELATIONSHIPS_SEE,
)
PROGRAMS_PAGE = page(
    "программы", "public:programs", "программа,программы,программ", lambda year: Program.objects.running()
)
CASES_PAGE = page(
    "лучшие практики", "public:cases", "практика,практики,практик", lambda year: Practice.objects.for_visitors()
)
LAWS_PAGE = page(
    "документы",
    "public:documents",
    "акт,акта,актов",
    lambda year: LegalAct.objects.of_school().in_force_on(year.last).filter(is_public=True),
)
MATERIALS_PAGE = page(
    "методические материалы",
    "public:materials",
    "материал,материала,материалов",
    lambda year: Material.objects.for_visitors(),
)
RESULTS_PAGE = page(
    "результаты",
    "public:results",
    "программа,программы,программ",
    lambda year: Program.objects.filter(results_published_at__isnull=False),
)
PUBLISHED = rows(
    "опубликованные результаты программ, законченных в этом году",
    "программа,программы,программ",
    _published,
    "reports:site",
)
BY_ORDER = rows("пары и группы по приказу", "пара,пары,пар", _assigned, "programs:pairings", "state=assigned", SEES)
CONFERENCE = event("conference", "seminar", outside=False, label="школьная конференция или семинар").until(6, 30)
TOLD_OUTSIDE = dated(
    "новости на муниципальном и региональном уровнях",
    "новость,новости,новостей",
    News,
    "published_on",
    "reports:site",
    level__in=["municipal", "regional"],
)
