"""Collects the models of the features, for Django only: code imports a model from its own folder."""

import people.absences.models
import people.access.models
import people.accounts.models
import people.banks.models
import people.consents.destruction.models
import people.consents.duties.models
import people.consents.models
import people.consents.operator.models
import people.consents.requests.models
import people.consents.withdrawals.models
import people.photos.models
import people.register.models
import people.retention.models
import people.roles.models
import people.school.models
import people.staff_list.models  # noqa: F401
