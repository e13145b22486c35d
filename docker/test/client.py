"""Does in the container what a browser does with its server: logs in and runs notebooks through the server's API.

    client.py logins                              {"without": 403, "with": 200, ...}
    client.py cell < SOURCE                       {"seconds": 0.9, "status": "ok", "outputs": [...]}
    client.py notebook NAME…                      {"NAME": "" or what doesn't repeat}

Runs on the image's own Python. The result is one line of JSON.
"""

import glob
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

import nbformat
import websocket

sys.path.insert(0, "/opt/descent/notebooks/internal/execute")
import execute  # the launcher's script: how the course reads and writes notebooks

record = max(glob.glob(os.environ["JUPYTER_RUNTIME_DIR"] + "/jpserver-*.json"), key=os.path.getmtime)
with open(record) as file:
    server = json.load(file)
base = f"127.0.0.1:{server['port']}{server['base_url']}"


def ask(path, token=server["token"], method="GET", body=None):
    """The status and the answer of the server."""
    request = urllib.request.Request(f"http://{base}{path}", method=method, data=body and json.dumps(body).encode())
    if token:
        request.add_header("Authorization", f"token {token}")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        return error.code, None


class Kernel:
    """A kernel of the server, started as a browser does: by a session for a notebook."""

    def __init__(self, path):
        status, session = ask("api/sessions", method="POST",
                              body={"path": path, "name": path, "type": "notebook", "kernel": {"name": "gonb"}})
        if status != 201:
            sys.exit(f"no session: {status}")
        self.session = session["id"]
        self.socket = websocket.create_connection(
            f"ws://{base}api/kernels/{session['kernel']['id']}/channels?session_id={self.session}",
            header=[f"Authorization: token {server['token']}"], timeout=180)

    def run(self, source):
        """The status and the outputs of a cell."""
        message = uuid.uuid4().hex
        self.socket.send(json.dumps({
            "header": {"msg_id": message, "msg_type": "execute_request", "username": "", "session": self.session,
                       "date": "", "version": "5.3"},
            "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": [],
            "content": {"code": source, "silent": False, "store_history": True, "user_expressions": {},
                        "allow_stdin": False, "stop_on_error": True}}))
        outputs, status, count, idle = [], None, None, False
        while not (status and idle):  # the two come on different channels, in any order
            answer = json.loads(self.socket.recv())
            if answer["parent_header"].get("msg_id") != message:
                continue
            kind, content = answer["msg_type"], answer["content"]
            if kind in ("stream", "display_data", "execute_result", "error"):
                outputs.append(nbformat.v4.output_from_msg(answer))
            elif kind == "execute_reply":
                status, count = content["status"], content.get("execution_count")
            elif kind == "status":
                idle = content["execution_state"] == "idle"
        return status, outputs, count

    def end(self):
        self.socket.close()
        ask(f"api/sessions/{self.session}", method="DELETE")


def logins():
    return {"without": ask("api/contents", token=None)[0], "wrong": ask("api/contents", token="wrong")[0],
            "with": ask("api/contents")[0], "specs": sorted(ask("api/kernelspecs")[1]["kernelspecs"])}


def cell():
    source = sys.stdin.read()
    kernel = Kernel("test.ipynb")
    start = time.time()
    try:
        status, outputs, _ = kernel.run(source)
        return {"seconds": time.time() - start, "status": status, "outputs": outputs}
    finally:
        kernel.end()


def notebook(name):
    """What of a notebook doesn't come as it is committed."""
    folder = "/opt/descent/notebooks"
    path = f"{folder}/{name}.ipynb"
    committed, executed = execute.read(path), execute.read(path)
    code = [c for c in executed.cells if c.cell_type == "code" and c.source.strip()]
    kernel = Kernel(f"{name}.ipynb")
    try:
        for c in code:
            status, c.outputs, c.execution_count = kernel.run(c.source)
            if status != "ok":
                return f"cell {code.index(c) + 1} fails: {c.outputs}"
    finally:
        kernel.end()
    execute.normalise(executed, os.path.dirname(path))
    execute.normalise(committed, os.path.dirname(path))
    number = 0
    for old, new in zip(committed.cells, executed.cells):
        if new.cell_type == "code" and "varies" not in new.metadata.get("tags", []) and new.source.strip():
            number += 1
            if old.outputs != new.outputs:
                return f"cell {number}: want {str(old.outputs)[:1500]} got {str(new.outputs)[:1500]}"
    return ""


what, *names = sys.argv[1:]
if what == "notebook":
    print(json.dumps({name: notebook(name) for name in names}))
else:
    print(json.dumps({"logins": logins, "cell": cell}[what]()))
