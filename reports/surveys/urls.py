"""Addresses of surveys and questionnaires."""

from django.urls import path

from reports.surveys import answer_views, questionnaire_views, views

urlpatterns = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/new/", views.new, name="survey_new"),
    path("surveys/<int:pk>/", views.survey, name="survey"),
    path("surveys/<int:pk>/edit/", views.edit, name="survey_edit"),
    path("surveys/<int:pk>/open/", views.start, name="survey_open"),
    path("surveys/<int:pk>/close/", views.close, name="survey_close"),
    path("surveys/<int:pk>/remind/", views.remind, name="survey_remind"),
    path("surveys/<int:pk>/discard/", views.discard, name="survey_discard"),
    path("surveys/<int:pk>/results.xlsx", views.results_xlsx, name="survey_results_xlsx"),
    path("surveys/<int:pk>/results.pdf", views.results_pdf, name="survey_results_pdf"),
    path("surveys/<int:pk>/answer/", answer_views.answer, name="survey_answer"),
    path("surveys/<int:pk>/thanks/", answer_views.thanks, name="survey_thanks"),
    path("surveys/<int:pk>/enter/", answer_views.enter, name="survey_enter"),
    path("surveys/<int:pk>/form.pdf", answer_views.blank, name="survey_blank"),
    path("surveys/forms/", questionnaire_views.questionnaires, name="questionnaires"),
    path("surveys/forms/new/", questionnaire_views.new, name="questionnaire_new"),
    path("surveys/forms/<int:pk>/", questionnaire_views.questionnaire, name="questionnaire"),
    path("surveys/forms/<int:pk>/edit/", questionnaire_views.edit, name="questionnaire_edit"),
    path("surveys/forms/<int:pk>/publish/", questionnaire_views.publish, name="questionnaire_publish"),
    path("surveys/forms/<int:pk>/put-away/", questionnaire_views.put_away, name="questionnaire_put_away"),
]
