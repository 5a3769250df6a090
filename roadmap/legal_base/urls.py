"""Addresses of the legal base."""

from django.urls import path

from roadmap.legal_base import views

urlpatterns = [
    path("legal-base/", views.legal_acts, name="legal_acts"),
    path("legal-base/new/", views.legal_act_new, name="legal_act_new"),
    path("legal-base/check/", views.legal_acts_check, name="legal_acts_check"),
    path("legal-base/<int:pk>/", views.legal_act, name="legal_act"),
    path("legal-base/<int:pk>/file/", views.legal_act_file, name="legal_act_file"),
    path("legal-base/<int:pk>/edit/", views.legal_act_edit, name="legal_act_edit"),
    path("legal-base/<int:pk>/check/", views.legal_act_check, name="legal_act_check"),
    path("legal-base/<int:pk>/end/", views.legal_act_end, name="legal_act_end"),
    path("legal-base/<int:pk>/revive/", views.legal_act_revive, name="legal_act_revive"),
    path("legal-base/<int:pk>/settle/", views.legal_act_settle, name="legal_act_settle"),
]
