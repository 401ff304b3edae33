"""The only public door: chat API, check API, widget and demo page."""
