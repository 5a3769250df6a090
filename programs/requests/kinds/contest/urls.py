"""Addresses of contests: the list, preparation, result."""

from django.urls import path

from programs.requests.kinds.contest import views

urlpatterns = [
    path("contests/", views.contests, name="contests"),
    path("requests/<int:pk>/contest/prepare/", views.prepare, name="contest_prepare"),
    path("requests/<int:pk>/contest/result/", views.result, name="contest_result"),
    path("requests/<int:pk>/contest/owner/", views.owner, name="contest_owner"),
]
