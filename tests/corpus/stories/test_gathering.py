"""What happens to a delivery once its files are read."""

from __future__ import annotations

from io import BytesIO

from annotations.corpus.deliveries import delivering
from annotations.corpus.models import Import
from annotations.corpus.stories import gathering
from annotations.corpus.stories.deciding import waiting
from tests.cast import NOW, Cast
from tests.corpus.stories.tales import data_of
from tests.jobs.test_worker import work


def deliver(cast: Cast, *names: str) -> Import:
    files = [(f"{name}.txt", BytesIO(data_of(name))) for name in names]
    return delivering.deliver(cast.project, files, by=cast.mia, now=NOW)


def test_a_delivery_that_was_read_is_compared_with_what_is_there(live_cast: Cast) -> None:
    deliver(live_cast, "bridge.en", "strike.en")
    work()
    deliver(live_cast, "bridge.fr")
    work()
    (found,) = waiting(live_cast.project)
    assert found.second.title.startswith("Lindenau ferme")


def test_a_delivery_without_documents_asks_for_nothing(live_cast: Cast) -> None:
    delivery = Import.objects.create(project=live_cast.project)
    gathering.gather_later(delivery.pk)
    work()
    assert not waiting(live_cast.project).exists()
