"""Oscar asks here for price and stock; the answers come from `pricing.resolving` and the one stock record."""

from oscar.apps.partner import availability, prices, strategy

from shop.domain.pricing.resolving import NoPrice, resolve_price


class Selector:
    """One strategy for everybody: who the buyer is matters to the resolver, not to Oscar."""

    def strategy(self, request=None, user=None, **kwargs):  # noqa: ARG002 -- Oscar's signature
        return ProducerStrategy(request)


class ProducerStrategy(strategy.Structured):
    """A product has one producer, so one stock record; a line is priced by its own record and quantity."""

    def __init__(self, request=None):
        # Oscar looks at the person here, on every request; a page that differs by cookie can be cached for nobody.
        self.request = request
        self.user = None

    def fetch_for_line(self, line, stockrecord=None):
        record = stockrecord or line.stockrecord
        return strategy.PurchaseInfo(
            price=self.pricing_policy(line.product, record, quantity=line.quantity),
            availability=self.availability_policy(line.product, record),
            stockrecord=record,
        )

    def select_stockrecord(self, product):
        return next(iter(product.stockrecords.all()), None)

    def pricing_policy(self, product, stockrecord, *, quantity=1):  # noqa: ARG002 -- Oscar's signature
        if stockrecord is None:
            return prices.Unavailable()
        try:
            price = resolve_price(stock_record=stockrecord, quantity=quantity)
        except NoPrice:
            return prices.Unavailable()
        return prices.TaxInclusiveFixedPrice(currency="VND", excl_tax=price.excl_tax_vnd, tax=price.tax_vnd)

    def availability_policy(self, product, stockrecord):  # noqa: ARG002 -- Oscar's signature
        if stockrecord is None:
            return availability.Unavailable()
        return availability.StockRequired(stockrecord.net_stock_level)

    def parent_pricing_policy(self, product, children_stock):  # noqa: ARG002 -- Oscar's signature
        records = [record for _, record in children_stock if record is not None and record.price is not None]
        if not records:
            return prices.Unavailable()
        cheapest = min(records, key=lambda record: record.price)
        return self.pricing_policy(cheapest.product, cheapest)

    def parent_availability_policy(self, product, children_stock):  # noqa: ARG002 -- Oscar's signature
        if any(record is not None and record.net_stock_level > 0 for _, record in children_stock):
            return availability.Available()
        return availability.Unavailable()
