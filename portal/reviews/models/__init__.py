"""What people say about answers, and ask."""

from portal.reviews.models.comments import Comment
from portal.reviews.models.questions import Kind, Question, Stage

__all__ = ["Comment", "Kind", "Question", "Stage"]
