// Draws the tables anew for a choice.

const ROWS = 50;
const ORDERS = {
  name: (data) => (row) => data.actors.name[row.actor],
  parent: (data) => (row) => parentOf(data, row.actor),
  stories: () => (row) => row.stories,
  articles: () => (row) => row.articles,
  outlets: () => (row) => row.outlets,
  peak: () => (row) => Math.max(...row.series, 0),
  unusual: () => (row) => row.marks.length,
  last: () => (row) => row.series.findLastIndex(Boolean),
};

const table = (name) => document.querySelector(`table[data-table="${name}"]`);

function sorted(data, rows, sort) {
  const key = ORDERS[sort.by](data);
  const compare = (a, b) => (typeof key(a) === "string" ? key(a).localeCompare(key(b)) : key(a) - key(b));
  return rows.toSorted((a, b) => (sort.down ? compare(b, a) : compare(a, b)));
}

function windowNote(data, choice) {
  if (!data.labels.length) return "Nothing is compared: no article has a date.";
  const [now, before] = windows(data.volume, Math.min(choice.to, data.whole), data.unit);
  if (!before.length) return "Nothing is compared: the store has no story from the time before.";
  const read = sum(now.map((bin) => data.volume[bin]));
  const average = sum(before.flat().map((bin) => data.volume[bin])) / before.length;
  const ends = [data.labels[now[0]], data.labels[now.at(-1)]];
  const named = now.length > 1 ? ends.join(" to ") : ends[0];
  const note =
    `${named} against the average of ${before.length} such windows before. ` +
    `The store read ${number(read)} stories then, ${decimal(average)} on average before.`;
  const differs = Math.abs(read - average) > average / 4;
  return differs ? `${note} That is ${read > average ? "more" : "less"} than before: compare with care.` : note;
}

// Everything that the choice shows, as it is drawn and as it goes to CSV.
function compute(data, choice, sort) {
  const rows = sorted(data, actorRows(data, choice), sort);
  return { rows, movers: movers(data, choice), matrix: matrix(data, choice) };
}

function draw(data, choice, sort, shown, all) {
  const rows = all ? shown.rows : shown.rows.slice(0, ROWS);
  const most = Math.max(...rows.flatMap((row) => row.cells), 0);
  table("movers").tBodies[0].replaceChildren(...shown.movers.map((mover) => moverRow(data, mover)));
  table("actors").tBodies[0].replaceChildren(...rows.map((row) => seriesRow(data, choice, row)));
  table("heat").tBodies[0].replaceChildren(...rows.map((row) => heatRow(data, row, most)));
  table("matrix").replaceChildren(...matrixParts(data, shown.matrix));
  document.getElementById("window").textContent = windowNote(data, choice);
  document.getElementById("hidden-pairs").textContent = number(shown.matrix.hidden);
  document.getElementById("shown").textContent = `${number(rows.length)} of ${counted(shown.rows.length, "actor", "actors")}`;
  document.getElementById("all").hidden = rows.length === shown.rows.length;
  drawVolume(data, choice);
  drawSort(sort);
}

function drawVolume(data, choice) {
  const series = data.volume.slice(choice.from, choice.to + 1);
  const picture = table("actors").tFoot.querySelector("svg");
  picture.setAttribute("viewBox", `0 0 ${Math.max(series.length, 1) * STEP} ${HEIGHT}`);
  picture.querySelector(".gap").setAttribute("d", gaps(series));
  picture.querySelector(".bar").setAttribute("d", bars(series));
}

function drawSort(sort) {
  for (const head of table("actors").querySelectorAll("th[data-sort]")) {
    if (head.dataset.sort === sort.by) head.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
}
