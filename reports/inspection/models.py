"""Folders for an inspection, the numbers of their дела, the acts by which they are handed over (п. 3.4, 3.5)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from mentoring_site.russian import period
from people.rights import Actor, Right
from programs.program.models import Program


class CaseQuerySet(models.QuerySet):
    """Дела of the nomenclature."""

    def visible_to(self, user: Actor) -> Self:
        """All for those who make folders."""
        return self if user.can(Right.INSPECTION_MAKE) else self.none()


class Case(models.Model):
    """A дело of the school's nomenclature: the number and title under which its papers lie in a folder."""

    code = models.SlugField("код", max_length=20, unique=True, editable=False)  # of contents.SECTIONS
    number = models.CharField("индекс дела", max_length=20, unique=True)
    title = models.CharField("заголовок дела", max_length=100)
    position = models.PositiveSmallIntegerField("порядок", default=0, editable=False)
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "дело номенклатуры"
        verbose_name_plural = "дела номенклатуры"
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(number="") & ~Q(title=""), name="case_named")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class FolderQuerySet(models.QuerySet):
    """Folders; that there is one is known to more people than may open it."""

    def visible_to(self, user: Actor) -> Self:
        """One's own, and for those who make folders all as lines of the log; ``owned_by`` says who opens the ZIP."""
        return self if user.can(Right.INSPECTION_MAKE) else self.owned_by(user)

    def owned_by(self, user: Actor) -> Self:
        """Those whose ZIP the user may open: it holds what its maker may read, so nobody else does."""
        own = self.filter(created_by=user.pk)
        if user.can(Right.INSPECTION_MAKE):
            return own
        return own.filter(program__in=Program.objects.visible_to(user))


class Folder(models.Model):
    """Papers of a period, or of one program, in one ZIP: who asked, what for, by which rights; stays as the log.

    The ZIP itself goes after its term (``file`` is empty and ``gone_at`` set); its size and SHA-256 stay.
    """

    since = models.DateField("с", null=True, blank=True)
    until = models.DateField("по", null=True, blank=True)
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, related_name="folders", verbose_name="программа"
    )
    scope = models.JSONField("что входит", default=list)  # codes of contents.SECTIONS
    rights = models.JSONField("роли и права того, кто собрал", default=list)
    contents = models.JSONField("записи, из которых собрано", default=dict, editable=False)  # {model: [pk]}
    people = models.JSONField("о ком бумаги", default=list, editable=False)  # ids of persons
    created_at = models.DateTimeField("заказана", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто собрал"
    )
    total = models.PositiveIntegerField("записей", default=0)
    done = models.PositiveIntegerField("просмотрено", default=0)
    files = models.PositiveIntegerField("документов", default=0)
    gaps = models.PositiveIntegerField("чего не хватает", default=0)
    size = models.PositiveBigIntegerField("размер, байт", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    finished_at = models.DateTimeField("собрана", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ZIP")
    gone_at = models.DateTimeField("ZIP удалён", null=True, blank=True)
    problem = models.CharField("почему не собрана", max_length=300, blank=True)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = FolderQuerySet.as_manager()

    class Meta:
        verbose_name = "папка для проверки"
        verbose_name_plural = "папки для проверки"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(program__isnull=False, since__isnull=True, until__isnull=True)
                | Q(program__isnull=True, since__isnull=False, until__isnull=False),
                name="folder_of_days_or_program",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lte=F("until")), name="folder_days_ordered"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, file__isnull=True)
                | Q(finished_at__isnull=False, file__isnull=False, gone_at__isnull=True)
                | Q(finished_at__isnull=False, file__isnull=True, gone_at__isnull=False),
                name="folder_finished_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} № {self.pk}"

    def get_absolute_url(self) -> str:
        """The page with its progress, then with its file."""
        return reverse("reports:folder", args=[self.pk])

    @property
    def what(self) -> str:
        """«Папка программы» or «Папка для проверки»."""
        return "Папка программы" if self.program_id else "Папка для проверки"

    @property
    def about(self) -> str:
        """The program's title, or the days."""
        return self.program.title if self.program else period(self.since, self.until)


class FolderActQuerySet(models.QuerySet):
    """Acts of handing over."""

    def visible_to(self, user: Actor) -> Self:
        """All for those who make folders, else those one has drawn up."""
        return self if user.can(Right.INSPECTION_MAKE) else self.filter(created_by=user.pk)


class FolderAct(models.Model):
    """«Акт приёма-передачи документов»: to whom a folder was handed over; its facts stay as they were printed."""

    folder = models.ForeignKey(Folder, models.PROTECT, related_name="acts", verbose_name="папка")
    number = models.PositiveIntegerField("номер акта", unique=True, editable=False)
    date = models.DateField("дата")
    receiver = models.CharField("кому передано", max_length=200)
    receiver_post = models.CharField("должность", max_length=200, blank=True)
    organisation = models.CharField("орган или организация", max_length=300)
    basis = models.CharField("основание", max_length=300, blank=True)
    facts = models.JSONField("что напечатано", default=dict, editable=False)
    created_at = models.DateTimeField("составлен", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто составил", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = FolderActQuerySet.as_manager()

    class Meta:
        verbose_name = "акт приёма-передачи документов"
        verbose_name_plural = "акты приёма-передачи документов"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Акт приёма-передачи документов № {self.number}"
