"""Things sorted into boxes: what a learner wrote, the boxes that are right, and why another is not.
What the things and the boxes are is each lab's own."""
