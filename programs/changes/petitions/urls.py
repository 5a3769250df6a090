"""Addresses of petitions."""

from django.urls import path

from programs.changes.petitions import views

urlpatterns = [
    path("pairings/<int:pk>/petition/new/", views.new, name="petition_new"),
    path("petitions/<int:pk>/", views.petition, name="petition"),
    *[
        path(f"petitions/<int:pk>/{verb}/", views.decide, {"verb": verb}, name=f"petition_{verb}")
        for verb in views.DECISIONS
    ],
]
