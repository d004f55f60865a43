"""What papers are made of: the page, its fonts and lines, tables, boxes, plots."""
