"""Addresses of planned meetings."""

from django.urls import path

from programs.journal.planning import views

urlpatterns = [
    path("programs/<int:pk>/meetings/plan/", views.plan, name="meeting_plan"),
    path("planned-meetings/<int:pk>/", views.planned, name="meeting_planned"),
    path("planned-meetings/<int:pk>/agenda/", views.agenda, name="meeting_agenda"),
    path("planned-meetings/<int:pk>/held/", views.held, name="meeting_held"),
    path("planned-meetings/<int:pk>/move/", views.move, name="meeting_move"),
    path("planned-meetings/<int:pk>/cancel/", views.cancel, name="meeting_cancel"),
    path("planned-meetings/answers/<int:pk>/", views.unsuitable, name="meeting_unsuitable"),
]
