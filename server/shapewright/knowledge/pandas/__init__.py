"""What the functions and methods of pandas do with rows and columns."""
