"""Executes one notebook with the GoNB kernel and writes it in the course's one form.

    execute.py IN OUT [--keep-varying]

IN is read, and run in its own folder; the result goes to OUT. With --keep-varying, cells tagged "varies" keep the
outputs that IN has. Standard output carries one JSON object a line:
{"cell": 3, "of": 20}                                    before the third code cell is run
{"failed": 3, "source": "...", "error": "..."}           when it failed; nothing is written to OUT then
"""

import hashlib
import json
import os
import re
import signal
import sys
import threading
import time

import nbclient
import nbformat

KERNELSPEC = {"display_name": "Go (Descent)", "language": "go", "name": "gonb"}
LANGUAGE = {
    "codemirror_mode": "",
    "file_extension": ".go",
    "mimetype": "text/x-go",
    "name": "go",
    "nbconvert_exporter": "",
    "pygments_lexer": "go",
    "version": "go1.26",
}
CELL_TIMEOUT = 300  # seconds


class CellFailed(Exception):
    pass


def say(**message):
    print(json.dumps(message), flush=True)


def text_of(cell, name):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == name)


def plain(text):
    """Text without terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def hidden_failure(cell):
    """What went wrong in a cell that the kernel reports as good: it only prints that a magic is unknown or that a
    shell command failed."""
    errors = text_of(cell, "stderr")
    if unknown := re.search(r'^"%.*" unknown or not implemented yet\.$', errors, re.MULTILINE):
        return unknown.group()
    if re.search(r"^\s*!", cell.source, re.MULTILINE):
        if status := re.search(r"^(exit status \d+|signal: .*)$", errors, re.MULTILINE):
            return f"a shell command failed: {errors[:status.start()].strip().rpartition(chr(10))[2]} ({status.group()})"
    return None


def first_error(cell, fallback):
    """The line that tells most about a failed cell."""
    for output in cell.outputs:
        if output.output_type == "error" and not output.evalue.startswith(("exit status", "signal:")):
            lines = [line for line in plain(output.evalue).splitlines() if line.strip() and not line.startswith("# ")]
            return re.sub(r"^(\S*/)?main\.go:\d+:\d+: ", "", lines[0]) if lines else fallback
    for name in ("stderr", "stdout"):
        for line in plain(text_of(cell, name)).splitlines():
            if re.match(r"panic|fatal|\s*\S+_test\.go|.*[Ee]rror", line):
                return line.strip()
    return (plain(text_of(cell, "stderr")).strip().splitlines() or [fallback])[0]


def execute(notebook, folder):
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    number = {cell.id: i + 1 for i, cell in enumerate(code)}

    def fail(cell, error):
        say(failed=number[cell.id], source=cell.source, error=error)
        raise CellFailed

    def before(cell, cell_index):
        if cell.id in number:
            say(cell=number[cell.id], of=len(code))

    def after(cell, cell_index, execute_reply):
        tags = cell.metadata.get("tags", [])
        if execute_reply["content"]["status"] == "error":
            if "raises-exception" not in tags:
                fail(cell, first_error(cell, "the cell failed"))
        elif (error := hidden_failure(cell)) and "raises-exception" not in tags:
            fail(cell, error)

    client = nbclient.NotebookClient(
        notebook,
        kernel_name="gonb",
        timeout=CELL_TIMEOUT,
        startup_timeout=60,
        record_timing=False,
        coalesce_streams=True,
        allow_errors=True,  # `after` decides, and says it in our words
        resources={"metadata": {"path": folder}},
        on_cell_execute=before,
        on_cell_executed=after,
    )
    try:
        client.execute()
    except nbclient.exceptions.CellTimeoutError:
        running = next(cell for cell in code if cell.execution_count is None)
        fail(running, f"the cell ran for {CELL_TIMEOUT} s without an end (does it wait for input?)")
    except nbclient.exceptions.DeadKernelError:
        running = next((cell for cell in code if cell.execution_count is None), code[-1])
        fail(running, "the kernel ended")


def ordered(outputs):
    """The outputs of a cell in one order: printed text, joined, then what was displayed. Pictures and text reach the
    kernel by different ways, so that the order they arrive in says nothing."""
    texts = {}
    displays = []
    for output in outputs:
        if output.output_type == "stream":
            texts.setdefault(output.name, nbformat.v4.new_output("stream", name=output.name, text="")).text += output.text
        else:
            displays.append(output)
    return [texts[name] for name in ("stdout", "stderr") if name in texts] + displays


class Repeatable:
    """Rewrites what differs from run to run or from machine to machine in text that a cell printed."""

    def __init__(self, folder):
        self.ids = {}
        self.above = os.path.dirname(folder.removesuffix("/solutions")) + "/"

    def number(self, match):
        return match.group(1) + f"{self.ids.setdefault(match.group(2), len(self.ids) + 1):08d}"

    def __call__(self, text):
        # The temporary folder and program of the kernel, and the ids that GoNB's widgets draw at random.
        text = re.sub(r"\S*/gonb_[0-9a-f]{8}/", "", text)
        text = re.sub(r"(gonb_(?:[a-z]+_)*|transient_div_|transient_js_|/select/|/button/|/slider/|/inner_html/)([0-9a-f]{8})\b", self.number, text)
        # Where in a cell a panic was: GoNB misses it when the text arrives in two parts.
        text = re.sub(r"[ \t]*\x1b\[7m\[\[ Cell \[\d+\] Line \d+ \]\]\x1b\[0m ?", "\t", text)
        # What a panic prints: the time, addresses, and where on this machine the modules are.
        text = re.sub(r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d (?=Must not error)", "", text, flags=re.MULTILINE)
        text = re.sub(r"\b0x[0-9a-f]+\b", "0x…", text)
        text = re.sub(r"\S*/pkg/mod/", "", text)
        # How long a test took.
        text = re.sub(r"^(\s*--- \w+: .*) \(\d+\.\d+s\)$", r"\1", text, flags=re.MULTILINE)
        return text.replace(self.above, "")

    def output(self, output):
        if output.output_type == "stream":
            output.text = self(output.text)
        elif output.output_type == "error":
            output.evalue = self(output.evalue)
            output.traceback = [self(line) for line in output.traceback]
        else:
            for kind, value in output.data.items():
                if kind.startswith("text/") or kind.endswith(("javascript", "xml")):
                    # A picture in HTML is a long run of base64, in which anything may look like an address or an id.
                    parts = re.split(r"([A-Za-z0-9+/=]{200,})", "".join(value))
                    output.data[kind] = "".join(part if i % 2 else self(part) for i, part in enumerate(parts))


def normalise(notebook, folder):
    """Brings the notebook to the form in which it is committed."""
    notebook.metadata.pop("execution", None)
    notebook.metadata.kernelspec = dict(KERNELSPEC)
    notebook.metadata.language_info = dict(LANGUAGE)
    repeatable = Repeatable(folder)
    for cell in notebook.cells:
        for key in ("execution", "ExecuteTime"):
            cell.metadata.pop(key, None)
        if cell.cell_type == "code":
            cell.outputs = ordered(cell.outputs)
            for output in cell.outputs:
                repeatable.output(output)


def read(path):
    """Reads a notebook, and gives cells without an id one that depends only on their place and source."""
    with open(path, encoding="utf-8") as file:
        raw = json.load(file)
    for i, cell in enumerate(raw["cells"]):
        if "id" not in cell:
            cell["id"] = hashlib.sha256(f"{i} {''.join(cell['source'])}".encode()).hexdigest()[:8]
    raw["nbformat_minor"] = 5
    return nbformat.reads(json.dumps(raw), as_version=4)


def follow(parent):
    """Ends this program, and its kernel, when the launcher that started it is gone."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def main(path, target, *options):
    threading.Thread(target=follow, args=(os.getppid(),), daemon=True).start()
    notebook, before = read(path), read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    folder = os.path.dirname(os.path.abspath(path))
    try:
        execute(notebook, folder)
    except CellFailed:
        return 1
    normalise(notebook, folder)
    if "--keep-varying" in options:
        for old, new in zip(before.cells, notebook.cells):
            if new.cell_type == "code" and "varies" in new.metadata.get("tags", []):
                new.outputs = old.outputs
    nbformat.write(notebook, target)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
