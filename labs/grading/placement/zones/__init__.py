"""Things that stand in zones, and what a failure leaves of them."""
