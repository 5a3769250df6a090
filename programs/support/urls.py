"""Addresses of the council's support and marks."""

from django.urls import path

from programs.support import views

urlpatterns = [
    path("support/", views.tasks, name="support_tasks"),
    path("support/<int:pk>/", views.task, name="support_task"),
    path("support/<int:pk>/do/", views.do, name="support_task_do"),
    path("support/<int:pk>/check/", views.check, name="support_task_check"),
    path("support/<int:pk>/drop/", views.drop, name="support_task_drop"),
    path("programs/council-marks/", views.council_marks, name="council_marks"),
    path("programs/<int:pk>/support/", views.of_program, name="support_of"),
    path("programs/<int:pk>/support/new/", views.new, name="support_new"),
    path("programs/<int:pk>/mark/", views.mark, name="council_mark_new"),
]
