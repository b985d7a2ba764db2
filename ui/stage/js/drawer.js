// The drawer: what is behind a number, from the deck itself, so that it opens without a network.
const MOST = 40;

function fillDrawer(drawer, ids, deck) {
  const known = [...new Set(ids)].filter((one) => one in deck.lines).map((one) => deck.lines[one]);
  drawer.replaceChildren(element("h2", "", deck.words.behind));
  const indicators = Map.groupBy ? Map.groupBy(known, (line) => line.indicator) : grouped(known);
  for (const [name, lines] of indicators) {
    drawer.append(element("h3", "", name));
    for (const said of [lines[0].definition, lines[0].formula]) if (said) drawer.append(element("p", "", said));
    drawer.append(...lines.slice(0, MOST).map((line) => printed(line, deck.words)));
    const left = lines.length - MOST;
    if (left > 0) drawer.append(element("p", "stage-small", deck.words.more.replace("{count}", left)));
  }
  if (!known.length) drawer.append(element("p", "", deck.words.nothing));
  return known.length;
}

function grouped(lines) {
  const found = new Map();
  for (const line of lines) found.set(line.indicator, [...(found.get(line.indicator) || []), line]);
  return found;
}

function printed(line, words) {
  const made = element("article");
  const head = made.appendChild(element("p"));
  head.append(element("b", "", line.who), ` · ${line.when} · `, element("b", "", line.amount));
  const quote = made.appendChild(element("blockquote"));
  quote.append(line.before, element("mark", "", line.printed), line.after);
  made.append(element("p", "stage-small", `${words.means}：${line.means}`));
  made.append(element("p", "stage-small", `${words.source}：${line.source} · ${line.place}`));
  if (line.note) made.append(element("p", "stage-small", `${words.note}：${line.note}`));
  return made;
}
