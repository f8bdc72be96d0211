// The elements of cells.html.j2, made by the DOM alone: no text of the data is ever read as HTML.

const STEP = 4;
const HEIGHT = 24;
const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function drawn(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const number = (value) => value.toLocaleString("en-US");

function decimal(value) {
  const text = value.toFixed(2);
  return text.replace(/\.?0+$/, "");
}

function percent(share) {
  if (share === null) return "from none";
  const rounded = Math.floor(Math.abs(share) + 0.5);
  return `${share > 0 ? "+" : rounded ? "−" : ""}${number(rounded)} %`;
}

function bars(series) {
  const peak = Math.max(...series, 0);
  const bar = (count, i) => `M${i * STEP} ${HEIGHT}v-${Math.max(1, Math.floor((19 * count) / peak + 0.5))}h3V${HEIGHT}z`;
  return series.map((count, i) => (count ? bar(count, i) : "")).join("");
}

const triangles = (places) => places.map((i) => `M${i * STEP - 1} 0h5l-2.5 4z`).join("");

function gaps(volume) {
  const places = range(0, volume.length).filter((i) => !volume[i]);
  const starts = places.filter((i) => i === 0 || volume[i - 1]);
  const ends = places.filter((i) => i + 1 === volume.length || volume[i + 1]).map((i) => i + 1);
  return starts.map((start, i) => `M${start * STEP} 0H${ends[i] * STEP}V${HEIGHT}H${start * STEP}z`).join("");
}

function shade(count, most) {
  return count ? Math.max(1, Math.min(5, Math.floor(5 * Math.sqrt(count / most) + 0.5))) : 0;
}

const LEVELS = { new: "up", "large increase": "up", "moderate increase": "up", "large decrease": "down", "too few to tell": "low", "little change": "flat", "as the volume read": "flat" };

function actorHead(data, actor) {
  const name = element("bdi", {}, data.actors.name[actor]);
  const go = { type: "button", class: "link", "data-go": `actor=${actor}`, title: data.actors.id[actor] };
  return element("th", { scope: "row" }, element("button", go, name));
}

function parentCell(data, actor) {
  return element("td", {}, element("bdi", {}, parentOf(data, actor)));
}

const countCell = (text) => element("td", { class: "n" }, text);

function moverRow(data, mover) {
  return element(
    "tr",
    { class: LEVELS[mover.level] },
    actorHead(data, mover.actor),
    parentCell(data, mover.actor),
    countCell(number(mover.now)),
    countCell(decimal(mover.average)),
    countCell(percent(mover.percent)),
    element("td", { class: "level" }, mover.level),
  );
}

// What is said of a series: its peak, its unusual bins, the last bin with a story.
function told(data, choice, row) {
  const labels = data.labels.slice(choice.from, choice.to + 1);
  const peak = Math.max(...row.series, 0);
  const days = row.marks.map((i) => labels[i]);
  const last = row.series.findLastIndex(Boolean);
  const most = peak ? `${number(peak)} on ${labels[row.series.indexOf(peak)]}` : "";
  const parts = [`${data.actors.name[row.actor]}: ${counted(row.stories, "story", "stories")}`];
  if (most) parts.push(`most ${most}`);
  if (days.length) parts.push(`unusual ${days.join(", ")}`);
  return { most, days, last: last < 0 ? "" : labels[last], label: parts.join(", ") };
}

function chart(row, says, volume) {
  const width = Math.max(volume.length, 1) * STEP;
  const picture = drawn(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    drawn("path", { class: "gap", d: gaps(volume) }),
    drawn("path", { class: "bar", d: bars(row.series) }),
    drawn("path", { class: "mark", d: triangles(row.marks) }),
  );
  return element("button", { type: "button", class: "chart", "data-series": row.actor, "aria-label": says.label }, picture);
}

function seriesRow(data, choice, row) {
  const says = told(data, choice, row);
  const volume = data.volume.slice(choice.from, choice.to + 1);
  const go = (i) => ({ type: "button", class: "link", "data-go": `actor=${row.actor}&bin=${row.marks[i] + choice.from}` });
  const recent = range(Math.max(says.days.length - 2, 0), says.days.length);
  const unusualDays = element("td", {}, ...recent.flatMap((i) => [element("button", go(i), says.days[i]), " "]));
  if (says.days.length > 2) unusualDays.append(element("span", {}, `and ${says.days.length - 2} before`));
  return element(
    "tr",
    {},
    actorHead(data, row.actor),
    parentCell(data, row.actor),
    element("td", { class: "spark" }, chart(row, says, volume)),
    countCell(number(row.stories)),
    countCell(number(row.articles)),
    countCell(number(row.outlets)),
    element("td", {}, says.most),
    unusualDays,
    element("td", {}, says.last),
  );
}

function shadedCell(count, most, go, says) {
  const label = `${counted(count, "story", "stories")}: ${says}`;
  const inside = count ? element("button", { type: "button", "data-go": go, "aria-label": label }, number(count)) : "0";
  return element("td", { class: `h${shade(count, most)}` }, inside);
}

function heatRow(data, row, most) {
  const name = data.actors.name[row.actor];
  const cells = CELLS.map(({ type, role }, i) => {
    const says = `${name}, ${data.names.type[type]}, ${data.names.role[role]}`;
    return shadedCell(row.cells[i], most, `actor=${row.actor}&type=${type}&role=${role}`, says);
  });
  return element("tr", {}, actorHead(data, row.actor), ...cells);
}

function matrixParts(data, found) {
  const most = Math.max(...found.cells.flat(), 0);
  const name = (actor) => data.actors.name[actor];
  const heads = found.patients.map((actor) => element("th", { scope: "col", class: "tall" }, element("bdi", {}, name(actor))));
  const lines = found.agents.map((agent, i) => {
    const cells = found.patients.map((patient, j) =>
      shadedCell(found.cells[i][j], most, `agent=${agent}&patient=${patient}`, `${name(agent)} against ${name(patient)}`),
    );
    return element("tr", {}, actorHead(data, agent), ...cells);
  });
  const head = element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "did it to"), ...heads));
  return [head, element("tbody", {}, ...lines)];
}
