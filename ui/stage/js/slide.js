// One slide: elements from the deck's data. Text is set as text, never as HTML.
const LARGEST = 21; // letters of a chart on a canvas 540 high: 42 px on a full-HD projector
const ELASTIC = { choropleth: 0.78, series: 0.7, slope: 0.8 };

function element(tag, name = "", text = "", attributes = {}) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function section(slide, place, deck) {
  const made = element("section", slide.cover ? "stage-slide stage-cover" : "stage-slide", "", { "aria-label": slide.title });
  made.append(element("h1", "", slide.title));
  const alone = !slide.figure && !slide.table && !slide.text?.length;
  if (slide.cards?.length) made.append(cards(slide.cards, alone));
  if (slide.facts) made.append(element("p", "stage-facts", slide.facts));
  const body = made.appendChild(element("div", "stage-body"));
  for (const text of slide.text || []) body.append(element("p", "", text));
  if (slide.table) body.append(table(slide.table));
  if (slide.figure) body.append(element("div", "stage-figure", "", { role: "img", "aria-label": slide.figure.alt }));
  const foot = made.appendChild(element("footer", "stage-foot"));
  for (const text of slide.foot || []) foot.append(element("div", "", text));
  if (!slide.cover) made.append(element("div", "stage-number", `${deck.version}　${place + 1} / ${deck.slides.length}`));
  return made;
}

// Beside a figure cards stand in one row; alone they fill the slide.
function cards(some, alone) {
  const made = element("div", alone ? "stage-cards stage-alone" : "stage-cards");
  made.style.setProperty("--columns", alone ? Math.min(some.length, 3) : some.length);
  for (const card of some) {
    const one = made.appendChild(element("button", "stage-card", "", { type: "button" }));
    one.append(element("span", "stage-what", card.label), element("strong", "", card.text));
    one.append(element("span", "stage-when", card.said.join(" · ")));
    opens(one, card.ids);
  }
  return made;
}

function table(given) {
  const made = element("table"), kind = (column) => (given.figures.includes(column) ? "stage-amount" : "");
  const head = made.createTHead().insertRow();
  head.append(...given.head.map((text, column) => element("th", kind(column), text, { scope: "col" })));
  const body = made.createTBody();
  given.rows.forEach((texts, place) => {
    const row = body.insertRow();
    row.append(...texts.map((text, column) => element("td", kind(column), text)));
    opens(row, given.ids[place]);
  });
  return made;
}

// Let an element open the drawer of these printed figures, by mouse, touch and keyboard.
function opens(one, ids) {
  if (!ids.length) return;
  one.dataset.ids = ids.join("|");
  one.tabIndex = 0;
}

// Draw a slide's figure as large as its body allows; drawn again after the window has changed.
function drawFigure(made, slide, open) {
  const place = made.querySelector(".stage-figure");
  if (!place || place.dataset.drawn) return;
  place.dataset.drawn = "yes";
  const { data, layout, frames, kind, letters } = slide.figure, body = place.parentElement;
  const wide = body.clientWidth, tall = body.clientHeight, own = layout.height || tall;
  const least = own * (ELASTIC[kind] || 1); // a map or a line may be lower, its letters may not
  const scale = Math.min(LARGEST / letters.size, tall / least, wide / letters.narrow);
  const height = Math.max(least, Math.min(tall / scale, own * 1.4)); // what is low grows a little
  place.style.transform = `translateY(${(tall - height * scale) / 2}px) scale(${scale})`;
  const sized = { ...layout, width: wide / scale, height, autosize: false };
  window.Plotly.newPlot(place, { data, layout: sized, frames, config: { displayModeBar: false, responsive: false } })
    .then(() => place.on("plotly_click", (event) => open(event.points.flatMap((point) => idsOf(point.customdata)))));
}

function idsOf(customdata) {
  return [customdata].flat(2).filter((one) => typeof one === "string").flatMap((one) => one.split("|"));
}

// Tables and sentences shrink until they fit, never below letters that can be read.
function fitText(made) {
  const body = made.querySelector(".stage-body");
  for (let size = 22; size >= 13; size -= 1) {
    body.style.fontSize = `${size}px`;
    if (body.scrollHeight <= body.clientHeight) return;
  }
}
