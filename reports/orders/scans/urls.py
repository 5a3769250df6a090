"""Addresses of stacks of scans."""

from django.urls import path

from reports.orders.scans import views

urlpatterns = [
    path("orders/scans/", views.scans_new, name="scans_new"),
    path("orders/scans/<int:pk>/", views.scans, name="scans"),
    path("orders/scans/<int:pk>/progress/", views.scans_progress, name="scans_progress"),
    path("orders/scans/<int:pk>/correct/", views.scans_correct, name="scans_correct"),
    path("orders/scans/<int:pk>/attach/", views.scans_attach, name="scans_attach"),
    path("orders/scans/<int:pk>/drop/", views.scans_drop, name="scans_drop"),
    path("orders/scans/pages/<int:pk>/", views.scan_page, name="scan_page"),
    path("orders/scans/pages/<int:pk>/drop/", views.scan_paper_drop, name="scan_paper_drop"),
]
