"""Addresses of papers that changed facts touch."""

from django.urls import path

from reports.documents.touched import views

urlpatterns = [
    path("orders/touched/", views.touched_all, name="touched"),
    path("people/<int:pk>/touched/", views.touched_of, name="touched_of"),
    path("orders/<int:pk>/leave/<int:former>/", views.leave, name="touched_leave"),
]
