"""Measures dl and its peers side by side and prints a table.

    python3 dl/testdata/peers/run.py                       everything, 5 rounds
    python3 dl/testdata/peers/run.py W2 W3 --rounds 3      these workloads
    python3 dl/testdata/peers/run.py W6 --peers numpy      all whose names begin so

It needs Python 3.10 and Go, and makes the peers' environments under
.descent/peers of the clone at the first run (about 8 GB, most of it PyTorch's).
Take a machine that does nothing else; all workloads take about an hour. In each
round every peer is measured once, one after the other, dl among them, so that a
disturbance meets all alike; the tables have the medians of the rounds. A peer is
started once for each number of threads, and waits while others are measured.
"dl" is go test -bench Workload; with DL_BLAS=avx2 in the environment it is dl on
AVX2 alone.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]

PEERS = {  # script, what it needs
    "torch": ("peer_torch.py", ["torch==2.15.0", "numpy==2.4.6"]),
    "jax": ("peer_jax.py", ["jax[cpu]==0.10.2", "numpy==2.4.6"]),
    "keras": ("peer_keras.py", ["tensorflow-cpu==2.21.0", "numpy==2.4.6"]),
    "numpy": ("peer_numpy.py", ["numpy==2.4.6", "threadpoolctl==3.8.0"]),
}
GO_PEERS = ["gorgonia", "gomlx"]  # of the module golibraries
UNITS = {"W1": "steps/s", "W2": "samples/s", "W3": "samples/s", "W4": "images/s", "W5": "tokens/s", "W6": "GFLOP/s"}
NAMES = ["W1", "W2", "W3", "W4", "W5-transformer", "W5-GRU", "W5-LSTM"] + [f"W6-{t}-{n}" for n in (64, 128, 256, 512, 1024, 2048) for t in ("NN", "TN", "NT", "TT")]


def environment():
    """Without what would choose an older kernel for a peer's BLAS."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("OPENBLAS_", "OMP_", "MKL_"))}


def command_of(peer, folder, binaries):
    """What starts a peer: a binary, or a script in an environment, which are made where they are not there."""
    if peer in GO_PEERS:
        binary = binaries / "golibraries"
        if not binary.exists():
            subprocess.run(["go", "build", "-o", binary, "."], cwd=HERE / "golibraries", env=os.environ | {"GOWORK": "off"}, check=True)
        return [binary, peer]
    env = folder / peer
    python = env / "bin/python"
    if not (env / "done").exists():
        print(f"making {env}: {' '.join(PEERS[peer][1])}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", env], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[peer][1]], check=True)
        (env / "done").touch()
    return [python, HERE / PEERS[peer][0]]


class Peer:
    def __init__(self, command, threads):
        self.threads = threads
        self.process = subprocess.Popen([*command, str(threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment())
        self.about = json.loads(self.answer())
        self.name = self.about["name"]
        self.variants = self.about["variants"]

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.process.args[1]} ended with {self.process.wait()}: run it by hand to see why")
        return line

    def rate(self, workload, variant, seconds):
        self.process.stdin.write(json.dumps({"workload": workload, "variant": variant, "seconds": seconds}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.answer())["rate"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Descent:
    """dl's benchmarks, compiled once."""

    name, variants = "dl", ["float64", "float32 products"]

    def __init__(self, binary, threads):
        self.binary, self.threads = binary, threads

    def rate(self, workload, variant, seconds):
        command = [self.binary, "-test.run=^$", f"-test.bench=^BenchmarkWorkload$/^{workload}{'' if variant == 'float64' else '-float32'}$", f"-test.benchtime={seconds}s", f"-test.cpu={self.threads}"]
        text = subprocess.run(command, cwd=ROOT / "dl", env=environment(), check=True, capture_output=True, text=True).stdout
        found = re.search(r"([\d.e+]+) (?:steps|samples|images|tokens|GFLOP)/s", text)
        return float(found[1]) if found else None

    def close(self):
        pass


def cpu():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text()) if os.path.exists("/proc/cpuinfo") else None
    return f"{model[1] if model else platform.machine()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}"


def tables(rates, names):
    """A summary with the best of each peer's variants and numbers of threads, and
    every median."""
    medians = {k: statistics.median(v) for k, v in rates.items()}
    peers = list(dict.fromkeys(peer for _, peer, _, _ in rates))
    best = {}
    for (workload, peer, variant, threads), m in medians.items():
        if m > best.get((workload, peer), (0,))[0]:
            best[workload, peer] = m, f"{variant}, T{threads}"
    print(f"\n| workload | unit | {' | '.join(peers)} |\n|{'---|' * (len(peers) + 2)}")
    for workload in names:
        cells, own = [], best.get((workload, "dl"))
        for peer in peers:
            rate, how = best.get((workload, peer), (None, ""))
            ratio = f"; dl is {own[0] / rate:.2f}×" if rate and own and peer != "dl" else ""
            cells.append(f"{rate:,.4g} ({how}{ratio})" if rate else "–")
        print(f"| {workload} | {UNITS.get(workload[:2])} | {' | '.join(cells)} |")
    print("\n| workload | peer | variant | threads | median | lowest | highest |\n|---|---|---|---|---|---|---|")
    for (workload, peer, variant, threads), v in sorted(rates.items(), key=lambda item: (names.index(item[0][0]), -medians[item[0]])):
        print(f"| {workload} | {peer} | {variant} | {threads} | {statistics.median(v):,.4g} | {min(v):,.4g} | {max(v):,.4g} |")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("workloads", nargs="*", help="names or their beginnings; default all")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--seconds", type=float, default=2, help="for each measurement")
    p.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    p.add_argument("--peers", nargs="*", choices=[*PEERS, *GO_PEERS], default=[*PEERS, *GO_PEERS])
    p.add_argument("--environments", type=pathlib.Path, default=ROOT / ".descent/peers", help="folder of the peers' environments")
    p.add_argument("--json", type=pathlib.Path, help="write every measurement here")
    args = p.parse_args()
    names = [n for n in NAMES if not args.workloads or any(n.startswith(w) for w in args.workloads)]

    with tempfile.TemporaryDirectory() as folder:
        commands = [command_of(peer, args.environments, pathlib.Path(folder)) for peer in args.peers]
        binary = pathlib.Path(folder) / "dl.test"
        subprocess.run(["go", "test", "-c", "-o", binary, "./dl"], cwd=ROOT, check=True)
        runners = [Descent(binary, t) for t in args.threads] + [Peer(command, t) for command in commands for t in args.threads]
        for about in {r.name: r.about for r in runners if isinstance(r, Peer)}.values():
            print(f"{about['name']} {about['version']} ({about['backend']})")
        print(f"{cpu()}; {args.rounds} rounds of {args.seconds} s; {platform.platform()}")
        rates = {}
        for round in range(args.rounds):
            for workload in names:
                for runner in runners:
                    for variant in runner.variants:
                        rate = runner.rate(workload, variant, args.seconds)
                        if rate:
                            rates.setdefault((workload, runner.name, variant, runner.threads), []).append(rate)
                print(f"round {round + 1}: {workload}", file=sys.stderr)
        for runner in runners:
            runner.close()
    if args.json:
        args.json.write_text(json.dumps([dict(zip(("workload", "peer", "variant", "threads"), k), rates=v) for k, v in rates.items()], indent=1))
    tables(rates, names)


if __name__ == "__main__":
    main()
