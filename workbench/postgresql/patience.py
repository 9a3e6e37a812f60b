"""How long a connection is waited for, and how soon one that died is noticed. Seconds; pure."""

from __future__ import annotations

from typing import Any

from psycopg_pool import PoolTimeout

LONG = 5.0  # a server that is started again after a crash mostly is back by then
SHORT = 0.5  # while nobody has had a connection since somebody waited in vain
# Tries go on for so long at growing distances, then the next one who asks begins anew. With a
# longer one, a server that was away for minutes would be found minutes after it came back.
POOL: dict[str, Any] = {"min_size": 1, "timeout": LONG, "reconnect_timeout": 3.0}

# A machine that vanished hangs up on nobody: libpq then gives up on what it sent and is not told of.
# In milliseconds where libpq has it so; a socket in a folder passes over all of it.
VANISHED: dict[str, int] = {
    "connect_timeout": 5,
    "tcp_user_timeout": 20_000,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}

# What is left to say of a server that is stopped: its machine acknowledges everything.
QUIET = 4.0  # a statement without a word for so long, and somebody else asks to be let in
QUIET_AGAIN = 0.5  # for STILL seconds after a server was found so
STILL = 20.0
ANSWER = 3  # to let somebody in, or to refuse


class AllInUse(PoolTimeout):
    """Nothing is wrong with the server: others have all the connections that there may be."""
