// The search page brings itself up to date: htmx fetches what changes, this looks after what the reader notices of it.
// Without this every link and button works by loading the page.
"use strict";

const results = () => document.getElementById("search");
const failure = document.getElementById("failure");
const dialog = document.getElementById("values");
// What the results being replaced had: the id in focus, and the disclosures that were open.
let before = { focus: "", open: [] };
// The words of the search that is shown.
const words = () => new URLSearchParams(location.search).get("q") || "";
let shown = words();

// Where in the results the focus is; "?" where it goes, as with what is left for them: the dialog, a suggestion.
function focusedIn() {
  const focused = document.activeElement;
  if (results().contains(focused)) return focused.id || "?";
  return dialog.contains(focused) || focused === document.body ? "?" : "";
}

function remember() {
  before = {
    focus: focusedIn(),
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

// The box follows the search, also through the history; what is being typed meanwhile stays.
function showWords() {
  const box = document.getElementById("q");
  if (document.activeElement !== box || box.value.trim() === shown) box.value = words();
  shown = words();
}

// A browser's own button for feeds reads the head.
function showFeed() {
  const feed = results().querySelector("a[type='application/atom+xml']");
  if (feed) document.head.querySelector("link[type='application/atom+xml']").href = feed.href;
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
  else if (event.detail?.ctx?.target === dialog) rememberList();
});
document.addEventListener("htmx:after:swap", (event) => {
  if (isOfResults(event)) {
    if (dialog.open) dialog.close();
    restore();
    showWords();
    showFeed();
    announce();
    document.dispatchEvent(new CustomEvent("results"));
  } else if (event.detail?.ctx?.target === dialog) {
    restoreList();
    const wasOpen = dialog.open;
    if (!wasOpen) dialog.showModal();
    dialog.querySelector(wasOpen ? ".choices [aria-current]" : "#narrow")?.focus();
  }
});
// A page that says what went wrong is worth seeing; so is the browser's own where there is no connection for long.
document.addEventListener("htmx:response:error", (event) => location.assign(event.detail.ctx.request.action));
document.addEventListener("htmx:error", (event) => {
  if (event.detail?.ctx) failure.hidden = false;
});

// Another tab or window is the browser's to open: htmx 4.0.1 would stop it, and do nothing itself.
document.addEventListener(
  "click",
  (event) => {
    if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest("a[href]")) event.stopPropagation();
  },
  true,
);

// --- the list of all values of a facet

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function narrow() {
  const letters = folded(dialog.querySelector("#narrow").value.trim());
  for (const line of dialog.querySelectorAll("#values-form > ul > li")) {
    line.hidden = !folded(line.querySelector("bdi")?.textContent || "").includes(letters);
  }
}

// What the list had that comes again in another order: the letters typed and the boxes ticked.
let list = null;

function rememberList() {
  const boxes = [...dialog.querySelectorAll("#values-form [type=checkbox]:checked")];
  list = dialog.open && { letters: dialog.querySelector("#narrow").value, ticked: boxes.map((box) => box.value) };
}

function restoreList() {
  if (!list) return;
  dialog.querySelector("#narrow").value = list.letters;
  for (const box of dialog.querySelectorAll("#values-form [type=checkbox]")) box.checked = list.ticked.includes(box.value);
  narrow();
}

dialog.addEventListener("input", (event) => event.target.id === "narrow" && narrow());
dialog.addEventListener("submit", (event) => {
  // What is typed narrows what is there; only where the list was too long the archive has to be asked.
  if (event.target.matches(".narrow") && !dialog.querySelector("#left-off")) event.preventDefault();
});
dialog.addEventListener("click", (event) => {
  // Outside of its content it is only the backdrop that can be clicked.
  if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
});

// --- tools

// Without https a browser gives no clipboard; the address bar has the link.
document.documentElement.classList.toggle("no-clipboard", !navigator.clipboard);

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("#copy-link");
  if (copy) {
    await navigator.clipboard.writeText(location.href);
    document.getElementById("live").textContent = copy.dataset.copied;
    copy.textContent = copy.dataset.copied;
  }
  if (event.target.closest(".to-results a")) document.getElementById("filters").open = false;
});
