"""Addresses of changes of pairs and programmes at work, and of petitions."""

from django.urls import path

from programs.views import amending, changes, replacing

urlpatterns = [
    path("programs/<int:pk>/changes/", changes.overview, name="program_changes"),
    path("programs/<int:pk>/amendment/new/", amending.new, name="amendment_new"),
    path("programs/<int:pk>/pause/new/", changes.pause_new, name="pause_new"),
    path("pairings/<int:pk>/replacement/new/", replacing.substitution_new, name="substitution_new"),
    path("pairings/<int:pk>/end/new/", replacing.dissolution_new, name="dissolution_new"),
    path("pairings/<int:pk>/petition/new/", replacing.petition_new, name="petition_new"),
    path("changes/pause/<int:pk>/resume/", changes.resume_new, name="resume_new"),
    path("changes/amendment/<int:pk>/edit/", amending.edit, name="amendment_edit"),
    path("changes/amendment/<int:pk>/lines/new/", amending.line, name="amendment_line_new"),
    path("changes/amendment/<int:pk>/lines/<int:number>/", amending.line, name="amendment_line"),
    path("changes/amendment/<int:pk>/lines/<int:number>/drop/", amending.line_drop, name="amendment_line_drop"),
    path("changes/amendment/<int:pk>/agree/<int:participation>/", amending.agree, name="amendment_agree"),
    path("changes/substitution/<int:pk>/edit/", replacing.substitution_edit, name="substitution_edit"),
    path("changes/substitution/<int:pk>/return/", replacing.substitution_return, name="substitution_return"),
    path("changes/<slug:what>/<int:pk>/", changes.change, name="change"),
    *[
        path(f"changes/<slug:what>/<int:pk>/{verb}/", changes.decide, {"verb": verb}, name=f"change_{verb}")
        for verb in changes.QUESTIONS
    ],
    path("petitions/<int:pk>/", replacing.petition, name="petition"),
    *[
        path(f"petitions/<int:pk>/{verb}/", replacing.petition_decide, {"verb": verb}, name=f"petition_{verb}")
        for verb in replacing.DECISIONS
    ],
]
