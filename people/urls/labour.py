"""Addresses of agreements with mentors, of notices and of the calendar of working days."""

from django.urls import path

from people.views import labour, notices, workdays

urlpatterns = [
    path("agreements/", labour.agreements, name="agreements"),
    path("agreements/<int:pk>/", labour.agreement, name="agreement"),
    path("agreements/<int:pk>/assign/", labour.assign, name="agreement_assign"),
    path("agreements/<int:pk>/terms/", labour.terms, name="agreement_terms"),
    path("agreements/<int:pk>/exempt/", labour.exempt, name="agreement_exempt"),
    path("agreements/<int:pk>/sign/", labour.sign, name="agreement_sign"),
    path("agreements/<int:pk>/order/", labour.order, name="agreement_order"),
    path("agreements/<int:pk>/stop/", labour.stop, name="agreement_stop"),
    path("agreements/<int:pk>/close/", labour.close, name="agreement_close"),
    path("agreements/<int:pk>/drop/", labour.drop, name="agreement_drop"),
    path("agreements/<int:pk>/attach/<str:paper>/", labour.attach, name="agreement_attach"),
    path("agreements/<int:pk>/scan/<str:paper>/", labour.scan, name="agreement_scan"),
    path("agreements/<int:pk>/paper/<str:paper>/", labour.paper, name="agreement_paper"),
    path("people/<int:pk>/agreements/", labour.person_agreements, name="person_agreements"),
    path("people/<int:pk>/agreements/new/", labour.agreement_new, name="agreement_new"),
    path("people/<int:pk>/notices/<str:giver>/", notices.notice_new, name="notice_new"),
    path("people/<int:pk>/notices/<str:giver>/blank/", notices.blank, name="notice_blank"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/pdf/", notices.pdf, name="notice_pdf"),
    path("notices/<int:pk>/scan/", notices.scan, name="notice_scan"),
    path("notices/<int:pk>/paper/", notices.record_paper, name="notice_paper"),
    path("notices/<int:pk>/withdraw/", notices.withdraw, name="notice_withdraw"),
    path("notices/<int:pk>/order/", notices.order, name="notice_order"),
    path("settings/workdays/", workdays.workdays, name="workdays"),
    path("settings/workdays/new/", workdays.day_new, name="workday_new"),
    path("settings/workdays/<int:pk>/remove/", workdays.day_remove, name="workday_remove"),
]
