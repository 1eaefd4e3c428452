// The page of an article: a tag that is pointed at, focused or opened lights up its words in the text, and its passages
// can be stepped through. Without this the words are marked all the same, and an opened tag lists them with links.
"use strict";

const page = document.querySelector(".article");
const tags = page ? [...page.querySelectorAll("aside li[data-tag]")] : [];

const passagesOf = (tag) => [...page.querySelectorAll(`[data-starts~="${CSS.escape(tag.dataset.tag)}"]`)];
const opened = () => tags.find((tag) => tag.querySelector("details[open]"));

// Which passage each opened tag is at, from 1; 0 before the first step.
const at = new Map();

function light(tag) {
  page.classList.toggle("lighting", Boolean(tag));
  const key = tag?.dataset.tag;
  for (const piece of page.querySelectorAll(".ev")) {
    piece.classList.toggle("lit", piece.dataset.tags.split(" ").includes(key));
  }
}

function show(tag, number, jump) {
  at.set(tag, number);
  const passages = passagesOf(tag);
  for (const piece of page.querySelectorAll(".ev.current")) piece.classList.remove("current");
  const current = passages[number - 1];
  current?.classList.add("current");
  if (jump) current?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  const status = tag.querySelector("[role=status]");
  if (number) {
    const line = tag.querySelector(`[data-at~="${number}"]`);
    status.textContent = status.dataset.pattern.replace("{at}", number);
    // Who cannot see the text hears which words they are, and by what rule.
    if (line) status.append(hidden(`: ${line.textContent.trim().replace(/\s+/g, " ")}`));
  } else {
    status.textContent = status.dataset.all;
  }
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function hidden(text) {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = text;
  return span;
}

function step(tag, by) {
  const count = passagesOf(tag).length;
  const before = at.get(tag) || (by > 0 ? 0 : 1);
  show(tag, ((before - 1 + by + count) % count) + 1, true);
}

function close(tag) {
  tag.querySelector("details").open = false;
  tag.querySelector("summary").focus({ preventScroll: true });
}

for (const tag of tags) {
  const details = tag.querySelector("details");
  if (!details) continue;
  tag.querySelector(".stepper").hidden = false;
  const status = tag.querySelector("[role=status]");
  status.dataset.all = status.textContent;
  for (const name of ["pointerenter", "focusin"]) tag.addEventListener(name, () => light(tag));
  for (const name of ["pointerleave", "focusout"]) tag.addEventListener(name, () => light(opened()));
  details.addEventListener("toggle", () => {
    // Browsers that do not know exclusive disclosures.
    if (details.open) tags.forEach((other) => other !== tag && other.querySelector("details[open]")?.removeAttribute("open"));
    page.classList.toggle("stepping", Boolean(opened()));
    light(opened());
    show(tag, 0, false);
  });
  details.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const line = event.target.closest("[data-at] a")?.closest("[data-at]");
    if (button?.dataset.step) step(tag, Number(button.dataset.step));
    else if (button) close(tag);
    else if (line) show(tag, Number(line.dataset.at.split(" ")[0]), false);
  });
}

document.addEventListener("keydown", (event) => {
  const tag = event.key === "Escape" && opened();
  if (tag) close(tag);
});
