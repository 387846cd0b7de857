"""A cohort as large as one likes, for looking at pages and for measuring them: the same one each
time, with answers that learners might give and reports of the real engines."""
