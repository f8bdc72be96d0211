// What views.py computes, for any choice of the reader.

const MOVERS = 20;
const FEW = 8;
const MATRIX = 12;
const CELLS = [0, 1, 2].flatMap((type) => [0, 1].map((role) => ({ type, role })));

const any = (wanted, value) => wanted === null || wanted === value;

// Whether a fact counts, its bin apart.
function counts(data, choice, fact) {
  const { type, role, modality, article } = data.facts;
  return (
    any(choice.type, type[fact]) &&
    any(choice.role, role[fact]) &&
    any(choice.modality, modality[fact]) &&
    (choice.found === null || choice.found.has(data.articles.story[article[fact]]))
  );
}

function inPeriod(choice, bin) {
  return bin < 0 ? choice.undated : bin >= choice.from && bin <= choice.to;
}

// Which stories have all the words in a title or a sentence of theirs.
function storiesWith(data, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return null;
  const texts = data.stories.title.map((title) => [title]);
  data.articles.story.forEach((story, article) => texts[story].push(titleOf(data, article)));
  data.facts.article.forEach((article, fact) => {
    texts[data.articles.story[article]].push(data.evidence[data.facts.evidence[fact]] ?? "");
  });
  const fits = (text) => wanted.every((word) => text.includes(word));
  return new Set(range(0, texts.length).filter((story) => fits(texts[story].join("\n").toLowerCase())));
}

// Which actors a row may be about.
function actorFits(data, choice, actor) {
  const { id, name, side, lineage } = data.actors;
  const wanted = choice.actor.toLowerCase();
  return (
    any(choice.side, side[actor]) &&
    (choice.parent === null || (choice.parent === "tops" ? lineage[actor].length === 1 : lineage[actor].includes(choice.parent))) &&
    (!wanted || name[actor].toLowerCase().includes(wanted) || id[actor].toLowerCase() === wanted)
  );
}

// The facts that count by actor, its own and those of its parts.
function factsByActor(data, choice) {
  const found = new Map();
  for (let fact = 0; fact < data.facts.actor.length; fact++) {
    if (!counts(data, choice, fact)) continue;
    for (const actor of data.actors.lineage[data.facts.actor[fact]]) {
      if (!found.has(actor)) found.set(actor, []);
      found.get(actor).push(fact);
    }
  }
  return found;
}

function storiesOf(data, facts) {
  return new Set(facts.map((fact) => data.articles.story[data.facts.article[fact]]));
}

function seriesOf(data, facts) {
  const stories = data.labels.map(() => new Set());
  for (const fact of facts) {
    const bin = data.facts.bin[fact];
    if (bin >= 0) stories[bin].add(data.articles.story[data.facts.article[fact]]);
  }
  return stories.map((some) => some.size);
}

function actorRow(data, choice, actor, facts) {
  const inside = facts.filter((fact) => inPeriod(choice, data.facts.bin[fact]));
  const articles = new Set(inside.map((fact) => data.facts.article[fact]));
  const outlets = new Set([...articles].map((article) => outletOf(data, article)));
  outlets.delete("");
  const series = seriesOf(data, facts);
  const within = (bin) => bin >= choice.from && bin <= choice.to;
  const ofCell = ({ type, role }) => (fact) => data.facts.type[fact] === type && data.facts.role[fact] === role;
  return {
    actor,
    stories: storiesOf(data, inside).size,
    articles: articles.size,
    outlets: outlets.size,
    series: series.slice(choice.from, choice.to + 1),
    marks: unusual(series, data.volume, data.unit).filter(within).map((bin) => bin - choice.from),
    cells: CELLS.map((cell) => storiesOf(data, inside.filter(ofCell(cell))).size),
  };
}

function actorRows(data, choice) {
  const rows = [];
  for (const [actor, facts] of factsByActor(data, choice)) {
    if (actorFits(data, choice, actor)) rows.push(actorRow(data, choice, actor, facts));
  }
  return rows
    .filter((row) => row.stories)
    .sort((a, b) => b.stories - a.stories || b.articles - a.articles || a.actor - b.actor);
}

function movers(data, choice) {
  const [now, before] = windows(data.volume, Math.min(choice.to, data.whole), data.unit);
  if (!before.length) return [];
  const read = readRatio(data.volume, now, before);
  const found = [];
  for (const [actor, facts] of factsByActor(data, choice)) {
    if (!actorFits(data, choice, actor)) continue;
    const within = [now, ...before].map((bins) => storiesOf(data, facts.filter((fact) => bins.includes(data.facts.bin[fact]))).size);
    if (within.some(Boolean)) found.push({ actor, ...change(within[0], within.slice(1), read) });
  }
  const low = (mover) => Number(mover.level === "too few to tell");
  const moved = (mover) => Math.abs(mover.now - mover.average);
  found.sort((a, b) => low(a) - low(b) || moved(b) - moved(a) || a.actor - b.actor);
  return found.slice(0, Math.min(Math.max(found.filter((mover) => !low(mover)).length, FEW), MOVERS));
}

function pairCounts(data, choice, pair) {
  const { type, modality, bin, article } = data.pairs;
  return (
    any(choice.type, type[pair]) &&
    any(choice.modality, modality[pair]) &&
    inPeriod(choice, bin[pair]) &&
    (choice.found === null || choice.found.has(data.articles.story[article[pair]]))
  );
}

// The pairs of states or groups that a pair counts for.
function topsOf(data, pair) {
  const { agent, patient } = data.pairs;
  const same = agent[pair] === patient[pair];
  return data.tops[agent[pair]].flatMap((one) =>
    data.tops[patient[pair]].filter((other) => one !== other || same).map((other) => [one, other]),
  );
}

// A pair is shown when either side is of the actors that the reader chose, be it by a part.
function pairFits(data, choice, pair) {
  const sides = [data.pairs.agent[pair], data.pairs.patient[pair]];
  return sides.some((actor) => data.actors.lineage[actor].some((step) => actorFits(data, choice, step)));
}

function matrix(data, choice) {
  const stories = new Map();
  for (let pair = 0; pair < data.pairs.agent.length; pair++) {
    if (!pairCounts(data, choice, pair) || !pairFits(data, choice, pair)) continue;
    for (const key of topsOf(data, pair).map(String)) {
      if (!stories.has(key)) stories.set(key, new Set());
      stories.get(key).add(data.articles.story[data.pairs.article[pair]]);
    }
  }
  const busy = [0, 1].map((side) => busiest(stories, side));
  const met = [...stories.keys()].map((key) => key.split(",").map(Number)).filter((key) => key.every((actor, side) => busy[side].includes(actor)));
  const [agents, patients] = busy.map((actors, side) => actors.filter((actor) => met.some((key) => key[side] === actor)));
  const cells = agents.map((agent) => patients.map((patient) => stories.get(`${agent},${patient}`)?.size ?? 0));
  return { agents, patients, cells, hidden: stories.size - sum(cells.map((row) => row.filter(Boolean).length)) };
}

function busiest(stories, side) {
  const sums = new Map();
  for (const [key, some] of stories) {
    const actor = Number(key.split(",")[side]);
    sums.set(actor, (sums.get(actor) ?? 0) + some.size);
  }
  return [...sums.keys()].sort((a, b) => sums.get(b) - sums.get(a) || a - b).slice(0, MATRIX);
}
