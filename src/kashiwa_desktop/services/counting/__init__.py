"""集計: counts, their tables and spreadsheet, and figures that were reported."""
