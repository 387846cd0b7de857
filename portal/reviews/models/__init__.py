"""What people say about answers."""

from portal.reviews.models.comments import Comment

__all__ = ["Comment"]
