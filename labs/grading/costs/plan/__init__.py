"""A plan of how to pay for a week of load that repeats all year, priced hour by hour, against the
cheapest one that keeps the same rules."""
