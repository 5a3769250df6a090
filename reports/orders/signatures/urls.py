"""Addresses of detached signatures."""

from django.urls import path

from reports.orders.signatures import views

urlpatterns = [
    path("orders/<int:pk>/signatures/", views.signatures, name="order_signatures"),
    path("orders/<int:pk>/signatures/prepare/", views.prepare, name="order_signature_prepare"),
    path("orders/signatures/<int:pk>/attach/", views.attach, name="signature_attach"),
    path("orders/signatures/<int:pk>/paper/", views.paper, name="signature_paper"),
    path("orders/signatures/<int:pk>/file/", views.file, name="signature_file"),
]
