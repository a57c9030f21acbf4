"""Basket, order form and tracking; namespaces and names are Oscar's where its code reverses them."""

from django.urls import path

from . import again, basket, checkout, giving_back, papers, pay, receipt, receiving, refund_account, thanks, tracking

basket_urls = [
    path("", basket.summary, name="summary"),
    path("them/<int:pk>/", basket.add, name="add"),
    path("dong/<int:line>/", basket.change, name="change"),
]

checkout_urls = [
    path("", checkout.index, name="index"),
    path("cam-on/<str:number>/<str:token>/", thanks.thank_you, name="thank-you"),
]

# Parts of the namespace `storefront`.
tracking_urls = [
    path("manh/gio-hang/", basket.basket_count, name="basket_count"),
    path("don-hang/<str:number>/<str:token>/", tracking.order_tracking, name="order_tracking"),
    path("don-hang/<str:number>/<str:token>/mua-lai/", again.order_again, name="order_again_by_link"),
    path("don-hang/<str:number>/<str:token>/tra-tien/", pay.pay_order, name="pay_order"),
    path("don-hang/<str:number>/<str:token>/phieu/", receipt.order_receipt, name="order_receipt"),
    path("don-hang/<str:number>/<str:token>/phieu.pdf", papers.order_paper, {"kind": "order"}, name="order_pdf"),
    path("don-hang/<str:number>/<str:token>/bien-nhan.pdf", papers.order_paper, {"kind": "receipt"}, name="receipt_pdf"),
    path("don-hang/<str:number>/<str:token>/huy/<int:parcel>/", tracking.cancel, name="cancel_parcel"),
    path("don-hang/<str:number>/<str:token>/da-nhan/<int:parcel>/", receiving.receive, name="receive_parcel"),
    path("don-hang/<str:number>/<str:token>/tra-hang/<int:parcel>/", giving_back.give_back, name="give_back"),
    path("don-hang/<str:number>/<str:token>/anh-tra-hang/<int:photo>/", giving_back.return_photo, name="return_photo"),
    path("don-hang/<str:number>/<str:token>/tai-khoan-hoan-tien/", refund_account.refund_account, name="refund_account"),
]
