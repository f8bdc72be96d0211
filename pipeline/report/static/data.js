// Unpacks the data island and indexes it. Texts in it come from anybody: they are only ever set as text.

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return index(await new Response(stream).json());
}

function index(data) {
  data.tops = data.actors.lineage.map((line) => line.filter((step) => data.actors.lineage[step].length === 1));
  data.factsOf = lists(data.facts.article, data.articles.story.length);
  data.articlesOf = lists(data.articles.story, data.stories.title.length);
  return data;
}

// For each of `size` owners the positions that name it.
function lists(owners, size) {
  const found = Array.from({ length: size }, () => []);
  owners.forEach((owner, place) => found[owner].push(place));
  return found;
}

function titleOf(data, article) {
  return data.articles.title[article] || data.stories.title[data.articles.story[article]] || "Untitled";
}

function outletOf(data, article) {
  return data.articles.outlets[data.articles.outlet[article]];
}

function parentOf(data, actor) {
  const line = data.actors.lineage[actor];
  return line.length > 1 ? data.actors.name[line[1]] : "";
}
