// Joins the controls below a live picture to the program that draws it.
(() => {
  const address = "LIVE_ADDRESS", comm = globalThis.gonb_comm;
  const root = document.querySelector('[data-live="' + address + '"]');
  if (!root || !comm) return;
  const image = root.querySelector("img");
  const controls = [...root.querySelectorAll("[data-control]")];
  const value = (c) => {
    if (c.dataset.control === "sheet") return c.ink;
    if (c.dataset.control === "menu") return c.selectedIndex;
    if (c.dataset.control === "button") return +c.dataset.clicks;
    const low = +c.dataset.min, high = +c.dataset.max, step = +c.dataset.step, t = c.value / c.max;
    const v = c.dataset.control === "log" ? low * Math.pow(high / low, t) : low + (high - low) * t;
    return +(step > 0 ? Math.round(v / step) * step : v).toPrecision(step > 0 ? 12 : 3);
  };
  let seq = 0, moves = 0, shown = 0;
  const report = (done) =>
    comm.send(address + "/in", JSON.stringify({ seq: ++seq, moves, shown, done: !!done, values: controls.map((c) => [value(c)].flat()) }));
  const label = (c) => {
    const output = c.parentElement.querySelector("output");
    if (!output) return;
    output.textContent = String(value(c)).replace("-", "−");
    c.setAttribute("aria-valuetext", output.textContent);
  };
  for (const c of root.querySelectorAll("button, input, select, canvas")) {
    c.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab moves cells with arrow keys
  }
  // A sheet keeps its ink, one number a pixel, and shows it in white on black.
  const sheet = (c) => {
    const columns = c.width, rows = c.height, paper = c.getContext("2d");
    let at = null, cursor = [Math.floor(columns / 2), Math.floor(rows / 2)];
    c.ink = JSON.parse(c.dataset.ink);
    const show = () => {
      for (let i = 0; i < c.ink.length; i++) {
        const grey = Math.round(255 * c.ink[i]);
        paper.fillStyle = `rgb(${grey},${grey},${grey})`;
        paper.fillRect(i % columns, Math.floor(i / columns), 1, 1);
      }
      if (document.activeElement === c) {
        paper.fillStyle = "rgba(255,160,0,.7)";
        paper.fillRect(cursor[0], cursor[1], 1, 1);
      }
    };
    const changed = () => { show(); moves++; report(); };
    const dab = (x, y) => { // a round brush with a soft edge
      for (let i = 0; i < c.ink.length; i++) {
        const d = Math.hypot((i % columns) + 0.5 - x, Math.floor(i / columns) + 0.5 - y);
        c.ink[i] = +Math.max(c.ink[i], Math.min(1, Math.max(0, 1.9 - d))).toFixed(2);
      }
    };
    const point = (e) => {
      const box = c.getBoundingClientRect();
      return [((e.clientX - box.left) / box.width) * columns, ((e.clientY - box.top) / box.height) * rows];
    };
    c.addEventListener("pointerdown", (e) => { c.setPointerCapture(e.pointerId); at = point(e); dab(...at); changed(); });
    c.addEventListener("pointermove", (e) => {
      if (!at) return;
      const to = point(e), n = Math.ceil(2 * Math.hypot(to[0] - at[0], to[1] - at[1])) || 1;
      for (let k = 1; k <= n; k++) dab(at[0] + ((to[0] - at[0]) * k) / n, at[1] + ((to[1] - at[1]) * k) / n);
      at = to;
      changed();
    });
    for (const end of ["pointerup", "pointercancel"]) c.addEventListener(end, () => (at = null));
    for (const focus of ["focus", "blur"]) c.addEventListener(focus, show);
    c.addEventListener("keydown", (e) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
      if (!way && e.key !== " ") return;
      e.preventDefault();
      if (way) cursor = [Math.min(columns - 1, Math.max(0, cursor[0] + way[0])), Math.min(rows - 1, Math.max(0, cursor[1] + way[1]))];
      else { dab(cursor[0] + 0.5, cursor[1] + 0.5); moves++; report(); }
      show();
    });
    c.parentElement.querySelector("[data-clear]").addEventListener("click", () => { c.ink.fill(0); changed(); });
    show();
  };
  for (const c of controls) {
    if (c.dataset.control === "sheet") {
      sheet(c);
      continue;
    }
    label(c);
    c.addEventListener(c.dataset.control === "button" ? "click" : "input", () => {
      if (c.dataset.control === "button") c.dataset.clicks = +c.dataset.clicks + 1;
      label(c);
      moves++;
      report();
    });
  }
  root.querySelector("[data-done]").addEventListener("click", () => report(true));
  comm.subscribe(address + "/out", (_, text) => {
    const picture = JSON.parse(text);
    image.width = picture.width;
    image.height = picture.height;
    image.src = "data:image/png;base64," + picture.png;
    shown = picture.n;
    report();
  });
  const pulse = setInterval(() => (root.isConnected ? report() : clearInterval(pulse)), 20000);
  report();
})();
