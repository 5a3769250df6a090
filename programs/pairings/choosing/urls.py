"""Addresses of what the choice of pairs goes by."""

from django.urls import path

from programs.pairings.choosing import views

urlpatterns = [
    path("pairings/rules/", views.rules, name="pairing_rules"),
    path("pairings/wishes/", views.wishes, name="colleague_wishes"),
    path("pairings/wishes/<int:pk>/forget/", views.forget, name="colleague_wish_forget"),
]
