"""Launch templates, and the instances that come of them."""
