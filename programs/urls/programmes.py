"""Addresses of programmes: the list, one programme by its parts, drafting, agreement."""

from django.urls import path

from programs.views import agreement, drafting, program_papers, programmes

urlpatterns = [
    path("programs/", programmes.program_list, name="programs"),
    path("pairings/<int:pk>/program/new/", drafting.new, name="program_new"),
    path("programs/<int:pk>/", programmes.program, name="program"),
    path("programs/<int:pk>/people/", programmes.people, name="program_people"),
    path("programs/<int:pk>/papers/", program_papers.papers, name="program_papers"),
    path("programs/<int:pk>/papers/program.pdf", program_papers.program_pdf, name="program_pdf"),
    path("programs/<int:pk>/papers/changes/", program_papers.changes, name="program_versions"),
    path("programs/<int:pk>/papers/<slug:what>/<int:participation>/", program_papers.blank, name="program_blank"),
    path("programs/<int:pk>/history/", programmes.history, name="history"),
    path("programs/<int:pk>/edit/", drafting.edit, name="program_edit"),
    path("programs/<int:pk>/edit/plan/", drafting.plan, name="program_plan"),
    path("programs/<int:pk>/edit/<slug:step>/", drafting.step, name="program_step"),
    path("programs/<int:pk>/activities/new/", drafting.activity, name="activity_new"),
    path("programs/<int:pk>/activities/<int:activity>/edit/", drafting.activity, name="activity_edit"),
    path("programs/<int:pk>/activities/<int:activity>/drop/", drafting.activity_drop, name="activity_drop"),
    path("programs/<int:pk>/confirm/", agreement.confirm, name="program_confirm"),
    path("programs/<int:pk>/confirm/<int:participation>/", agreement.confirm, name="program_confirm_for"),
    path("programs/<int:pk>/ask/", agreement.ask, name="program_ask"),
    path("programs/<int:pk>/submit/", agreement.submit, name="program_submit"),
    path("programs/<int:pk>/endorse/", agreement.endorse, name="program_endorse"),
    path("programs/<int:pk>/agree/", agreement.agree, name="program_agree"),
    path("programs/<int:pk>/grif/", agreement.grif, name="program_grif"),
    path("programs/<int:pk>/grif/scan/", agreement.grif_scan, name="program_grif_scan"),
    path("programs/<int:pk>/return/", agreement.send_back, name="program_send_back"),
    path("programs/<int:pk>/special-term/", agreement.decide_term, name="program_term"),
    path("programs/<int:pk>/remarks/new/", agreement.remark, name="program_remark"),
    path("programs/<int:pk>/remarks/<int:remark>/resolve/", agreement.resolve, name="remark_resolve"),
]
