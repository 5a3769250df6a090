"""Addresses of orders."""

from django.urls import path

from reports.orders import choice_views, list_views, step_views, views
from reports.orders.drafting import proposal_views
from reports.orders.printing import views as printing_views
from reports.orders.registration import stack_views

urlpatterns = [
    path("orders/", list_views.order_list, name="orders"),
    path("orders/discard/", list_views.orders_discard, name="orders_discard"),
    path("orders/visas/remind/", list_views.orders_remind, name="orders_remind"),
    path("orders/new/", choice_views.order_new, name="order_new"),
    path("orders/register/", stack_views.register_many_orders, name="orders_register"),
    path("orders/<int:pk>/", views.order, name="order"),
    path("orders/<int:pk>/edit/", step_views.edit, name="order_edit"),
    path("orders/<int:pk>/restate/", proposal_views.restate, name="order_restate"),
    path("orders/<int:pk>/recompose/", step_views.recompose, name="order_recompose"),
    path("orders/<int:pk>/agree/", step_views.agree, name="order_agree"),
    path("orders/<int:pk>/send/", step_views.send, name="order_send"),
    path("orders/<int:pk>/to-signature/", step_views.to_signature, name="order_to_signature"),
    path("orders/<int:pk>/back/", step_views.back, name="order_back"),
    path("orders/<int:pk>/discard/", step_views.discard, name="order_discard"),
    path("orders/<int:pk>/register/", step_views.register, name="order_register"),
    path("orders/<int:pk>/scan/", step_views.scan, name="order_scan"),
    path("orders/<int:pk>/scan/file/", printing_views.scan_file, name="order_scan_file"),
    path("orders/<int:pk>/preview/", printing_views.preview, name="order_preview"),
    path("orders/<int:pk>/docx/", printing_views.docx, name="order_docx"),
    path("orders/<int:pk>/pdf/", printing_views.pdf, name="order_pdf"),
    path("orders/<int:pk>/document/", printing_views.document, name="order_document"),
    path("orders/<int:pk>/print/", printing_views.print_again, name="order_print"),
    path("orders/items/<int:pk>/drop/", views.item_drop, name="order_item_drop"),
    path("orders/visas/<int:pk>/give/", views.visa_give, name="visa_give"),
    path("orders/visas/<int:pk>/pass/", views.visa_pass, name="visa_pass"),
    path("orders/visas/<int:pk>/remind/", views.visa_remind, name="visa_remind"),
]
