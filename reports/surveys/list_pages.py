"""The lists of surveys and of questionnaires."""

import django_filters
from django import forms

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from reports.surveys import presenters
from reports.surveys.models import Questionnaire, Survey


class SurveyFilter(ListFilter):
    """By name, state, and whether answers have names."""

    q = django_filters.CharFilter(
        field_name="title", lookup_expr="icontains", label="Название", max_length=100, widget=forms.SearchInput
    )
    state = django_filters.ChoiceFilter(label="Состояние", choices=Survey.State.choices, empty_label="все")
    is_anonymous = django_filters.BooleanFilter(
        label="Ответы",
        widget=forms.Select(choices=[("", "все"), ("true", "без имён"), ("false", "под именем")]),
    )


SURVEYS = ListPage(
    title=presenters.LIST_TITLE,
    url="reports:surveys",
    template="reports/surveys/surveys.html",
    filters=SurveyFilter,
    noun="опрос,опроса,опросов",
    columns=(
        Column("Опрос", ("title",)),
        Column("Когда", ("newest", "oldest")),
        Column("Состояние"),
        Column("Ответили"),
    ),
    orderings={
        "newest": ("-opens_on", "-pk"),
        "oldest": ("opens_on", "pk"),
        "title": ("title", "pk"),
    },
    row=presenters.row,
    nothing=EmptyState("Опросов пока нет. Здесь появятся те, в которых спросят Вас."),
    none_found="Таких опросов нет.",
    prepare=lambda found, user: found.asked(user),  # type: ignore[attr-defined]
    workbook=Workbook("Опросы", "Опросы", presenters.COLUMNS, presenters.cells, dated=True),
)


class QuestionnaireFilter(ListFilter):
    """By name, and when people are asked."""

    q = django_filters.CharFilter(
        field_name="title", lookup_expr="icontains", label="Название", max_length=100, widget=forms.SearchInput
    )
    moment = django_filters.ChoiceFilter(
        label="Когда спрашивают",
        choices=[choice for choice in Questionnaire.Moment.choices if choice[0]],
        empty_label="всё равно",
    )


QUESTIONNAIRES = ListPage(
    title=presenters.FORMS_TITLE,
    url="reports:questionnaires",
    template="reports/surveys/questionnaires.html",
    filters=QuestionnaireFilter,
    noun="анкета,анкеты,анкет",
    columns=(Column("Анкета", ("title",)), Column("Когда спрашивают"), Column("Редакция"), Column("Состояние")),
    orderings={"title": ("title", "pk"), "newest": ("-created_at", "-pk")},
    row=presenters.form_row,
    nothing=EmptyState("Анкет пока нет."),
    none_found="Таких анкет нет.",
    prepare=lambda found, user: found.with_numbers(),  # type: ignore[attr-defined]
    workbook=Workbook("Анкеты", "Анкеты", presenters.FORM_COLUMNS, presenters.form_cells, dated=True),
)
