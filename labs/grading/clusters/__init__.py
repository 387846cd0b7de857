"""Kubernetes manifests, and what a cluster makes of them."""
