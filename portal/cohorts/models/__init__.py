"""Cohorts, their people, what lets people in, and by when they are to be done."""

from portal.cohorts.models.choices import Counts as Counts
from portal.cohorts.models.choices import Late as Late
from portal.cohorts.models.choices import Role as Role
from portal.cohorts.models.cohorts import TEACHING as TEACHING
from portal.cohorts.models.cohorts import Cohort as Cohort
from portal.cohorts.models.cohorts import Membership as Membership
from portal.cohorts.models.cohorts import PastMembership as PastMembership
from portal.cohorts.models.due_dates import DueDate as DueDate
from portal.cohorts.models.due_dates import Extension as Extension
from portal.cohorts.models.invitations import Invitation as Invitation
from portal.cohorts.models.invitations import new_code as new_code
from portal.cohorts.models.invitations import tidy_code as tidy_code
