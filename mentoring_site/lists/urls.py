"""Addresses of kept filters."""

from django.urls import path

from mentoring_site.lists import views

app_name = "lists"
urlpatterns = [
    path("lists/views/save/", views.save, name="save"),
    path("lists/views/drop/", views.drop, name="drop"),
]
