"""Screens 11 and 12: パソコンの引っ越し and 前任者の記録."""
