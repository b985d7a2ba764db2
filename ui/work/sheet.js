// A sheet with the part that each cell plays. Hover tells why; a press, or Enter, chooses the cell.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".sheet");
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  head.append(cell("th", ""), ...data.columns.map((name) => cell("th", name)));
  const body = table.createTBody();
  for (const row of data.rows) {
    const line = body.insertRow();
    line.append(cell("th", row.number), ...row.cells.map((one) => filled(one, row.number)));
  }
  root.replaceChildren(table);
  const focus = data.focus && root.querySelector(`[data-place="${CSS.escape(data.focus)}"]`);
  if (focus) { focus.classList.add("focus"); focus.scrollIntoView({ block: "center", inline: "center" }); }

  function cell(tag, text) {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  }
  function filled(one, number) {
    const made = cell("td", one.text);
    const place = data.columns[one.column] + number;
    made.dataset.place = place;
    if (!one.role) return made;
    made.className = `role-${one.role}` + (one.open ? " open" : "");
    made.dataset.mark = one.open ? "✕" : data.marks[one.role];
    made.tabIndex = 0;
    made.title = [data.words[one.role], one.why].filter(Boolean).join("：");
    made.onclick = () => setTriggerValue("cell", place);
    made.onkeydown = (event) => { if (event.key === "Enter") setTriggerValue("cell", place); else walk(event, made); };
    return made;
  }
  function walk(event, from) {
    const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const row = table.rows[from.parentElement.rowIndex + step[0]];
    const next = row && row.cells[from.cellIndex + step[1]];
    if (next) { next.tabIndex = 0; next.focus(); }
  }
}
