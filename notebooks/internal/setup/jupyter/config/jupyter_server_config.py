# Settings of the JupyterLab that `go run ./notebooks` starts. They are copied to the clone's own folder; the user's
# other Jupyters don't see them.
import os
import signal
import threading
import time

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

# A loop that prints without end would freeze the page. At most 300 kB of text go there in 30 seconds; pictures don't count.
c.ZMQChannelsWebsocketConnection.rate_limit_window = 30
c.ZMQChannelsWebsocketConnection.iopub_data_rate_limit = 10_000

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
