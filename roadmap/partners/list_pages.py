"""Lists: partners, agreements with them, networks, contacts, talks (п. 3.3, 3.4)."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from mentoring_site.ui.list_filters import ListFilter
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from people.language.name_text import search_terms
from people.school.models import Organisation
from roadmap.partners import presenters
from roadmap.partners.models import (
    FIRST_REMINDER,
    Contact,
    Network,
    NetworkMember,
    Partner,
    PartnerAgreement,
)

PARTNER = "partner__organisation"


def _words(queryset: QuerySet, value: str, path: str) -> QuerySet:
    for term in search_terms(value):
        queryset = queryset.filter(**{f"{path}__contains": term})
    return queryset


class PartnerFilter(ListFilter):
    """By name, kind, and whether an agreement holds."""

    q = django_filters.CharFilter(method="found_by", label="Название", max_length=120, widget=forms.SearchInput)
    kind = django_filters.ChoiceFilter(
        label="Вид",
        field_name="organisation__kind",
        choices=[c for c in Organisation.Kind.choices if c[0] != Organisation.Kind.OWN],
        empty_label="любой",
    )
    agreement = django_filters.ChoiceFilter(
        label="Договор",
        method="by_agreement",
        choices=[("now", "действует"), ("ending", "скоро закончится"), ("no", "нет")],
        empty_label="не важно",
    )
    place = django_filters.ChoiceFilter(
        label="Где учатся",
        method="by_place",
        choices=[("site", "стажировочная площадка"), ("base", "базовая школа")],
        empty_label="не важно",
    )

    def found_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to organisations with every word."""
        return _words(queryset, value, "search")

    def by_agreement(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to partners with an agreement in force, with one that ends soon, or with none in force."""
        own = PartnerAgreement.objects.filter(partner=OuterRef("pk"))
        if value == "ending":
            return queryset.filter(Exists(own.ending(timezone.localdate())))
        live = Exists(own.in_force())
        return queryset.filter(live if value == "now" else ~live)

    def by_place(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to places where the school's people learn."""
        return queryset.filter(is_training_site=True) if value == "site" else queryset.filter(is_base_school=True)


PARTNER_COLUMNS = ("Полное название", "Краткое название", "Вид", "Город", "Где учатся", "Договоры", "Сайт", "Телефон",
                   "E-mail", "На сайте школы")  # fmt: skip
LIVE = PartnerAgreement.objects.exclude(state=PartnerAgreement.State.ENDED).order_by("ends_on", "pk")
PARTNERS = ListPage(
    title=presenters.LIST,
    url="roadmap:partners",
    template="roadmap/partners/partners.html",
    filters=PartnerFilter,
    noun="партнёр,партнёра,партнёров",
    columns=(Column("Организация", ("name",)), Column("Вид", ("kind",)), Column("Договоры")),
    orderings={"name": ("organisation__short_name", "pk"), "kind": ("organisation__kind", "search", "pk")},
    row=presenters.partner_row,
    nothing=EmptyState(
        "Партнёров пока нет. Запишите организацию, с которой школа работает: колледж, методический центр."
    ),
    none_found="Таких партнёров нет.",
    prepare=lambda found, user: found.select_related("organisation").prefetch_related(
        Prefetch("agreements", LIVE, to_attr="live_agreements")
    ),
    workbook=Workbook("Партнёры", "Партнёры", PARTNER_COLUMNS, presenters.partner_cells, dated=True),
)


class AgreementFilter(ListFilter):
    """By partner or number, kind, and how it stands."""

    q = django_filters.CharFilter(method="found_by", label="Партнёр или номер", max_length=99, widget=forms.SearchInput)
    kind = django_filters.ChoiceFilter(label="Вид", choices=PartnerAgreement.Kind.choices, empty_label="любой")
    state = django_filters.ChoiceFilter(
        label="Состояние",
        method="by_state",
        choices=[("draft", "проект"), ("now", "действует"), ("ending", "скоро закончится"), ("ended", "закончен")],
        empty_label="любое",
    )

    def found_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to agreements of partners with every word, or with the number."""
        words = Q()
        for term in search_terms(value):
            words &= Q(partner__search__contains=term)
        return queryset.filter(words | Q(number__icontains=value))

    def by_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to drafts, those in force, those that end within two months, those that have ended."""
        if value == "now":
            return queryset.in_force()  # type: ignore[attr-defined]
        if value == "ending":
            last = timezone.localdate() + timedelta(days=FIRST_REMINDER)
            return queryset.filter(state="signed", ends_on__lte=last)
        return queryset.filter(state=value)


AGREEMENT_COLUMNS = (
    "Партнёр",
    "Вид",
    "Номер",
    "Подписан",
    "Действует с",
    "Действует по",
    "Продлевается сам",
    "Состояние",
    "Предмет",
)
AGREEMENTS = ListPage(
    title="Договоры с партнёрами",
    url="roadmap:partner_agreements",
    template="roadmap/partners/agreements.html",
    filters=AgreementFilter,
    noun="договор,договора,договоров",
    columns=(
        Column("Договор", ("newest",)),
        Column("Партнёр", ("name",)),
        Column("Срок", ("ends",)),
        Column("Состояние"),
    ),
    orderings={
        "ends": (F("ends_on").asc(nulls_last=True), "pk"),
        "newest": (F("signed_on").desc(nulls_first=True), "-pk"),
        "name": (f"{PARTNER}__short_name", "pk"),
    },
    row=presenters.agreement_row,
    nothing=EmptyState("Договоров с партнёрами пока нет: их готовят на странице партнёра."),
    none_found="Таких договоров нет.",
    prepare=lambda found, user: found.select_related(PARTNER),
    workbook=Workbook("Договоры с партнёрами", "Договоры", AGREEMENT_COLUMNS, presenters.agreement_cells, dated=True),
)


class NetworkFilter(ListFilter):
    """By name, kind and level."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Название", max_length=120,
                                  widget=forms.SearchInput)  # fmt: skip
    kind = django_filters.ChoiceFilter(label="Вид", choices=Network.Kind.choices, empty_label="любой")
    level = django_filters.ChoiceFilter(label="Уровень", choices=Network.Level.choices, empty_label="любой")


def _network_cells(network: Network, user: object) -> tuple:
    row = presenters.network_row(network, user)  # type: ignore[arg-type]
    return row.name, row.kind, row.level, network.url, row.members, network.about


NETWORKS = ListPage(
    title="Сети и сообщества",
    url="roadmap:networks",
    template="roadmap/partners/networks.html",
    filters=NetworkFilter,
    noun="сеть и сообщество,сети и сообщества,сетей и сообществ",
    columns=(Column("Название", ("name",)), Column("Уровень", ("level",)), Column("Кто из школы")),
    orderings={"name": ("name", "pk"), "level": ("level", "name", "pk")},
    row=presenters.network_row,
    nothing=EmptyState("Сетей и сообществ пока нет. Запишите сообщество, в котором участвуют педагоги школы."),
    none_found="Таких сетей и сообществ нет.",
    prepare=lambda found, user: found.prefetch_related(
        Prefetch("members", NetworkMember.objects.live().select_related("person"), to_attr="live_members")
    ),
    workbook=Workbook(
        "Сети и сообщества",
        "Сети",
        ("Название", "Вид", "Уровень", "Ссылка", "Кто из школы", "О чём"),
        _network_cells,
        dated=True,
    ),
)


class ContactFilter(ListFilter):
    """By name, post or partner, and by part."""

    q = django_filters.CharFilter(method="found_by", label="Имя или партнёр", max_length=120, widget=forms.SearchInput)
    part = django_filters.ChoiceFilter(
        label="Кто",
        method="by_part",
        choices=[("regional", "представители региональной системы"), *Contact.Part.choices],
        empty_label="все",
    )

    def found_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to names with the words, or contacts of partners with every word."""
        words = Q()
        for term in search_terms(value):
            words &= Q(partner__search__contains=term)
        return queryset.filter(words | Q(name__icontains=value))

    def by_part(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to a part, or to both kinds of representatives of the region."""
        regional = (Contact.Part.OFFICIAL, Contact.Part.INFORMAL)
        return queryset.filter(part__in=regional if value == "regional" else [value])


CONTACTS = ListPage(
    title="Контакты",
    url="roadmap:contacts",
    template="roadmap/partners/contacts.html",
    filters=ContactFilter,
    noun="контакт,контакта,контактов",
    columns=(Column("Имя", ("name",)), Column("Кто", ("part",)), Column("Как связаться")),
    orderings={"name": ("name", "pk"), "part": ("part", "name", "pk")},
    row=presenters.contact_row,
    nothing=EmptyState("Контактов пока нет. Запишите представителя региональной системы наставничества."),
    none_found="Таких контактов нет.",
    prepare=lambda found, user: found.select_related(PARTNER),
)


class TalkFilter(ListFilter):
    """By words, and by the next step."""

    q = django_filters.CharFilter(method="found_by", label="О чём или с кем", max_length=120, widget=forms.SearchInput)
    step = django_filters.ChoiceFilter(
        label="Следующий шаг",
        method="by_step",
        choices=[("waits", "ждёт"), ("late", "просрочен"), ("mine", "делаю я")],
        empty_label="не важно",
    )
    partner = django_filters.ModelChoiceFilter(
        label="Партнёр", queryset=Partner.objects.select_related("organisation"), empty_label="любой"
    )

    def found_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow by words of the talk or of whom it was with."""
        who = Q(contact__name__icontains=value) | Q(network__name__icontains=value)
        for term in search_terms(value):
            who |= Q(partner__search__contains=term)
        return queryset.filter(Q(about__icontains=value) | Q(agreed__icontains=value) | who)

    def by_step(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to talks whose next step waits."""
        waits = queryset.filter(done_at__isnull=True).exclude(next_step="")
        if value == "mine":
            return waits.filter(responsible=self.request.user.person_id)
        return waits.filter(next_on__lt=timezone.localdate()) if value == "late" else waits


TALK_COLUMNS = ("Когда", "С кем", "Как", "О чём", "О чём договорились", "Что дальше", "До", "Кто делает", "Сделано")
TALKS = ListPage(
    title="Разговоры с партнёрами",
    url="roadmap:talks",
    template="roadmap/partners/talks.html",
    filters=TalkFilter,
    noun="разговор,разговора,разговоров",
    columns=(Column("С кем и о чём"), Column("Когда", ("newest", "oldest")), Column("Что дальше", ("next",))),
    orderings={
        "newest": ("-held_on", "-pk"),
        "oldest": ("held_on", "pk"),
        "next": (F("next_on").asc(nulls_last=True), "pk"),
    },
    row=presenters.talk_row,
    nothing=EmptyState("Записей о разговорах пока нет: запишите, с кем говорили и о чём договорились."),
    none_found="Таких разговоров нет.",
    prepare=lambda found, user: found.select_related(PARTNER, "contact", "network", "responsible"),
    workbook=Workbook("Разговоры с партнёрами", "Разговоры", TALK_COLUMNS, presenters.talk_cells, dated=True),
)
