"""What the modelled machine has: files, packages, units, and who asks it."""
