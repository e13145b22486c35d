// Joins the controls below a live picture to the program that draws it.
(() => {
  const address = "LIVE_ADDRESS", comm = globalThis.gonb_comm;
  const root = document.querySelector('[data-live="' + address + '"]');
  if (!root || !comm) return;
  const image = root.querySelector("img");
  const controls = [...root.querySelectorAll("[data-control]")];
  const value = (c) => {
    switch (c.dataset.control) {
      case "sheet": return c.ink;
      case "menu": return c.selectedIndex;
      case "button": return +c.dataset.clicks;
      case "field": return c.value;
      case "output": return null;
    }
    if (c.exact !== undefined) return c.exact;
    const low = +c.dataset.min, high = +c.dataset.max, step = +c.dataset.step, t = c.value / c.max;
    if (c.dataset.zero === "true" && t === 0) return 0;
    const v = c.dataset.control === "log" ? low * Math.pow(high / low, t) : low + (high - low) * t;
    return +(step > 0 ? Math.round(v / step) * step : v).toPrecision(step > 0 ? 12 : 3);
  };
  // A value from the program need not be one of a slider's places: the slider
  // stands at the nearest and keeps the value until it is moved.
  const put = (c, v) => {
    if (v === null) return;
    switch (c.dataset.control) {
      case "sheet": c.ink = v; c.show(); return;
      case "menu": c.selectedIndex = v; return;
      case "button": c.dataset.clicks = v; return;
      case "field": c.value = c.taken = v; return;
      case "output": c.textContent = v; return;
    }
    const low = +c.dataset.min, high = +c.dataset.max;
    const t = c.dataset.control === "log" ? Math.log(Math.max(v, low) / low) / Math.log(high / low) : (v - low) / (high - low);
    c.exact = v;
    c.value = Math.round(t * c.max);
    c.place = +c.value;
    label(c);
  };
  let seq = 0, moves = 0, near = 0, shown = 0, playing = null;
  const report = (done) =>
    comm.send(address + "/in", JSON.stringify({ seq: ++seq, moves, near, shown, done: !!done, dots: devicePixelRatio, values: controls.map(value) }));
  const moved = (c) => { c.moved = ++moves; report(); };
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
    const changed = () => { show(); moved(c); };
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
      else { dab(cursor[0] + 0.5, cursor[1] + 0.5); moved(c); }
      show();
    });
    c.parentElement.querySelector("[data-clear]").addEventListener("click", () => { c.ink.fill(0); changed(); });
    c.show = show;
    show();
  };
  // A field is taken at Enter, when it is left, and at once when text is pasted.
  const field = (c) => {
    c.taken = c.value;
    const take = () => {
      if (c.value === c.taken) return;
      c.taken = c.value;
      moved(c);
    };
    c.addEventListener("change", take);
    c.addEventListener("paste", () => setTimeout(take));
    c.addEventListener("keydown", (e) => { if (e.key === "Enter") take(); });
  };
  // A slider whose places have equal values at one end skips to the next value.
  const slid = (c) => {
    const way = Math.sign(c.value - c.place), was = c.was;
    c.exact = undefined;
    while (way && value(c) === was && +c.value > 0 && +c.value < +c.max) c.value = +c.value + way;
    c.place = +c.value;
    c.was = value(c);
    label(c);
    moved(c);
  };
  // Play moves a slider up, a place or more with each picture.
  const play = (c, on) => {
    playing = on ? c : null;
    const button = c.parentElement.querySelector("[data-play]");
    button.textContent = on ? "❚❚" : "▶";
    button.setAttribute("aria-pressed", on);
    if (on && +c.value >= +c.max) c.value = 0;
    if (on) next();
  };
  const next = () => {
    const c = playing;
    if (!c) return;
    if (!root.isConnected || +c.value >= +c.max) return play(c, false);
    c.value = Math.min(+c.max, +c.value + Math.max(1, Math.round(c.max / 80)));
    slid(c);
  };
  for (const c of controls) {
    switch (c.dataset.control) {
      case "sheet": sheet(c); break;
      case "output": break;
      case "field": field(c); break;
      case "menu": c.addEventListener("input", () => moved(c)); break;
      case "button": c.addEventListener("click", () => { c.dataset.clicks = +c.dataset.clicks + 1; moved(c); }); break;
      default: {
        put(c, +c.dataset.value);
        c.was = c.exact;
        c.addEventListener("input", () => { if (playing === c) play(c, false); slid(c); });
        const button = c.parentElement.querySelector("[data-play]");
        if (button) button.addEventListener("click", (e) => { e.preventDefault(); play(c, playing !== c); });
      }
    }
  }
  for (const b of root.querySelectorAll("[data-copy]")) {
    const c = b.parentElement.querySelector("[data-control]");
    b.addEventListener("click", () => {
      if (c.select) c.select();
      else getSelection().selectAllChildren(c);
      if (!navigator.clipboard) return; // the text is selected: Ctrl-C copies it
      navigator.clipboard.writeText(c.value === undefined ? c.textContent : c.value).then(() => {
        b.textContent = "Copied";
        setTimeout(() => (b.textContent = "Copy"), 1500);
      }, () => {});
    });
  }
  root.querySelector("[data-done]").addEventListener("click", () => report(true));
  let last = 0;
  for (const sign of ["pointermove", "focusin", "keydown"]) {
    root.addEventListener(sign, () => {
      if (Date.now() - last < 10000) return;
      last = Date.now();
      near++;
      report();
    });
  }
  comm.subscribe(address + "/out", (_, text) => {
    const picture = JSON.parse(text);
    image.width = picture.width;
    image.height = picture.height;
    image.parentElement.style.maxWidth = picture.width + "px";
    image.src = "data:image/png;base64," + picture.png;
    shown = picture.n;
    let set = false;
    for (const [i, v] of Object.entries(picture.set)) {
      const c = controls[i];
      if ((c.moved || 0) > picture.moves) continue; // the learner has been faster
      put(c, v);
      c.was = value(c);
      set = set || c.dataset.control !== "output";
    }
    if (set && moves > picture.moves) moves++; // what was reported meanwhile lacked what has been set
    report();
    if (playing) requestAnimationFrame(next);
  });
  addEventListener("pagehide", () => { if (root.isConnected) report(true); }); // a page that is loaded again has no controls
  const pulse = setInterval(() => (root.isConnected ? report() : clearInterval(pulse)), 20000);
  report();
})();
