# Allkontor in English. Another language is another file beside this one, with the same messages.

## Days and times

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date = { $weekday } { $day } { $month }
clock = { $hour }:{ $minute }
long-moment = { $date } { $year }, { $clock }
moment = { $date } at { $clock }
span = { $date }, { $from }–{ $to }
span-of-days = { $from-date } at { $from } to { $to-date } at { $to }
hours = { $from }–{ $to }

## Names of things whose name is not known here

a-unit = place { $number }
a-class = places of class { $number }
a-feature = feature { $number }
a-condition = condition { $number }
place = { $units }, { $when }
and = { $first } and { $second }
comma = { $first }, { $second }

## How a booking stands

stage-asked = Asked for. What the office makes of it is not known here yet.
stage-likely = Likely: { $place }. Nobody has decided yet.
stage-alternative = Likely, but not as asked for first: { $place }. Nobody has decided yet.
stage-waiting = Waiting, number { $number } in line.
stage-confirmed = Confirmed: { $place }.
stage-checked-in = Checked in: { $place }.
stage-moved = Moved to another booking.
stage-released = The place was given back: { $cause }.
stage-declined = Declined: { $cause }.
stage-withdrawn = The office took back what it had promised: { $cause }. You come before all others now. { $outlook }
stage-cancelled = Cancelled.
cause-not-known = the device that promised it is no longer trusted
delivery-draft = On this device only. It leaves when the device next meets another.
delivery-carried = On its way to the office.
delivery-received = The office has it.
still-holding = Until that is decided you keep { $place }.
moved-from = You were moved from { $place }.

## What is rented

rental = { $units }: rented { $until }.
rental-until = until { $at }
rental-without-end = without an end
rental-due-soon = { $days ->
    [one] One day left.
   *[other] { $days } days left.
}
rental-due-today = Today is the last day: empty it, or ask to keep it.
rental-overdue-today = The time is over: empty it, or ask to keep it.
rental-overdue = { $days ->
    [one] The time has been over for one day: empty it, or ask to keep it.
   *[other] The time has been over for { $days } days: empty it, or ask to keep it.
}
rental-may-be-opened = { $days ->
    [one] The time has been over for one day: the staff may open it.
   *[other] The time has been over for { $days } days: the staff may open it.
}
rental-asked = You have asked to keep it { $until }; nobody has decided yet.
loan = { $unit }: to be back { $due }.
loan-late = { $unit }: should have been back { $due }.
opening = { $unit } was opened { $at }: { $cause }.
lock-code = { $unit }: the code is { $code }.
lock-code-changes = It was opened without you, so the office will change the code.
code-due-ended = { $unit }: change the code. Who was told it has left.
code-due-opened = { $unit }: change the code. It was opened without its renter.
code-due-twice = { $unit }: set and issue the code anew. Two devices issued one at once.
rental-refused = It cannot be kept { $until }: { $cause }.

## Events

event = { $title }: { $dates }.
an-event = An event
event-without-text = An event: { $dates }.
event-proposed = Proposed; the office has not said yes.
event-approved = The office has said yes, and the room is not held yet.
event-open = It takes place.
event-withdrawn = Whoever proposed it has withdrawn it.
event-called-off = It does not take place: { $cause }.
event-left = { $left ->
    [0] No seats left.
    [one] One seat left.
   *[other] { $left } seats left.
}

## Why

broken-unheard = The device that promised this was replaced before the office had heard of it. Show the promise at the desk.
broken-honoured = The device that promised this was replaced before the office had heard of it. The office has vouched for it: you come before all others.
broken-contradicted = The device that promised this contradicted itself, so the promise does not hold. You come before all others.
because-option = { $place }: { $reason }.
in-the-way-not-bookable = it cannot be booked then
in-the-way-confirmed = it is promised to somebody else, { $when }
in-the-way-occupied = it is taken, { $when } ({ $cause })
in-the-way-victim = somebody whose promised place was taken back comes first
in-the-way-revoked-signer = this booking's ticket was signed by a device that is no longer trusted, so others come first
in-the-way-earlier = somebody asked { $theirs }, and this booking counts from { $ours }
in-the-way-earlier-contact = somebody asked { $theirs }, and this booking counts from { $ours }, when this device last heard from the office
in-the-way-draw = somebody asked in the same quarter of an hour, and the draw put them first
nearest = { $units } is free { $times }.
equals = Free at the same time: { $units }.

awaits-delivery = No device of the office has it yet, as far as is known here.
awaits-update = This app has to be updated before it can tell more.
awaits-place = It waits for a place that frees: number { $number } in line.
awaits-window = The office decides about that day from { $at } on, among all who asked.
awaits-arrival = Say that you are here: the place goes to who has come.
awaits-decision = It waits for { $device }.
awaits-custodians = It waits until { $device } has heard from { $holders }.
awaits-nobody = No device decides about that place: ask the staff.
role-admin = the office's own device
role-staff = a device of the staff
role-kiosk = the kiosk
role-hub = the office's hub
role-later = a device of the office
heard = { $role }, last heard of { $at }
never-heard = { $role }, not heard of yet

cause-cancelled = it was cancelled
cause-moved = the booking was moved
cause-no-show = nobody came in time
cause-closed = the place or the office is closed
cause-override = staff needed the place
cause-lost = it is lost or broken
cause-ended = the visit is over
cause-limit = the limit per person is reached
cause-rules = the office's rules do not allow it
cause-uses = the ticket is for other places
cause-staff = staff said no
cause-present = somebody sits there
cause-late = it is still with somebody else
cause-transferred = it went on to somebody else
cause-taken = it is promised to somebody else
cause-called-off = the event does not take place
cause-guidelines = its text breaks the guidelines
cause-later = a reason that this version of the app does not know

# A rule known by its number only: the request was declined elsewhere.
by-rule-unknown-unit = there is no such place
by-rule-not-bookable = it is not for booking
by-rule-closed = the office is closed that day
by-rule-outside-hours = it is outside the opening hours
by-rule-closed-for = it is closed then
by-rule-too-short = it is too short
by-rule-too-long = it is too long
by-rule-off-raster = it starts at a minute at which bookings cannot start
by-rule-too-soon = it was asked for too late
by-rule-beyond-horizon = the day is not open for booking yet
by-rule-dates-open-at = the day was not open for booking yet
by-rule-party-too-small = too few people asked
by-rule-skipped-hour = the clocks skip that hour
by-rule-crosses-day = it runs past the end of the day
by-rule-crosses-year = it runs past the end of the year
by-rule-over = its time has passed
by-rule-limit = the limit per person is reached
by-rule-too-few-units = there are not so many places
by-rule-other-use = the ticket is for other places
by-rule-guidelines = the guidelines are to be accepted first
by-rule-guidelines-of = the guidelines, version { $version }, are to be accepted first
by-rule-introduction = only for those whom the staff have shown round

## Suggestions and notices

suggestion-support = { $count ->
    [0] Nobody supports it yet.
    [one] One person supports it.
   *[other] { $count } people support it.
}
suggestion-carried = The office has not heard of it.
suggestion-received = The office has it.
verdict-considered = The office is looking at it.
verdict-planned = It will be done.
verdict-done = It is done.
verdict-rejected = It will not be done.
verdict-later = The office has answered in a way that this app is too old to tell.
text-taken-back = Whoever wrote it has taken it back.
text-erased = The office has erased this: { $cause }.
notice-offer = Somebody offers something, until { $last }.
notice-ask = Somebody asks for something, until { $last }.
notice-later = A notice, until { $last }.
notice-carried = The office has not heard of it.
notice-ahead = It is not shown yet.
notice-over = Its last day is over.
notice-as-written = Answer as the text says.
notice-at-desk = Leave word at the desk: number { $number }.

## Who may not book for a time

own-keys-single = Your bookings are on this device alone. Make a backup, so that you can go on if you lose it.
own-keys-copied = Whoever has your backup, or your other device, can see and change your bookings.
own-keys-seeks = This device was restored. Meet the office once, and all your bookings are here.
own-keys-moved = Two devices were restored from one backup. Look through your bookings: one may be there twice.
suspension-own = You cannot book until { $until } has passed: { $ground }.
suspension-appeal = You can appeal: talk to the staff.
suspension-appeal-by = You can appeal: { $how }
suspension = Suspended until { $until }: { $ground }.
suspension-appealed = An appeal has been made.
ground-conduct = the guidelines were not followed
ground-damage = something was damaged or is gone
ground-no-shows = places were booked and not used
ground-owing = something is owed or was not given back
ground-later = a reason that this app is too old to tell

## The office's devices

a-device = device { $key }
ledger-month = { $month } { $year }
ledger-year = { $year }
standing-visitor = A visitor's device.
standing-steward = One of the office's devices: { $role }.
standing-recovering = This device was restored from a backup or copied. It decides nothing until it has a new key and the office has certified that.
custody-here = this device decides
custody-elsewhere = { $device }, decides
custody-in-flight = on its way to { $device }: nobody decides until it is there
custody-nobody = nobody decides
alarm-refused = The { $device } sent something that no honest device sends. It was not taken in. If it is not known why, replace that device.
alarm-refused-unknown = Somebody sent something that no honest device sends. It was not taken in.
alarm-fork = The { $device } was copied, or restored from a backup: replace it.
alarm-cloned = Somebody else signs with this device's key. It decides nothing until it has another.
alarm-orphan = The { $device }, which was replaced, had promised something that the office had not heard of. Vouch for it, and whoever was promised it comes first.
worth-stands = The promise stands: there is nothing to do.
worth-first-in-line = The promise does not stand, and whoever was promised it comes before all others now.
worth-noted = Noted. It is vouched for when the rest of what that device said has come.
worth-superseded = The booking has been decided anew, changed or cancelled since: look how it stands.
worth-not-owed = The device that promised this had no right to.
replacing = The { $device } ({ $role }) would be replaced. This is what is known of it here:
replaced-by = The { $device } ({ $role }) was replaced by the { $heir }.
replaced-by-nobody = The { $device } ({ $role }) was replaced, and nobody has taken over: name a successor.
replacing-lost = It has signed more than it has now.
replacing-left-out = There is no room for { $ledgers }: what it promised there would be void.
left-behind = { $ledger }: { $heard }. Promises kept: { $stands }. Undecided: { $undecided }. To be taken over: { $units }.
left-heard = last heard of { $at }
left-never-heard = nothing has been heard of it
no-units = no place
decree-certified = The { $device } became one of the office's: { $role }.
decree-replaced = The { $device } was replaced.
decree-succeeded = The { $heir } took over from the { $device }.
decree-assigned = The { $device } came to decide about { $units }.
decree-handed-over = The { $device } became the office's admin.
decree-recovered = The recovery key made the { $device } the office's admin.
decree-published = Version { $version } of what the office has and allows was published.
decree-dropped = What ended before { $date } was dropped.
decree-activated = Version { $version } of the rules applies from { $date } on.
decree-later = Something that this version of the app does not know.

## Rules, with their numbers

rule-unknown-unit = There is no { $unit }.
rule-not-bookable = { $unit } is not for booking.
rule-closed-that-day = The office is closed on { $day }.
rule-outside-hours = Outside the opening hours of { $day }: { $open }.
rule-closed-for = Closed { $when }: { $reason }
rule-too-short = { $got } minutes are too short: the least is { $least }.
rule-too-long = { $got } minutes are too long: the most is { $most }.
rule-off-raster = { $start } is no possible start: starts are { $raster } minutes apart.
rule-too-soon = That is too soon: the earliest start now is { $earliest }.
rule-beyond-horizon = That is too far ahead: the last day open for booking is { $last-day }. This one opens { $opens }.
rule-dates-open-at = That day opens for booking { $opens }.
rule-party-too-small = { $got ->
    [one] One person is too few: at least { $least } have to come.
   *[other] { $got } people are too few: at least { $least } have to come.
}
rule-skipped-hour = The clocks skip { $minute }.
rule-crosses-day = It would run past { $day-ends }, the end of the day.
rule-crosses-year = It would run past { $year-ends }, the end of the year.
rule-over = It ended { $end }.
rule-too-few-units = { $asked } were asked for at once: there are { $of } of { $class } with what is needed.
rule-other-use = The ticket is not for { $class }.
rule-guidelines = Read and accept the guidelines first, version { $version }.
rule-introduction = { $class }: only for those whom the staff have shown round. Ask the staff to show you round. If they have, meet the office once more and try again.
rule-limit = { $limit }: { $used } of { $allowed } used.
rule-limit-next = { $limit }: { $used } of { $allowed } used. More from { $next }.
limit-at-once = Bookings at the same time
limit-per-day = Bookings a day
limit-per-week = Bookings a week
limit-per-month = Bookings a month
limit-minutes = Minutes in all
left = { $limit }: { $left } of { $allowed } left.
left-next = { $limit }: { $left } of { $allowed } left. More from { $next }.

## Calendars

ics-mine = My bookings, { $office }
ics-of-unit = { $unit }, { $office }
ics-taken = { $unit }: taken
ics-freed = { $unit }: free again
ics-shut = { $what }: closed
ics-open = { $office }: open { $hours }
ics-known = Here before; nothing was changed.
ics-closed = Closed.
ics-closed-affected = { $count ->
    [one] Closed. One booking is moved, or first in line.
   *[other] Closed. { $count } bookings are moved, or first in line.
}
ics-booked = Booked.
ics-withdrawn = Cancelled, and taken back.
ics-proposed = Proposed as an event.
ics-unsuitable = No event can be made of it: { $why }.
ics-clash = The place is taken then. Nothing was booked.
ics-no-place = The event is at no place of the office. Choose one for it.
ics-left = Too much for one time. Import the file again.

## Holidays

holiday-new-year = New Year's Day
holiday-epiphany = Epiphany
holiday-good-friday = Good Friday
holiday-easter-sunday = Easter Sunday
holiday-easter-monday = Easter Monday
holiday-may-day = May Day
holiday-ascension = Ascension Day
holiday-whit-sunday = Whit Sunday
holiday-whit-monday = Whit Monday
holiday-national-day = National Day
holiday-midsummer = Midsummer Day
holiday-all-saints = All Saints' Day
holiday-christmas = Christmas Day
holiday-boxing-day = Boxing Day

## Money

currency-sek = kr
money = { $whole }.{ $rest } { $currency }
money-out = -{ $whole }.{ $rest } { $currency }
a-line = line { $number } of the tariff
means-cash = cash
means-card = card
means-elsewhere = paid in another way
means-account = from the account
count-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
count-pieces = { $count ->
    [one] 1 piece
   *[other] { $count } pieces
}
count-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
count-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
count-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
count-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
count-times = { $count ->
    [one] once
   *[other] { $count } times
}
receipt-payment = Receipt { $number }, { $when }
receipt-deposit = Receipt { $number } for a deposit, { $when }
receipt-pay-out = Receipt { $number } for a deposit given back, { $when }
receipt-correction = Correction { $number }, { $when }
receipt-top-up = Receipt { $number } for money paid into an account, { $when }
receipt-refund = Receipt { $number } for money given back from an account, { $when }
receipt-line = { $name }, { $quantity }: { $amount }
receipt-line-corrected = { $name }, { $quantity }: { $before } was wrong, { $amount } is right
receipt-total = In all: { $amount }, { $means }
receipt-no-money = No money passed.
till-right = { $counted } was counted, as the books say.
till-short = { $counted } was counted: { $difference } too little. The books say { $expected }.
till-over = { $counted } was counted: { $difference } too much. The books say { $expected }.
deposit-stands = Deposit of { $taken }. Held: { $held }. Given back: { $returned }. Kept: { $forfeited }.
deposit-unsettled = Paid out and not settled yet: { $unsettled }.
owed = To be paid: { $amount }.
owed-nothing = Nothing is to be paid.
owed-back = { $amount } too much was paid.
second-pay-out = { $amount } too much left the tills for this deposit. Find out who was paid twice; it stays listed.
account-prepaid = { $balance } in the account. { $here } of it can be spent here.
account-tab = { $balance } on the tab, which may go to { $limit } below nothing. { $here } can be spent here.
account-closed = The account is closed. { $balance } is left in it.
account-allowed = { $device } may spend { $amount }.
account-top-up = { $when }: { $amount } paid in, receipt { $number }
account-taken-back = { $when }: { $amount }, a payment in was wrong, receipt { $number }
account-spent = { $when }: { $amount } spent, receipt { $number }
account-given-back = { $when }: { $amount } given back, correction { $number }
account-paid-out = { $when }: { $amount } paid out, receipt { $number }

## Errors

error-account-closed = The account is closed. Open another.
error-account-exists = That key has an account already.
error-account-not-empty = Pay the account out, and get back what other devices may spend of it, before you close it.
error-admin-chain-behind = This device lacks what it signed as the office's admin. Meet another device first, or use the recovery key.
error-admin-forked = Two devices have ruled the office at once. Nothing more can be decreed until the recovery key says which of them counts.
error-against-a-rule = The office's rules do not allow it.
error-already-certified = This device is certified already, or was: a device is certified once under each key.
error-already-replaced = This device was replaced before.
error-bad-code = A code is 1 to 31 characters; letters beyond English count twice or more.
error-bad-count = A till does not hold less than nothing. Count again.
error-booking-ended = This booking is over or cancelled and cannot be changed.
error-cannot-seal = The code cannot be sealed for this renter. Read it out to them instead.
error-cannot-vouch = This device cannot vouch for what people show. Do that on a device of the staff.
error-changed-too-often = This booking has been changed as often as a booking can be. Cancel it and book anew.
error-closed = The office is not open on this device. Open it again.
error-currency-changed = An office cannot change its currency.
error-disk-full = There is no space left on this device. Make some and try again: nothing was lost.
error-document-fault = Something went wrong inside. Try again: nothing was lost.
error-empty = This device does not follow an office yet.
error-empty-interval = The end has to be after the start.
error-ends-before-start = The new end has to be after the start.
error-envelope-too-large = That is more than can be said at once.
error-guidelines-rewritten = These guidelines were published with another text. Give the new text a higher version.
error-key-in-force = This device needs no new key: the one it has is in force.
error-key-used-before = That key was used at this office before. Try again.
error-needs-a-date = Choose a date.
error-no-accounts = The office has no accounts.
error-no-amount = The amount has to be more than nothing.
error-no-catalogue = This device has not heard yet what the office has. Meet another device of the office first.
error-no-connection = The other device is gone. Connect again.
error-no-correction = That is what it comes to already, or less than nothing.
error-no-facts = This device cannot say what a room looks like. Do that on a device of the staff.
error-no-folder = There is no folder where this app wants to keep its office.
error-no-place = There is no free place for this booking.
error-no-price = That has no price, or not in that number or on that day.
error-no-commons = This office takes no suggestions and has no notice board.
error-no-text = Write something first.
error-commons-text-too-long = The text is too long: it may have 2,000 bytes.
error-notice-last-day = A notice stands from today, and no longer than the office allows.
error-commons-share-used = You have said as much as one person may this year.
error-unknown-in-commons = This is not known here. It may come when this device meets another.
error-not-own = This was written on another device.
error-gone = This was taken back or erased.
error-own-suggestion = Your own suggestion has your support already.
error-no-reason = A no needs a reason. Write it first.
error-event-without-title = An event needs a title on the first line of its text.
error-event-text-too-long = The text is too long: it may have 4,000 bytes.
error-event-dates = An event has between one and forty dates.
error-event-dates-overlap = Two of the dates overlap.
error-event-in-several-months = The dates are in different months. Propose an event for each month.
error-events-by-staff = At this office staff alone hold events.
error-no-such-account = This account is not known here. It may come when this device meets another.
error-no-such-partner = There is no such partner in the house.
error-no-such-top-up = This payment into an account is not known here. It may come when this device meets another.
error-not-for-them = Only another device of the office can be allowed to spend from an account.
error-not-in-account = There is not that much in the account that can be spent here. Pay in another way, or let this device be allowed more.
error-too-few-seats = There are not so many seats.
error-too-many-places = So many places cannot be asked for at once.
error-no-such-event = This event is not known here. It may come when this device meets another.
error-event-text-missing = The text of this event is not here, or was erased.
error-not-an-organiser = The text of an event is written by whoever proposed it, those they let in and staff.
error-not-the-proposer = Only whoever proposed the event lets others write its text.
error-remark-too-long = The remark is too long. A thousand characters are enough.
error-no-such-remark = That has no remark that is known here. It may come when this device meets another.
error-too-many-organisers = Sixteen have been let in to write this event's text. That is as many as there can be.
error-event-not-open = The event does not take place as things stand.
error-no-such-date = The event has no such date.
error-booking-is-fixed = A booking for an event cannot be moved. Cancel it and ask anew.
error-no-such-booking = This booking is not known here. It may come when this device meets another.
error-no-such-charge = This charge is not known here. It may come when this device meets another.
error-no-such-confirmation = This promise is not known here. Scan its code first.
error-no-such-deposit = This deposit is not known here. It may come when this device meets another.
error-no-such-document = That month or year is gone, or is not one that can be booked.
error-no-such-series = That series is not on this device.
error-no-such-guidelines = Those guidelines are not known here. They may come when this device meets another.
error-no-such-slip = No booking is known here under that code. It may come when this device meets another.
error-no-such-condition = The office has no such note on the condition of a thing.
error-not-out = Nobody has borrowed that.
error-still-out = It is still out. Hand it in first.
error-still-rented = Something from those years is still rented. End that first.
error-too-many-conditions = That is more than can be noted at once.
error-no-such-unit = There is no such place at this office.
error-no-suspension = A suspension has a last day, from today to a year from now.
error-no-tariff = The office has no prices.
error-not-a-bundle = The file is not from an office device, or is damaged. Nothing of it was taken in.
error-not-a-calendar = The file is not a calendar that can be read. Nothing of it was taken in.
error-not-a-card = The code is not from an office, or could not be read. Scan it again.
error-not-a-catalogue = The description of the office cannot be read.
error-not-a-certificate = The code does not show a promise of this office.
error-not-a-series = The repetition cannot be read.
error-not-a-rental = This booking is for a day. Only what is rented can be kept or passed on.
error-not-a-backup = The code is mistyped, or is of another office. Look at each of its four lines once more.
error-not-a-slip = The code is mistyped. Look at it once more.
error-not-a-steward = Only the office's own devices can do that.
error-not-ahead = The new rules can apply from tomorrow at the earliest.
error-not-an-archive = The file is no whole office, or is damaged. Nothing of it was taken in.
error-not-an-heir = That device cannot take over: it is not one of the office's that may decide.
error-not-certified = This device was never one of the office's.
error-not-confirmed = This booking is not confirmed.
error-not-custodian = Another of the office's devices decides about this place.
error-not-decider = Another of the office's devices decides about this booking.
error-not-held = There is not that much left of the deposit.
error-not-hexadecimal = That is no id of an office, a booking or a device.
error-not-hours = The opening hours say something that cannot be kept exactly. Write weekdays, dates with their year, and times.
error-not-an-agreement = This is no agreement that another office's admin has signed. Ask that office for it again.
error-agreed-with-another = That office has agreed with another office, not with this one.
error-host-to-itself = An office cannot agree to take its own people.
error-not-agreed = That office has not agreed to take people for that.
error-agreed-to-nothing = Say what people may ask for here: one kind of place or more.
error-too-many-hosts = More offices than people can be shown have agreed to take them. Leave some out.
error-no-such-class = The office has no such kind of place.
error-not-a-directory = This is no list of offices of that publisher. Get it again from where it is published.
error-not-a-report = That is not a report: name the first month before the last, at most 36 months, and a smallest group of 1 to 1,000.
error-not-introduced = Nobody has said here that this person was shown round.
error-not-joined = This device knows nothing of the office yet. Meet another device of the office first.
error-not-keeper = Only the device that took it in can do that, or the one that took over from it.
error-not-next-rules = Only the next version of the rules can be put in force.
error-not-occupied = Nothing is closed under that name.
error-not-on-the-chain = That is not known here. Meet another device of the office first.
error-not-pending = This booking is not waiting for a decision.
error-not-rented = This booking does not rent that.
error-not-sayable = The opening hours have a span of a day or more, which a web page cannot say. Write it as two.
error-not-suspended = That suspension is not known here. It may come when this device meets another.
error-not-the-admin = Only the device with the office's admin key can do that.
error-nothing-owed = That is paid.
error-nothing-to-pay = That costs nothing.
error-out-of-range = The date or time is outside what can be booked.
error-out-of-years = That is outside the years that can be booked.
error-outdated = This app is too old for the office. Update it: nothing is decided here before.
error-own-device = A device cannot replace itself. Hand the admin key over first.
error-panic = Something went wrong inside. Try again: nothing was lost.
error-past-rewritten = Prices of days past cannot be changed. Add a new price from a later day.
error-receipt-lines = A receipt has 1 to 20 lines.
error-recovering = This device was restored from a backup and decides nothing until the office certifies it anew.
error-series-too-long = That is more dates than one series can have.
error-session-failed = The other device said something that could not be understood. Connect again.
error-several-years = Those are of different years. Take a payment for each year.
error-spoiled = Something went wrong inside. Try again: nothing was lost.
error-stalled = Something that this device signed does not stand, so it decides nothing there for now.
error-no-roster = This office does not keep how people are reached.
error-contact-too-long = The contact is too long: it may have 500 bytes.
error-contact-note-too-long = The note is too long: it may have 1,000 bytes.
error-no-roster-key = It cannot be written down here now, and nothing of it was kept. Leave it with the staff, or try again when this device has met one of theirs.
error-staff-only = This is not shown on this device. Do that on a device of the staff.
error-statement-too-large = That is more than can be said at once.
error-store-failed = This device could not be read or written. Try again.
error-no-backup = The keys of the office’s devices are not backed up. If the device is lost, the office certifies a new one.
error-backed-up = The keys of this device have been backed up and may be on another phone. A device of the office has to join anew.
error-taken = This device already follows an office here.
error-too-much-money = That is more than can be booked at once.
error-unknown = Something went wrong. Try again.
error-unknown-role = That is no role that this version of the app knows.
error-vault-failed = This device's key could not be read or kept. Try again.
error-which-account = Say which account is to pay.
error-wrong-kind-of-line = Take a deposit as a deposit, and a price as a price.
error-wrong-length = A random number has the wrong length.
error-wrong-recovery-key = That is not the recovery key that was printed when the office was founded.
error-zone-changed = An office cannot change its time zone.
