"""What annotators see, and what their answers mean: one item as a task of Label Studio, and back."""
