"""The list of the library with its filters and workbook (п. 3.5)."""

import django_filters
from django import forms

from mentoring_site.ui.list_filters import ListFilter
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from people.banks.models import Topic
from programs.catalogs.models import MentoringForm, MentoringKind
from roadmap.library import presenters
from roadmap.library.models import Material, MaterialQuerySet


class MaterialFilter(ListFilter):
    """By words, for whom, topic, form, kind of mentoring, sort of material, state."""

    q = django_filters.CharFilter(
        method="by_words", label="Слова из названия или аннотации", max_length=120, widget=forms.SearchInput
    )
    audience = django_filters.ChoiceFilter(label="Кому", choices=Material.Audience.choices, empty_label="всем")
    topic = django_filters.ModelChoiceFilter(queryset=Topic.objects.all(), label="Тема", empty_label="любая")
    form = django_filters.ModelChoiceFilter(
        field_name="forms", queryset=MentoringForm.objects.all(), label="Форма", empty_label="любая"
    )
    mentoring = django_filters.ModelChoiceFilter(
        field_name="kinds", queryset=MentoringKind.objects.all(), label="Вид", empty_label="любой"
    )
    kind = django_filters.ChoiceFilter(label="Что это", choices=Material.Kind.choices, empty_label="всё")
    state = django_filters.ChoiceFilter(label="Состояние", choices=Material.State.choices, empty_label="любое")

    def by_words(self, queryset: MaterialQuerySet, name: str, value: str) -> MaterialQuerySet:
        """Narrow to those with every word."""
        return queryset.found_by(value)


LIBRARY = ListPage(
    title=presenters.LIST_TITLE,
    url="roadmap:library",
    template="roadmap/library/library.html",
    filters=MaterialFilter,
    noun="материал,материала,материалов",
    columns=(
        Column("Материал", ("title", "uses")),
        Column("Что это"),
        Column("Кому"),
        Column("Состояние"),
        Column("Добавлен", ("newest", "oldest"), align="date"),
    ),
    orderings={
        "newest": ("-created_at", "-pk"),
        "oldest": ("created_at", "pk"),
        "title": ("title", "pk"),
        "uses": ("-uses", "-pk"),
    },
    row=presenters.row,
    nothing=EmptyState("Материалов пока нет. Их добавляют наставники, куратор и члены методического совета."),
    none_found="Таких материалов нет.",
    prepare=lambda found, user: found.select_related("topic").with_uses(),  # type: ignore[attr-defined]
    workbook=Workbook(
        "Методическая библиотека",
        "Материалы",
        presenters.COLUMNS,
        presenters.cells,
        prepare=lambda found, user: found.select_related("topic").prefetch_related("forms", "kinds"),
        dated=True,
    ),
)
