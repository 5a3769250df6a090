"""Addresses of monitoring."""

from django.urls import path

from reports.monitoring import views

urlpatterns = [
    path("monitoring/", views.monitorings, name="monitorings"),
    path("monitoring/new/", views.new, name="monitoring_new"),
    path("monitoring/<int:pk>/", views.monitoring, name="monitoring"),
    path("monitoring/<int:pk>/edit/", views.edit, name="monitoring_edit"),
    path("monitoring/<int:pk>/swot/", views.swot, name="monitoring_swot"),
    path("monitoring/<int:pk>/conclusions/", views.conclusions, name="monitoring_conclusions"),
    path("monitoring/<int:pk>/minutes/", views.minutes, name="monitoring_minutes"),
    path("monitoring/<int:pk>/assess/", views.assess, name="monitoring_assess"),
    path("monitoring/<int:pk>/complete/", views.complete, name="monitoring_complete"),
    path("monitoring/<int:pk>/pdf/", views.pdf, name="monitoring_pdf"),
    path("monitoring/<int:pk>/order-scan/", views.order_scan, name="monitoring_order_scan"),
    path("monitoring/<int:pk>/minutes-scan/", views.minutes_scan, name="monitoring_minutes_scan"),
]
