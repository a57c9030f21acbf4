"""The office's desk: /van-phong/."""

from django.urls import path

from . import home, messages, order_papers
from .approvals import views as approvals
from .audit import views as audit
from .books import rules, taxes, vat
from .books import views as books
from .cases import views as cases
from .certificates import acting, bulk, finding, held, page
from .imports import acts as import_acts
from .imports import files as import_files
from .imports import rows as import_rows
from .imports import views as imports
from .moderation import classifying
from .moderation import views as moderation
from .money import calling_off as money_calling_off
from .money import cash as money_cash
from .money import deliveries as money_deliveries
from .money import statements as money_statements
from .money import transfers as money_transfers
from .money import views as money
from .pages import history as page_history
from .pages import operator as page_operator
from .pages import views as pages
from .payouts import views as payouts
from .producers import acting as producer_acting
from .producers import finding as producer_finding
from .producers import letters as producer_letters
from .returns import views as returns
from .search import views as search
from .vouchers import views as vouchers

app_name = "office_desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("tim/", search.search, name="search"),
    path("phe-duyet/", approvals.approval_list, name="approvals"),
    path("phe-duyet/<int:act_request>/", approvals.approval_page, name="approval"),
    path("phe-duyet/<int:act_request>/duyet/", approvals.approve, name="approval_approve"),
    path("phe-duyet/<int:act_request>/tu-choi/", approvals.refuse, name="approval_refuse"),
    path("phe-duyet/<int:act_request>/rut-lai/", approvals.withdraw, name="approval_withdraw"),
    path("nhat-ky/", audit.entry_list, name="audit"),
    path("nhat-ky/tai-ve/", audit.entry_export, name="audit_export"),
    path("nhat-ky/<int:entry>/", audit.entry_page, name="audit_entry"),
    path("chung-nhan/", finding.certificate_list, name="certificates"),
    path("chung-nhan/tai-ve/", finding.certificate_export, name="certificate_export"),
    path("chung-nhan/hang-loat/", bulk.certificate_bulk, name="certificate_bulk"),
    path("chung-nhan/hang-loat/<int:act_request>/", bulk.bulk_result, name="certificate_bulk_result"),
    path("chung-nhan/<str:code>/", page.certificate_page, name="certificate"),
    path("chung-nhan/<str:code>/kien/<int:parcel>/", held.held_parcel, name="held_parcel"),
    path("chung-nhan/<str:code>/<slug:act>/", acting.certificate_act, name="certificate_act"),
    path("nhap/", imports.import_list, name="imports"),
    path("nhap/tai-len/", imports.import_upload, name="import_upload"),
    path("nhap/<int:run>/", imports.import_page, name="import"),
    path("nhap/<int:run>/tuy-chon/", import_acts.import_options, name="import_options"),
    path("nhap/<int:run>/kiem-tra/", import_acts.import_check, name="import_check"),
    path("nhap/<int:run>/ghi/", import_acts.import_apply, name="import_apply"),
    path("nhap/<int:run>/duyet/", import_acts.import_approve, name="import_approve"),
    path("nhap/<int:run>/tra-lai/", import_acts.import_return, name="import_return"),
    path("nhap/<int:run>/rut-lai/", import_acts.import_withdraw, name="import_withdraw"),
    path("nhap/<int:run>/bo/", import_acts.import_discard, name="import_discard"),
    path("nhap/<int:run>/hoan-tac/", import_acts.import_undo, name="import_undo"),
    path("nhap/<int:run>/tep/", import_files.import_file, name="import_file"),
    path("nhap/<int:run>/dong-loi/", import_files.import_bad_rows, name="import_bad_rows"),
    path("nhap/<int:run>/dong/<int:row>/", import_rows.import_row, name="import_row"),
    path("nhap/<int:run>/dong/<int:row>/bo-qua/", import_rows.import_row_skip, name="import_row_skip"),
    path("vu-viec/", cases.case_list, name="cases"),
    path("vu-viec/<int:case>/", cases.case_page, name="case"),
    path("don-hang/<str:number>/phieu.pdf", order_papers.order_paper, {"kind": "order"}, name="order_pdf"),
    path("don-hang/<str:number>/bien-nhan.pdf", order_papers.order_paper, {"kind": "receipt"}, name="receipt_pdf"),
    path("tra-hang/", returns.return_list, name="returns"),
    path("tra-hang/<int:asked>/", returns.return_page, name="return"),
    path("tra-hang/<int:asked>/anh/<int:photo>/", returns.return_photo, name="return_photo"),
    path("tien/", money.money, name="money"),
    path("tien/viec/<int:alert>/", money.money_alert, name="money_alert"),
    path("tien/hoan/<int:refund>/duyet/", money.money_refund_approve, name="money_refund_approve"),
    path("tien/hoan/<int:refund>/khong-hoan/", money_calling_off.money_refund_call_off, name="money_refund_call_off"),
    path("tien/chuyen-khoan/", money_transfers.money_transfers, name="money_transfers"),
    path("tien/chuyen-khoan/<int:transfer>/", money_transfers.money_transfer, name="money_transfer"),
    path("tien/sao-ke/", money_statements.money_statement, name="money_statement"),
    path("tien/sao-ke/ghi/", money_statements.money_statement_take, name="money_statement_take"),
    path("tien/giao-hang/", money_deliveries.money_deliveries, name="money_deliveries"),
    path("tien/tien-mat/", money_cash.money_cash, name="money_cash"),
    path("so-sach/", books.books, name="books"),
    path("so-sach/phi-san/", rules.commission_rules, name="commission_rules"),
    path("so-sach/phi-san/moi/", rules.commission_rule_new, name="commission_rule_new"),
    path("so-sach/phi-san/<int:rule>/", rules.commission_rule_end, name="commission_rule_end"),
    path("so-sach/thue/", taxes.tax_rates, name="tax_rates"),
    path("so-sach/thue/moi/", taxes.tax_rate_new, name="tax_rate_new"),
    path("so-sach/thue/<int:rate>/rut-lai/", taxes.tax_rate_take_back, name="tax_rate_take_back"),
    path("so-sach/gtgt/", vat.vat_changes, name="vat_changes"),
    path("so-sach/gtgt/moi/", vat.vat_change_new, name="vat_change_new"),
    path("so-sach/gtgt/<int:change>/rut-lai/", vat.vat_change_take_back, name="vat_change_take_back"),
    path("chi-tra/", payouts.payouts, name="payouts"),
    path("chi-tra/lap/", payouts.payout_prepare, name="payout_prepare"),
    path("chi-tra/<int:batch>/", payouts.payout_batch, name="payout_batch"),
    path("chi-tra/<int:batch>/duyet/", payouts.payout_approve, name="payout_approve"),
    path("chi-tra/<int:batch>/huy/", payouts.payout_call_off, name="payout_call_off"),
    path("chi-tra/<int:batch>/tep/", payouts.payout_file, name="payout_file"),
    path("chi-tra/<int:batch>/tra-loi/", payouts.payout_answers, name="payout_answers"),
    path("chi-tra/<int:batch>/<int:payout>/", payouts.payout_mark, name="payout_mark"),
    path("ma-giam-gia/", vouchers.vouchers, name="vouchers"),
    path("ma-giam-gia/moi/", vouchers.voucher_new, name="voucher_new"),
    path("ma-giam-gia/<int:voucher>/", vouchers.voucher_page, name="voucher"),
    path("ma-giam-gia/<int:voucher>/sua/", vouchers.voucher_edit, name="voucher_edit"),
    path("ma-giam-gia/<int:voucher>/dung/", vouchers.voucher_stop, name="voucher_stop"),
    path("trang/", pages.page_list, name="pages"),
    path("trang/<slug:slug>/", pages.page_edit, name="page"),
    path("trang/<slug:slug>/dang/", pages.page_publish, name="page_publish"),
    path("trang/<slug:slug>/phien-ban/", page_history.page_history, name="page_history"),
    path("trang/<slug:slug>/phien-ban/<int:number>/lay-lai/", page_history.page_restore, name="page_restore"),
    path("trang/<slug:slug>/so-sanh/", page_history.page_compare, name="page_compare"),
    path("don-vi-van-hanh/", page_operator.operator_form, name="operator"),
    path("duyet/", moderation.moderation_list, name="moderation"),
    path("duyet/<int:listing>/do-uong-co-con/", classifying.listing_alcohol, name="listing_alcohol"),
    path("duyet/<int:listing>/", moderation.moderation_page, name="moderation_page"),
    path("chu-the/", producer_finding.producer_list, name="producers"),
    path("chu-the/thu/", producer_letters.producer_letters, name="producer_letters"),
    path("chu-the/<int:producer>/", producer_acting.producer_page, name="producer"),
    path("chu-the/<int:producer>/nguoi/", producer_acting.producer_people, name="producer_people"),
    path("chu-the/<int:producer>/kien/", producer_acting.producer_release, name="producer_release"),
    path("chu-the/<int:producer>/thu/", producer_letters.producer_letter, name="producer_letter"),
    path("tin-nhan/", messages.message_list, name="messages"),
    path("tin-nhan/<int:message>/", messages.message_page, name="message"),
    path("tin-nhan/<int:message>/hien-thi/", messages.message_look, name="message_look"),
    path("tin-nhan/<int:message>/gui-lai/", messages.send_again, name="message_send_again"),
]
