// Joins the controls below a live picture to the program that draws it.
(() => {
  const address = "LIVE_ADDRESS", comm = globalThis.gonb_comm;
  const root = document.querySelector('[data-live="' + address + '"]');
  if (!root || !comm) return;
  const image = root.querySelector("img");
  const controls = [...root.querySelectorAll("[data-control]")];
  const value = (c) => {
    if (c.dataset.control === "menu") return c.selectedIndex;
    if (c.dataset.control === "button") return +c.dataset.clicks;
    const low = +c.dataset.min, high = +c.dataset.max, step = +c.dataset.step, t = c.value / c.max;
    const v = c.dataset.control === "log" ? low * Math.pow(high / low, t) : low + (high - low) * t;
    return +(step > 0 ? Math.round(v / step) * step : v).toPrecision(step > 0 ? 12 : 3);
  };
  let seq = 0, moves = 0, shown = 0;
  const report = (done) =>
    comm.send(address + "/in", JSON.stringify({ seq: ++seq, moves, shown, done: !!done, values: controls.map(value) }));
  const label = (c) => {
    const output = c.parentElement.querySelector("output");
    if (!output) return;
    output.textContent = String(value(c)).replace("-", "−");
    c.setAttribute("aria-valuetext", output.textContent);
  };
  for (const c of root.querySelectorAll("button, input, select")) {
    c.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab moves cells with arrow keys
  }
  for (const c of controls) {
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
