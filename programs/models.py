"""Collects the models of the features, for Django only: code imports a model from its own folder."""

import programs.attention.models
import programs.catalogs.models
import programs.changes.amendment.models
import programs.changes.dissolution.models
import programs.changes.models
import programs.changes.pause.models
import programs.changes.petitions.models
import programs.changes.replacement.models
import programs.completion.models
import programs.difficulties.models
import programs.journal.models
import programs.learning.models
import programs.mentor_agreements.models
import programs.observations.models
import programs.pairings.choosing.models
import programs.pairings.models
import programs.program.models
import programs.relationship.models
import programs.requests.models
import programs.support.models
import programs.tasks.models  # noqa: F401
from programs.requests import registry

registry.modules("models")
