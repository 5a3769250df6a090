"""Addresses of an explanation."""

from django.urls import path

from programs.requests.kinds.discipline import views

urlpatterns = [
    path("explanations/<int:pk>/", views.page, name="explanation"),
    path("explanations/<int:pk>/paper/", views.paper, name="explanation_paper"),
    path("explanations/<int:pk>/write/", views.write, name="explanation_write"),
    path("explanations/<int:pk>/refusal/", views.refusal, name="explanation_refusal"),
    path("explanations/<int:pk>/drop/", views.drop, name="explanation_drop"),
]
