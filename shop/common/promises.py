"""What the shop promises people, as numbers: the pages that say them and the code that keeps them read them here.

They hold until the office sets others. The clock of complaints is the shop's own, inside what
Decree 248/2026 (art. 7) and Law 19/2023 (art. 38) ask for. What an operator sets per installation, such as
`COD_LIMIT_VND` or `HOLD_CARD_MINUTES`, stays in the settings.
"""

# Complaints, and every other case somebody opens with the shop.
COMPLAINT_ACKNOWLEDGED_WITHIN_HOURS = 24
COMPLAINT_ANSWERED_WITHIN_DAYS = 7

# A producer says yes or no to a parcel within this time.
PARCEL_CONFIRMED_WITHIN_HOURS = 48

# A parcel nobody reports as received counts as delivered this long after it was sent.
DELIVERED_AFTER_DAYS = 7

# Returns: counted from delivery. Fresh food is to be reported on the day itself.
RETURN_WINDOW_DAYS = 7
RETURN_ANSWERED_WITHIN_HOURS = 48
RETURN_DECIDED_WITHIN_DAYS = 5
# Whoever stays silent in a return lets it go on: the buyer gives it up, the producer is taken to have the goods.
RETURN_TAKEN_TO_THE_OFFICE_WITHIN_DAYS = 7
RETURN_SENT_WITHIN_DAYS = 14
RETURN_RECEIVED_WITHIN_DAYS = 10
FRESH_FOOD_REPORTED_WITHIN_HOURS = 24
# A buyer who was not told what the law wants told may step back (Law 19/2023, art. 38.3).
MISSING_INFORMATION_CANCEL_WITHIN_DAYS = 30

# A producer's new bank account: nothing is paid to it before, so that a stolen log-in is found out first.
BANK_ACCOUNT_COOLS_HOURS = 72

# Percent of goods with VAT after the producer's own discount, never of shipping: nothing while the market opens.
COMMISSION_PERCENT = 0

# Shown stars are right after a change within this time on cached pages, at once where money moves.
STAR_CORRECT_WITHIN_SECONDS = 60

# Personal data.
RECIPIENT_BLANKED_AFTER_DAYS = 30
PERSONAL_DATA_REQUEST_ANSWERED_WITHIN_DAYS = 15
