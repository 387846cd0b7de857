"""The text of a manifest → objects of the API."""
