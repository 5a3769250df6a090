"""The address of handing over."""

from django.urls import path

from people.handover import views

urlpatterns = [path("people/<int:pk>/handover/", views.handover, name="handover")]
