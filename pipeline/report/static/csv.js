// CSV of what is shown. A cell that a spreadsheet would take for a formula begins with an apostrophe.

function csvCell(value) {
  const text = String(value);
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) && typeof value !== "number" ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csv = (rows) => rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";

const identity = (data, actor) => [data.actors.id[actor], data.actors.name[actor], parentOf(data, actor), data.names.side[data.actors.side[actor]]];
const IDENTITY = ["actor_id", "actor", "belongs_to", "side"];

const TABLES = {
  movers: (data, choice, shown) => [
    [...IDENTITY, "stories_now", "stories_before", "change_percent", "level"],
    ...shown.movers.map((mover) => [...identity(data, mover.actor), mover.now, mover.average, mover.percent ?? "", mover.level]),
  ],
  actors: (data, choice, shown) => [
    [...IDENTITY, "stories", "articles", "outlets", "unusual", ...data.labels.slice(choice.from, choice.to + 1)],
    ...shown.rows.map((row) => [
      ...identity(data, row.actor),
      row.stories,
      row.articles,
      row.outlets,
      row.marks.map((i) => data.labels[i + choice.from]).join(" "),
      ...row.series,
    ]),
  ],
  heat: (data, choice, shown) => [
    [...IDENTITY, ...CELLS.map(({ type, role }) => `${data.names.type[type]}_${data.names.role[role]}`)],
    ...shown.rows.map((row) => [...identity(data, row.actor), ...row.cells]),
  ],
  matrix: (data, choice, shown) => [
    ["agent_id", "agent", "patient_id", "patient", "stories"],
    ...shown.matrix.cells.flatMap((row, i) =>
      row.flatMap((count, j) => (count ? [matrixLine(data, shown.matrix.agents[i], shown.matrix.patients[j], count)] : [])),
    ),
  ],
  drill: (data, choice, shown, drill) => [
    ["story", "title", "outlet", "published", "url", "event_day", "event_type", "subtype", "role", "actor_id", "modality", "rule", "sentence"],
    ...drill.facts.map((fact) => factLine(data, fact)),
  ],
};

function matrixLine(data, agent, patient, count) {
  return [data.actors.id[agent], data.actors.name[agent], data.actors.id[patient], data.actors.name[patient], count];
}

function factLine(data, fact) {
  const { facts, articles, names } = data;
  const article = facts.article[fact];
  return [
    data.stories.title[articles.story[article]],
    titleOf(data, article),
    outletOf(data, article),
    articles.day[article],
    articles.url[article] || "",
    facts.bin[fact] < 0 ? "" : data.labels[facts.bin[fact]],
    names.type[facts.type[fact]],
    names.subtype[facts.subtype[fact]],
    names.role[facts.role[fact]],
    data.actors.id[facts.actor[fact]],
    names.modality[facts.modality[fact]],
    data.rules[facts.rule[fact]],
    data.evidence[facts.evidence[fact]] ?? "",
  ];
}

function download(name, rows) {
  const address = URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv;charset=utf-8" }));
  const link = element("a", { href: address, download: `wiretally-${name}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
