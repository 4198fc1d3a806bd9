"""Facts as pictures, and every picture in words: the same numbers in each form."""
