"""A test in a browser that fails is tried once more, in a new browser, and is named at the end.

Not what says that nothing is lost: it has to say so the first time, and so has all that needs no
browser. pytest-rerunfailures tries; the rest is here, as hooks that conftest.py takes up.
"""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
# Lost work is a fault however seldom it happens.
AT_ONCE = (HERE / "flow", HERE / "faults", HERE / "pages" / "js" / "outbox")
HEADING = "tried a second time: each is a finding (CONTRIBUTING.md)"


def has_to_pass_at_once(path: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in AT_ONCE)


def give_second_try(item: pytest.Item) -> None:
    """What drives a browser gets one, unless somebody is looking into it with a debugger."""
    in_browser = item.get_closest_marker("browser") is not None
    if in_browser and not has_to_pass_at_once(item.path) and not item.config.getoption("usepdb"):
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Function) -> None:
    """Ends the browser that a try has failed in; whoever asks for one gets a new one."""
    if getattr(item, "execution_count", 1) > 1:
        for launched in item._fixtureinfo.name2fixturedefs.get("browser", ()):
            launched.finish(item._request)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tried = terminalreporter.stats.get("rerun", [])
    if not tried:
        return
    terminalreporter.section(HEADING, yellow=True, bold=True)
    for report in tried:
        terminalreporter.write_line(f"{report.nodeid} ({report.when})", bold=True)
        terminalreporter.write_line(report.longreprtext)
