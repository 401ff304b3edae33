"""What the model learns from and how: rows, refit, fine-tuning, the model card."""
