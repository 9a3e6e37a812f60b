"""Django's PostgreSQL, with a pool that trusts a connection nobody has hung up."""
