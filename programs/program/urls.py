"""Addresses of programs: the list, one program by its parts, drafting, approval."""

from django.urls import path

from programs.program import document_views, views
from programs.program.approval import views as approval_views
from programs.program.drafting import plan_views
from programs.program.drafting import views as drafting_views
from programs.program.kinds import condition_views
from programs.program.kinds import views as kinds_views
from programs.program.trial import views as trial_views

urlpatterns = [
    path("programs/", views.program_list, name="programs"),
    path("programs/go-on/", views.programs_go_on, name="programs_go_on"),
    path("programs/kinds/", kinds_views.kinds, name="kinds"),
    path("pairings/<int:pk>/program/new/", drafting_views.new, name="program_new"),
    path("programs/<int:pk>/", views.program, name="program"),
    path("programs/<int:pk>/people/", views.people, name="program_people"),
    path("programs/<int:pk>/papers/", document_views.papers, name="program_papers"),
    path("programs/<int:pk>/papers/program.pdf", document_views.program_pdf, name="program_pdf"),
    path("programs/<int:pk>/papers/changes/", document_views.changes, name="program_versions"),
    path("programs/<int:pk>/history/", views.history, name="history"),
    path("programs/<int:pk>/edit/", drafting_views.edit, name="program_edit"),
    path("programs/<int:pk>/edit/plan/", drafting_views.plan, name="program_plan"),
    path("programs/<int:pk>/edit/plan/arrange/", plan_views.arrange, name="plan_arrange"),
    path("programs/<int:pk>/edit/plan/left-out/<int:statement>/", plan_views.left_out, name="left_out"),
    path("programs/<int:pk>/trial/", trial_views.trial, name="program_trial"),
    path("programs/<int:pk>/conditions/", condition_views.condition, name="program_condition"),
    path(
        "programs/<int:pk>/activities/<int:activity>/materials/<int:file_pk>/",
        plan_views.material,
        name="activity_material",
    ),
    path("programs/<int:pk>/edit/<slug:step>/", drafting_views.step, name="program_step"),
    path("programs/<int:pk>/activities/new/", drafting_views.activity, name="activity_new"),
    path("programs/<int:pk>/activities/<int:activity>/edit/", drafting_views.activity, name="activity_edit"),
    path("programs/<int:pk>/activities/<int:activity>/drop/", drafting_views.activity_drop, name="activity_drop"),
    path("programs/<int:pk>/confirm/", approval_views.confirm, name="program_confirm"),
    path("programs/<int:pk>/confirm/<int:participation>/", approval_views.confirm, name="program_confirm_for"),
    path("programs/<int:pk>/ask/", approval_views.ask, name="program_ask"),
    path("programs/<int:pk>/submit/", approval_views.submit, name="program_submit"),
    path("programs/<int:pk>/endorse/", approval_views.endorse, name="program_endorse"),
    path("programs/<int:pk>/agree/", approval_views.agree, name="program_agree"),
    path("programs/<int:pk>/grif/", approval_views.grif, name="program_grif"),
    path("programs/<int:pk>/grif/scan/", approval_views.grif_scan, name="program_grif_scan"),
    path("programs/<int:pk>/return/", approval_views.send_back, name="program_send_back"),
    path("programs/<int:pk>/special-term/", drafting_views.decide_term, name="program_term"),
    path("programs/<int:pk>/special-term/drop/", drafting_views.undecide_term, name="program_term_drop"),
    path("programs/<int:pk>/remarks/new/", approval_views.remark, name="program_remark"),
    path("programs/<int:pk>/remarks/<int:remark>/resolve/", approval_views.resolve, name="remark_resolve"),
]
