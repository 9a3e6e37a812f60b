"""Files as they are delivered, and the processes that read them."""
