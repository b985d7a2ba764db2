// The stage covers the window. It keeps the deck that it began with, whatever the server sends later;
// only a wall display takes a newer deck, at the next change of slide.
class Stage {
  constructor(deck, settings, leave) {
    this.deck = deck;
    this.settings = settings;
    this.leave = leave;
    this.at = 0;
    this.typed = "";
    this.playing = settings.play;
    this.loop = settings.loop;
    this.build();
    this.fill();
    this.listen();
    this.show(settings.first || 0);
    navigator.wakeLock?.request("screen").catch(() => {}); // the projector must not fall asleep
  }

  build() {
    const { words, theme } = this.deck;
    this.root = element("div", "stage", "", { "data-theme": theme, role: "region", "aria-label": words.stage, tabindex: "-1" });
    this.canvas = this.root.appendChild(element("main", "stage-canvas"));
    this.progress = this.root.appendChild(element("div", "stage-progress"));
    this.panels = Object.fromEntries(["drawer", "notes", "pages", "help", "black"].map((name) => {
      const panel = element("aside", `stage-panel stage-${name}`, "", { "aria-live": name === "drawer" ? "polite" : "off" });
      return [name, this.root.appendChild(panel)];
    }));
    this.panels.help.append(...words.keys.split(" · ").map((text) => element("p", "", text)));
    this.bar = this.root.appendChild(element("nav", "stage-bar"));
    this.buttons = Object.fromEntries(this.actions().map(([name, sign, act]) => {
      const button = this.bar.appendChild(element("button", "", sign, { type: "button", title: words[name], "aria-label": words[name] }));
      button.act = () => act();
      return [name, button];
    }));
    this.said = this.root.appendChild(element("div", "stage-said", "", { role: "status" }));
    this.root.classList.toggle("stage-wall", this.settings.wall);
    document.body.append(this.root);
    document.getElementById("root")?.setAttribute("inert", "");
    this.root.focus();
  }

  actions() {
    return [
      ["previous", "‹", () => this.show(this.at - 1)], ["next", "›", () => this.show(this.at + 1)],
      ["play", "▶", () => this.toggle()], ["where", "❝", () => this.open(this.deck.slides[this.at].ids || [])],
      ["notes", "✎", () => this.flip("notes")], ["pages", "☰", () => this.flip("pages")], ["black", "■", () => this.flip("black")],
      ["full", "▣", () => this.full()], ["help", "?", () => this.flip("help")], ["leave", "✕", () => this.end()],
    ];
  }

  // The canvas is 540 high (480 wide upright) and as wide as the screen's shape asks for.
  fit() {
    const [width, height] = [innerWidth, innerHeight], upright = height > width;
    const wide = upright ? 480 : Math.min(1280, Math.max(720, (540 * width) / height));
    const tall = upright ? Math.min(1040, (480 * height) / width) : 540;
    const scale = Math.min(width / wide, height / tall);
    this.canvas.classList.toggle("stage-upright", upright);
    Object.assign(this.canvas.style, { width: `${wide}px`, height: `${tall}px`,
      transform: `translate(${(width - wide * scale) / 2}px, ${(height - tall * scale) / 2}px) scale(${scale})` });
  }

  fill() {
    this.fit();
    this.sections = this.deck.slides.map((slide, place) => section(slide, place, this.deck));
    this.canvas.replaceChildren(...this.sections);
    this.sections.forEach((one) => fitText(one));
    this.panels.pages.replaceChildren(...this.deck.slides.map((slide, place) => {
      const button = element("button", "", `${place + 1}　${slide.title}`, { type: "button" });
      button.act = () => this.show(place);
      return button;
    }));
  }

  show(number) {
    this.renew();
    const last = this.deck.slides.length - 1, before = this.at;
    this.at = Math.max(0, Math.min(number, last));
    this.sections.forEach((one, place) => {
      one.classList.toggle("stage-shown", place === this.at);
      one.inert = place !== this.at;
    });
    this.draw(this.at);
    setTimeout(() => [this.at + 1, before].forEach((place) => this.draw(place)), 60); // the next one waits ready
    this.close();
    this.note();
    this.said.textContent = `${this.at + 1} / ${last + 1} ${this.deck.slides[this.at].title}`;
    this.wait();
  }

  draw(place) {
    const made = this.sections[place];
    if (made && made.isConnected) drawFigure(made, this.deck.slides[place], (ids) => this.open(ids));
  }

  note() {
    const { words, slides } = this.deck, next = slides[this.at + 1];
    this.panels.notes.replaceChildren(element("p", "", slides[this.at].notes || words.none));
    this.panels.notes.append(element("p", "stage-small", next ? words.coming.replace("{title}", next.title) : words.end));
  }

  // A newer deck stands ready until the slide changes; the meeting never sees it, the wall does.
  receive(deck) {
    if (this.settings.wall && deck.version !== this.deck.version) this.coming = deck;
    if (this.coming && !this.playing) this.show(this.at);
  }

  renew() {
    if (!this.coming) return;
    this.deck = this.coming;
    this.coming = null;
    this.at = Math.min(this.at, this.deck.slides.length - 1);
    this.fill();
    this.say(this.deck.words.renewed);
  }

  wait() {
    clearTimeout(this.timer);
    this.progress.style.animation = "none";
    this.buttons.play.textContent = this.playing ? "❚❚" : "▶";
    this.buttons.play.setAttribute("aria-pressed", String(this.playing));
    if (!this.playing) return;
    this.progress.getBoundingClientRect(); // begins the bar anew
    this.progress.style.animation = `stage-run ${this.settings.seconds}s linear`;
    this.timer = setTimeout(() => this.turn(), this.settings.seconds * 1000);
  }

  turn() {
    const reading = this.opened() && (this.patience = (this.patience || 0) + 1) < 4; // someone reads the drawer
    if (reading) return this.wait();
    this.patience = 0;
    const last = this.at === this.deck.slides.length - 1;
    if (last && !this.loop) this.playing = false;
    this.show(last && this.loop ? 0 : this.at + 1);
  }

  toggle() {
    this.playing = !this.playing;
    this.wait();
  }

  opened() {
    return Object.values(this.panels).some((panel) => panel.classList.contains("stage-open"));
  }

  flip(name) {
    const open = !this.panels[name].classList.contains("stage-open");
    if (name !== "notes") this.close();
    this.panels[name].classList.toggle("stage-open", open);
    if (name === "pages" && open) this.panels.pages.children[this.at].focus();
  }

  close() {
    for (const name of ["drawer", "pages", "help", "black"]) this.panels[name].classList.remove("stage-open");
    if (this.back?.isConnected) this.back.focus();
    this.back = null;
  }

  open(ids) {
    const from = document.activeElement;
    fillDrawer(this.panels.drawer, ids, this.deck);
    this.close();
    this.back = from;
    const button = element("button", "stage-close", "✕", { type: "button", "aria-label": this.deck.words.close });
    button.act = () => this.close();
    this.panels.drawer.prepend(button);
    this.panels.drawer.classList.add("stage-open");
    button.focus();
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen?.().catch(() => {});
  }

  // Esc closes what is open, then leaves full screen, then the show.
  escape() {
    const notes = this.panels.notes.classList;
    if (this.opened()) { this.close(); notes.remove("stage-open"); }
    else if (document.fullscreenElement) document.exitFullscreen();
    else this.end();
  }

  end() {
    this.stop();
    this.leave(this.at);
  }

  stop() {
    clearTimeout(this.timer);
    this.ears.abort();
    document.getElementById("root")?.removeAttribute("inert");
    if (document.fullscreenElement === this.root) document.exitFullscreen();
    this.root.remove();
  }
}
