"""What a promoter writes, takes in and finds again: activities, their files, old tables."""
