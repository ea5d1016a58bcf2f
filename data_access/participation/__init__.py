"""Who takes part and who is heard: counts kept up with the questions, and frames made of them."""
