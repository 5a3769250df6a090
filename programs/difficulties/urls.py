"""Addresses of difficulties."""

from django.urls import path

from programs.difficulties import help_views, views

AT = "programs/<int:pk>/difficulties/"
ONE = f"{AT}<int:statement>/"

urlpatterns = [
    path(AT, views.of_program, name="difficulties"),
    path(f"{AT}new/", views.new, name="difficulty_new"),
    path(ONE, views.difficulty, name="difficulty"),
    path(f"{ONE}propose/", views.propose, name="difficulty_propose"),
    path(f"{ONE}answer/", views.answer, name="difficulty_answer"),
    path(f"{ONE}reopen/", views.reopen, name="difficulty_reopen"),
    path(f"{ONE}flag/", views.flag, name="difficulty_flag"),
    path(f"{ONE}settle/", views.settle, name="difficulty_settle"),
    path(f"{ONE}activity/", help_views.activity, name="difficulty_activity"),
    path(f"{ONE}situational/", help_views.situational, name="difficulty_situational"),
    path(f"{ONE}program/", help_views.program, name="difficulty_program"),
]
