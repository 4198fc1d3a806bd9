"""The curated files as Python values: read whole, checked, frozen."""
