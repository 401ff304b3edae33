"""StemCheck: cited answers about stem cells and MS, and flags on unproven claims."""
