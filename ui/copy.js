// 复制为图片: the server sends the picture when it is asked for; the browser waits for it inside the press.
export default function ({ data, parentElement, setTriggerValue }) {
  const state = (parentElement.copier ??= {});
  let button = parentElement.querySelector("button");
  if (!button) {
    const place = parentElement.querySelector(".copy") ?? parentElement;
    button = document.createElement("button");
    button.type = "button";
    state.said = document.createElement("span");
    state.said.setAttribute("role", "status");
    state.image = document.createElement("img");
    place.append(button, state.said, state.image);
    state.image.hidden = true;
    button.textContent = data.words.copy;
  }
  const picture = () => new Blob([Uint8Array.from(atob(state.png), (letter) => letter.charCodeAt(0))], { type: "image/png" });
  const show = () => {
    state.image.src = `data:image/png;base64,${state.png}`;
    state.image.alt = data.words.name;
    state.image.hidden = false;
    state.said.textContent = data.words.byHand;
  };
  button.onclick = () => {
    state.said.textContent = data.words.making;
    const ready = new Promise((resolve) => (state.ready = resolve)).then(picture);
    if (state.png) state.ready();
    else setTriggerValue("asked", Date.now());
    if (!navigator.clipboard?.write || !window.ClipboardItem) return void ready.then(show);
    navigator.clipboard.write([new ClipboardItem({ "image/png": ready })]).then(
      () => (state.said.textContent = data.words.done),
      () => ready.then(show),
    );
  };
  if (data.png && data.png !== state.png) {
    state.png = data.png;
    state.ready?.();
  }
}
