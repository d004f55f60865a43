"""Screens 21 and 33: 受け取る and 定例会モード."""
