"""Addresses of photographs inside the cabinet; visitors have one of their own (reports/site)."""

from django.urls import path

from people.photos import views

urlpatterns = [
    path("people/<int:pk>/photo/", views.photo, name="person_photo"),
    path("people/<int:pk>/photo/picture/", views.picture, name="person_photo_picture"),
    path("people/<int:pk>/photo/remove/", views.remove, name="person_photo_remove"),
]
