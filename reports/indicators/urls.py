"""Addresses of indicators."""

from django.urls import path

from reports.indicators import views

urlpatterns = [
    path("indicators/", views.page, name="indicators"),
    path("indicators/pdf/", views.pdf, name="indicators_pdf"),
    path("indicators/<slug:code>/", views.indicator, name="indicator"),
    path("indicators/<slug:code>/list/", views.listed, name="indicator_list"),
    path("indicators/<slug:code>/goal/", views.goal, name="indicator_goal"),
]
