"""Names and headers that AWS gives, taken apart by AWS's own rules. Each module reads one sort of
name and knows nothing of labs; `exercise` judges how a learner took them apart."""
