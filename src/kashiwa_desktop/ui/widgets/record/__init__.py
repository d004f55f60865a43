"""The form of one activity, for the promoter's screen 2 and for the staff who type a sheet in."""
