"""The review console: where a support team reads conversations, corrects the assistant, and learns."""
