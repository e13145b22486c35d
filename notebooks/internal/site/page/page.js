// The switch between light and dark, the search, and what keyboard and paper need.
"use strict";

const remembered = (() => {
  try {
    return localStorage; // not there for files in some browsers
  } catch {
    return {};
  }
})();

const scheme = (name) => (document.documentElement.style.colorScheme = name);
const dark = () => (document.documentElement.style.colorScheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
if (remembered.theme) scheme(remembered.theme);

document.addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("theme");
  const label = () => (button.textContent = dark() ? "Light" : "Dark");
  button.addEventListener("click", () => {
    scheme((remembered.theme = dark() ? "light" : "dark"));
    label();
  });
  label();

  // What scrolls sideways can be reached with the keyboard.
  const reach = () => {
    for (const e of document.querySelectorAll("main pre, main table, main math[display=block]")) {
      if (e.scrollWidth > e.clientWidth) e.tabIndex = 0;
      else e.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reach);
  reach();
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  search(document.getElementById("search"), document.getElementById("found"));
});

// search looks for all words of the question in each section of each page. The texts are loaded when they are needed.
function search(input, found) {
  const root = document.body.dataset.root, [status, list] = found.children;
  let loaded;
  const load = () => (loaded ??= new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = root + "pages.js";
    script.onload = resolve;
    document.head.append(script);
  }));
  const matches = (words) => {
    const all = [];
    for (const page of pages)
      for (const [id, title, text] of page.sections) {
        const head = title.toLowerCase(), body = text.toLowerCase();
        if (!words.every((w) => head.includes(w) || body.includes(w))) continue;
        const score = words.filter((w) => head.includes(w)).length * 10 + words.reduce((n, w) => n + Math.min(5, body.split(w).length - 1), 0);
        all.push({ score, href: root + page.page + "#" + encodeURIComponent(id), page: page.title, title, line: excerpt(text, words) });
      }
    return all.sort((a, b) => b.score - a.score);
  };
  const show = async () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.hidden = words.length === 0;
    if (found.hidden) return;
    await load();
    const all = matches(words);
    status.textContent = all.length === 0 ? "Nothing found." : all.length === 1 ? "One section" : all.length + " sections";
    list.replaceChildren(...all.slice(0, 12).map((m) => {
      const item = document.createElement("li"), link = document.createElement("a"), line = document.createElement("p");
      link.href = m.href;
      link.textContent = m.title === m.page ? m.page : m.page.split(":")[0] + " › " + m.title;
      line.textContent = m.line;
      item.append(link, line);
      return item;
    }));
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", load, { once: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") found.hidden = true;
    if (event.key === "/" && !event.target.closest("input, textarea")) {
      event.preventDefault();
      input.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("search") || event.target.closest("#found a")) found.hidden = true;
  });
}

// excerpt is the part of a text around the first word that is found.
function excerpt(text, words) {
  const at = Math.min(...words.map((w) => text.toLowerCase().indexOf(w)).filter((i) => i >= 0).concat(text.length));
  if (at === text.length) return text.slice(0, 120);
  const from = text.lastIndexOf(" ", Math.max(0, at - 50)) + 1;
  return (from > 0 ? "… " : "") + text.slice(from, from + 140) + " …";
}
