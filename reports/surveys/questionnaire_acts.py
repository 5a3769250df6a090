"""Acts about questionnaires: made, a new edition written, published and frozen, put away (этап 6)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, Stale, record
from people.accounts.models import User
from people.rights import Right
from reports.surveys.models import Edition, Question, Questionnaire, Survey

COPIED = ("position", "section", "text", "kind", "low", "high", "options", "is_needed", "roles", "goal")


@transaction.atomic
def make(*, by: User, title: str, moment: str = "", request_key: UUID | None = None) -> Questionnaire:
    """Make an empty questionnaire with a first edition to be written. Returns it, or the one of ``request_key``.

    Raises ``NotAllowed``.
    """
    require(by, Right.SURVEYS_WRITE)
    if request_key and (made := Questionnaire.objects.filter(request_key=request_key).first()):
        return made
    made = Questionnaire.objects.create(title=title.strip(), moment=moment, created_by=by, request_key=request_key)
    Edition.objects.create(questionnaire=made, number=1)
    record(made, "make", by=by, words="анкета создана")
    return made


@transaction.atomic
def begin_edition(questionnaire: Questionnaire, *, by: User) -> Edition:
    """Return the edition that is being written; where there is none, a copy of the last one. Raises ``NotAllowed``."""
    require(by, Right.SURVEYS_WRITE)
    fresh = locked(questionnaire)
    if written := fresh.editions.filter(published_on=None).first():
        return written
    last = fresh.editions.order_by("-number").first()
    number = (fresh.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Edition.objects.create(questionnaire=fresh, number=number)
    if last:
        Edition.objects.filter(pk=made.pk).update(intro=last.intro, levels=last.levels)
        Question.objects.bulk_create(
            Question(edition=made, **{name: getattr(question, name) for name in COPIED})
            for question in last.questions.all()
        )
    record(fresh, "begin_edition", by=by, words=f"начата редакция {number} анкеты")
    made.refresh_from_db()
    return made


@transaction.atomic
def write(
    edition: Edition, *, by: User, version: int, title: str, intro: str, questions: list[dict[str, Any]]
) -> Edition:
    """Write an edition whole: its words and its questions in their order.

    Raises ``NotAllowed``, ``Stale``; ``Refused`` for a published edition.
    """
    require(by, Right.SURVEYS_WRITE)
    fresh = locked(edition)
    if fresh.published_on:
        raise Refused("Эта редакция опубликована, по ней уже отвечают. Начните новую")
    if fresh.version != version:
        raise Stale("Пока Вы вносили правки, кто-то изменил эту анкету. Ваш текст сохранён в полях ниже")
    Edition.objects.filter(pk=fresh.pk).update(intro=intro.strip(), version=version + 1)
    Questionnaire.objects.filter(pk=fresh.questionnaire_id).update(title=title.strip())
    fresh.questions.all().delete()
    Question.objects.bulk_create(
        Question(edition=fresh, **(values | {"position": position}))
        for position, values in enumerate(sorted(questions, key=lambda one: one["position"]), 1)
    )
    record(fresh.questionnaire, "write", by=by, words=f"изменена редакция {fresh.number} анкеты")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def publish(edition: Edition, *, by: User) -> Edition:
    """Publish an edition: from now on nothing in it changes. Raises ``NotAllowed``, ``Already``, ``Refused``."""
    require(by, Right.SURVEYS_WRITE)
    fresh = locked(edition)
    if fresh.published_on:
        raise Already("Эта редакция уже опубликована")
    if not fresh.questions.exists():
        raise Refused("В анкете нет ни одного вопроса")
    Edition.objects.filter(pk=fresh.pk).update(published_on=timezone.localdate())
    record(fresh.questionnaire, "publish", by=by, words=f"опубликована редакция {fresh.number} анкеты")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def put_away(questionnaire: Questionnaire, *, by: User, away: bool) -> Questionnaire:
    """Offer a questionnaire to new surveys no longer, or again. Raises ``NotAllowed``, ``Already``; ``Refused`` while
    a survey that has not begun asks with it.
    """
    require(by, Right.SURVEYS_WRITE)
    fresh = locked(questionnaire)
    if fresh.is_archived == away:
        raise Already("Это уже сделано")
    if away and Survey.objects.filter(edition__questionnaire=fresh, state=Survey.State.DRAFT).exists():
        raise Refused("С этой анкетой готовится опрос. Сначала измените его")
    Questionnaire.objects.filter(pk=fresh.pk).update(is_archived=away)
    words = "анкета убрана из использования" if away else "анкета снова используется"
    record(fresh, "put_away", by=by, words=words)
    fresh.refresh_from_db()
    return fresh
