"""Background work: procrastinate tasks, thin. Verbs ask for them by name, see annotations.queue."""
