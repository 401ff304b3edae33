"""Short denials ("… cure MS? No.", "Myth: …"), found by where they stand."""
