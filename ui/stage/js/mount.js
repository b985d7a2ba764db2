// What Streamlit calls, at first and whenever the data change.
export default function ({ data, parentElement, setTriggerValue }) {
  if (!window.Plotly) {
    const engine = document.createElement("script");
    engine.textContent = data.engine;
    document.head.append(engine);
  }
  if (parentElement.stage) parentElement.stage.receive(data.deck);
  else parentElement.stage = new Stage(data.deck, data.settings, (at) => setTriggerValue("left", at + 1));
  return () => {
    parentElement.stage?.stop();
    parentElement.stage = null;
  };
}
