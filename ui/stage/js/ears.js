// Keys, presses, swipes and the window's size. Streamlit's own shortcuts sleep while the stage is there.
Stage.prototype.keys = function () {
  const next = () => this.show(this.at + 1), previous = () => this.show(this.at - 1);
  return {
    ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, ArrowLeft: previous, ArrowUp: previous, PageUp: previous,
    Home: () => this.show(0), End: () => this.show(this.deck.slides.length - 1), Enter: () => this.jump(),
    a: () => this.toggle(), l: () => this.repeat(), b: () => this.flip("black"), p: () => this.flip("notes"),
    o: () => this.flip("pages"), h: () => this.flip("help"), "?": () => this.flip("help"), f: () => this.full(),
    d: () => this.open(this.deck.slides[this.at].ids || []), Escape: () => this.escape(),
  };
};

Stage.prototype.listen = function () {
  this.ears = new AbortController();
  const { signal } = this.ears;
  const keys = this.keys();
  // The window hears first: the dialog that Streamlit opens when the server is gone keeps presses from all else.
  addEventListener("keydown", (event) => this.press(event, keys), { capture: true, signal });
  addEventListener("click", (event) => this.touch(event), { capture: true, signal });
  // That dialog also puts all else to sleep; the show goes on above it.
  const awake = new MutationObserver(() => ["inert", "aria-hidden"].forEach((name) => this.root.removeAttribute(name)));
  awake.observe(this.root, { attributeFilter: ["inert", "aria-hidden"] });
  signal.addEventListener("abort", () => awake.disconnect());
  let start = null;
  this.root.addEventListener("touchstart", (event) => { start = event.changedTouches[0].clientX; }, { passive: true, signal });
  this.root.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - start;
    if (Math.abs(moved) > 60 && !this.opened()) this.show(this.at + (moved < 0 ? 1 : -1));
  }, { signal });
  let settling = null;
  addEventListener("resize", () => {
    clearTimeout(settling);
    settling = setTimeout(() => { this.fill(); this.show(this.at); }, 150);
  }, { signal });
  let still = null;
  this.root.addEventListener("pointermove", () => {
    this.root.classList.add("stage-moving");
    clearTimeout(still);
    still = setTimeout(() => this.root.classList.remove("stage-moving"), 3000);
  }, { signal });
};

Stage.prototype.press = function (event, keys) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.stopPropagation();
  if (/^\d$/.test(event.key)) return this.type(event.key);
  const pressed = event.target.closest?.("button, [data-ids]");
  if (this.root.contains(pressed) && !this.typed && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    return pressed.click();
  }
  const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
};

// A number is said aloud while it is typed; Enter goes there.
Stage.prototype.type = function (digit) {
  this.typed += digit;
  this.say(`→ ${this.typed}`);
  clearTimeout(this.forgetting);
  this.forgetting = setTimeout(() => { this.typed = ""; }, 4000);
};

Stage.prototype.jump = function () {
  const wanted = Number(this.typed);
  this.typed = "";
  this.say("");
  if (wanted) this.show(wanted - 1);
};

Stage.prototype.repeat = function () {
  this.loop = !this.loop;
  this.say(this.loop ? this.deck.words.loop : this.deck.words.once);
};

Stage.prototype.say = function (text) {
  this.root.dataset.said = text;
  clearTimeout(this.saying);
  this.saying = setTimeout(() => { this.root.dataset.said = ""; }, 2500);
};

Stage.prototype.touch = function (event) {
  if (!this.root.contains(event.target)) return;
  const pressed = event.target.closest("[data-ids], button");
  if (pressed) event.stopPropagation();
  if (pressed?.dataset.ids) this.open(pressed.dataset.ids.split("|"));
  else if (pressed) pressed.act();
  else if (event.target.closest(".stage-black")) this.close();
};
