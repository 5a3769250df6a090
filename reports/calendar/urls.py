"""Addresses of the calendar."""

from django.urls import path

from reports.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/address/", views.address, name="calendar_address"),
    path("calendar/address/new/", views.address_new, name="calendar_address_new"),
    path("calendar/address/revoke/", views.address_revoke, name="calendar_address_revoke"),
    path("calendar/events/<int:pk>.ics", views.event_ics, name="event_ics"),
    path("calendar/feed/<str:token>.ics", views.feed, name="calendar_feed"),
]
