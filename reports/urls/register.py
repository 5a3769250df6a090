"""Addresses of the journal, of signatures made outside, of stacks of scans and of acquaintance."""

from django.urls import path

from reports.views import acquaintance, local_acts, order_scans, order_signatures, register

urlpatterns = [
    path("orders/journal/", register.journal, name="orders_journal"),
    path("orders/journal/pdf/", register.journal_pdf, name="orders_journal_pdf"),
    path("orders/journal/number/", register.number_new, name="number_new"),
    path("orders/<int:pk>/remind/", acquaintance.order_remind, name="order_remind"),
    path("orders/<int:pk>/sheet/", acquaintance.order_sheet, name="order_sheet"),
    path("orders/acquaintances/<int:pk>/sign/", acquaintance.acquaintance_sign, name="acquaintance_sign"),
    path("orders/scans/", order_scans.scans_new, name="scans_new"),
    path("orders/scans/<int:pk>/", order_scans.scans, name="scans"),
    path("orders/scans/<int:pk>/progress/", order_scans.scans_progress, name="scans_progress"),
    path("orders/scans/<int:pk>/correct/", order_scans.scans_correct, name="scans_correct"),
    path("orders/scans/<int:pk>/attach/", order_scans.scans_attach, name="scans_attach"),
    path("orders/scans/<int:pk>/drop/", order_scans.scans_drop, name="scans_drop"),
    path("orders/scans/pages/<int:pk>/", order_scans.scan_page, name="scan_page"),
    path("orders/scans/pages/<int:pk>/drop/", order_scans.scan_paper_drop, name="scan_paper_drop"),
    path("orders/<int:pk>/signatures/", order_signatures.signatures, name="order_signatures"),
    path("orders/<int:pk>/signatures/prepare/", order_signatures.prepare, name="order_signature_prepare"),
    path("orders/signatures/<int:pk>/attach/", order_signatures.attach, name="signature_attach"),
    path("orders/signatures/<int:pk>/paper/", order_signatures.paper, name="signature_paper"),
    path("orders/signatures/<int:pk>/file/", order_signatures.file, name="signature_file"),
    path("acquaintance/", acquaintance.overview, name="acquaintance"),
    path("acquaintance/protocols/<int:pk>/", acquaintance.protocol, name="protocol"),
    path("acquaintance/acts/new/", local_acts.local_act_new, name="local_act_new"),
    path("acquaintance/acts/<int:pk>/", local_acts.local_act, name="local_act"),
    path("acquaintance/acts/<int:pk>/file/", local_acts.local_act_file, name="local_act_file"),
    path("acquaintance/acts/<int:pk>/extend/", local_acts.local_act_extend, name="local_act_extend"),
    path("acquaintance/acts/<int:pk>/remind/", local_acts.local_act_remind, name="local_act_remind"),
    path("acquaintance/acts/<int:pk>/sheet/", local_acts.local_act_sheet, name="local_act_sheet"),
    path("acquaintance/readers/<int:pk>/read/", local_acts.act_reader_read, name="act_reader_read"),
    path("acquaintance/readers/<int:pk>/sign/", local_acts.act_reader_sign, name="act_reader_sign"),
    path("acquaintance/readers/<int:pk>/sheet/", local_acts.act_reader_sheet, name="act_reader_sheet"),
    path("acquaintance/readers/<int:pk>/remind/", local_acts.act_reader_remind, name="act_reader_remind"),
]
