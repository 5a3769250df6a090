"""Steps of the first hour in the banks: who is proposed, questionnaires, the director's decision, accounts."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from mentoring_site.journeys import Step
from people.accounts.models import User
from people.banks.models import Candidate
from people.rights import Right

MENTOR, MENTEE = Candidate.Part.MENTOR, Candidate.Part.MENTEE


def _live(part: str) -> QuerySet:
    return Candidate.objects.filter(part=part, state__in=Candidate.LIVE_STATES).order_by()


def _filled(part: str) -> Exists:
    return Exists(_live(part).filter(filled_at__isnull=False))


def _to_fill() -> str:
    """Lead to a questionnaire that is empty: a mentee's first, unless one of that bank is filled already."""
    filled = set(Candidate.objects.filter(filled_at__isnull=False).order_by().values_list("part", flat=True))
    wanted = MENTEE if MENTEE not in filled else MENTOR
    empty = _live(wanted).filter(filled_at=None).order_by("proposed_at", "pk").first()
    if empty is None:
        return reverse("people:bank_mentors" if wanted == MENTOR else "people:bank_mentees")
    return reverse("people:candidate_fill", args=[empty.pk])


def _without_account() -> QuerySet:
    everybody = Candidate.objects.filter(state__in=Candidate.LIVE_STATES).order_by()
    return everybody.filter(~Exists(User.objects.filter(person=OuterRef("person"))))


STEPS = (
    Step(
        "mentees",
        100,
        "Заполните банк наставляемых",
        "Молодые специалисты и те, у кого нет категории, уже выбраны из списка сотрудников. Здесь же согласия",
        Right.BANKS_FILL_FOR_OTHERS,
        lambda: reverse("people:bank_start", args=["mentees"]),
        "Открыть список",
        lambda: Exists(_live(MENTEE)),
        4,
        10,
        after=("staff",),
    ),
    Step(
        "mentors",
        110,
        "Заполните банк наставников",
        "Преподаватели высшей и первой категории — из списка сотрудников: отметьте, кого видите наставником",
        Right.BANKS_FILL_FOR_OTHERS,
        lambda: reverse("people:bank_start", args=["mentors"]),
        "Открыть список",
        lambda: Exists(_live(MENTOR)),
        4,
        10,
        after=("staff",),
    ),
    Step(
        "accounts",
        120,
        "Дайте участникам войти",
        "Они сами заполнят анкеты и ответят на предложения. Можно и без этого: Вы запишете всё с их слов",
        Right.ACCOUNTS_INVITE,
        lambda: f"{reverse('people:accounts_new')}?of=banks",
        "Завести учётные записи",
        lambda: (Exists(_live(MENTEE)) | Exists(_live(MENTOR))) & ~Exists(_without_account()),
        3,
        5,
        after=("mentees", "mentors"),
    ),
    Step(
        "questionnaires",
        130,
        "Заполните анкеты",
        "Хотя бы одна анкета наставника и одна наставляемого: по ним подбирают пару",
        Right.BANKS_FILL_FOR_OTHERS,
        _to_fill,
        "Заполнить со слов",
        lambda: _filled(MENTEE) & _filled(MENTOR),
        8,
        10,
        after=("mentees", "mentors"),
    ),
    Step(
        "candidates",
        140,
        "Утвердите кандидатов",
        "Их утверждает директор (п.\u00a03.3)",
        Right.BANKS_APPROVE,
        lambda: reverse("people:bank_approve"),
        "Открыть список",
        lambda: (
            Exists(_live(MENTEE).filter(state__in=Candidate.STANDING_STATES))
            & Exists(_live(MENTOR).filter(state__in=Candidate.STANDING_STATES))
        ),
        3,
        3,
        after=("questionnaires",),
    ),
)
