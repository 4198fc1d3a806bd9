"""What is owed to whoever asked: the values that the Slack side and the journal share."""
