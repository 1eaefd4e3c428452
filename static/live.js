// The search page brings itself up to date: htmx fetches what changes, this looks after what the reader notices of it.
// Without this every link and button works by loading the page.
"use strict";

const results = () => document.getElementById("search");
const failure = document.getElementById("failure");
const dialog = document.getElementById("values");
// What the results being replaced had: the id in focus, and the disclosures that were open.
let before = { focus: "", open: [] };

function remember() {
  const focused = document.activeElement;
  before = {
    focus: results().contains(focused) ? focused.id || "?" : "",
    open: [...results().querySelectorAll("details[id][open]")].map((details) => details.id),
  };
}

function restore() {
  for (const id of before.open) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
  if (!before.focus) return;
  // What was in focus may be gone with the filter that it took away: then the new number of articles is where to go on.
  const again = document.getElementById(before.focus) || document.getElementById("total") || document.getElementById("content");
  again?.focus({ preventScroll: true });
}

function showWords() {
  const asked = new URLSearchParams(location.search).get("q") || "";
  const box = document.getElementById("q");
  if (document.activeElement !== box) box.value = asked;
}

function announce() {
  const total = results().querySelector(".total") || results().querySelector("h1");
  document.getElementById("live").textContent = total ? total.textContent.trim().replace(/\s+/g, " ") : "";
}

const isOfResults = (event) => event.detail?.ctx?.target === results();

document.addEventListener("htmx:before:request", (event) => {
  failure.hidden = true;
  if (isOfResults(event)) results().setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:finally:request", () => results()?.removeAttribute("aria-busy"));
document.addEventListener("htmx:before:swap", (event) => {
  if (isOfResults(event)) remember();
});
document.addEventListener("htmx:after:swap", (event) => {
  if (isOfResults(event)) {
    if (dialog.open) dialog.close();
    restore();
    showWords();
    announce();
    document.dispatchEvent(new CustomEvent("results"));
  } else if (event.detail?.ctx?.target === dialog) {
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("#narrow")?.focus();
  }
});
// A page that says what went wrong is worth seeing; so is the browser's own where there is no connection for long.
document.addEventListener("htmx:response:error", (event) => location.assign(event.detail.ctx.request.action));
document.addEventListener("htmx:error", (event) => {
  if (event.detail?.ctx) failure.hidden = false;
});

// --- the list of all values of a facet

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

dialog.addEventListener("input", (event) => {
  if (event.target.id !== "narrow") return;
  const letters = folded(event.target.value.trim());
  for (const line of dialog.querySelectorAll("#values-form > ul > li")) {
    line.hidden = !folded(line.querySelector("bdi")?.textContent || "").includes(letters);
  }
});
dialog.addEventListener("submit", (event) => {
  if (event.target.matches(".narrow")) event.preventDefault();
});
dialog.addEventListener("click", (event) => {
  // Outside of its content it is only the backdrop that can be clicked.
  if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
});

// --- tools

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("#copy-link");
  if (copy) {
    await navigator.clipboard.writeText(location.href);
    document.getElementById("live").textContent = copy.dataset.copied;
    copy.textContent = copy.dataset.copied;
  }
  if (event.target.closest(".to-results a")) document.getElementById("filters").open = false;
});
