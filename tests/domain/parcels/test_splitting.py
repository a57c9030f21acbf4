from shop.domain.parcels.splitting import number_parcel, split_by_producer


def test_split_by_producer_keeps_the_order_of_producers_and_items():
    lines = [("tea", 7), ("honey", 3), ("green tea", 7)]

    assert split_by_producer(items=lines, producer_id=lambda line: line[1]) == {
        7: [("tea", 7), ("green tea", 7)],
        3: [("honey", 3)],
    }


def test_number_parcel_counts_within_the_order():
    assert number_parcel(order_number="OC-7K2M9QXD", position=2) == "OC-7K2M9QXD-2"
