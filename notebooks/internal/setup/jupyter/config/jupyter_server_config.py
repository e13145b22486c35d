# Settings of the JupyterLab that `go run ./notebooks` starts. They are copied to the clone's own folder; the user's
# other Jupyters don't see them.
import asyncio
import os
import re
import signal
import threading
import time

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

c = get_config()  # noqa: F821

# Only for who has the token; the launcher and the container say on which address.
c.ServerApp.port_retries = 50
c.ServerApp.open_browser = False
c.ServerApp.allow_root = True  # in a container a learner often is root

# The one kernel, and of the notebooks folder only what a learner opens.
c.KernelSpecManager.allowed_kernelspecs = {"gonb"}
c.KernelSpecManager.ensure_native_kernel = False
c.MultiKernelManager.default_kernel_name = "gonb"
c.ContentsManager.hide_globs = [
    "__pycache__", "*.pyc", "*.go", "*.png", "requirements.*", "exercise", "internal", "models", "playground", "tools", "train",
]

# The style sheet in the folder custom beside this file.
c.LabApp.custom_css = True

# Nothing is asked of the network: no news, no looking for updates, no list of extensions.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"


# A cell that prints without end would freeze the page and drown the server. It is stopped after 100,000 characters.
# A name that the kernel does not know gets a word on where it may have gone.
class Connection(ZMQChannelsWebsocketConnection):
    request, printed = None, 0  # the cell that prints, and how much it has

    def _limit_rate(self, channel, msg, parts):
        kind = self.get_part("header", msg["header"], parts)["msg_type"] if channel == "iopub" else None
        if kind not in ("stream", "error"):
            return False
        parent, content = (self.get_part(part, msg[part], parts) for part in ("parent_header", "content"))
        if kind == "error":
            if unknown := re.search(r": undefined: (\w+)$", content["evalue"], re.MULTILINE):
                self.write_stderr(f"The kernel does not know {unknown[1]}. Is it misspelt? Or was the kernel restarted,\n"
                                  "or the cell that declares it not run yet? Then: Run > Run All Above Selected\nCell. "
                                  "More in errors.md.\n", parent)
            return False
        if parent.get("msg_id") != self.request:
            self.request, self.printed = parent.get("msg_id"), 0
        if self.printed > 100_000:  # printed before it heard that it was stopped
            return True
        self.printed += len(content["text"])
        if self.printed > 100_000:
            self.interrupting = asyncio.ensure_future(self.multi_kernel_manager.interrupt_kernel(self.kernel_id))
            self.write_stderr("\nStopped: this cell has printed more than 100 kB. Print less.", parent)
        return False


c.ServerApp.kernel_websocket_connection_class = Connection

# Language servers are the kernel's matter; looking for them would start npm.
c.ServerApp.jpserver_extensions = {
    "jupyterlab": True, "jupyter_server_terminals": True, "notebook_shim": True, "jupyter_lsp": False,
}


# The server ends, and its kernels with it, when the launcher that started it is gone, however that came.
def follow(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=follow, args=(os.getppid(),), daemon=True).start()
