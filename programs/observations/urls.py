"""Addresses of sheets of observation."""

from django.urls import path

from programs.observations import views

urlpatterns = [
    path("programs/<int:pk>/sheets/new/", views.new, name="sheet_new"),
    path("sheets/<int:pk>/", views.sheet, name="sheet"),
    path("sheets/<int:pk>/fill/", views.fill, name="sheet_fill"),
    path("sheets/<int:pk>/pdf/", views.pdf, name="sheet_pdf"),
    path("sheets/<int:pk>/drop/", views.drop, name="sheet_drop"),
]
