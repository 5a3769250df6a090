"""Addresses of notices of an early end (ТК 351.8)."""

from django.urls import path

from programs.mentor_agreements.notices import views

urlpatterns = [
    path("people/<int:pk>/notices/<str:giver>/", views.notice_new, name="notice_new"),
    path("people/<int:pk>/notices/<str:giver>/blank/", views.blank, name="notice_blank"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/pdf/", views.pdf, name="notice_pdf"),
    path("notices/<int:pk>/scan/", views.scan, name="notice_scan"),
    path("notices/<int:pk>/paper/", views.record_paper, name="notice_paper"),
    path("notices/<int:pk>/withdraw/", views.withdraw, name="notice_withdraw"),
    path("notices/<int:pk>/order/", views.order, name="notice_order"),
]
