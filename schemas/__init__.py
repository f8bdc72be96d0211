"""The shapes that flow: the vocabulary of the project on one screen."""

from schemas.article import Article as Article
from schemas.article import ArticleHead as ArticleHead
from schemas.article import BodyKind as BodyKind
from schemas.article import DatePrecision as DatePrecision
from schemas.article import RawArticle as RawArticle
from schemas.event import Coding as Coding
from schemas.event import Dyad as Dyad
from schemas.event import Event as Event
from schemas.event import EventType as EventType
from schemas.event import Evidence as Evidence
from schemas.event import Modality as Modality
from schemas.event import Role as Role
from schemas.event import Side as Side
from schemas.prepared import Fingerprint as Fingerprint
from schemas.prepared import PreparedArticle as PreparedArticle
from schemas.reject import ConfigError as ConfigError
from schemas.reject import InputError as InputError
from schemas.reject import Reject as Reject
from schemas.reject import RejectableError as RejectableError
from schemas.reject import RejectReason as RejectReason
from schemas.story import Placement as Placement
from schemas.story import Relation as Relation
from schemas.story import Story as Story
