"""Letters of training that ask for something: whether they still do when they leave."""

from mentoring_site.mail import while_there
from roadmap.training.models import Training, TrainingInvitation

NEEDED = {
    "training_returned": while_there(Training, state=Training.State.RETURNED),
    "training_invited": while_there(TrainingInvitation, answer__isnull=True, withdrawn_at__isnull=True),
}
