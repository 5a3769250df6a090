"""The list of accounts: who may log in, who never did, who has a second factor."""

from dataclasses import dataclass
from typing import Any

import django_filters
from allauth.mfa.models import Authenticator
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from mentoring_site.russian import ago, as_date
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.accounts.bulk import LETTERS, SLIPS
from people.accounts.models import User
from people.accounts.presenters import badge
from people.register.models import Person

SHOWN = {
    "never": ("ещё не входили", Q(last_login=None)),
    "disabled": ("закрытые", Q(is_active=False)),
    "codes": ("вход с кодом включён", Q(uses_codes=True)),
    "nocodes": ("вход с кодом не включён", Q(uses_codes=False)),
}
ORDERINGS: dict[str, tuple] = {
    "name": ("person__last_name", "person__first_name", "pk"),
    "seen": (F("seen").desc(nulls_last=True), "pk"),
    "long": (F("seen").asc(nulls_first=True), "pk"),
    "new": ("-date_joined", "-pk"),
}
ORDERING_WORDS = {"name": "по фамилии", "seen": "недавно были", "long": "давно не были", "new": "новые"}


class AccountFilter(ListFilter):
    """Search, filters and order of the list of accounts."""

    q = django_filters.CharFilter(
        label="Фамилия, имя или имя для входа", method="named", max_length=100, widget=forms.SearchInput
    )
    show = django_filters.ChoiceFilter(
        label="Показать",
        choices=[(code, words) for code, (words, _) in SHOWN.items()],
        empty_label="все",
        method="shown",
    )
    sort = django_filters.ChoiceFilter(
        label="Сначала", choices=list(ORDERING_WORDS.items()), empty_label=None, method="keep"
    )

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Accounts found by the person's name or by the beginning of the user name."""
        return queryset.filter(Q(person__in=Person.objects.found_by(value)) | Q(username__startswith=value.lower()))

    def shown(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Accounts in one of the states of ``SHOWN``."""
        return queryset.filter(SHOWN[value][1])


@dataclass(frozen=True)
class AccountRow:
    """One account in the list; ``seen`` says when it was last used."""

    user: User
    url: str
    badge: Badge
    seen: str
    second_factor: str


def accounts() -> QuerySet:
    """Return all accounts with ``seen``, the last use, and ``uses_codes``, whether there is a second factor."""
    codes = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    found = User.objects.select_related("person")
    return found.annotate(uses_codes=Exists(codes), seen=Coalesce("last_seen_at", "last_login"))


def _row(user: Any, by: User) -> AccountRow:
    seen, codes = ago(user.seen) if user.seen else "", "вход с кодом" if user.uses_codes else ""
    return AccountRow(user, reverse("people:account_one", args=[user.pk]), badge(user), seen, codes)


def _cells(user: Any, by: User) -> list[Any]:
    codes = "да" if user.uses_codes else "нет"
    return [user.person.full_name, user.username, user.email, badge(user).word, as_date(user.seen), codes]


COLUMNS = ("Человек", "Имя для входа", "E-mail", "Состояние", "Последний вход", "Вход с кодом")
NOBODY = "Под эти условия никто не подходит. Сбросьте отбор или заведите новые учётные записи."
ACCOUNTS = ListPage(
    title="Учётные записи",
    url="people:accounts",
    template="people/accounts/accounts.html",
    filters=AccountFilter,
    noun="учётная запись,учётные записи,учётных записей",
    columns=(
        Column("Человек", ("name",)),
        Column("Состояние"),
        Column("Имя для входа"),
        Column("Последний вход", ("seen", "long"), align="date"),
        Column("Вход с кодом"),
    ),
    orderings=ORDERINGS,
    row=_row,
    nothing=EmptyState(NOBODY),
    none_found=NOBODY,
    workbook=Workbook("Учётные записи", "Учётные записи", COLUMNS, _cells, dated=True),
    bulk=(SLIPS, LETTERS),
)
