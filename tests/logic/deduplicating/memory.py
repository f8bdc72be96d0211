"""A store in memory: what runs leave for later ones."""

from collections.abc import Collection, Iterator, Sequence

from schemas import PreparedArticle, Story
from transforms.logic.deduplicating import Placements, place_articles
from transforms.logic.deduplicating.history import Known
from transforms.logic.deduplicating.postings import Block
from transforms.logic.deduplicating.texts import label_of, text_key


class Memory:
    """Articles with their places, stories and the index, as runs change them; a history for the next run."""

    def __init__(self, window_days: int = 60) -> None:
        self.window_days = window_days
        self.articles: dict[str, Known] = {}
        self.stories: dict[str, Story] = {}
        self.aliases: list[tuple[str, str]] = []
        self.blocks: list[tuple[str, Block]] = []

    def run(self, articles: Sequence[PreparedArticle]) -> Placements:
        """Take in what a run makes of some articles."""
        made = place_articles(articles, self, self.window_days)
        for article, place in made.placed:
            assert place.article_id not in self.articles
            head, print_ = article.head, article.fingerprint
            self.articles[place.article_id] = Known(
                placement=place,
                text=text_key(article),
                published=head.published,
                published_precision=head.published_precision,
                title=head.title,
                outlet=head.outlet,
                sketch=print_.sketch,
                shingles=print_.shingles,
                numbers=print_.numbers,
            )
        for move in made.moves:
            known = self.articles[move.placement.article_id]
            assert known.placement.story_id == move.was
            self.articles[known.article_id] = known.model_copy(update={"placement": move.placement})
        for story_id in made.retired:
            del self.stories[story_id]
        for story in made.stories:
            assert story.story_id not in self.stories
            self.stories[story.story_id] = story
        self.aliases += [(alias.old_story_id, alias.story_id) for alias in made.aliases]
        self.blocks += made.blocks
        return made

    def places(self) -> list[object]:
        """The place of every article, by id."""
        return [self.articles[one].placement for one in sorted(self.articles)]

    def ids(self, shard: int) -> Iterator[Block]:
        return self._blocks("id", shard)

    def postings(self, shard: int) -> Iterator[Block]:
        return self._blocks("bucket", shard)

    def _blocks(self, kind: str, shard: int) -> Iterator[Block]:
        return (block for of, block in self.blocks if of == kind and block[0] >> 4 == shard)

    def parts(self) -> list[str]:
        return ["even", "odd"]

    def of_texts(self, part: str, texts: Collection[bytes]) -> Iterator[Known]:
        return (one for one in self._part(part) if one.text in texts)

    def of_components(self, part: str, labels: Collection[bytes]) -> Iterator[Known]:
        return (one for one in self._part(part) if label_of(one.component) in labels)

    def _part(self, part: str) -> Iterator[Known]:
        odd = part == "odd"
        return (one for key, one in sorted(self.articles.items()) if int(key, 16) % 2 == odd)
