"""One thing of the shop rendered, and held against the paper: what is wrong with it, or nothing."""

import html
import json
import re

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.web.producer_desk.slip import slip_lines

from .public_places import JSON_LD, product_path, read_check_page, read_product_page, visit

CARD = '<article class="card'
STARS_SAID = re.compile(r"OCOP (\d) sao, năm")


def product_page(world):
    """The badge or panel, the button and the words."""
    name, listing, star = _product(world)
    page = read_product_page(listing)
    claims = page.states & {"is-ok", "is-soon", "is-ext"}
    wrong = []
    if bool(claims) != world.papers[name].claims.is_valid(world.today):
        wrong.append(f"{name}: page claims {sorted(claims)}")
    if page.can_be_bought != (star is not None):
        wrong.append(f"{name}: page can be bought {page.can_be_bought}")
    return wrong


def card(world):
    """The card in the list of all products."""
    return _card_in(world, "/san-pham/")


def search_result(world):
    """The card among the results of a search for the name."""
    name, listing, star = _product(world)
    page = visit("/tim/", {"q": name}).content.decode()
    return _judge_card(page, name, listing, star)


def structured_data(world):
    """The certification in the page's JSON-LD."""
    name, listing, _ = _product(world)
    page = visit(product_path(listing)).content.decode()
    data = next(one for one in map(json.loads, JSON_LD.findall(page)) if one["@type"] == "Product")
    told = data.get("hasCertification")
    claimed = world.papers[name].claims
    expected = (claimed.code, claimed.stars) if claimed.is_valid(world.today) else None
    said = (told["certificationIdentification"], told["certificationRating"]["ratingValue"]) if told else None
    return [] if said == expected else [f"{name}: JSON-LD says {said} instead of {expected}"]


def feed(world):
    """The product's entry in the sitemap."""
    name, listing, star = _product(world)
    is_there = f"{product_path(listing)}<" in visit("/sitemap.xml").content.decode()
    return [] if is_there == (star is not None) else [f"{name}: in the sitemap {is_there}"]


def label(world):
    """The sheet of labels: printed for a true star only."""
    paper = _paper(world)
    answer = visit(f"/xac-minh/{paper.code}/nhan/")
    page = html.unescape(answer.content.decode())
    wrong = [] if (answer.status_code == 200) == paper.is_valid(world.today) else [f"{paper.code}: label {answer.status_code}"]
    return wrong + _judge_stars(page, paper)


def check_page(world):
    """The verdict, the stars and the signed JSON."""
    paper = _paper(world)
    page = read_check_page(_row(paper))
    is_true = "Giấy chứng nhận còn hiệu lực" in page or "được gia hạn, còn hiệu lực" in page
    signed = json.loads(visit(f"/xac-minh/{paper.code}/chung-nhan.json").content)["payload"]
    wrong = []
    if is_true != paper.is_valid(world.today):
        wrong.append(f"{paper.code}: check page says {is_true}")
    if (signed["is_valid"], signed["stars"]) != (paper.is_valid(world.today), paper.stars):
        wrong.append(f"{paper.code}: signed JSON says {signed['is_valid']}, {signed['stars']}")
    return wrong + _judge_stars(page, paper)


def mail(world):
    """A buyer's letter: the star the line was sold under, whatever became of it."""
    if not world.sales:
        return []
    sale = world.random.choice(world.sales)
    message = OutboxMessage.objects.filter(order=sale.order, kind="order_placed").first()
    text = render_message(message, today=clock.today())
    expected = f"OCOP {sale.stars} sao, giấy chứng nhận {sale.code}"
    return [] if expected in text.body else [f"mail of {sale.order.number} lacks «{expected}»"]


def packing_slip(world):
    """The slip in the box: the same star as in the letter, on the day of the sale."""
    if not world.sales:
        return []
    sale = world.random.choice(world.sales)
    lines = slip_lines(sale.order.parcels.get())
    said = [(line.certificate_code, line.stars) for line in lines]
    return [] if said == [(sale.code, sale.stars)] else [f"slip of {sale.order.number} says {said}"]


KINDS = (product_page, card, search_result, structured_data, feed, label, check_page, mail, packing_slip)


def _product(world):
    name = world.random.choice(list(world.papers))
    listing = world.listings[name]
    return name, listing, world.papers[name].star(world.today)


def _paper(world):
    return world.random.choice([one for product in world.papers.values() for one in product.certificates])


class _Row:
    """What `read_check_page` asks of a certificate."""

    def __init__(self, code):
        self.code = code


def _row(paper):
    return _Row(paper.code)


def _card_in(world, path):
    name, listing, star = _product(world)
    return _judge_card(visit(path).content.decode(), name, listing, star)


def _judge_card(page, name, listing, star):
    cards = [card for card in page.split(CARD)[1:] if f'href="{product_path(listing)}"' in card.split("</article>")[0]]
    if bool(cards) != (star is not None):
        return [f"{name}: card {'there' if cards else 'missing'}"]
    said = STARS_SAID.search(html.unescape(cards[0])) if cards else None
    if star is not None and (said is None or int(said[1]) != star.stars):
        return [f"{name}: card says {said and said[1]} stars instead of {star.stars}"]
    return []


def _judge_stars(page, paper):
    said = STARS_SAID.search(page)
    if said is not None and int(said[1]) != paper.stars:
        return [f"{paper.code}: {said[1]} stars instead of {paper.stars}"]
    return []
