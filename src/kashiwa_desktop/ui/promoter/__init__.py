"""The promoter's screens: pages that record, close and hand over."""
