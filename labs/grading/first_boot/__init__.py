"""User data: what a bash script comes to at the first boot of a modelled Amazon Linux 2023
instance, in plain Python. Nothing is executed."""
