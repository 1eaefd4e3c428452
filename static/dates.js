// The picture of articles over time: pointing at a bar says what it is, a click chooses its period, dragging a range.
// The two fields for dates and the links of the table do the same without this.
"use strict";

const STILL = 4; // pixels that a hand moves in a click

function bars(figure) {
  return [...figure.querySelectorAll("tr[data-period]")].map((row) => ({
    period: row.dataset.period,
    label: row.querySelector("th").textContent.trim(),
    count: row.querySelector("td").textContent.trim(),
    link: row.querySelector("a"),
  }));
}

function prepare() {
  const figure = document.querySelector("#search .histogram");
  const plot = figure?.querySelector(".plot");
  if (!plot) return;
  const all = bars(figure);
  const shade = document.createElement("span");
  shade.className = "shade";
  const tip = document.createElement("span");
  tip.className = "tip";
  for (const part of [shade, tip]) {
    part.hidden = true;
    part.setAttribute("aria-hidden", "true");
  }
  plot.append(shade, tip);
  let from = null;
  let startedAt = 0;

  const place = (event) => {
    const box = plot.getBoundingClientRect();
    let part = (event.clientX - box.left) / box.width;
    if (document.dir === "rtl") part = 1 - part;
    return Math.min(all.length - 1, Math.max(0, Math.floor(part * all.length)));
  };
  const show = (first, last) => {
    const part = 100 / all.length;
    shade.hidden = tip.hidden = false;
    shade.style.insetInlineStart = `${first * part}%`;
    shade.style.inlineSize = `${(last - first + 1) * part}%`;
    tip.textContent = first === last ? `${all[first].label}: ${all[first].count}` : `${all[first].label} – ${all[last].label}`;
    // On the side where there is room.
    const middle = ((first + last + 1) / 2) * part;
    tip.style.insetInlineStart = middle < 50 ? `${middle}%` : "auto";
    tip.style.insetInlineEnd = middle < 50 ? "auto" : `${100 - middle}%`;
  };
  const ends = (at) => [Math.min(from ?? at, at), Math.max(from ?? at, at)];
  const stop = () => {
    from = null;
    shade.hidden = tip.hidden = true;
  };

  plot.addEventListener("pointermove", (event) => show(...ends(place(event))));
  plot.addEventListener("pointerleave", () => from === null && stop());
  plot.addEventListener("pointercancel", stop);
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    plot.setPointerCapture(event.pointerId);
    from = place(event);
    startedAt = event.clientX;
    show(from, from);
  });
  plot.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [first, last] = ends(place(event));
    const isClick = Math.abs(event.clientX - startedAt) <= STILL;
    stop();
    if (isClick) all[place(event)].link.click();
    else choose(all[first].period, all[last].period);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && from !== null) stop();
  });
}

function choose(first, last) {
  document.getElementById("from").value = first;
  document.getElementById("to").value = last;
  // A search within dates has no articles without one.
  const undated = document.getElementById("undated");
  if (undated) undated.checked = false;
  document.getElementById("search-form").requestSubmit();
}

prepare();
document.addEventListener("results", prepare);
