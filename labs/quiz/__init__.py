"""Questions in lessons: what a course asks, what each learner answered, and when it comes back."""
