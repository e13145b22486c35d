// Adds controls and the other frames to a scrubber's still image.
(() => {
  const data = SCRUBBER_DATA;
  for (const root of document.querySelectorAll('[data-scrubber="SCRUBBER_ID"]')) {
    if (root.dataset.ready) continue;
    root.dataset.ready = "yes";
    const stage = root.firstElementChild, n = data.frames.length;
    const layers = data.frames.map((frame) => {
      if (!frame) return null;
      const layer = new Image();
      layer.alt = "";
      layer.src = "data:image/png;base64," + frame;
      layer.style.cssText = "position:absolute;left:0;top:0;width:100%;height:100%;max-width:none;margin:0;visibility:hidden";
      return stage.appendChild(layer);
    });
    const bar = document.createElement("div");
    bar.style.cssText = "display:flex;align-items:center;gap:8px;margin:4px 0;max-width:" + stage.firstElementChild.width + "px";
    const button = (text, label, action) => {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = text;
      b.setAttribute("aria-label", label);
      b.style.cssText = "font:inherit;color:inherit;background:transparent;border:1px solid currentColor;border-radius:4px;padding:2px 10px;min-width:2.4em;cursor:pointer";
      b.addEventListener("click", action);
      return bar.appendChild(b);
    };
    const slider = document.createElement("input");
    const count = document.createElement("span");
    let at = data.still, timer = 0;
    const show = (i) => {
      if (layers[at]) layers[at].style.visibility = "hidden";
      at = (i + n) % n;
      if (layers[at]) layers[at].style.visibility = "visible";
      slider.value = at;
      count.textContent = at + 1 + " / " + n;
      slider.setAttribute("aria-valuetext", data.names[at] || "frame " + count.textContent);
    };
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      play.textContent = "Play";
    };
    const play = button("Play", "play or pause", () => {
      if (timer) return stop();
      if (at === n - 1) show(0);
      play.textContent = "Pause";
      timer = setInterval(() => {
        if (!root.isConnected || at === n - 1) return stop();
        show(at + 1);
      }, Math.max(80, Math.min(500, 6000 / n)));
    });
    play.style.minWidth = "5em";
    button("‹", "one frame back", () => (stop(), show(at - 1)));
    button("›", "one frame forward", () => (stop(), show(at + 1)));
    slider.type = "range";
    slider.min = 0;
    slider.max = n - 1;
    slider.style.cssText = "flex:1;min-width:60px";
    slider.setAttribute("aria-label", "frame");
    slider.addEventListener("input", () => (stop(), show(+slider.value)));
    bar.append(slider, count);
    root.appendChild(bar);
    root.addEventListener("keydown", (event) => {
      if (event.key !== " " || event.target.tagName === "BUTTON") return;
      event.preventDefault();
      play.click();
    });
    show(at);
  }
})();
