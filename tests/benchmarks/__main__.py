"""Measure commlint against its goals and its peers: `python -m tests.benchmarks [SECTION …]`.

Sections: startup small mid big base mail rules edit cache growth library peers; all when none is named. Corpora are made once under
`--folder`. Peers are looked for on PATH and in `--peers` (folders with binaries). Each figure is the median of `--runs` whole
processes; the ratios (of processor time) are what to look at, the seconds are those of this machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

from tests.benchmarks import corpus
from tests.benchmarks.measure import Sample, run, snapshot, table
from tests.benchmarks.peers import PEERS, Peer

_LIBRARY = """
import statistics, sys, time
from datetime import datetime, timezone
from commlint import Linter
text = open(sys.argv[1], encoding="utf-8").read()
linter = Linter(lang="zh")
sent = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
times = []
for number in range(int(sys.argv[2])):
    started = time.process_time()
    linter.check(text + str(number), kind=sys.argv[3], sent_at=sent)
    times.append(time.process_time() - started)
sys.stderr.write(str(statistics.median(times[len(times) // 5:])))
"""


_PARSE = """
import email, os, sys
from multiprocessing import Pool

def parsed(path):
    with open(path, "rb") as stream:
        return len(email.message_from_bytes(stream.read()).get_payload(decode=True) or b"")

if __name__ == "__main__":
    with Pool(2) as pool:
        sum(pool.imap_unordered(parsed, [entry.path for entry in os.scandir(sys.argv[1])], chunksize=64))
"""


@frozen
class Bench:
    """Where everything lies, and how often to run."""

    folder: Path
    runs: int

    @property
    def words(self) -> Path:
        path = self.folder / "words.txt"
        path.write_text("\n".join(corpus.PHRASES), "utf-8")
        return path

    @property
    def rule(self) -> Path:
        return corpus.rule(self.folder / "rule")

    @property
    def small(self) -> Path:
        return corpus.files(self.folder / "small", 10_000, 500)

    @property
    def few(self) -> Path:
        return corpus.files(self.folder / "few", 300, 500)

    @property
    def some(self) -> Path:
        return corpus.files(self.folder / "some", 1_500, 500)

    @property
    def mid(self) -> Path:
        return corpus.files(self.folder / "mid", 200, 34_000)

    @property
    def big(self) -> Path:
        return corpus.files(self.folder / "big", 1, 17_000_000)

    @property
    def results(self) -> Path:
        return self.folder / "cache" / "commlint" / "results.txt"

    def commlint(self, target: Path, *options: str | Path, keep: bool = False, answers: bool = True, runs: int | None = None) -> Sample:
        """`commlint check`, rules compiled beforehand; what the last run kept is used with `keep` only, whole answers if `answers`."""
        command = [sys.executable, "-m", "commlint", "check", str(target), "--isolated", "-j", "1", "--exit-zero", *map(str, options)]
        run(command, runs=1, folder=self.folder)
        if keep and answers:
            time.sleep(2.5)  # an answer is kept only when its sources have lain still for a while
            run(command, runs=1, folder=self.folder)
        before = self._forget if not keep else self._forget_answers if not answers else lambda: None
        return run(command, runs=runs or self.runs, before=before, folder=self.folder)

    def banned(self, target: Path, **more: bool) -> Sample:
        """`commlint check` with the one rule of fifty phrases."""
        return self.commlint(target, "--rules", self.rule, "--select", "BEN", "--output-format", "jsonl", **more)

    def peer(self, name: str, target: Path) -> Sample | None:
        found = next(each for each in PEERS if each.name.startswith(name))
        command = found.command(target, self.words)
        return run(command, runs=self.runs) if command else None

    def _forget(self) -> None:
        self._forget_answers()
        self.results.unlink(missing_ok=True)

    def _forget_answers(self) -> None:
        shutil.rmtree(self.results.with_name("answers"), ignore_errors=True)


def _against(bench: Bench, title: str, folder: Path, goal: float) -> None:
    """One corpus, one rule of fifty phrases, beside ripgrep and the floor."""
    ours = bench.banned(folder)
    megabytes = corpus.size(folder) / 1e6
    rows = [_row("commlint, 50 phrases", ours, ours, megabytes)]
    for name in ("ripgrep", "Python, one", "Python, re"):
        other = bench.peer(name, folder)
        rows.append(_row(name, other, ours, megabytes) if other else [name, "not installed", "apt install ripgrep", "", "", ""])
    table(f"{title} ({megabytes:.1f} MB; goal: at most {goal:g} x ripgrep)", ("tool", "CPU s", "wall s", "MB/s", "peak MB", "commlint takes"), rows)


def _row(name: str, sample: Sample, ours: Sample, megabytes: float) -> list[str]:
    return [name, f"{sample.seconds:.3f}", f"{sample.wall:.3f}", f"{megabytes / sample.seconds:.1f}", f"{sample.megabytes:.0f}", f"{ours.seconds / sample.seconds:.2f} x"]


def startup(bench: Bench) -> None:
    """One small file, everything warm."""
    one = bench.folder / "one"
    if not one.is_dir():
        one.mkdir()
        shutil.copy(next(bench.few.iterdir()), one)
    bare = run([sys.executable, "-I", "-c", "pass"], runs=max(9, bench.runs))
    rows = [["python -I -c pass", f"{bare.seconds * 1000:.0f}", "1.0 x"]]
    for name, sample in (
        ("import commlint", run([sys.executable, "-c", "import commlint"], runs=9)),
        ("commlint --version", run([sys.executable, "-m", "commlint", "--version"], runs=9)),
        ("check again, 50 phrases", bench.banned(one, keep=True)),
        ("check again, profile base", bench.commlint(one, keep=True)),
        ("check an edited file, 50 phrases", bench.banned(one)),
        ("check an edited file, profile base", bench.commlint(one)),
    ):
        rows.append([name, f"{sample.seconds * 1000:.0f}", f"{sample.seconds / bare.seconds:.1f} x"])
    for peer in PEERS:
        command = peer.command(one, bench.words)
        if command:
            sample = run(command, runs=bench.runs)
            rows.append([peer.name, f"{sample.seconds * 1000:.0f}", f"{sample.seconds / bare.seconds:.1f} x"])
    table("one small file, rules compiled (goal: again at most 5 x a bare interpreter)", ("what", "CPU ms", "ratio"), rows)


def small(bench: Bench) -> None:
    """Ten thousand small files."""
    _against(bench, "10,000 small files", bench.small, 4)


def mid(bench: Bench) -> None:
    """Two hundred files of 100 KB."""
    _against(bench, "200 files of 100 KB", bench.mid, 4)


def big(bench: Bench) -> None:
    """One file of 50 MB."""
    _against(bench, "one file of 50 MB (goal: memory at most 8 x the file)", bench.big, 4)


def base(bench: Bench) -> None:
    """All rules of the base profile: the figure is that of one more document, patterns compiled and word lists read."""
    files, more = len(list(bench.few.iterdir())), len(list(bench.some.iterdir()))
    rows = []
    for name, jobs in (("1 process", "1"), ("2 processes", "2")):
        few, some = bench.commlint(bench.few, "-j", jobs), bench.commlint(bench.some, "-j", jobs)
        each = (some.seconds - few.seconds) / (more - files) * 1e6
        rows.append([name, f"{some.seconds:.2f}", f"{some.wall:.2f}", f"{each:.0f}", f"{some.megabytes:.0f}"])
    table(f"profile base on {more} minutes, a document beyond the first {files} (goal: Vale's time for 50 phrases, 269 us a document where speed.md was measured; stretch 60)", ("run", "CPU s", "wall s", "CPU us a document", "peak MB"), rows)


def mail(bench: Bench) -> None:
    """Ten thousand messages of 2 KB in two processes, beside the standard library that only parses them; and memory, which is not to grow with them."""
    script = bench.folder / "parse.py"
    script.write_text(_PARSE, "utf-8")
    many, few = corpus.mails(bench.folder / "mails", 10_000), corpus.mails(bench.folder / "mails-few", 1_000)
    parse = run([sys.executable, script, many], runs=bench.runs)
    rows = [["email.message_from_bytes", f"{parse.seconds:.2f}", f"{parse.wall:.2f}", "1.0 x", f"{parse.megabytes:.0f}", ""]]
    two = ("-j", "2", "--no-cache", "--output-format", "jsonl")
    for name, options in (("read, 50 phrases", ("--rules", bench.rule, "--select", "BEN")), ("read, profile base", ())):
        whole, part = (bench.commlint(folder, *options, *two, runs=runs) for folder, runs in ((many, bench.runs), (few, 1)))
        rows.append([name, f"{whole.seconds:.2f}", f"{whole.wall:.2f}", f"{whole.seconds / parse.seconds:.1f} x", f"{whole.megabytes:.0f}", f"{part.megabytes:.0f}"])
    table("10,000 messages of 2 KB, two processes (goal: at most 3 x parsing them; memory flat)", ("what", "CPU s", "wall s", "ratio", "peak MB", "of 1,000"), rows)


def rules(bench: Bench) -> None:
    """A thousand rules instead of 158."""
    rows = []
    first = None
    for count in (10, 158, 1000):
        folder = corpus.rule(bench.folder / f"rules-{count}", rules=count)
        sample = bench.commlint(bench.small, "--rules", folder, "--select", "BEN", "--output-format", "jsonl")
        first = first or (sample if count == 158 else None)
        rows.append([str(count), f"{sample.seconds:.2f}", f"{sample.seconds / first.seconds:.2f} x" if first else ""])
    table("rules of three phrases each on 10,000 small files (goal: 1,000 at most 1.3 x 158)", ("rules", "CPU s", "ratio"), rows)


def edit(bench: Bench) -> None:
    """A rule is edited; how much longer does the next run take."""
    pack = corpus.rule(bench.folder / "pack-200", rules=200)
    target = next(bench.few.iterdir())
    edited = sorted(pack.rglob("*.norm"))[0]
    options = ("--rules", str(pack), "--select", "BEN")

    def change() -> None:
        edited.write_text(edited.read_text("utf-8") + "# edited\n", "utf-8")

    warm = bench.commlint(target, *options)
    command = [sys.executable, "-m", "commlint", "check", str(target), "--isolated", "-j", "1", *options]
    cold = run(command, runs=bench.runs, before=change)
    count = len(list(pack.rglob("*.norm")))
    row = [f"{warm.seconds * 1000:.0f}", f"{cold.seconds * 1000:.0f}", f"{(cold.seconds - warm.seconds) * 1000:.0f}"]
    table(f"a pack of {count} rules edited (goal: at most 350 ms more for 200 rules)", ("warm CPU ms", "edited CPU ms", "more CPU ms"), [row])


def cache(bench: Bench) -> None:
    """Ten thousand files again, nothing changed."""
    hashing = "import os, sys\nfrom hashlib import blake2b\nfor name in os.listdir(sys.argv[1]):\n    with open(os.path.join(sys.argv[1], name), 'rb') as stream:\n        blake2b(stream.read()).digest()\n"
    read = run([sys.executable, "-c", hashing, bench.small], runs=bench.runs)
    cold, again, touched = bench.banned(bench.small), bench.banned(bench.small, keep=True), bench.banned(bench.small, keep=True, answers=False)
    runs = (("read and hash", read), ("first run", cold), ("again", again), ("again, results by content alone", touched))
    rows = [[name, f"{sample.seconds:.3f}", f"{sample.seconds / read.seconds:.1f} x"] for name, sample in runs]
    table("result cache on 10,000 small files (goal: again at most 2 x reading and hashing)", ("run", "CPU s", "ratio"), rows)


def growth(bench: Bench) -> None:
    """Twice the text, the files or the rules: no more than twice the time."""
    rows = []
    for what, sizes in (("characters of one file", (250_000, 500_000, 1_000_000, 2_000_000)), ("files", (250, 500, 1000, 2000))):
        known = None
        for amount in sizes:
            one = what.startswith("characters")
            folder = corpus.files(bench.folder / f"growth-{'one' if one else 'many'}-{amount}", 1 if one else amount, amount if one else 500)
            plain, full = bench.banned(folder), bench.commlint(folder, runs=1) if amount <= sizes[1] else None
            rows.append([f"{amount:,} {what}", f"{plain.seconds:.3f}", f"{plain.seconds / known:.2f} x" if known else "", f"{full.seconds:.2f}" if full else ""])
            known = plain.seconds
    table("growth (each row has twice the work of the one before; at most 2 x)", ("work", "50 phrases, CPU s", "ratio", "profile base, CPU s"), rows)


def library(bench: Bench) -> None:
    """`Linter.check` on one message, warm."""
    import subprocess

    rows = []
    for kind in ("chat_message", "email", "minutes"):
        source = next(bench.few.iterdir())
        done = subprocess.run([sys.executable, "-c", _LIBRARY, str(source), "200", kind], capture_output=True, text=True, check=True)
        milliseconds = float(done.stderr.split()[-1]) * 1000
        rows.append([kind, f"{milliseconds:.2f}", f"{milliseconds / 0.5:.1f} x"])
    table("Linter.check on 500 characters, profile base, warm (goal: 0.5 ms, stretch 0.1)", ("kind", "CPU ms, median", "of the goal"), rows)


def peers(bench: Bench) -> None:
    """Every peer, on few files."""
    ours = bench.banned(bench.few)
    whole = bench.commlint(bench.few)
    rows = [["commlint, 50 phrases", f"{ours.seconds:.2f}", "", f"{ours.megabytes:.0f}"], ["commlint, profile base", f"{whole.seconds:.2f}", "", f"{whole.megabytes:.0f}"]]
    rows += [_peer_row(bench, peer, whole if peer.own else ours) for peer in PEERS]
    table(f"peers on {len(list(bench.few.iterdir()))} small files, start included (ours: 50 phrases, or profile base beside tools with rules of their own)", ("tool", "CPU s", "of ours", "peak MB"), rows)


def _peer_row(bench: Bench, peer: Peer, ours: Sample) -> list[str]:
    command = peer.command(bench.few, bench.words)
    if command is None:
        return [peer.name, "not installed", peer.install, ""]
    sample = run(command, runs=1 if peer.slow else bench.runs)
    failed = f" (exit {sample.code})" if sample.code not in (0, 1) else ""
    return [peer.name + (", own rules" if peer.own else ""), f"{sample.seconds:.2f}{failed}", f"{sample.seconds / ours.seconds:.2f} x", f"{sample.megabytes:.0f}"]


SECTIONS: dict[str, Callable[[Bench], None]] = {
    each.__name__: each for each in (startup, small, mid, big, base, mail, rules, edit, cache, growth, library, peers)
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sections named."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--runs", type=int, default=3, help="runs of each command; the median counts")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "commlint-benchmarks", help="where corpora are kept")
    parser.add_argument("--peers", type=Path, nargs="*", default=[], help="folders to look for peers in, besides PATH")
    given = parser.parse_args(arguments)
    unknown = set(given.sections) - SECTIONS.keys()
    if unknown:
        parser.error(f"no such section: {', '.join(sorted(unknown))} (there are {', '.join(SECTIONS)})")
    given.folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.folder.resolve(), given.runs)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    home = snapshot(bench.folder / "snapshot")
    os.environ |= {"XDG_CACHE_HOME": str(bench.folder / "cache"), "PYTHONPATH": os.pathsep.join((str(home), str(home / "integrations")))}
    os.environ["PATH"] = os.pathsep.join([*(str(path) for path in given.peers), os.environ["PATH"]])
    for name in given.sections or SECTIONS:
        SECTIONS[name](bench)


if __name__ == "__main__":
    main()
