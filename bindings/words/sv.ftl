# Allkontor på svenska. Ett språk till är en fil till bredvid den här, med samma meddelanden.

## Dagar och tider

weekday-1 = måndag
weekday-2 = tisdag
weekday-3 = onsdag
weekday-4 = torsdag
weekday-5 = fredag
weekday-6 = lördag
weekday-7 = söndag
month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
date = { $weekday } { $day } { $month }
clock = { $hour }.{ $minute }
long-moment = { $date } { $year } kl. { $clock }
moment = { $date } kl. { $clock }
span = { $date } kl. { $from }–{ $to }
span-of-days = { $from-date } kl. { $from } till { $to-date } kl. { $to }
hours = { $from }–{ $to }

## Namn på sådant vars namn inte är känt här

a-unit = plats { $number }
a-class = platser av slag { $number }
a-feature = egenskap { $number }
a-condition = skick { $number }
place = { $units }, { $when }
and = { $first } och { $second }
comma = { $first }, { $second }

## Hur en bokning står

stage-asked = Antecknad. Vad kontoret säger är inte känt här än.
stage-likely = Troligen: { $place }. Ingen har bestämt än.
stage-alternative = Troligen, men inte som du önskade i första hand: { $place }. Ingen har bestämt än.
stage-waiting = I kö som nummer { $number }.
stage-confirmed = Bekräftad: { $place }.
stage-checked-in = Incheckad: { $place }.
stage-moved = Flyttad till en annan bokning.
stage-released = Platsen har lämnats tillbaka: { $cause }.
stage-declined = Avslagen: { $cause }.
stage-withdrawn = Kontoret har tagit tillbaka det som var lovat: { $cause }. Du går nu före alla andra. { $outlook }
stage-cancelled = Avbokad.
cause-not-known = enheten som lovade det är inte längre betrodd
delivery-draft = Bara på den här enheten. Den går i väg när enheten möter en annan.
delivery-carried = På väg till kontoret.
delivery-received = Kontoret har den.
still-holding = Tills det är avgjort har du kvar { $place }.
moved-from = Du har flyttats från { $place }.

## Det som hyrs

rental = { $units }: hyrs { $until }.
rental-until = till { $at }
rental-without-end = tills vidare
rental-due-soon = { $days ->
    [one] En dag kvar.
   *[other] { $days } dagar kvar.
}
rental-due-today = Det är sista dagen: töm den, eller be att få behålla den.
rental-overdue-today = Tiden är ute: töm den, eller be att få behålla den.
rental-overdue = { $days ->
    [one] Tiden gick ut för en dag sedan: töm den, eller be att få behålla den.
   *[other] Tiden gick ut för { $days } dagar sedan: töm den, eller be att få behålla den.
}
rental-may-be-opened = { $days ->
    [one] Tiden gick ut för en dag sedan: personalen får öppna den.
   *[other] Tiden gick ut för { $days } dagar sedan: personalen får öppna den.
}
rental-asked = Du har bett att få behålla den { $until }; ingen har bestämt än.
loan = { $unit }: ska vara tillbaka { $due }.
loan-late = { $unit }: skulle ha varit tillbaka { $due }.
opening = { $unit } öppnades { $at }: { $cause }.
lock-code = { $unit }: koden är { $code }.
lock-code-changes = Låset har öppnats utan dig, så kontoret ska byta koden.
code-due-ended = { $unit }: byt koden. Den som fick den har lämnat.
code-due-opened = { $unit }: byt koden. Låset har öppnats utan den som hyr.
code-due-twice = { $unit }: ställ in och lämna ut koden på nytt. Två enheter lämnade ut var sin på samma gång.
rental-refused = Den går inte att behålla { $until }: { $cause }.

## Arrangemang

event = { $title }: { $dates }.
an-event = Ett arrangemang
event-without-text = Ett arrangemang: { $dates }.
event-proposed = Föreslaget; kontoret har inte sagt ja.
event-approved = Kontoret har sagt ja, men rummet är inte klart än.
event-open = Det blir av.
event-withdrawn = Den som föreslog det har dragit tillbaka det.
event-called-off = Det blir inte av: { $cause }.
event-left = { $left ->
    [0] Inga platser kvar.
    [one] En plats kvar.
   *[other] { $left } platser kvar.
}

## Varför

broken-unheard = Enheten som lovade det ersattes innan kontoret hade hört det. Visa löftet i disken.
broken-honoured = Enheten som lovade det ersattes innan kontoret hade hört det. Kontoret har gått i god för löftet: du går före alla andra.
broken-contradicted = Enheten som lovade det sade emot sig själv, så löftet gäller inte. Du går före alla andra.
because-option = { $place }: { $reason }.
in-the-way-not-bookable = går inte att boka då
in-the-way-confirmed = är lovad till någon annan, { $when }
in-the-way-occupied = är upptagen, { $when } ({ $cause })
in-the-way-victim = någon som har blivit av med en lovad plats går före
in-the-way-revoked-signer = bokningens biljett är signerad av en enhet som inte längre är betrodd, så andra går före
in-the-way-earlier = någon frågade { $theirs }, och den här bokningen räknas från { $ours }
in-the-way-earlier-contact = någon frågade { $theirs }, och den här bokningen räknas från { $ours }, då enheten senast hade kontakt med kontoret
in-the-way-draw = någon frågade inom samma kvart, och lotten föll på dem
nearest = { $units } är ledig { $times }.
equals = Ledigt samma tid: { $units }.

awaits-delivery = Ingen av kontorets enheter har den än, så vitt det är känt här.
awaits-update = Appen måste uppdateras innan den kan säga mer.
awaits-place = Den väntar på en plats som blir ledig: nummer { $number } i kön.
awaits-window = Kontoret bestämmer om den dagen från { $at }, bland alla som har frågat.
awaits-arrival = Säg att du är här: platsen går till den som har kommit.
awaits-decision = Den väntar på { $device }.
awaits-custodians = Den väntar tills { $device } har hört av { $holders }.
awaits-nobody = Ingen enhet bestämmer om den platsen: fråga personalen.
role-admin = kontorets egen enhet
role-staff = en av personalens enheter
role-kiosk = kiosken
role-hub = kontorets nav
role-later = en av kontorets enheter
heard = { $role }, senast hörd { $at }
never-heard = { $role }, inte hörd än

cause-cancelled = den avbokades
cause-moved = bokningen flyttades
cause-no-show = ingen kom i tid
cause-closed = platsen eller kontoret är stängt
cause-override = personalen behövde platsen
cause-lost = den är borta eller trasig
cause-ended = besöket är slut
cause-limit = gränsen per person är nådd
cause-rules = kontorets regler tillåter det inte
cause-uses = biljetten gäller andra platser
cause-staff = personalen sade nej
cause-present = någon sitter där
cause-late = den är kvar hos någon annan
cause-transferred = den gick vidare till någon annan
cause-taken = den är lovad till någon annan
cause-called-off = arrangemanget blir inte av
cause-guidelines = texten bryter mot reglerna
cause-later = ett skäl som den här versionen av appen inte känner till

# En regel som bara är känd till numret: önskan avslogs någon annanstans.
by-rule-unknown-unit = platsen finns inte
by-rule-not-bookable = den går inte att boka
by-rule-closed = kontoret är stängt den dagen
by-rule-outside-hours = det är utanför öppettiderna
by-rule-closed-for = det är stängt då
by-rule-too-short = den är för kort
by-rule-too-long = den är för lång
by-rule-off-raster = den börjar en minut då bokningar inte kan börja
by-rule-too-soon = den kom för sent
by-rule-beyond-horizon = dagen går inte att boka än
by-rule-dates-open-at = dagen gick inte att boka än
by-rule-party-too-small = för få personer frågade
by-rule-skipped-hour = klockan hoppar över den timmen
by-rule-crosses-day = den går över dygnets slut
by-rule-crosses-year = den går över årets slut
by-rule-over = tiden har passerat
by-rule-limit = gränsen per person är nådd
by-rule-too-few-units = så många platser finns inte
by-rule-other-use = biljetten gäller andra platser
by-rule-guidelines = riktlinjerna ska godkännas först
by-rule-guidelines-of = riktlinjerna, version { $version }, ska godkännas först
by-rule-introduction = bara för den som personalen har visat runt

## Förslag och anslag

suggestion-support = { $count ->
    [0] Ingen stöder det än.
    [one] En person stöder det.
   *[other] { $count } personer stöder det.
}
suggestion-carried = Kontoret har inte fått det.
suggestion-received = Kontoret har fått det.
verdict-considered = Kontoret tittar på det.
verdict-planned = Det ska göras.
verdict-done = Det är gjort.
verdict-rejected = Det blir inte av.
verdict-later = Kontoret har svarat på ett sätt som appen är för gammal för att berätta.
text-taken-back = Den som skrev det har tagit tillbaka det.
text-erased = Kontoret har raderat detta: { $cause }.
notice-offer = Någon erbjuder något, till och med { $last }.
notice-ask = Någon ber om något, till och med { $last }.
notice-later = Ett anslag, till och med { $last }.
notice-carried = Kontoret har inte fått det.
notice-ahead = Det visas inte än.
notice-over = Dess sista dag är över.
notice-as-written = Svara som det står i texten.
notice-at-desk = Lämna ett meddelande i disken: nummer { $number }.

## Den som inte får boka för en tid

own-keys-single = Dina bokningar finns bara på den här enheten. Gör en säkerhetskopia, så kan du fortsätta om du blir av med den.
own-keys-copied = Den som har din säkerhetskopia, eller din andra enhet, kan se och ändra dina bokningar.
own-keys-seeks = Enheten är återställd. När den har mött kontoret en gång finns alla dina bokningar här.
own-keys-moved = Två enheter är återställda från samma säkerhetskopia. Se igenom dina bokningar: någon kan finnas två gånger.
suspension-own = Du kan inte boka förrän { $until } har gått: { $ground }.
suspension-appeal = Du kan överklaga: tala med personalen.
suspension-appeal-by = Du kan överklaga: { $how }
suspension = Avstängd till och med { $until }: { $ground }.
suspension-appealed = Det är överklagat.
ground-conduct = riktlinjerna har inte följts
ground-damage = något har skadats eller är borta
ground-no-shows = platser har bokats och inte använts
ground-owing = något är obetalt eller inte återlämnat
ground-later = ett skäl som appen är för gammal för att berätta

## Kontorets enheter

a-device = enheten { $key }
ledger-month = { $month } { $year }
ledger-year = { $year }
standing-visitor = En besökares enhet.
standing-steward = En av kontorets enheter: { $role }.
standing-recovering = Enheten är återställd från en säkerhetskopia, eller kopierad. Den bestämmer ingenting förrän den har en ny nyckel som kontoret har certifierat.
custody-here = den här enheten bestämmer
custody-elsewhere = { $device }, bestämmer
custody-in-flight = på väg till { $device }: ingen bestämmer förrän det är framme
custody-nobody = ingen bestämmer
alarm-refused = Från { $device } kom något som ingen ärlig enhet sänder. Det togs inte in. Ersätt enheten om ingen vet varför.
alarm-refused-unknown = Någon sände något som ingen ärlig enhet sänder. Det togs inte in.
alarm-fork = Det finns en kopia av { $device }, eller så är den återställd från en säkerhetskopia: ersätt den.
alarm-cloned = Någon annan signerar med den här enhetens nyckel. Enheten bestämmer ingenting förrän den har fått en annan.
alarm-orphan = Ett löfte har dykt upp från { $device }, som är ersatt, och kontoret hade inte hört det. Gå i god för det, så går den som fick löftet före.
worth-stands = Löftet gäller: det är inget att göra.
worth-first-in-line = Löftet gäller inte, och den som fick det går nu före alla andra.
worth-noted = Antecknat. Kontoret går i god för det när resten av vad enheten sade har kommit.
worth-superseded = Bokningen har bestämts på nytt, ändrats eller avbokats sedan dess: se hur den står.
worth-not-owed = Enheten som lovade det hade ingen rätt att göra det.
replacing = Det här gäller { $device } ({ $role }), som skulle ersättas. Så mycket är känt om den här:
replaced-by = Det här gäller { $device } ({ $role }), som är ersatt. Efterträdaren är { $heir }.
replaced-by-nobody = Det här gäller { $device } ({ $role }), som är ersatt, men ingen har tagit över: utse en efterträdare.
replacing-lost = Den har signerat mer än den har kvar.
replacing-left-out = Det finns inte rum för { $ledgers }: vad den lovade då skulle inte gälla.
left-behind = { $ledger }: { $heard }. Löften som står kvar: { $stands }. Obestämda: { $undecided }. Att ta över: { $units }.
left-heard = senast hörd { $at }
left-never-heard = inget har hörts från den
no-units = ingen plats
decree-certified = Till kontorets enheter kom { $device }: { $role }.
decree-replaced = Kontoret ersatte { $device }.
decree-succeeded = Efterträdare till { $device } blev { $heir }.
decree-assigned = Att bestämma om { $units } fick { $device }.
decree-handed-over = Kontorets administratör blev { $device }.
decree-recovered = Återställningsnyckeln gjorde { $device } till kontorets administratör.
decree-published = Version { $version } av vad kontoret har och tillåter gavs ut.
decree-dropped = Det som slutade före { $date } togs bort.
decree-activated = Version { $version } av reglerna gäller från { $date }.
decree-later = Något som den här versionen av appen inte känner till.

## Regler, med sina tal

rule-unknown-unit = Det finns ingen { $unit }.
rule-not-bookable = { $unit } går inte att boka.
rule-closed-that-day = Kontoret är stängt { $day }.
rule-outside-hours = Utanför öppettiderna { $day }: { $open }.
rule-closed-for = Stängt { $when }: { $reason }
rule-too-short = { $got } minuter är för kort: minst { $least }.
rule-too-long = { $got } minuter är för långt: högst { $most }.
rule-off-raster = Det går inte att börja { $start }: bokningar börjar med { $raster } minuters mellanrum.
rule-too-soon = Det är för snart: tidigaste start nu är { $earliest }.
rule-beyond-horizon = Det är för långt fram: sista dagen som går att boka är { $last-day }. Den här öppnar { $opens }.
rule-dates-open-at = Den dagen öppnar för bokning { $opens }.
rule-party-too-small = { $got ->
    [one] En person är för få: minst { $least } måste komma.
   *[other] { $got } personer är för få: minst { $least } måste komma.
}
rule-skipped-hour = Klockan hoppar över { $minute }.
rule-crosses-day = Den skulle gå över { $day-ends }, dygnets slut.
rule-crosses-year = Den skulle gå över { $year-ends }, årets slut.
rule-over = Den slutade { $end }.
rule-too-few-units = { $asked } önskades på en gång: det finns { $of } av { $class } med det som behövs.
rule-other-use = Biljetten gäller inte { $class }.
rule-guidelines = Läs och godkänn riktlinjerna först, version { $version }.
rule-introduction = { $class }: bara för den som personalen har visat runt. Be personalen visa dig runt. Har de gjort det, möt kontoret en gång till och försök igen.
rule-limit = { $limit }: { $used } av { $allowed } använda.
rule-limit-next = { $limit }: { $used } av { $allowed } använda. Mer från { $next }.
limit-at-once = Bokningar samtidigt
limit-per-day = Bokningar om dagen
limit-per-week = Bokningar i veckan
limit-per-month = Bokningar i månaden
limit-minutes = Minuter sammanlagt
left = { $limit }: { $left } av { $allowed } kvar.
left-next = { $limit }: { $left } av { $allowed } kvar. Mer från { $next }.

## Kalendrar

ics-mine = Mina bokningar, { $office }
ics-of-unit = { $unit }, { $office }
ics-taken = { $unit }: upptaget
ics-freed = { $unit }: ledigt igen
ics-shut = { $what }: stängt
ics-open = { $office }: öppet { $hours }
ics-known = Fanns redan; inget ändrades.
ics-closed = Stängt.
ics-closed-affected = { $count ->
    [one] Stängt. En bokning flyttas eller får förtur.
   *[other] Stängt. { $count } bokningar flyttas eller får förtur.
}
ics-booked = Bokat.
ics-withdrawn = Inställt och tillbakadraget.
ics-proposed = Föreslaget som evenemang.
ics-unsuitable = Inget evenemang kan bli av det: { $why }.
ics-clash = Platsen är upptagen då. Inget bokades.
ics-no-place = Händelsen är inte på någon av kontorets platser. Välj en för den.
ics-left = För mycket på en gång. Läs in filen igen.

## Helgdagar

holiday-new-year = nyårsdagen
holiday-epiphany = trettondedag jul
holiday-good-friday = långfredagen
holiday-easter-sunday = påskdagen
holiday-easter-monday = annandag påsk
holiday-may-day = första maj
holiday-ascension = Kristi himmelsfärdsdag
holiday-whit-sunday = pingstdagen
holiday-whit-monday = annandag pingst
holiday-national-day = nationaldagen
holiday-midsummer = midsommardagen
holiday-all-saints = alla helgons dag
holiday-christmas = juldagen
holiday-boxing-day = annandag jul

## Pengar

currency-sek = kr
money = { $whole },{ $rest } { $currency }
money-out = -{ $whole },{ $rest } { $currency }
a-line = rad { $number } i taxan
means-cash = kontant
means-card = kort
means-elsewhere = betalt på annat sätt
means-account = från kontot
count-pages = { $count ->
    [one] 1 sida
   *[other] { $count } sidor
}
count-pieces = { $count ->
    [one] 1 styck
   *[other] { $count } stycken
}
count-minutes = { $count ->
    [one] 1 minut
   *[other] { $count } minuter
}
count-hours = { $count ->
    [one] 1 timme
   *[other] { $count } timmar
}
count-days = { $count ->
    [one] 1 dag
   *[other] { $count } dagar
}
count-months = { $count ->
    [one] 1 månad
   *[other] { $count } månader
}
count-times = { $count ->
    [one] en gång
   *[other] { $count } gånger
}
receipt-payment = Kvitto { $number }, { $when }
receipt-deposit = Kvitto { $number } på en deposition, { $when }
receipt-pay-out = Kvitto { $number } på en återbetald deposition, { $when }
receipt-correction = Rättelse { $number }, { $when }
receipt-top-up = Kvitto { $number } på insättning på konto, { $when }
receipt-refund = Kvitto { $number } på återbetalning från konto, { $when }
receipt-line = { $name }, { $quantity }: { $amount }
receipt-line-corrected = { $name }, { $quantity }: { $before } var fel, { $amount } är rätt
receipt-total = Summa: { $amount }, { $means }
receipt-no-money = Inga pengar bytte ägare.
till-right = { $counted } räknades, som böckerna säger.
till-short = { $counted } räknades: { $difference } för lite. Böckerna säger { $expected }.
till-over = { $counted } räknades: { $difference } för mycket. Böckerna säger { $expected }.
deposit-stands = Deposition på { $taken }. Kvar: { $held }. Återbetalt: { $returned }. Behållet: { $forfeited }.
deposit-unsettled = Utbetalt och inte avräknat än: { $unsettled }.
owed = Att betala: { $amount }.
owed-nothing = Inget att betala.
owed-back = { $amount } för mycket har betalats.
second-pay-out = { $amount } för mycket har lämnat kassorna för den här depositionen. Ta reda på vem som fick betalt två gånger; det står kvar i listan.
account-prepaid = { $balance } på kontot. { $here } av det kan användas här.
account-tab = { $balance } på kontot, som får gå till { $limit } under noll. { $here } kan användas här.
account-closed = Kontot är avslutat. { $balance } är kvar på det.
account-allowed = { $device } får använda { $amount }.
account-top-up = { $when }: { $amount } insatt, kvitto { $number }
account-taken-back = { $when }: { $amount }, en insättning var fel, kvitto { $number }
account-spent = { $when }: { $amount } använt, kvitto { $number }
account-given-back = { $when }: { $amount } tillbaka, rättelse { $number }
account-paid-out = { $when }: { $amount } utbetalt, kvitto { $number }

## Fel

error-account-closed = Kontot är avslutat. Öppna ett nytt.
error-account-exists = Den nyckeln har redan ett konto.
error-account-not-empty = Betala ut kontot, och ta tillbaka det som andra enheter får använda av det, innan du avslutar det.
error-admin-chain-behind = Enheten saknar det som den har undertecknat som kontorets administratör. Möt en annan enhet först, eller använd återställningsnyckeln.
error-admin-forked = Två enheter har styrt kontoret samtidigt. Inget mer kan bestämmas om kontoret förrän återställningsnyckeln säger vilken som gäller.
error-against-a-rule = Kontorets regler tillåter det inte.
error-already-certified = Enheten är redan certifierad, eller har varit det: en enhet certifieras en gång för varje nyckel.
error-already-replaced = Enheten är redan ersatt.
error-bad-code = En kod är 1 till 31 tecken; bokstäver utöver de engelska räknas dubbelt eller mer.
error-bad-count = En kassa innehåller inte mindre än ingenting. Räkna om.
error-booking-ended = Bokningen är över eller avbokad och går inte att ändra.
error-cannot-seal = Koden går inte att försegla för den som hyr. Läs upp den i stället.
error-cannot-vouch = Enheten kan inte gå i god för det som visas. Gör det på en av personalens enheter.
error-changed-too-often = Bokningen har ändrats så många gånger som en bokning kan. Avboka den och boka på nytt.
error-closed = Kontoret är inte öppet på den här enheten. Öppna det igen.
error-currency-changed = Ett kontor kan inte byta valuta.
error-disk-full = Det finns ingen plats kvar på enheten. Frigör lite och försök igen: ingenting har gått förlorat.
error-document-fault = Något gick fel inuti. Försök igen: ingenting har gått förlorat.
error-empty = Den här enheten följer inget kontor än.
error-empty-interval = Slutet måste vara efter början.
error-ends-before-start = Det nya slutet måste vara efter början.
error-envelope-too-large = Det är mer än vad som kan sägas på en gång.
error-guidelines-rewritten = De här riktlinjerna har publicerats med en annan text. Ge den nya texten en högre version.
error-key-in-force = Enheten behöver ingen ny nyckel: den som den har gäller.
error-key-used-before = Den nyckeln har använts på kontoret förut. Försök igen.
error-needs-a-date = Välj ett datum.
error-no-accounts = Kontoret har inga konton.
error-no-amount = Beloppet måste vara mer än noll.
error-no-catalogue = Enheten vet inte än vad kontoret har. Möt en annan av kontorets enheter först.
error-no-connection = Den andra enheten är borta. Anslut igen.
error-no-correction = Det är redan beloppet, eller mindre än ingenting.
error-no-facts = Enheten kan inte säga hur det ser ut i ett rum. Gör det på en av personalens enheter.
error-no-folder = Det finns ingen mapp där appen skulle ha sitt kontor.
error-no-place = Det finns ingen ledig plats för bokningen.
error-no-price = Det har inget pris, eller inte i det antalet eller den dagen.
error-no-commons = Kontoret tar inte emot förslag och har ingen anslagstavla.
error-no-text = Skriv något först.
error-commons-text-too-long = Texten är för lång: den får ha 2 000 byte.
error-notice-last-day = Ett anslag gäller från i dag, och inte längre än kontoret tillåter.
error-commons-share-used = Du har sagt så mycket som en person får i år.
error-unknown-in-commons = Det är inte känt här. Det kan komma när enheten möter en annan.
error-not-own = Det skrevs på en annan enhet.
error-gone = Det har tagits tillbaka eller raderats.
error-own-suggestion = Ditt eget förslag har redan ditt stöd.
error-no-reason = Ett nej behöver ett skäl. Skriv det först.
error-event-without-title = Arrangemanget behöver en rubrik på textens första rad.
error-event-text-too-long = Texten är för lång: den får ha 4 000 byte.
error-event-dates = Ett arrangemang har mellan en och fyrtio tider.
error-event-dates-overlap = Två av tiderna går in i varandra.
error-event-in-several-months = Tiderna ligger i olika månader. Föreslå ett arrangemang för varje månad.
error-events-by-staff = På det här kontoret håller bara personalen arrangemang.
error-no-such-account = Det här kontot är inte känt här. Det kan komma när enheten möter en annan.
error-no-such-partner = Det finns ingen sådan partner i huset.
error-no-such-top-up = Den här insättningen är inte känd här. Den kan komma när enheten möter en annan.
error-not-for-them = Bara en annan av kontorets enheter kan få använda ett konto.
error-not-in-account = Så mycket finns inte på kontot att använda här. Betala på annat sätt, eller låt enheten få använda mer.
error-too-few-seats = Så många platser finns inte.
error-too-many-places = Så många platser går inte att be om på en gång.
error-no-such-event = Arrangemanget är inte känt här. Det kan komma när enheten möter en annan.
error-event-text-missing = Arrangemangets text finns inte här, eller är borttagen.
error-not-an-organiser = Texten till ett arrangemang skrivs av den som föreslog det, de som den har släppt in och personalen.
error-not-the-proposer = Bara den som föreslog arrangemanget släpper in andra att skriva texten.
error-remark-too-long = Anteckningen är för lång. Tusen tecken får räcka.
error-no-such-remark = Där finns ingen anteckning som är känd här. Den kan komma när enheten möter en annan.
error-too-many-organisers = Sexton har släppts in att skriva arrangemangets text. Fler kan det inte bli.
error-event-not-open = Arrangemanget blir inte av som det ser ut nu.
error-no-such-date = Arrangemanget har ingen sådan tid.
error-booking-is-fixed = En bokning för ett arrangemang går inte att flytta. Avboka den och be på nytt.
error-no-such-booking = Bokningen är inte känd här. Den kan komma när enheten möter en annan.
error-no-such-charge = Den här avgiften är inte känd här. Den kan komma när enheten möter en annan.
error-no-such-confirmation = Löftet är inte känt här. Skanna koden först.
error-no-such-deposit = Den här depositionen är inte känd här. Den kan komma när enheten möter en annan.
error-no-such-document = Den månaden eller det året är borta, eller går inte att boka.
error-no-such-series = Den serien finns inte på enheten.
error-no-such-guidelines = De riktlinjerna är inte kända här. De kan komma när enheten möter en annan.
error-no-such-slip = Ingen bokning är känd här under den koden. Den kan komma när enheten möter en annan.
error-no-such-condition = Kontoret har ingen sådan anteckning om skicket.
error-not-out = Ingen har lånat den.
error-still-out = Den är fortfarande utlånad. Ta emot den först.
error-still-rented = Något från de åren hyrs fortfarande. Avsluta det först.
error-too-many-conditions = Det är mer än vad som kan antecknas på en gång.
error-no-such-unit = Det finns ingen sådan plats på kontoret.
error-no-suspension = En avstängning har en sista dag, från i dag till ett år framåt.
error-no-tariff = Kontoret har inga priser.
error-not-a-bundle = Filen är inte från en kontorsenhet, eller är skadad. Ingenting av den har tagits in.
error-not-a-calendar = Filen är inte en kalender som går att läsa. Inget av den togs in.
error-not-a-card = Koden är inte från ett kontor, eller gick inte att läsa. Skanna den igen.
error-not-a-catalogue = Beskrivningen av kontoret går inte att läsa.
error-not-a-certificate = Koden visar inte något som det här kontoret har lovat.
error-not-a-series = Upprepningen går inte att läsa.
error-not-a-rental = Bokningen gäller en dag. Bara det som hyrs kan behållas eller gå vidare.
error-not-a-backup = Koden är felskriven, eller gäller ett annat kontor. Titta på var och en av de fyra raderna en gång till.
error-not-a-slip = Koden är felskriven. Titta på den en gång till.
error-not-a-steward = Bara kontorets egna enheter kan göra det.
error-not-ahead = De nya reglerna kan gälla tidigast från i morgon.
error-not-an-archive = Filen är inte ett helt kontor, eller är skadad. Inget av den togs in.
error-not-an-heir = Den enheten kan inte ta över: den är inte en av kontorets enheter som får bestämma.
error-not-certified = Enheten har aldrig varit en av kontorets.
error-not-confirmed = Bokningen är inte bekräftad.
error-not-custodian = En annan av kontorets enheter bestämmer om den platsen.
error-not-decider = En annan av kontorets enheter bestämmer om bokningen.
error-not-held = Så mycket finns inte kvar av depositionen.
error-not-hexadecimal = Det är inget id för ett kontor, en bokning eller en enhet.
error-not-hours = Öppettiderna säger något som inte går att återge exakt. Skriv veckodagar, datum med årtal, och klockslag.
error-not-an-agreement = Det här är ingen överenskommelse som ett annat kontors administratör har skrivit under. Be det kontoret om den igen.
error-agreed-with-another = Det kontoret har kommit överens med ett annat kontor, inte med det här.
error-host-to-itself = Ett kontor kan inte komma överens med sig självt.
error-not-agreed = Det kontoret har inte gått med på att ta emot någon för det.
error-agreed-to-nothing = Säg vad besökare får be om här: minst ett slags plats.
error-too-many-hosts = Fler kontor än som kan visas tar emot besökare. Ta bort några.
error-no-such-class = Kontoret har inget sådant slags plats.
error-not-a-directory = Det här är ingen lista över kontor från den utgivaren. Hämta den igen där den ges ut.
error-not-a-report = Det blir ingen rapport: ange första månaden före den sista, högst 36 månader, och en minsta grupp på 1 till 1 000.
error-not-introduced = Ingen har sagt här att personen har visats runt.
error-not-joined = Enheten vet ingenting om kontoret än. Möt en annan av kontorets enheter först.
error-not-keeper = Det kan bara enheten som tog emot den göra, eller den som har tagit över.
error-not-next-rules = Bara nästa version av reglerna kan börja gälla.
error-not-occupied = Ingenting är stängt under det namnet.
error-not-on-the-chain = Det är inte känt här. Möt en annan av kontorets enheter först.
error-not-pending = Bokningen väntar inte på något beslut.
error-not-rented = Den här bokningen hyr inte det.
error-not-sayable = Öppettiderna har ett pass på ett dygn eller mer, som en webbsida inte kan säga. Skriv det som två.
error-not-suspended = Den avstängningen är inte känd här. Den kan komma när enheten möter en annan.
error-not-the-admin = Bara enheten med kontorets administratörsnyckel kan göra det.
error-nothing-owed = Det är betalt.
error-nothing-to-pay = Det kostar inget.
error-out-of-range = Datumet eller tiden ligger utanför det som går att boka.
error-out-of-years = Det ligger utanför de år som går att boka.
error-outdated = Appen är för gammal för kontoret. Uppdatera den: innan dess bestäms inget här.
error-own-device = En enhet kan inte ersätta sig själv. Lämna över administratörsnyckeln först.
error-panic = Något gick fel inuti. Försök igen: ingenting har gått förlorat.
error-past-rewritten = Priser för dagar som har gått kan inte ändras. Lägg till ett nytt pris från en senare dag.
error-receipt-lines = Ett kvitto har 1 till 20 rader.
error-recovering = Enheten är återställd från en säkerhetskopia och bestämmer ingenting förrän kontoret certifierar den på nytt.
error-series-too-long = Det är fler datum än vad en serie kan ha.
error-session-failed = Den andra enheten sade något som inte gick att förstå. Anslut igen.
error-several-years = De hör till olika år. Ta betalt för varje år för sig.
error-spoiled = Något gick fel inuti. Försök igen: ingenting har gått förlorat.
error-stalled = Något som enheten har undertecknat gäller inte, så den bestämmer inget där tills vidare.
error-no-roster = Kontoret sparar inte hur man når människor.
error-contact-too-long = Kontaktuppgiften är för lång: den får ha 500 byte.
error-contact-note-too-long = Anteckningen är för lång: den får ha 1 000 byte.
error-no-roster-key = Det kan inte skrivas upp här just nu, och inget av det har sparats. Lämna det till personalen, eller försök igen när den här enheten har mött någon av deras.
error-staff-only = Det här visas inte på den här enheten. Gör det på en av personalens enheter.
error-statement-too-large = Det är mer än vad som kan sägas på en gång.
error-store-failed = Enheten gick inte att läsa eller skriva. Försök igen.
error-no-backup = Nycklarna till kontorets egna enheter säkerhetskopieras inte. Om enheten försvinner certifierar kontoret en ny.
error-backed-up = Enhetens nycklar har säkerhetskopierats och kan finnas i en annan telefon. En enhet åt kontoret måste gå med på nytt.
error-taken = Den här enheten följer redan ett kontor här.
error-too-much-money = Det är mer än vad som kan bokföras på en gång.
error-unknown = Något gick fel. Försök igen.
error-unknown-role = Det är ingen roll som den här versionen av appen känner till.
error-vault-failed = Enhetens nyckel gick inte att läsa eller spara. Försök igen.
error-which-account = Säg vilket konto som ska betala.
error-wrong-kind-of-line = Ta en deposition som deposition och ett pris som pris.
error-wrong-length = Ett slumptal har fel längd.
error-wrong-recovery-key = Det är inte återställningsnyckeln som skrevs ut när kontoret grundades.
error-zone-changed = Ett kontor kan inte byta tidszon.
