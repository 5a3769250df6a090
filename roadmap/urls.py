"""Addresses of the roadmap and the regulation."""

from django.urls import path

from roadmap import views

app_name = "roadmap"
urlpatterns = [
    path("roadmap/", views.roadmaps, name="roadmaps"),
    path("roadmap/new/", views.new, name="new"),
    path("roadmap/regulation/", views.regulation, name="regulation"),
    path("roadmap/<int:pk>/", views.roadmap, name="roadmap"),
    path("roadmap/<int:pk>/pdf/", views.pdf, name="pdf"),
    path("roadmap/<int:pk>/submit/", views.submit, name="submit"),
    path("roadmap/<int:pk>/return/", views.send_back, name="send_back"),
    path("roadmap/<int:pk>/stages/<int:stage_pk>/new/", views.task_edit, name="task_new"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/", views.task_edit, name="task_edit"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/drop/", views.task_drop, name="task_drop"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/done/", views.task_done, name="task_done"),
]
