// On every page: addresses stay readable, and keys for who likes them. The pages work without this.
"use strict";

// Fields left blank do not travel with the search form.
document.addEventListener("formdata", (event) => {
  for (const name of new Set(event.formData.keys())) {
    const values = event.formData.getAll(name).filter((value) => value !== "");
    event.formData.delete(name);
    values.forEach((value) => event.formData.append(name, value));
  }
}, true);

// --- keys: single letters, so they can be switched off (WCAG 2.1.4), and do nothing while somebody types

const OFF = "keys-off";
const list = document.getElementById("keys");
const box = document.getElementById("keys-on");

const areOff = () => {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false; // no storage: they are on
  }
};

function remember() {
  try {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    // Without storage it holds for this page.
  }
}

const isTyping = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

function toSearch() {
  const words = document.getElementById("q");
  if (words) words.select();
  else location.assign(document.querySelector(".wordmark").href);
}

function step(by) {
  const titles = [...document.querySelectorAll("article.result h2 a")];
  if (!titles.length) return document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  const at = titles.findIndex((title) => title.closest("article").contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : -1) : at + by;
  titles[next]?.focus();
}

function showKeys() {
  box.checked = !areOff();
  if (!list.open) list.showModal();
}

const KEYS = { "/": toSearch, j: () => step(1), k: () => step(-1), "?": showKeys };

document.addEventListener("keydown", (event) => {
  const does = KEYS[event.key];
  if (!does || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (areOff() || (box && !box.checked)) return;
  event.preventDefault();
  does();
});
if (list) {
  box.checked = !areOff();
  box.addEventListener("change", remember);
  document.getElementById("show-keys").addEventListener("click", showKeys);
  list.addEventListener("click", (event) => event.target === list && list.close());
}
