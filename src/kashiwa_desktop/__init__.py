"""地域支えあい活動記録: the desktop program and command line of the promoters and their office."""

__version__ = "0.2.0"
