"""Skills of a mentee, their ratings by both sides, and what was learnt in a week (п. 5.2)."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.accounts.models import User
from people.banks.models import Statement
from people.promises import Promise
from programs.pairings.models import Participation, present
from programs.program.models import Program
from programs.program.states import ENDED

MOST = 8
"""Skills of one mentee: as many as two people keep in mind."""


class Moment(models.TextChoices):
    """When skills are rated."""

    START = "start", "в начале"
    MIDDLE = "middle", "в середине"
    END = "end", "в конце"


class Value(models.IntegerChoices):
    """The one scale of both sides; the words suit whoever rates and of whichever gender the mentee is."""

    NOT_YET = 1, "пока не получается"
    PROMPTED = 2, "получается с подсказкой"
    SOMETIMES = 3, "получается, но не каждый раз"
    SURELY = 4, "получается уверенно"
    SHOWN = 5, "получается так, что можно показать другим"


LOW, SURE = Value.PROMPTED, Value.SURELY


def _leads(user: User, pairing: str) -> Q:
    """Return the condition of rows of pairings that the user leads now, or led to their end."""
    led = present().filter(person=user.person_id, part=Participation.Part.MENTOR, pairing=OuterRef(pairing))
    return Q(Exists(led))


def theirs(user: User, before: str = "") -> Q:
    """Return the condition of what belongs to the pair: the mentee's own, and that of those whom the user leads."""
    own = Q(**{f"{before}participation__person": user.person_id})
    return own | _leads(user, f"{before}participation__pairing")


class SkillQuerySet(models.QuerySet):
    """Skills of mentees."""

    def visible_to(self, user: User) -> Self:
        """The mentee's own, those of one's mentees, all for who records for others (``Promise.SKILL``)."""
        return self.all() if Promise.SKILL.opens_to(user) else self.filter(theirs(user))

    def of(self, program: Program, side: Participation) -> Self:
        """Those of one mentee in one program."""
        return self.filter(program=program, participation=side)


class Skill(models.Model):
    """What a mentee learns in a program: one of its difficulties, or a skill in own words."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="skills", verbose_name="программа")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="skills", verbose_name="наставляемый")
    difficulty = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="skills", verbose_name="затруднение"
    )
    text = models.CharField("навык", max_length=200, blank=True)
    created_at = models.DateTimeField("выбран", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто выбрал", editable=False
    )

    objects = SkillQuerySet.as_manager()

    class Meta:
        verbose_name = "навык"
        verbose_name_plural = "навыки"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(difficulty__isnull=False, text="") | (Q(difficulty__isnull=True) & ~Q(text="")),
                name="skill_is_a_difficulty_or_words",
            ),
            models.UniqueConstraint(fields=["program", "participation", "difficulty"], name="skill_difficulty_once"),
            models.UniqueConstraint(
                fields=["program", "participation", "text"], condition=~Q(text=""), name="skill_words_once"
            ),
        ]

    def __str__(self) -> str:
        return self.difficulty.text if self.difficulty else self.text


class SkillRatingQuerySet(models.QuerySet):
    """Ratings of skills."""

    def visible_to(self, user: User) -> Self:
        """Those of visible skills. One of the end is read by its own side alone until both have given theirs, or until
        the part of the mentee or the program has ended: then nobody rates any more. Who has written it down from paper
        does not read it again.
        """
        mine = Q(part=Participation.Part.MENTEE, skill__participation__person=user.person_id)
        mine |= Q(part=Participation.Part.MENTOR) & _leads(user, "skill__participation__pairing")
        readable = ~Q(moment=Moment.END) | mine | is_open()
        return self.filter(readable, skill__in=Skill.objects.visible_to(user))

    def stalled(self) -> Self:
        """Self-assessments of the middle that are low, or have not risen since the start; nothing of the end.

        Who was sure at the start has nowhere to rise, and is no sign.
        """
        own = Participation.Part.MENTEE
        start = SkillRating.objects.filter(skill=OuterRef("skill"), moment=Moment.START, part=own)
        flat = Q(value__lt=SURE) & Exists(start.filter(value__gte=OuterRef("value")))
        return self.self_assessed().filter(Q(value__lte=LOW) | flat)

    def self_assessed(self) -> Self:
        """Self-assessments of the middle of mentees who take part."""
        own = Participation.Part.MENTEE
        return self.filter(moment=Moment.MIDDLE, part=own, skill__participation__until__isnull=True)


def is_open() -> Q:
    """Return the condition of ratings of the end that everybody may read who reads the skill."""
    other = SkillRating.objects.filter(skill=OuterRef("skill"), moment=Moment.END).exclude(part=OuterRef("part"))
    over = Q(skill__participation__until__isnull=False) | Q(skill__program__state__in=ENDED)
    return over | Q(Exists(other))


class SkillRating(models.Model):
    """How one side rates one skill at one moment: the mentee oneself, the mentor the mentee."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="ratings", verbose_name="навык")
    moment = models.CharField("когда", max_length=6, choices=Moment)
    part = models.CharField("чья оценка", max_length=6, choices=Participation.Part)
    value = models.PositiveSmallIntegerField("оценка", choices=Value)
    word = models.CharField("по чему видно", max_length=300, blank=True)
    rated_at = models.DateTimeField("оценено", default=timezone.now)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )

    objects = SkillRatingQuerySet.as_manager()

    class Meta:
        verbose_name = "оценка навыка"
        verbose_name_plural = "оценки навыков"
        ordering = ["skill", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "moment", "part"], name="skill_rating_once"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=5), name="skill_rating_on_scale"),
            models.CheckConstraint(
                condition=Q(moment__in=["start", "middle", "end"], part__in=["mentor", "mentee"]),
                name="skill_rating_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.get_moment_display()}, {self.get_part_display()}"


class LearningNoteQuerySet(models.QuerySet):
    """Lines of the week."""

    def visible_to(self, user: User) -> Self:
        """The mentee's own, also a removed one while it can come back, and those of one's mentees."""
        own = Q(participation__person=user.person_id)
        return self.filter(own | (theirs(user) & Q(removed_at__isnull=True)))

    def kept(self) -> Self:
        """Those that are not removed."""
        return self.filter(removed_at__isnull=True)


class LearningNote(models.Model):
    """What a mentee has learnt in a week, in one line; nobody asks for it."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="learning_notes", verbose_name="программа")
    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="learning_notes", verbose_name="наставляемый"
    )
    week = models.DateField("неделя с")  # its Monday
    text = models.CharField("чему удалось научиться", max_length=300)
    written_at = models.DateTimeField("записано", default=timezone.now)
    removed_at = models.DateTimeField("убрано", null=True, blank=True)

    objects = LearningNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "итог недели"
        verbose_name_plural = "итоги недель"
        ordering = ["-week", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "participation", "week"],
                condition=Q(removed_at__isnull=True),
                name="one_note_a_week",
                violation_error_message="За эту неделю уже записано: исправьте ту же строку",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def last_day(self) -> date:
        """The Sunday of its week."""
        return self.week + timedelta(days=6)


class RatingNudge(models.Model):
    """A step of letters about a rating that is due: written once, however often the clock looks."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="rating_nudges", verbose_name="программа")
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="rating_nudges", verbose_name="наставляемый"
    )
    moment = models.CharField("когда оценивают", max_length=6, choices=Moment)
    step = models.PositiveSmallIntegerField("на какой день")
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "напоминание об оценке навыков"
        verbose_name_plural = "напоминания об оценке навыков"
        constraints = [
            models.UniqueConstraint(fields=["program", "participation", "moment", "step"], name="rating_nudge_once"),
            models.CheckConstraint(condition=Q(moment__in=["start", "middle", "end"]), name="rating_nudge_known"),
        ]

    def __str__(self) -> str:
        return f"{self.program}: {self.get_moment_display()}, день {self.step}"
