"""Stacks of scans and their pages, recognised by the codes of their sheets."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.accounts.models import User
from people.rights import Right
from reports.orders.models import Order


class ScanStackQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """All for those who register orders, none for others."""
        return self if user.can(Right.ORDERS_REGISTER) else self.none()


class ScanStack(models.Model):
    """A stack of scans that waits to be sorted by its QR codes: temporary, nothing is attached without confirmation."""

    uploaded_at = models.DateTimeField("загружена", default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто загрузил", editable=False
    )
    done = models.PositiveIntegerField("разобрано страниц", default=0)
    total = models.PositiveIntegerField("страниц", default=0)
    finished_at = models.DateTimeField("разобрана", null=True, blank=True)
    problem = models.CharField("почему не разобрана", max_length=300, blank=True)

    objects = ScanStackQuerySet.as_manager()

    class Meta:
        verbose_name = "стопка сканов"
        verbose_name_plural = "стопки сканов"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"Стопка сканов от {timezone.localtime(self.uploaded_at):%d.%m.%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("reports:scans", args=[self.pk])


class ScanSource(models.Model):
    """One uploaded file of a stack; removed with the stack."""

    stack = models.ForeignKey(ScanStack, models.CASCADE, related_name="sources", verbose_name="стопка")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")

    class Meta:
        verbose_name = "файл стопки"
        verbose_name_plural = "файлы стопки"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class ScanPage(models.Model):
    """One page of a stack: the code read on it, whether a new paper begins here, and the order it belongs to.

    ``scanned`` is where it lay, ``position`` where it stands among the sheets of its paper after sorting.
    """

    stack = models.ForeignKey(ScanStack, models.CASCADE, related_name="pages", verbose_name="стопка")
    source = models.ForeignKey(ScanSource, models.CASCADE, related_name="pages", verbose_name="файл")
    index = models.PositiveIntegerField("страница файла")
    position = models.PositiveIntegerField("место после разбора")
    scanned = models.PositiveIntegerField("место в стопке", default=0)
    turned = models.PositiveSmallIntegerField("повернуть на", default=0)
    code = models.CharField("прочитанный код", max_length=12, blank=True)
    sheet = models.PositiveSmallIntegerField("лист приказа", null=True, blank=True)
    sheets = models.PositiveSmallIntegerField("из листов", null=True, blank=True)
    edition = models.CharField("редакция", max_length=12, blank=True)
    begins = models.BooleanField("начинает бумагу", default=False)
    order = models.ForeignKey(
        Order, models.SET_NULL, null=True, blank=True, related_name="scan_pages", verbose_name="приказ"
    )  # of the page that begins a paper

    class Meta:
        verbose_name = "страница стопки"
        verbose_name_plural = "страницы стопки"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["stack", "position"], name="scan_position_once")]

    def __str__(self) -> str:
        return f"страница {self.scanned}"
