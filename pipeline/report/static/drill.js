// From a mark to its stories, their articles and the sentences, with the words that made the count marked.

const AT_ONCE = 20;

// The facts that a mark stands for: `at` names an actor or an agent and a patient, perhaps type, role, bin.
function factsAt(data, choice, at) {
  if ("agent" in at) return factsOfPair(data, choice, at);
  const { actor, type, role, bin } = data.facts;
  const fits = (fact) =>
    counts(data, choice, fact) &&
    (at.actor === undefined || data.actors.lineage[actor[fact]].includes(at.actor)) &&
    (at.type === undefined || type[fact] === at.type) &&
    (at.role === undefined || role[fact] === at.role) &&
    (at.bin === undefined ? inPeriod(choice, bin[fact]) : bin[fact] === at.bin);
  return range(0, actor.length).filter(fits);
}

// What the articles of a pair say of its two sides, in the kinds of event that joined them.
function factsOfPair(data, choice, at) {
  const { article, agent, patient, type, modality } = data.pairs;
  const found = new Set();
  for (let pair = 0; pair < agent.length; pair++) {
    if (!pairCounts(data, choice, pair) || !pairFits(data, choice, pair)) continue;
    if (!topsOf(data, pair).some(([one, other]) => one === at.agent && other === at.patient)) continue;
    for (const fact of data.factsOf[article[pair]]) {
      const { facts } = data;
      if (facts.type[fact] !== type[pair] || facts.modality[fact] !== modality[pair]) continue;
      const named = facts.role[fact] === 0 ? agent[pair] : patient[pair];
      if (facts.actor[fact] === named) found.add(fact);
    }
  }
  return [...found];
}

// Stories of these facts, the most widely reported first, each with its articles and their facts.
function grouped(data, facts) {
  const stories = new Map();
  for (const fact of facts) {
    const article = data.facts.article[fact];
    const story = data.articles.story[article];
    if (!stories.has(story)) stories.set(story, new Map());
    const articles = stories.get(story);
    if (!articles.has(article)) articles.set(article, []);
    articles.get(article).push(fact);
  }
  const wide = (story) => data.stories.outlets[story];
  const newest = (articles) => [...articles.keys()].map((article) => data.articles.day[article]).reduce((a, b) => (a > b ? a : b));
  return [...stories].sort(([a, x], [b, y]) => wide(b) - wide(a) || newest(y).localeCompare(newest(x)) || a - b);
}

function titleAt(data, choice, at) {
  const name = (actor) => data.actors.name[actor];
  const parts = "agent" in at ? [`${name(at.agent)} against ${name(at.patient)}`] : [name(at.actor)];
  const type = at.type ?? choice.type;
  const role = at.role ?? choice.role;
  if (type !== null && type !== undefined) parts.push(data.names.type[type]);
  if (role !== null && role !== undefined && !("agent" in at)) parts.push(data.names.role[role]);
  if (at.bin !== undefined) parts.push(data.labels[at.bin]);
  return parts.join(" · ");
}

// Only addresses of the web become links; whatever else stays text.
function webAddress(url) {
  if (!url || !URL.canParse(url)) return null;
  return ["http:", "https:"].includes(new URL(url).protocol) ? url : null;
}

function linked(text, url) {
  const address = webAddress(url);
  const name = element("bdi", {}, text);
  return address ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, name) : name;
}

// A sentence with the words marked that named the actors and the events.
function marked(text, marks) {
  const letters = Array.from(text);
  const kinds = new Array(letters.length).fill("");
  for (const [from, to, actorFrom, actorTo] of marks) {
    kinds.fill("who", actorFrom, actorTo);
    kinds.fill("what", from, to);
  }
  const sentence = element("bdi", { class: "sentence" });
  for (let at = 0; at < letters.length; ) {
    let end = at + 1;
    while (end < letters.length && kinds[end] === kinds[at]) end++;
    const words = letters.slice(at, end).join("");
    sentence.append(kinds[at] ? element("mark", { class: kinds[at] }, words) : words);
    at = end;
  }
  return sentence;
}

function coded(data, fact) {
  const { actor, type, subtype, role, modality, bin, rule } = data.facts;
  const { names } = data;
  const parts = [data.actors.name[actor[fact]], names.role[role[fact]], `${names.type[type[fact]]} (${names.subtype[subtype[fact]]})`];
  if (names.modality[modality[fact]] !== "actual") parts.push(names.modality[modality[fact]]);
  parts.push(bin[fact] < 0 ? "undated" : data.labels[bin[fact]], `rule ${data.rules[rule[fact]]}`);
  return element("li", {}, element("bdi", {}, parts.join(" · ")));
}

function articleItem(data, article, facts) {
  const title = titleOf(data, article);
  const outlet = outletOf(data, article) || "unknown outlet";
  const head = element("p", { class: "source" }, element("bdi", {}, outlet), `, ${data.articles.day[article] || "undated"}: `, linked(title, data.articles.url[article]));
  const item = element("li", {}, head);
  for (const [sentence, some] of Map.groupBy(facts, (fact) => data.facts.evidence[fact])) {
    const text = sentence < 0 ? element("p", { class: "how" }, "The sentence was left out to keep this page small.") : element("blockquote", {}, marked(data.evidence[sentence], some.map((fact) => data.facts.marks[fact])));
    item.append(text, element("ul", { class: "coded" }, ...some.map((fact) => coded(data, fact))));
  }
  return item;
}

const counted = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

function storyItem(data, [story, articles]) {
  const { title, articles: copies, outlets, first } = data.stories;
  const told = `${counted(copies[story], "article", "articles")}, ${counted(outlets[story], "outlet", "outlets")}, ${first[story] ? `first ${first[story]}` : "undated"}`;
  const head = element("h3", {}, element("bdi", {}, title[story] || "Untitled"), " ", element("small", {}, told));
  const items = [...articles].map(([article, facts]) => articleItem(data, article, facts));
  return element("li", {}, head, element("ul", { class: "articles" }, ...items));
}

// Opens the list of stories of a mark; closing it gives the focus back.
function openDrill(data, choice, at, state) {
  const dialog = document.getElementById("drill");
  state.facts = factsAt(data, choice, at);
  state.stories = grouped(data, state.facts);
  state.drawn = 0;
  document.getElementById("drill-title").textContent = titleAt(data, choice, at);
  document.getElementById("drill-note").textContent = `${counted(state.stories.length, "story", "stories")}, ${counted(storiesArticles(state), "article", "articles")}. Marked are the words that tell the event and those that name the actor.`;
  document.getElementById("drill-list").replaceChildren();
  drawMore(data, state);
  if (!dialog.open) dialog.showModal();
  document.getElementById("drill-title").focus();
  dialog.scrollTop = 0;
}

const storiesArticles = (state) => sum(state.stories.map(([, articles]) => articles.size));

function drawMore(data, state) {
  const next = state.stories.slice(state.drawn, state.drawn + AT_ONCE);
  document.getElementById("drill-list").append(...next.map((story) => storyItem(data, story)));
  state.drawn += next.length;
  const left = state.stories.length - state.drawn;
  const more = document.getElementById("more");
  more.hidden = !left;
  more.textContent = `Show more stories (${number(left)} left)`;
}
