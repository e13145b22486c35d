# Settings of the JupyterLab that `go run ./notebooks` starts. They are copied to the clone's own folder; the user's
# other Jupyters don't see them.
import asyncio
import os
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

# A cell that prints without end would freeze the page and drown the server. More than 300 kB of text in 30 seconds (pictures
# don't count) and the cell is stopped.
class Connection(ZMQChannelsWebsocketConnection):
    stopped = None  # the request whose cell was stopped

    def write_stderr(self, message, parent_header):  # called when the limit is exceeded
        self.stopped = parent_header["msg_id"]
        self.interrupting = asyncio.ensure_future(self.multi_kernel_manager.interrupt_kernel(self.kernel_id))
        super().write_stderr("\nStopped: this cell has printed more than 300 kB. Print less.", parent_header)

    def _limit_rate(self, channel, msg, parts):
        if channel == "iopub" and self.stopped:  # what it printed until it heard of that
            header, parent = (self.get_part(part, msg[part], parts) for part in ("header", "parent_header"))
            if header["msg_type"] == "stream" and parent.get("msg_id") == self.stopped:
                return True
        return super()._limit_rate(channel, msg, parts)


c.ServerApp.kernel_websocket_connection_class = Connection
c.Connection.rate_limit_window = 30
c.Connection.iopub_data_rate_limit = 10_000

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
