"""Addresses of what belongs to one person: their orders, wishes, invoice buyers, and requests to be told."""

from django.urls import path

from . import again, invoice, invoice_buyers, orders, product_buttons, stock_notices, stopping, wishes

# Parts of the namespace `storefront`; the account's other rooms are in `web.account`.
own_urls = [
    path("tai-khoan/don-hang/", orders.order_list, name="own_orders"),
    path("tai-khoan/don-hang/<str:number>/", orders.own_order, name="own_order"),
    path("tai-khoan/don-hang/<str:number>/mua-lai/", again.again, name="order_again"),
    path("tai-khoan/don-hang/<str:number>/hoa-don/", invoice.order_invoice, name="order_invoice"),
    path("tai-khoan/hoa-don/", invoice_buyers.buyer_list, name="invoice_buyers"),
    path("tai-khoan/hoa-don/them/", invoice_buyers.add_buyer, name="add_invoice_buyer"),
    path("tai-khoan/hoa-don/<int:buyer>/sua/", invoice_buyers.edit_buyer, name="edit_invoice_buyer"),
    path("tai-khoan/hoa-don/<int:buyer>/xoa/", invoice_buyers.delete_buyer, name="delete_invoice_buyer"),
    path("tai-khoan/hoa-don/<int:buyer>/mac-dinh/", invoice_buyers.choose_buyer, name="choose_invoice_buyer"),
    path("tai-khoan/yeu-thich/", wishes.wish_list, name="wishes"),
    path("tai-khoan/yeu-thich/<int:product>/them/", wishes.keep, name="keep_wish"),
    path("tai-khoan/yeu-thich/<int:product>/bo/", wishes.drop, name="drop_wish"),
    path("tai-khoan/yeu-thich/<int:product>/vao-gio/", wishes.to_basket, name="wish_to_basket"),
    path("bao-co-hang/<int:product>/", stock_notices.ask, name="ask_stock_notice"),
    path("bao-co-hang/xac-nhan/<str:token>/", stock_notices.confirm, name="confirm_stock_notice"),
    path("ngung-nhan-tin/<str:token>/", stopping.stop_messages, name="stop_messages"),
    path("manh/yeu-thich/", wishes.hearts, name="wish_hearts"),
    path("manh/san-pham/<int:product>/", product_buttons.product_buttons, name="product_buttons"),
]
