"""What a model makes of each sentence: stance and sentiment toward targets."""
