"""Addresses of orders."""

from django.urls import path

from reports.views import order, order_files, order_steps, orders, proposals

urlpatterns = [
    path("orders/", orders.order_list, name="orders"),
    path("orders/xlsx/", orders.orders_xlsx, name="orders_xlsx"),
    path("orders/new/", orders.order_new, name="order_new"),
    path("orders/<int:pk>/", order.order, name="order"),
    path("orders/<int:pk>/edit/", order_steps.edit, name="order_edit"),
    path("orders/<int:pk>/restate/", proposals.restate, name="order_restate"),
    path("orders/<int:pk>/recompose/", order_steps.recompose, name="order_recompose"),
    path("orders/<int:pk>/agree/", order_steps.agree, name="order_agree"),
    path("orders/<int:pk>/send/", order_steps.send, name="order_send"),
    path("orders/<int:pk>/back/", order_steps.back, name="order_back"),
    path("orders/<int:pk>/discard/", order_steps.discard, name="order_discard"),
    path("orders/<int:pk>/register/", order_steps.register, name="order_register"),
    path("orders/<int:pk>/scan/", order_steps.scan, name="order_scan"),
    path("orders/<int:pk>/scan/file/", order_files.scan_file, name="order_scan_file"),
    path("orders/<int:pk>/preview/", order_files.preview, name="order_preview"),
    path("orders/<int:pk>/docx/", order_files.docx, name="order_docx"),
    path("orders/<int:pk>/pdf/", order_files.pdf, name="order_pdf"),
    path("orders/<int:pk>/document/", order_files.document, name="order_document"),
    path("orders/<int:pk>/print/", order_files.print_again, name="order_print"),
    path("orders/items/<int:pk>/drop/", order.item_drop, name="order_item_drop"),
    path("orders/visas/<int:pk>/give/", order.visa_give, name="visa_give"),
    path("orders/visas/<int:pk>/pass/", order.visa_pass, name="visa_pass"),
    path("orders/visas/<int:pk>/remind/", order.visa_remind, name="visa_remind"),
    path("orders/acquaintances/<int:pk>/read/", order.acquaintance_read, name="acquaintance_read"),
    path("orders/acquaintances/<int:pk>/sheet/", order.acquaintance_sheet, name="acquaintance_sheet"),
    path("orders/acquaintances/<int:pk>/remind/", order.acquaintance_remind, name="acquaintance_remind"),
]
