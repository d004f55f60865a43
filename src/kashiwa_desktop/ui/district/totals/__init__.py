"""Screens 24 and 25: 集計 and Excelに出す."""
