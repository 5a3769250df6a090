"""Addresses of the roadmap."""

from django.urls import path

from roadmap.plan import task_views, views

urlpatterns = [
    path("roadmap/", views.roadmaps, name="roadmaps"),
    path("roadmap/new/", views.new, name="new"),
    path("roadmap/<int:pk>/", views.roadmap, name="roadmap"),
    path("roadmap/<int:pk>/pdf/", views.pdf, name="pdf"),
    path("roadmap/<int:pk>/xlsx/", views.xlsx, name="xlsx"),
    path("roadmap/<int:pk>/particulars/", views.particulars, name="particulars"),
    path("roadmap/<int:pk>/submit/", views.submit, name="submit"),
    path("roadmap/<int:pk>/return/", views.send_back, name="send_back"),
    path("roadmap/<int:pk>/done/", task_views.done_many, name="done_many"),
    path("roadmap/<int:pk>/stages/<int:stage_pk>/new/", task_views.edit, name="task_new"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/", task_views.task, name="task"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/edit/", task_views.edit, name="task_edit"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/drop/", task_views.drop, name="task_drop"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/done/", task_views.done, name="task_done"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/unmark/", task_views.unmark, name="task_unmark"),
]
