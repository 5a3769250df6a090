"""Addresses of tasks."""

from django.urls import path

from programs.tasks import views

urlpatterns = [
    path("tasks/", views.tasks, name="mentor_tasks"),
    path("tasks/<int:pk>/", views.task, name="mentor_task"),
    path("tasks/<int:pk>/do/", views.do, name="mentor_task_do"),
    path("tasks/<int:pk>/check/", views.check, name="mentor_task_check"),
    path("tasks/<int:pk>/drop/", views.drop, name="mentor_task_drop"),
    path("programs/<int:pk>/tasks/", views.of_program, name="mentor_tasks_of"),
    path("programs/<int:pk>/tasks/new/", views.new, name="mentor_task_new"),
]
