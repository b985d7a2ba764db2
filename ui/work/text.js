// A report's text with every numeral marked by its status; a press, or Enter, chooses it.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".text");
  const made = document.createDocumentFragment();
  for (const piece of data.pieces) {
    if (!piece.row) { made.append(piece.text); continue; }
    const mark = document.createElement("mark");
    mark.textContent = piece.text;
    mark.className = piece.status;
    mark.dataset.sign = data.signs[piece.status];
    mark.title = [data.words[piece.status], piece.why].filter(Boolean).join("：");
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
    mark.onclick = () => setTriggerValue("row", piece.row);
    mark.onkeydown = (event) => { if (event.key === "Enter") setTriggerValue("row", piece.row); };
    if (piece.row === data.focus) mark.classList.add("focus");
    made.append(mark);
  }
  root.replaceChildren(made);
  const focus = root.querySelector(".focus");
  if (focus) root.scrollTop = focus.offsetTop - root.offsetTop - root.clientHeight / 3;
}
