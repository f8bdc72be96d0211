// Joins the reader's choices to the drawing.

const form = document.getElementById("filters");
const NUMBERS = ["type", "role", "side", "modality", "from", "to"];

function readChoice(data) {
  const values = Object.fromEntries(new FormData(form));
  const choice = { actor: values.actor.trim(), words: values.words.trim(), undated: form.elements.undated.checked };
  for (const name of NUMBERS) choice[name] = values[name] ? Number(values[name]) : null;
  choice.parent = /^\d+$/.test(values.parent) ? Number(values.parent) : values.parent || null;
  choice.from ??= 0;
  choice.to ??= -1;
  choice.found = storiesWith(data, choice.words);
  return choice;
}

// The choice as a part of the address, so that it can be kept and sent to somebody.
function writeHash() {
  const differs = (field) => (field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== defaultOf(field));
  const fields = [...form.elements].filter((field) => field.name && differs(field));
  const words = new URLSearchParams(fields.map((field) => [field.name, field.type === "checkbox" ? String(field.checked) : field.value]));
  history.replaceState(null, "", words.size ? `#?${words}` : "#");
}

function defaultOf(field) {
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value;
}

function readHash() {
  if (!location.hash.startsWith("#?")) return;
  for (const [name, value] of new URLSearchParams(location.hash.slice(2))) {
    const field = form.elements.namedItem(name);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = value === "true";
    else if (field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value)) field.value = value;
  }
}

function say(text) {
  document.getElementById("said").textContent = text;
}

function start(data) {
  const sort = { by: "stories", down: true };
  const drill = { facts: [], stories: [], drawn: 0 };
  const now = { choice: readChoice(data), all: false, shown: null };
  const redraw = () => draw(data, now.choice, sort, now.shown, now.all);
  const recompute = () => {
    now.choice = readChoice(data);
    if (now.choice.to < now.choice.from) now.choice.to = now.choice.from;
    now.shown = compute(data, now.choice, sort);
    redraw();
    document.getElementById("found").textContent = counted(now.shown.rows.length, "actor", "actors");
    document.documentElement.dataset.drawn = Number(document.documentElement.dataset.drawn ?? 0) + 1;
  };
  const chosen = () => {
    recompute();
    writeHash();
  };
  listenToForm(chosen);
  listenToSort(sort, chosen);
  listenToMarks(data, now, drill);
  document.getElementById("all").addEventListener("click", () => {
    now.all = true;
    redraw();
    table("actors").tBodies[0].rows[ROWS]?.querySelector("button").focus();
  });
  for (const button of document.querySelectorAll("[data-csv]")) {
    button.hidden = false;
    button.addEventListener("click", () => download(button.dataset.csv, TABLES[button.dataset.csv](data, now.choice, now.shown, drill)));
  }
  readHash();
  if (location.hash.startsWith("#?")) recompute();
  else now.shown = compute(data, now.choice, sort);
  document.getElementById("found").textContent = counted(now.shown.rows.length, "actor", "actors");
  document.getElementById("all").hidden = now.shown.rows.length <= ROWS;
  form.hidden = false;
  document.documentElement.dataset.ready = "yes";
}

function listenToForm(chosen) {
  let waiting = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(chosen));
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(chosen, 120);
  });
}

function listenToSort(sort, chosen) {
  for (const head of table("actors").querySelectorAll("th[data-sort]")) {
    const button = element("button", { type: "button", class: "sort" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const text = ["name", "parent"].includes(head.dataset.sort);
      sort.down = sort.by === head.dataset.sort ? !sort.down : !text;
      sort.by = head.dataset.sort;
      chosen();
    });
  }
}

const placeOf = (go) => Object.fromEntries([...new URLSearchParams(go)].map(([key, value]) => [key, Number(value)]));

function listenToMarks(data, now, drill) {
  const open = (at) => openDrill(data, now.choice, at, drill);
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-go]");
    if (mark) return open(placeOf(mark.dataset.go));
    const series = event.target.closest("[data-series]");
    return series && open(seriesPlace(now, series, event));
  });
  document.addEventListener("keydown", (event) => walkSeries(data, now, event));
  document.addEventListener("focusout", (event) => event.target.closest("[data-series]")?.removeAttribute("data-bin"));
  document.getElementById("more").addEventListener("click", () => drawMore(data, drill));
  document.getElementById("close").addEventListener("click", () => document.getElementById("drill").close());
}

// Where in a series was clicked, or where the arrow keys stand; the whole actor where there is nothing.
function seriesPlace(now, series, event) {
  const actor = Number(series.dataset.series);
  if (series.dataset.bin) return { actor, bin: Number(series.dataset.bin) };
  const box = series.querySelector("svg").getBoundingClientRect();
  const bins = now.choice.to - now.choice.from + 1;
  const at = Math.floor(((event.clientX - box.left) / box.width) * bins);
  if (!event.detail || at < 0 || at >= bins) return { actor };
  const row = now.shown.rows.find((one) => one.actor === actor);
  return row.series[at] ? { actor, bin: at + now.choice.from } : { actor };
}

// Left and right walk through the bins of a series that have stories; Enter opens the one that was said.
function walkSeries(data, now, event) {
  const series = event.target.closest?.("[data-series]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!series || !step) return;
  event.preventDefault();
  const row = now.shown.rows.find((one) => one.actor === Number(series.dataset.series));
  const filled = range(0, row.series.length).filter((i) => row.series[i]);
  if (!filled.length) return;
  const here = series.dataset.bin ? filled.indexOf(Number(series.dataset.bin) - now.choice.from) : step > 0 ? -1 : 0;
  const place = filled[(here + step + filled.length) % filled.length];
  series.dataset.bin = place + now.choice.from;
  const strange = row.marks.includes(place) ? ", unusual" : "";
  say(`${data.labels[place + now.choice.from]}: ${counted(row.series[place], "story", "stories")}${strange}`);
}

unpack(document.getElementById("data").textContent)
  .then(start)
  .catch((error) => {
    document.getElementById("broken").hidden = false;
    throw error;
  });
