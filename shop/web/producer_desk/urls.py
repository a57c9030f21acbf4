"""The producer's desk: /ban-hang/."""

from django.urls import path

from .views import (
    bank_account,
    certificates,
    claim,
    home,
    invoices,
    listing_texts,
    listings,
    money,
    parcel,
    parcels,
    returns,
    statement,
    vouchers,
)

app_name = "producer_desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("chon/", home.choose_producer, name="choose_producer"),
    path("kien/", parcels.parcel_list, name="parcels"),
    path("kien/xac-nhan/", parcels.confirm_many, name="confirm_many"),
    path("kien/<int:parcel>/", parcel.parcel_page, name="parcel"),
    path("kien/<int:parcel>/phieu/", parcel.packing_slip, name="packing_slip"),
    path("tra-hang/", returns.return_list, name="returns"),
    path("tra-hang/<int:asked>/", returns.return_page, name="return"),
    path("tra-hang/<int:asked>/anh/<int:photo>/", returns.return_photo, name="return_photo"),
    path("san-pham/", listings.listing_list, name="listings"),
    path("san-pham/<int:listing>/", listings.listing_page, name="listing"),
    path("san-pham/<int:listing>/gioi-thieu/", listing_texts.listing_texts, name="listing_texts"),
    path("san-pham/<int:listing>/xem-truoc/", listing_texts.listing_preview, name="listing_preview"),
    path("chung-nhan/", certificates.certificate_list, name="certificates"),
    path("ma-giam-gia/", vouchers.voucher_list, name="vouchers"),
    path("ma-giam-gia/moi/", vouchers.voucher_new, name="voucher_new"),
    path("ma-giam-gia/<int:voucher>/", vouchers.voucher_page, name="voucher"),
    path("ma-giam-gia/<int:voucher>/sua/", vouchers.voucher_edit, name="voucher_edit"),
    path("ma-giam-gia/<int:voucher>/dung/", vouchers.voucher_stop, name="voucher_stop"),
    path("nhan/", claim.claim, name="claim"),
    path("nhan/xac-nhan/", claim.claim_confirm, name="claim_confirm"),
    path("tien/", money.money_room, name="money"),
    path("tien/tai-khoan/", bank_account.bank_account, name="bank_account"),
    path("tien/sao-ke/", statement.statement_page, name="statement"),
    path("tien/sao-ke/tai-ve/", statement.statement_export, name="statement_export"),
    path("tien/hoa-don/", invoices.invoice_export, name="invoice_export"),
]
