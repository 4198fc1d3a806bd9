"""What curators run, never the app: the question bank, training, evaluation."""
