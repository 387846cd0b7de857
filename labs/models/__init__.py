"""Labs as they are done: the shadow of the catalog, what learners type, and what became of it."""

from labs.models.catalog import Draft, KeptText, Lab, Variant
from labs.models.chores import Chore, Worker
from labs.models.efforts import Effort, Mistake
from labs.models.grades import Grade, GradedBy
from labs.models.overrides import Ruling
from labs.models.submissions import Submission
from labs.models.translation import Translation
from labs.models.turns import OPEN, State

__all__ = [
    "OPEN",
    "Chore",
    "Draft",
    "Effort",
    "Grade",
    "GradedBy",
    "KeptText",
    "Lab",
    "Mistake",
    "Ruling",
    "State",
    "Submission",
    "Translation",
    "Variant",
    "Worker",
]
