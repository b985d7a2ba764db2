// Presents the deck: keys, scaling, figures drawn when first shown, printed lines behind a number.
"use strict";
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const figures = read("figures"), lines = read("lines"), words = read("words");
  const stage = document.getElementById("stage"), drawer = document.querySelector(".drawer");
  const notes = document.querySelector(".notes"), black = document.querySelector(".black");
  let at = 0, typed = "", timer = null;

  function draw(slide) {
    const place = slide.querySelector(".figure");
    if (!place || place.dataset.drawn) return;
    place.dataset.drawn = "1";
    const figure = figures[place.dataset.figure], body = place.parentElement;
    const wide = body.clientWidth, tall = body.clientHeight, own = figure.layout.height || tall;
    const shrink = Math.min(1, tall / own);
    // A low figure grows up to half again so that it fills the page; a high one shrinks to fit.
    const grow = shrink < 1 ? shrink : Math.min(tall / own, 1.5);
    const layout = { ...figure.layout, width: wide / grow, height: own, autosize: false };
    place.style.transform = `scale(${grow})`;
    Plotly.newPlot(place, figure.data, layout, { displayModeBar: false, responsive: false, locale: "zh-CN" })
      .then(() => place.on("plotly_click", (event) => open(idsOf(event.points))));
  }
  function idsOf(points) {
    const found = points.flatMap((point) => [point.customdata].flat(2)).filter((one) => typeof one === "string");
    return found.flatMap((one) => one.split("|")).filter((one) => one in lines);
  }
  function open(ids) {
    if (!ids.length) return;
    drawer.replaceChildren(Object.assign(document.createElement("h2"), { textContent: words.behind }));
    const list = drawer.appendChild(document.createElement("ul"));
    for (const id of new Set(ids)) list.appendChild(document.createElement("li")).textContent = lines[id];
    drawer.classList.add("open");
  }
  function show(number) {
    at = Math.max(0, Math.min(number, slides.length - 1));
    slides.forEach((slide, place) => slide.classList.toggle("shown", place === at));
    draw(slides[at]);
    document.querySelector(".help").hidden = at > 0;
    notes.textContent = slides[at].dataset.notes || words.none;
    drawer.classList.remove("open");
    history.replaceState(null, "", `#${at + 1}`);
    document.title = slides[at].querySelector("h1").textContent;
  }
  function fit() {
    const scale = Math.min(innerWidth / 960, innerHeight / 540);
    stage.style.transform = `translate(${(innerWidth - 960 * scale) / 2}px, ${(innerHeight - 540 * scale) / 2}px) scale(${scale})`;
  }
  function play() {
    timer = timer ? clearInterval(timer) : setInterval(() => show((at + 1) % slides.length), 10000);
  }
  const toggle = (element) => element.classList.toggle("open");
  const keys = {
    ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1), PageDown: () => show(at + 1), " ": () => show(at + 1),
    ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1), PageUp: () => show(at - 1),
    Home: () => show(0), End: () => show(slides.length - 1), b: () => toggle(black), p: () => toggle(notes), a: play,
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    Escape: () => [drawer, notes, black].forEach((one) => one.classList.remove("open")),
    Enter: () => { if (typed) show(Number(typed) - 1); typed = ""; },
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\d$/.test(event.key)) { typed += event.key; return; }
    const pressed = event.target.closest("button, tr[data-ids]");
    if (pressed && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); pressed.click(); return; }
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-ids]");
    if (pressed) open(pressed.dataset.ids.split("|").filter((one) => one in lines));
  });
  let start = 0;
  addEventListener("touchstart", (event) => { start = event.changedTouches[0].clientX; });
  addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - start;
    if (Math.abs(moved) > 60) show(at + (moved < 0 ? 1 : -1));
  });
  addEventListener("resize", fit);
  addEventListener("beforeprint", everything);
  function everything() {
    slides.forEach((slide) => { slide.classList.add("shown"); draw(slide); });
  }
  fit();
  if (location.hash === "#print") everything();
  else show((Number(location.hash.slice(1)) || 1) - 1);
})();
