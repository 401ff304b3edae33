"""Claims, facts and context in; a reply out. Knows nothing of Rasa."""
