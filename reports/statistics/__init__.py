"""What is counted from judgements: coefficients, intervals, and what follows from them."""
