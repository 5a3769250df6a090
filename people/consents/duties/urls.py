"""Addresses of what is due by the law on personal data."""

from django.urls import path

from people.consents.duties import views

urlpatterns = [
    path("consents/duties/<int:pk>/done/", views.done, name="duty_done"),
    path("consents/duties/<int:pk>/extend/", views.extend, name="duty_extend"),
    path("consents/duties/<int:pk>/extension.pdf", views.extension, name="duty_extension"),
]
