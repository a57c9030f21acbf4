"""Banks by the six digits (BIN) under which NAPAS and VietQR know them; a name is the bank's own short one."""

BANKS = {
    "970405": "Agribank",
    "970436": "Vietcombank",
    "970415": "VietinBank",
    "970418": "BIDV",
    "970422": "MB",
    "970407": "Techcombank",
    "970416": "ACB",
    "970432": "VPBank",
    "970423": "TPBank",
    "970403": "Sacombank",
    "970437": "HDBank",
    "970443": "SHB",
    "970441": "VIB",
    "970426": "MSB",
    "970431": "Eximbank",
    "970440": "SeABank",
    "970448": "OCB",
    "970449": "LPBank",
    "970412": "PVcomBank",
    "970409": "Bac A Bank",
    "970425": "ABBANK",
    "970428": "Nam A Bank",
    "970429": "SCB",
    "970438": "BAOVIET Bank",
    "970427": "VietABank",
    "970419": "NCB",
    "970430": "PGBank",
    "970454": "BVBank",
    "970433": "Vietbank",
    "970452": "KienlongBank",
    "970400": "SAIGONBANK",
    "970446": "Co-opBank",
    "970424": "Shinhan Bank",
}


def bank_name(bin_digits: str) -> str:
    """What a bank is called; the digits themselves when nobody knows."""
    return BANKS.get(bin_digits, bin_digits)
