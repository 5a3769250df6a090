"""Addresses of requests; those of a kind stand in its package."""

from django.urls import path

from programs.requests import registry, views

urlpatterns = [
    path("requests/", views.requests, name="requests"),
    path("requests/new/<slug:code>/<int:pk>/", views.new, name="request_new"),
    *[one for module in registry.modules("urls") for one in module.urlpatterns],
    path("requests/<int:pk>/", views.page, name="request"),
    path("requests/<int:pk>/remind/", views.remind, name="request_remind"),
    path("requests/<int:pk>/interest/", views.interest, name="request_interest"),
    path("requests/<int:pk>/paper/", views.paper, name="request_paper"),
    path("requests/<int:pk>/<slug:verb>/", views.step, name="request_step"),
    path("programs/<int:pk>/requests/", views.program_requests, name="program_requests"),
    path("pairings/<int:pk>/requests/", views.pairing_requests, name="pairing_requests"),
]
