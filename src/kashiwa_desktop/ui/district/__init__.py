"""Screens 20 to 27: what the district staff works with."""
