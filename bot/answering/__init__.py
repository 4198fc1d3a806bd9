"""What a question deserves, and how that is put into words."""
