"""All tables together: each subject keeps its own, and a row may refer to another subject's."""

from data_access.accounts import models as accounts
from data_access.activity import models as activity
from data_access.base import Base
from data_access.events import models as events
from data_access.followup import models as followup
from data_access.hall import models as hall
from data_access.outboxes import models as outboxes
from data_access.questions import models as questions
from data_access.review import models as review

SUBJECTS = (events, questions, hall, followup, review, activity, accounts, outboxes)
METADATA = Base.metadata
