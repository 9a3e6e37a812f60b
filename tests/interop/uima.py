"""Apache UIMA itself, in Java, reads the XMI files and has every label where it was, in UTF-16.

    python -m tests.interop.uima [FOLDER]

Its jar is that of Debian's libuima-core-java: the installed one, else it is fetched by apt and
unpacked into FOLDER, `var/interop/uima`. Needs a JDK.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from annotations.text.offsets import Offsets
from tests.interop.environments import asked, compared
from tests.release.formats.reading import laid_out
from tests.release.formats.samples import DOCUMENTS, said

PACKAGE = "libuima-core-java"
JAR = Path("usr/share/java/uimaj-core.jar")
READER = Path(__file__).with_name("ReadXmi.java")


def main(folder: Path) -> int:
    """0 where every label was read where it is."""
    jar = found_jar(folder)
    files = laid_out("cas-xmi.zip", folder / "files")
    classes = folder / "classes"
    subprocess.run(["javac", "-cp", jar, "-d", classes, READER], check=True, timeout=300)
    command = ["java", "-cp", f"{jar}:{classes}", "-Dfile.encoding=UTF-8", "ReadXmi", files]
    done = subprocess.run(command, check=True, timeout=300, capture_output=True, text=True)
    rows = [line.split("\t") for line in done.stdout.split("\n")[:-1]]
    texts = {name: _read(text) for kind, name, text, *_ in rows if kind == "text"}
    assert texts == {row.id: row.text for row in DOCUMENTS}
    found = []
    for kind, name, *more in rows:
        if kind == "label":
            start, end, quote, theme, stance = more
            span = Offsets(texts[name]).span_from_utf16(int(start), int(end))
            found.append((name, span.start, span.end, _read(quote), theme, stance))
    return compared("UIMA", said(), found)


def _read(written: str) -> str:
    return bytes.fromhex(written).decode()


def found_jar(folder: Path) -> Path:
    """Debian's, installed or unpacked into the folder."""
    if (Path("/") / JAR).exists():
        return Path("/") / JAR
    if not (folder / JAR).exists():
        subprocess.run(["apt-get", "download", PACKAGE], cwd=folder, check=True, timeout=300)
        (package,) = sorted(folder.glob(f"{PACKAGE}_*.deb"))[-1:]
        subprocess.run(["dpkg", "-x", package, folder], check=True, timeout=60)
    return folder / JAR


if __name__ == "__main__":
    sys.exit(main(asked("uima")))
