"""The office itself: its beginning, roster, settings, staff, PCs, and the log of what was done."""
