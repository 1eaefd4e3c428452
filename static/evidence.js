// The page of an article: a tag that is pointed at, focused or opened lights up its words in the text, and its passages
// can be stepped through. Without this the words are marked all the same, and an opened tag lists them with links.
import { Stepper } from "./stepper.js";

const page = document.querySelector(".article");
const tags = page ? [...page.querySelectorAll("aside li[data-tag]")] : [];

const passagesOf = (tag) => [...page.querySelectorAll(`[data-starts~="${CSS.escape(tag.dataset.tag)}"]`)];
const opened = () => tags.find((tag) => tag.querySelector("details[open]"));

function light(tag) {
  page.classList.toggle("lighting", Boolean(tag));
  const key = tag?.dataset.tag;
  for (const piece of page.querySelectorAll(".ev")) {
    piece.classList.toggle("lit", piece.dataset.tags.split(" ").includes(key));
  }
}

function close(tag) {
  tag.querySelector("details").open = false;
  tag.querySelector("summary").focus({ preventScroll: true });
}

for (const tag of tags) {
  const details = tag.querySelector("details");
  if (!details) continue;
  const group = tag.querySelector(".stepper");
  group.hidden = false;
  const stepper = new Stepper(
    group,
    () => passagesOf(tag),
    (number) => tag.querySelector(`[data-at~="${number}"]`)?.textContent,
  );
  for (const name of ["pointerenter", "focusin"]) tag.addEventListener(name, () => light(tag));
  for (const name of ["pointerleave", "focusout"]) tag.addEventListener(name, () => light(opened()));
  details.addEventListener("toggle", () => {
    // Browsers that do not know exclusive disclosures.
    if (details.open) tags.forEach((other) => other !== tag && other.querySelector("details[open]")?.removeAttribute("open"));
    page.classList.toggle("stepping", Boolean(opened()));
    light(opened());
    stepper.show(0, false);
  });
  details.addEventListener("click", (event) => {
    const line = event.target.closest("[data-at] a")?.closest("[data-at]");
    if (event.target.closest("[data-close]")) close(tag);
    else if (line) stepper.show(Number(line.dataset.at.split(" ")[0]), false);
  });
}

document.addEventListener("keydown", (event) => {
  const tag = event.key === "Escape" && opened();
  if (tag) close(tag);
});
