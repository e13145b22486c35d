"""Uses the course in a browser as a learner does.

    browser.py CHROMIUM ADDRESS NOTEBOOKS SITE SCREENSHOTS WHICH

ADDRESS is what the launcher printed, NOTEBOOKS the folder that it serves, SITE an exported site, and WHICH
a regular expression for the names of the checks. Each check writes a line of JSON:
{"check": "...", "seconds": 1.2, "error": "" or what is wrong}. WHICH may be `latency`: it measures instead, and each line is {"what": "...", "milliseconds": [...]}.
"""

import json
import os
import pathlib
import re
import statistics
import sys
import time
import traceback

from playwright.sync_api import expect, sync_playwright

expect.set_options(timeout=20_000)

CHECKS = []
PATIENCE = 120  # seconds for what takes one on a machine with nothing else to do


# What GoNB and JupyterLab call errors when a kernel is restarted.
HARMLESS = re.compile("gonb_comm already running: we assume this is after a kernel restart|Canceled future for .* before replies were done"
                      "|comm_open_ack not received in time"  # a live picture asks again
                      "|reason: expected string, got object")  # so GoNB closes, which Playwright takes more strictly than a browser


def check(function):
    CHECKS.append(function)
    return function


# Notes when a cell is told to run, when its first output is painted, and when it has ended.
STOPWATCH = """cell => {
  const prompt = cell.querySelector(".jp-InputArea-prompt");
  const state = () => [...cell.querySelectorAll(".jp-OutputArea-output")].map(o => o.innerText + [...o.querySelectorAll("img")].map(i => i.src)).join();
  const before = state();
  let start = 0, began = false;
  document.addEventListener("keydown", () => start = performance.now(), { capture: true, once: true });
  let painted, over;
  window.painted = new Promise((resolve) => painted = resolve);
  window.ended = new Promise((resolve) => over = resolve);
  const observer = new MutationObserver(() => {
    began ||= prompt.innerText === "[*]:";
    if (!began) return;
    const now = state();
    if (now !== "" && now !== before) requestAnimationFrame(() => painted(performance.now() - start));
    if (prompt.innerText !== "[*]:") {
      observer.disconnect();
      over();
    }
  });
  observer.observe(cell, { subtree: true, childList: true, characterData: true, attributes: true });
}"""


class Learner:
    """A person at JupyterLab."""

    def __init__(self, context, address, folder):
        self.address, self.folder = address, pathlib.Path(folder)
        self.host = re.match(r"http://[^/]+", address).group()
        self.complaints = []  # errors on the console, and requests that leave the machine
        self.page = self.watch(context.new_page())

    def watch(self, page):
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda m: self.complain(f"console: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda e: self.complain(f"page: {e}"))
        page.on("request", lambda r: None if r.url.startswith((self.host, "file:", "data:", "blob:"))
                else self.complain(f"request: {r.url}"))
        return page

    def complain(self, text):
        if not HARMLESS.search(text):
            self.complaints.append(text)

    def panel(self):
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def open(self, name):
        self.page.locator(".jp-DirListing-item", has_text=name).dblclick()
        expect(self.page.locator(".lm-TabBar-tab.lm-mod-current", has_text=name)).to_be_visible()
        expect(self.panel().locator("h1").first).to_be_visible()
        expect(self.panel().locator(".jp-KernelName")).to_have_text("Go (Descent)")
        self.page.wait_for_timeout(1000)  # the kernel is named before it is connected

    def scratch(self):
        """Opens a new notebook with the course's imports, and runs these: JupyterLab saves by itself what is tried in it."""
        notebook = json.loads((self.folder / "04-linear-regression.ipynb").read_text())
        notebook["cells"] = [c for c in notebook["cells"] if "%noautoget" in "".join(c["source"])]
        (self.folder / "scratch.ipynb").write_text(json.dumps(notebook))
        self.page.goto(self.address.replace("index.md", "scratch.ipynb"))
        expect(self.panel().locator(".jp-KernelName")).to_have_text("Go (Descent)")
        self.run(self.cell("%noautoget"))

    def menu(self, menu, entry):
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=entry).first.click()

    def cell(self, text):
        """The code cell that has a text."""
        return self.panel().locator(".jp-CodeCell", has=self.page.locator(".cm-content", has_text=text)).first

    def write(self, cell, source):
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)

    def run(self, cell):
        """Runs a cell and returns what it printed."""
        for patience in (30, PATIENCE):  # a key that comes while the kernel connects is lost
            cell.locator(".cm-content").click()
            cell.evaluate(STOPWATCH)
            self.page.keyboard.press("Control+Enter")
            if self.page.evaluate("s => Promise.race([window.ended.then(() => true), new Promise((late) => setTimeout(late, 1000 * s))])", patience):
                return "\n".join(cell.locator(".jp-OutputArea-output").all_inner_texts())
        raise AssertionError("a cell does not end")

    def ended(self, cell, seconds=PATIENCE):
        expect(cell.locator(".jp-InputArea-prompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=seconds * 1000)

    def new_cell(self, source):
        """Adds a cell below the selected one; what is returned is always the selected cell."""
        cell = self.panel().locator(".jp-CodeCell.jp-mod-active")
        for _ in range(10):  # a key that comes before the notebook listens is lost
            self.page.keyboard.press("Escape")
            self.page.keyboard.press("b")
            self.page.wait_for_timeout(200)
            if cell.locator(".cm-content").inner_text().strip() == "":
                break
        self.write(cell, source)
        return cell

    def save(self, name):
        """Saves, and returns the notebook's cells as they are in its file."""
        path = self.folder / name
        before = path.stat().st_mtime_ns
        self.page.keyboard.press("Control+s")
        for _ in range(100):
            self.page.wait_for_timeout(100)
            if path.stat().st_mtime_ns != before:
                return json.loads(path.read_text())["cells"]
        raise AssertionError(f"{name} is not saved")

    def play_live(self):
        """Moves the slider of the live picture that is waiting, looks at what changes, and presses Done."""
        live = self.page.locator("[data-live]")
        live.wait_for()
        picture, slider, number = live.locator("img"), live.locator("input[type=range]"), live.locator("output")
        expect(slider).to_have_attribute("aria-valuetext", re.compile("."))  # its script runs
        picture_before, number_before = picture.get_attribute("src"), number.inner_text()
        for patience in (10, PATIENCE):  # a kernel that has not heard from the page shows it once more, and forgets the first move
            box = slider.bounding_box()
            slider.click(position={"x": box["width"] * 0.85, "y": box["height"] / 2})  # scrolls there and waits until it stands still
            for _ in range(5):
                slider.press("ArrowRight")
            try:
                expect(picture).not_to_have_attribute("src", picture_before, timeout=patience * 1000)
                break
            except AssertionError:
                if patience == PATIENCE:
                    raise
        expect(number).not_to_have_text(number_before)
        live.get_by_role("button", name="Done").click()
        live.wait_for(state="detached")


def outputs(cell):
    """What a cell has printed and drawn, without what differs from run to run."""
    text = "".join("".join(o["text"]) for o in cell["outputs"] if o["output_type"] == "stream")
    pictures = ["".join(o["data"].get("image/png", "")).replace("\n", "") for o in cell["outputs"] if "data" in o]
    return text, pictures


def same_as_committed(cells, committed):
    """Compares a notebook that was run with the one in the repository."""
    pictures = 0
    for cell, old in zip(cells, committed, strict=True):
        if cell["cell_type"] != "code":
            continue
        assert cell["execution_count"], f"the cell was not run: {cell['source']}"
        errors = [o for o in cell["outputs"] if o["output_type"] == "error"]
        assert not errors, f"the cell failed: {errors[0]['traceback']}"
        source = "".join(old["source"])
        pictures += sum("image/png" in o.get("data", {}) for o in cell["outputs"])
        if "plots.Live(" not in source and "varies" not in old["metadata"].get("tags", []):
            assert outputs(cell) == outputs(old), f"other outputs than in the repository: {source}"
    assert pictures >= 4, f"{pictures} pictures, want 4 or more"


# JupyterLab ----------------------------------------------------------------------------------------------------------


@check
def landing_page(learner, shot):
    page = learner.page
    page.goto(learner.address)
    body = page.locator(".jp-MarkdownViewer")
    expect(body.locator("h1")).to_have_text(re.compile("Descent"))
    expect(body.locator("h2").first).to_have_text(re.compile("Begin with 00 Start here"))
    assert body.locator("tbody a").count() >= 14, "the map has too few links"
    shot()
    page.wait_for_timeout(500)
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0, "something asks or announces something"
    files = page.locator(".jp-DirListing-itemText").all_inner_texts()
    strangers = [f for f in files if not re.fullmatch(r"\d\d-[a-z0-9-]+\.ipynb|(gallery|playground)\.ipynb|(index|errors)\.md|solutions", f)]
    assert "04-linear-regression.ipynb" in files and not strangers, f"the file browser shows {strangers or files}"
    expect(page.locator(".jp-TableOfContents")).to_be_visible()


@check
def opens_a_notebook_from_the_landing_page(learner, shot):
    page = learner.page
    page.locator(".jp-MarkdownViewer tbody a", has_text="Start here").click()
    expect(learner.panel().locator(".jp-KernelName")).to_have_text("Go (Descent)")
    expect(learner.panel().locator("h1")).to_have_text(re.compile("Start here"))
    expect(page.locator(".jp-TableOfContents").get_by_text("How to read the course")).to_be_visible()
    assert page.locator(".cm-lineNumbers").count() == 0, "line numbers show"
    style = "e => [getComputedStyle(e).fontSize, e.getBoundingClientRect().width]"
    size, width = learner.panel().locator(".jp-MarkdownOutput p").first.evaluate(style)
    assert size == "16px" and width <= 46 * 16, f"text is {size} in lines of {width} px"
    shot()


@check
def exercise_wrong_then_right_and_progress(learner, shot):
    learner.run(learner.cell("%noautoget"))
    stub, checking = learner.cell("func double("), learner.cell('exercise.Check("00.1"')
    learner.run(stub)
    assert "not solved yet" in learner.run(checking)
    learner.write(stub, "func double(x float64) float64 {\n\treturn x + 2\n}")
    learner.run(stub)
    said = learner.run(checking)
    assert "✗ 00.1" in said and "Hint 1" in said, said
    shot("wrong")
    learner.write(stub, "func double(x float64) float64 {\n\treturn 2 * x\n}")
    learner.run(stub)
    said = learner.run(checking)
    assert "✓ 00.1" in said, said
    assert "✓" in learner.run(learner.cell("exercise.Progress()"))
    shot("right")


@check
def landing_page_shows_progress(learner, shot):
    page = learner.page
    page.wait_for_timeout(1500)  # the launcher looks once a second
    page.reload()
    page.locator(".lm-TabBar-tab", has_text="index.md").click()
    body = page.locator(".jp-MarkdownViewer")
    expect(body.locator("h2").first).to_have_text(re.compile("Continue with 00 Start here"))
    expect(body).to_contain_text("1 of 3 exercises are solved")
    shot()


@check
def stops_a_running_cell(learner, shot):
    learner.open("00-start-here.ipynb")
    learner.panel().locator(".jp-CodeCell").first.locator(".cm-content").click()
    endless = learner.new_cell("%%\nfor i := 0; ; i++ {\n}")
    learner.page.keyboard.press("Control+Enter")
    expect(endless.locator(".jp-InputArea-prompt")).to_have_text("[*]:")
    learner.page.wait_for_timeout(2000)
    expect(endless.locator(".jp-InputArea-prompt")).to_have_text("[*]:")
    learner.panel().get_by_role("button", name=re.compile("Interrupt")).click()
    learner.ended(endless, 10)
    assert "4" in learner.run(learner.cell('"2 + 2 ="')), "after the stop no other cell runs"
    shot()


MISTAKES = [  # what a learner types, and what the kernel must say; errors.md explains each message
    ("no double per cent", 'x := 1\nfmt.Println(x)', "expected declaration, found x"),
    ("unused variable", "%%\nx := 1", "declared and not used: x"),
    ("unused import", 'import "net/http"\n\n%%\nfmt.Println("it runs")', "it runs"),
    ("shape mismatch", "%%\nvar y mat.Dense\ny.Mul(mat.NewDense(2, 3, nil), mat.NewDense(2, 3, nil))", "dimension mismatch"),
    ("data of another width", "%%\nmodel := must.M1(dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 1}))\n"
     "model.Compile(&dl.SGD{}, dl.MSE{})\nmust.M1(model.Fit(mat.NewDense(4, 3, nil), mat.NewDense(4, 1, nil), dl.FitConfig{Epochs: 1}))", "X has 3 columns, want 2"),
    ("not a number", "%%\nx := mat.NewDense(4, 1, []float64{1, 2, 3, 4e6})\nmodel := must.M1(dl.Sequential(dl.Shape{1}, &dl.Dense{Units: 1}))\n"
     "model.Compile(&dl.SGD{LR: 1}, dl.MSE{})\nmust.M1(model.Fit(x, x, dl.FitConfig{Epochs: 100}))", "the loss is"),
    ("wrong folder", '%%\nmust.M1(os.ReadFile("notebooks/data.csv"))', "no such file or directory"),
    ("missing model", '%%\nmust.M1(dl.Load("digits.safetensors"))', "no such file or directory"),
]


@check
def mistakes_are_answered(learner, shot):
    learner.scratch()
    for name, source, message in MISTAKES:
        cell = learner.new_cell(source)
        said = learner.run(cell)
        cell.locator(".jp-OutputArea-output").last.scroll_into_view_if_needed()
        shot(name.replace(" ", "-"))
        assert message in said, f"{name}: the kernel says {said}"

    # What a cell declared is gone with the kernel.
    learner.run(learner.new_cell("func squared(x float64) float64 { return x * x }"))
    calls = learner.new_cell("%%\nfmt.Println(squared(3))")
    assert learner.run(calls).strip() == "9"
    learner.menu("Kernel", "Restart Kernel…")
    learner.page.locator(".jp-Dialog .jp-mod-accept").click()
    for _ in range(5):  # what is run while the kernel starts ends without a word
        said = learner.run(calls)
        if said.strip() not in ("", "9"):
            break
        learner.page.wait_for_timeout(1000)
    shot("after-a-restart")
    assert "undefined: squared" in said and "The kernel does not know squared." in said, said

    # A learner's own change of dl: a mistake is named with its file and line, and taken back.
    dense = learner.folder.parent / "dl" / "dense.go"
    text = dense.read_text()
    uses_dl = learner.new_cell('import "descent/dl"\n\n%%\nfmt.Println("units:", (&dl.Dense{Units: 3}).Units)')
    try:
        dense.write_text(text + "\nvar mine int = 1.5\n")
        said = learner.run(uses_dl)
        uses_dl.locator(".jp-OutputArea-output").last.scroll_into_view_if_needed()
        shot("edited-dl")
        assert "dense.go" in said and "1.5" in said, said
    finally:
        dense.write_text(text)
    assert "units: 3" in learner.run(uses_dl)


@check
def huge_output_leaves_the_page_alive(learner, shot):
    learner.scratch()
    said = learner.run(learner.new_cell('%%\nfor i := range 3000 {\n\tfmt.Println("line", i)\n}'))
    assert "line 2999" in said, "3,000 lines are not shown to their end"
    said = learner.run(learner.new_cell('%%\nfor i := 0; ; i++ {\n\tfmt.Println("line", i)\n}'))
    assert "Stopped: this cell has printed more than 100 kB" in said, said[-500:]
    shot()
    start = time.perf_counter()
    assert "alive" in learner.run(learner.new_cell('%%\nfmt.Println("alive")'))
    assert time.perf_counter() - start < 30, "the next cell waits for what the stopped one printed"


COMPLETE, EXPLAIN = "%%\nvar layer dl.Den", "%%\nvar layer dl.Dense"


def asks(learner, cell, source, key, answer, text):
    """Writes a cell and presses a key until its answer has the text: gopls takes some seconds to wake up."""
    for _ in range(30):
        learner.write(cell, source)
        learner.page.keyboard.press(key)
        try:
            expect(learner.page.locator(f"{answer}:visible")).to_contain_text(text, timeout=2000)
            return
        except AssertionError:
            learner.page.keyboard.press("Escape")
    raise AssertionError(f"{key} does not show {text}")


@check
def completes_and_explains_dl(learner, shot):
    learner.scratch()
    cell = learner.new_cell(COMPLETE)
    asks(learner, cell, COMPLETE, "Tab", ".jp-Completer", "Dense")
    shot("completion")
    learner.page.keyboard.press("Escape")
    asks(learner, cell, EXPLAIN, "Shift+Tab", ".jp-Tooltip", "fully connected layer on the last axis")
    shot("explanation")
    learner.page.keyboard.press("Escape")


@check
def runs_all_of_a_notebook_and_its_slider(learner, shot):
    committed = json.loads((learner.folder / "04-linear-regression.ipynb").read_text())["cells"]
    learner.open("04-linear-regression.ipynb")
    learner.run(learner.cell("%noautoget"))
    for turn in ("first", "restarted"):
        if turn == "first":
            learner.menu("Run", "Run All Cells")
        else:
            learner.menu("Kernel", "Restart Kernel and Run All Cells…")
            learner.page.locator(".jp-Dialog .jp-mod-accept").click()
        learner.play_live()
        shot(turn)
        for cell in (learner.cell("exercise.Check(\"04.3\""), learner.cell("%noautoget")):
            learner.ended(cell)
        same_as_committed(learner.save("04-linear-regression.ipynb"), committed)


@check
def slider_of_a_kernel_that_answers_late(learner, shot):
    """As on a busy machine, the kernel hears of the page only after GoNB has given up on it."""
    late = []

    def delay(page):
        server = page.connect_to_server()

        def forward(message):
            if '"comm_open"' in message and not late:
                time.sleep(1.5)
                late.append(message)
            server.send(message)
        page.on_message(forward)

    learner.page.route_web_socket(re.compile(r"/channels$"), delay)  # JupyterLab's own have a query
    learner.page.reload()
    learner.open("04-linear-regression.ipynb")
    learner.menu("Kernel", "Restart Kernel and Run All Cells…")
    learner.page.locator(".jp-Dialog .jp-mod-accept").click()
    learner.play_live()
    assert late, "nothing was late"
    for cell in (learner.cell("exercise.Check(\"04.3\""), learner.cell("%noautoget")):
        learner.ended(cell)


# The exported site ---------------------------------------------------------------------------------------------------


def pages(site):
    return sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))


@check
def playground_presets(learner, shot):
    """Chooses each preset: the picture follows, the page says what to look at, and the code is that of the setting."""
    learner.open("playground.ipynb")
    learner.run(learner.cell("%noautoget"))
    for instrument in ("Regress", "Classify"):
        cell = learner.cell(f'playground.{instrument}("")')
        cell.locator(".cm-content").click()
        learner.page.keyboard.press("Control+Enter")
        live = learner.page.locator("[data-live]")
        live.wait_for()
        picture, preset = live.locator("img").first, live.get_by_label("preset", exact=True)
        said = set()
        for name in preset.locator("option").all_inner_texts()[:0:-1]:  # the first is what is there already
            before = picture.get_attribute("src")
            preset.select_option(label=name)
            expect(picture).not_to_have_attribute("src", before)
            expect(live.locator("pre[data-control=output]").nth(1)).to_contain_text("dl.Sequential")
            said.add(live.locator("span[role=status]").inner_text())
        assert len(said) > 5, f"the presets say {said}"
        shot(instrument)
        live.get_by_role("button", name="Done").click()
        live.wait_for(state="detached")


@check
def every_page_opens_without_complaint(learner, shot, site):
    for name in pages(site):
        learner.page.goto((site / name).as_uri())
        for picture in learner.page.locator("main img").all():
            picture.evaluate("e => { e.loading = 'eager' }")
        learner.page.wait_for_function("[...document.images].every(i => i.complete && i.naturalWidth > 0)")


@check
def every_page_is_valid_html(learner, shot, site):
    import html5lib

    for name in pages(site):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse((site / name).read_text())
        assert not parser.errors, f"{name}: {parser.errors[:3]}"


@check
def links_on_the_site_resolve(learner, shot, site):
    """The tests in Go look at all links as text; this one follows the way through the course."""
    page = learner.page
    page.goto((site / "index.html").as_uri())
    shot()
    page.locator(".map a").first.click()
    page.wait_for_url(lambda url: "index.html" not in url)
    seen = [page.title()]
    while page.locator("footer a[rel=next]").count():
        here = page.url
        page.locator("footer a[rel=next]").click()
        page.wait_for_url(lambda url: url != here)
        seen.append(page.title())
    assert len(seen) == len(set(seen)) >= 14, seen
    page.locator(".home").click()
    expect(page).to_have_title("Descent")


@check
def scrubbers_move(learner, shot, site):
    moved = 0
    for name in pages(site):
        learner.page.goto((site / name).as_uri())
        for scrubber in learner.page.locator("[data-scrubber]").all():
            scrubber.scroll_into_view_if_needed()
            stage, slider = scrubber.locator("> div").first, scrubber.locator("input[type=range]")
            before = stage.screenshot()
            slider.fill("0" if slider.input_value() != "0" else "1")
            assert stage.screenshot() != before, f"{name}: the picture stays as it was"
            moved += 1
    shot()
    assert moved >= 7, f"{moved} scrubbers, want 7 or more"


@check
def search_and_dark(learner, shot, site):
    page = learner.page
    page.goto((site / "04-linear-regression.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("largest stable learning rate")
    expect(page.locator("#found li").first).to_be_visible()
    shot("search")
    page.locator("#found a").first.click()
    expect(page.locator("#found")).to_be_hidden()
    assert "#" in page.url, page.url
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator("#theme").click()
    assert page.evaluate(paper) != light, "the page stays light"
    page.reload()
    assert page.evaluate(paper) != light, "the page forgets that it is dark"
    shot("dark")


@check
def axe_finds_nothing_serious(learner, shot, site):
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for name in (n for n in pages(site) if "/" not in n):
        for scheme in ("light", "dark"):
            if scheme == "dark" and name not in ("index.html", "00-start-here.html"):
                continue
            learner.page.emulate_media(color_scheme=scheme)
            learner.page.goto((site / name).as_uri())
            learner.page.evaluate("localStorage.clear()")
            learner.page.reload()
            # All pages have one style sheet; contrast, which takes long, is looked at where all kinds of things are.
            contrast = name in ("index.html", "00-start-here.html", "04-linear-regression.html", "gallery.html")
            options = {"preload": False, "resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
            for violation in Axe().run(learner.page, options=options).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    places = [n["html"][:150] for n in violation["nodes"]]
                    found.append(f"{name} ({scheme}): {violation['id']}, {len(places)} times, as in {places[0]}")
    learner.page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)


@check
def a_page_prints(learner, shot, site):
    page = learner.page
    page.goto((site / "00-start-here.html").as_uri())
    page.emulate_media(media="print")
    expect(page.locator("header")).to_be_hidden()
    assert len(page.pdf()) > 100_000
    page.emulate_media(media="screen")


# Latency -------------------------------------------------------------------------------------------------------------

MOVE = """(slider, value) => new Promise((resolve) => {
  const image = slider.closest("[data-live]").querySelector("img"), start = performance.now();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    image.decode().then(() => requestAnimationFrame(() => resolve(performance.now() - start)));
  }).observe(image, { attributes: true, attributeFilter: ["src"] });
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
})"""

HELLO = '%%\nfmt.Println("hello 0")'
PLOT = '%%\nplots.Show("a curve", plots.Functions("x", plots.Range{-6, 6}, plots.Function{Name: "sin 0", F: math.Sin}))'


def latency(learner, times=12):
    page = learner.page
    page.goto(learner.address)
    learner.page.locator(".jp-MarkdownViewer h1").wait_for()
    opening = []
    for name in sorted(p.name for p in learner.folder.glob("0[1-9]-*.ipynb")) + ["10-images.ipynb"]:
        start = time.perf_counter()
        page.locator(".jp-DirListing-item", has_text=name).dblclick()
        number = str(int(name[:2]))
        learner.panel().locator("h1", has_text=re.compile(rf"^{number} ·")).wait_for()
        opening.append((time.perf_counter() - start) * 1000)
        learner.menu("File", "Close and Shut Down Notebook…")
        page.locator(".jp-Dialog .jp-mod-accept").click()
        learner.panel().wait_for(state="detached")
    report("opening a notebook", opening)

    learner.open("04-linear-regression.ipynb")
    first = learner.cell("%noautoget")
    learner.run(first)
    for what, source in (("hello", HELLO), ("plot", PLOT)):
        cell = learner.new_cell(source)
        learner.run(cell)
        times_of = []
        for i in range(times):
            learner.write(cell, source.replace("0", str(i + 1)))  # a changed cell: nothing is compiled yet
            cell.evaluate(STOPWATCH)
            page.keyboard.press("Control+Enter")
            times_of.append(page.evaluate("window.painted"))
            learner.ended(cell)
        report(what, times_of)

    cell = learner.new_cell(COMPLETE)
    for what, source, key, answer, text in (("completion", COMPLETE, "Tab", ".jp-Completer", "Dense"),
                                            ("explanation", EXPLAIN, "Shift+Tab", ".jp-Tooltip", "fully connected layer on the last axis")):
        asks(learner, cell, source, key, answer, text)
        times_of = []
        for _ in range(times):
            page.keyboard.press("Escape")
            expect(page.locator(f"{answer}:visible")).to_have_count(0)
            learner.write(cell, source)
            start = time.perf_counter()
            page.keyboard.press(key)
            expect(page.locator(f"{answer}:visible")).to_contain_text(text)
            times_of.append((time.perf_counter() - start) * 1000)
        page.keyboard.press("Escape")
        report(what, times_of)

    for text in ("func meanSquaredError", "func descend(", "func J(w1"):
        learner.run(learner.cell(text))
    learner.cell("plots.Live(").locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    slider = page.locator("[data-live] input[type=range]")
    slider.wait_for()
    page.wait_for_timeout(1000)
    report("slider to picture", [slider.evaluate(MOVE, str(50 + 25 * i)) for i in range(times)])
    page.locator("[data-live]").get_by_role("button", name="Done").click()


def report(what, times):
    print(json.dumps({"what": what, "milliseconds": [round(t) for t in times], "median": round(statistics.median(times))}), flush=True)


def main(chromium, address, folder, site, screenshots, which):
    os.makedirs(screenshots, exist_ok=True)
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium)
        context = browser.new_context(viewport={"width": 1400, "height": 900}, color_scheme="light")
        learner = Learner(context, address, folder)
        if which == "latency":
            return latency(learner)
        for i, function in enumerate(CHECKS):
            if not re.search(which, function.__name__):
                continue
            name, start, error = function.__name__, time.perf_counter(), ""

            def shot(what="", name=f"{i + 1:02d}-{name}"):
                learner.page.screenshot(path=os.path.join(screenshots, "-".join(filter(None, (name, what))) + ".png"))

            arguments = [pathlib.Path(site)] if function.__code__.co_argcount == 3 else []
            learner.complaints.clear()
            try:
                function(learner, shot, *arguments)
                assert not learner.complaints, "\n".join(learner.complaints[:5])
            except Exception as e:  # a check that fails must not hide the others
                where = traceback.extract_tb(e.__traceback__)[:2][-1]
                error = f"line {where.lineno}: {e}"[:2000]
                shot("failed")
            print(json.dumps({"check": name, "seconds": round(time.perf_counter() - start, 1), "error": error}), flush=True)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
