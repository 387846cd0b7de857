"""A calculation as data: quantities with units and steps over them, with the slips that people
make in each step."""
