"""Writes the course as a static site.

    export.py <JOB

JOB is a JSON object: folder (where the site goes), templates (the folder page), parts (the map of the course), root
(the folder of the notebooks), notebooks (their names and paths) and icon (the path of the site's icon).
"""

import base64
import html
import json
import os
import posixpath
import re
import shutil
import sys

import bs4
import jinja2
import nbformat
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.v4 import new_markdown_cell, new_notebook


def mathml(formula, display):
    """A formula as MathML, with two things that the converter leaves out: ∂ and ∇ stand close to what they belong to,
    and names of functions a little apart."""
    text = convert(formula, display=display)
    text = re.sub(r"<mo>(&#x0(?:2202|2207);)</mo>", r'<mi mathvariant="normal">\1</mi>', text)
    return re.sub(r"<mi>([a-z]{2,})</mi>", r'<mo form="prefix" lspace="0.12em" rspace="0.12em">\1</mo>', text)


class Renderer(IPythonRenderer):
    """Renders the prose of one page: formulas as MathML, and links to notebooks as links to pages."""

    def __init__(self, name, names):
        super().__init__(escape=False)
        self.name, self.names, self.ids = name, names, set()

    def link(self, text, url, title=None):
        path, mark, anchor = url.partition("#")
        if re.match(r"\w+:", url) or not path:
            return super().link(text, url, title)
        folder = posixpath.dirname(self.name)
        target, extension = posixpath.splitext(posixpath.normpath(posixpath.join(folder, path)))
        if extension not in (".ipynb", ".md") or target not in self.names:
            return text  # a file of the repository, of which the site has no page
        return super().link(text, posixpath.relpath(target, folder or ".") + ".html" + mark + anchor, title)

    def heading(self, text, level, **attrs):
        anchor = base = re.sub(r"\s+", "-", re.sub(r"<[^>]*>", "", text).strip())  # as in JupyterLab
        for i in range(2, 100):
            if anchor not in self.ids:
                break
            anchor = f"{base}-{i}"
        self.ids.add(anchor)
        return f'<h{level} id="{html.escape(html.unescape(anchor))}">{text}</h{level}>\n'

    def inline_math(self, body):
        return mathml(body, "inline")

    def block_math(self, body):
        return mathml(body.strip(), "block")

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


class Exporter(HTMLExporter):
    """Exports the cells of one page."""

    def __init__(self, renderer, cells):
        super().__init__(template_name="basic", raw_template=cells)
        self.renderer = renderer

    def markdown2html(self, source):
        return MarkdownWithMath(renderer=self.renderer).render(source)


def read(path):
    if path.endswith(".md"):
        with open(path, encoding="utf-8") as file:
            return new_notebook(cells=[new_markdown_cell(file.read())])
    return nbformat.read(path, as_version=4)


def pictures_to_files(notebook, name, folder):
    """Takes still pictures out of the outputs, so that a page is short and loads them when they come into view."""
    number = 0
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" not in data or not data.get("text/html", "<img").startswith("<img"):
                data.pop("image/png", None)  # the HTML, a scrubber say, has its own
                continue
            number += 1
            path = f"pictures/{posixpath.basename(name)}-{number:02d}.png"
            if name.startswith("solutions/"):
                path = f"pictures/solution-{posixpath.basename(name)}-{number:02d}.png"
            with open(os.path.join(folder, path), "wb") as file:
                file.write(base64.b64decode(data.pop("image/png")))
            size = output.metadata.get("image/png", {})
            data["text/html"] = '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">'.format(
                posixpath.relpath(path, posixpath.dirname(name) or "."), html.escape(output.metadata.get("alt", "")),
                size.get("width", 560), size.get("height", 420))


def sections(content):
    """The headings of a page, each with the text below it, for the table of contents and the search."""
    found = []
    for element in content.find_all(["h1", "h2", "h3", "p", "li", "td", "th", "pre", "summary", "img"]):
        if element.name in ("h1", "h2", "h3"):
            found.append({"level": int(element.name[1]), "id": element["id"], "title": element.get_text(), "text": ""})
        elif found and not element.find_parent(["li", "td", "pre"]):
            text = element["alt"] if element.name == "img" else element.get_text(" " if element.name == "li" else "")
            found[-1]["text"] += " ".join(text.split()) + "\n"
    return found


def main():
    job = json.load(sys.stdin)
    folder, parts = job["folder"], job["parts"]
    os.makedirs(os.path.join(folder, "pictures"))
    os.makedirs(os.path.join(folder, "solutions"))
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(job["templates"]), autoescape=True)
    page, index = environment.get_template("page.html.j2"), environment.get_template("index.html.j2")
    with open(os.path.join(job["templates"], "cells.html.j2"), encoding="utf-8") as file:
        cells = file.read()
    paths = {n["Name"]: n["Path"] for n in job["notebooks"]}
    course = [n for part in parts for n in part["Notebooks"] if n["File"]]
    order = [n["File"].removesuffix(".ipynb") for n in course]
    searched = []
    for name, path in paths.items():
        notebook = read(path)
        pictures_to_files(notebook, name, folder)
        body, _ = Exporter(Renderer(name, paths), cells).from_notebook_node(notebook)
        found = sections(bs4.BeautifulSoup(body, "html.parser"))
        at = order.index(name) if name in order else -1
        with open(os.path.join(folder, name + ".html"), "w", encoding="utf-8") as file:
            file.write(page.render(
                title=found[0]["title"], body=body, sections=[s for s in found if s["level"] == 2],
                root="../" if name.startswith("solutions/") else "", source=os.path.relpath(path, job["root"]),
                previous=course[at - 1] if at > 0 else None,
                next=course[at + 1] if 0 <= at < len(course) - 1 else None))
        if not name.startswith("solutions/"):
            searched.append({"page": name + ".html", "title": found[0]["title"], "sections": [
                [s["id"], s["title"], s["text"]] for s in found]})
    others = [p for p in searched if p["page"].removesuffix(".html") not in order]
    with open(os.path.join(folder, "index.html"), "w", encoding="utf-8") as file:
        file.write(index.render(parts=parts, others=others, root="", sections=[], title="Descent"))
    with open(os.path.join(folder, "pages.js"), "w", encoding="utf-8") as file:
        file.write("const pages = " + json.dumps(searched, ensure_ascii=False, separators=(",", ":")) + ";\n")
    for name in ("style.css", "page.js"):
        shutil.copy(os.path.join(job["templates"], name), folder)
    shutil.copy(job["icon"], os.path.join(folder, "icon.svg"))
    print(f"{len(paths) + 1} pages in {folder}")


if __name__ == "__main__":
    main()
