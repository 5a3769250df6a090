"""Collects the models of the features, for Django only: code imports a model from its own folder."""

import roadmap.bodies.models
import roadmap.council.models
import roadmap.duties.models
import roadmap.events.models
import roadmap.legal_base.models
import roadmap.library.models
import roadmap.partners.models
import roadmap.plan.models
import roadmap.practices.models
import roadmap.regulation.models
import roadmap.training.models  # noqa: F401
