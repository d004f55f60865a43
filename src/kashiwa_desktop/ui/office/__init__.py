"""Pages of the office as a whole: its beginning, its keys, handing over, disposal, trouble."""
