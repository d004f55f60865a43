"""Screen 2, 活動を記録する: the page around the form of ``widgets.record``."""
