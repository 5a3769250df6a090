"""Addresses of the union's opinions."""

from django.urls import path

from reports.opinions import views

urlpatterns = [
    path("council/opinions/", views.opinions, name="opinions"),
    path("council/opinions/new/", views.new, name="opinion_new"),
    path("council/opinions/<int:pk>/", views.opinion, name="opinion"),
    path("council/opinions/<int:pk>/answer/", views.answer, name="opinion_answer"),
    path("council/opinions/<int:pk>/paper/", views.paper, name="opinion_paper"),
]
