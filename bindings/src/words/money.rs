//! Money: amounts, receipts, counts, deposits.

use super::Words;
use crate::account::{Account, AccountLine, AccountPosting};
use crate::money::{
    Deposit, Means, Money, PriceUnit, Receipt, ReceiptKind, ReceiptLine, TillCount,
};
use allkontor_core::id::LineId;
use allkontor_core::money::Ore;
use fluent_bundle::{FluentArgs, FluentValue};

/// Hundredths of a whole.
const WHOLE: u64 = 100;

impl Words {
    pub(super) fn say_money(&self, money: &Money) -> String {
        let ore = money.ore.get();
        let (whole, rest) = (ore.unsigned_abs() / WHOLE, ore.unsigned_abs() % WHOLE);
        let key = format!("currency-{}", money.currency.to_lowercase());
        let currency = if self.book.has(&key) {
            say!(self, &key)
        } else {
            money.currency.clone()
        };
        let key = if ore < 0 { "money-out" } else { "money" };
        say!(self, key,
            "whole": whole.to_string(), "rest": format!("{rest:02}"), "currency": currency)
    }

    fn say_ore(&self, ore: Ore) -> String {
        let tariff = self
            .catalogue
            .as_ref()
            .and_then(|catalogue| catalogue.tariff());
        let currency = tariff
            .map(|tariff| tariff.currency.to_string())
            .unwrap_or_default();
        self.say_money(&Money { ore, currency })
    }

    pub(super) fn say_line(&self, line: LineId) -> String {
        let tariff = self
            .catalogue
            .as_ref()
            .and_then(|catalogue| catalogue.tariff());
        let known = tariff.and_then(|tariff| tariff.lines.get(&line));
        let name = known.map(|known| known.name.in_language(&self.language));
        let name = name.filter(|name| !name.is_empty());
        match name {
            Some(name) => name.to_owned(),
            None => say!(self, "a-line", "number": line.0.to_string()),
        }
    }

    pub(super) fn say_means(&self, means: Means) -> String {
        let key = match means {
            Means::Cash => "means-cash",
            Means::Card => "means-card",
            Means::Elsewhere => "means-elsewhere",
            Means::Account => "means-account",
        };
        say!(self, key)
    }

    pub(super) fn say_quantity(&self, unit: PriceUnit, count: u32) -> String {
        let key = match unit {
            PriceUnit::Page => "count-pages",
            PriceUnit::Piece => "count-pieces",
            PriceUnit::Minute => "count-minutes",
            PriceUnit::Hour => "count-hours",
            PriceUnit::Day => "count-days",
            PriceUnit::Month => "count-months",
            PriceUnit::Once => "count-times",
        };
        say!(self, key, "count": count)
    }

    fn say_receipt_line(&self, line: &ReceiptLine, receipt: &Receipt) -> String {
        let tariff = self
            .catalogue
            .as_ref()
            .and_then(|catalogue| catalogue.tariff());
        let known = tariff.and_then(|tariff| tariff.lines.get(&line.line));
        let unit = known.map_or(PriceUnit::Piece, |known| known.unit.into());
        let quantity = self.say_quantity(unit, line.quantity);
        let in_currency = |ore| {
            let currency = receipt.total.currency.clone();
            self.say_money(&Money { ore, currency })
        };
        let (name, amount) = (self.say_line(line.line), in_currency(line.ore));
        match line.before {
            None => {
                say!(self, "receipt-line", "name": name, "quantity": quantity, "amount": amount)
            }
            Some(before) => say!(self, "receipt-line-corrected",
                "name": name, "quantity": quantity,
                "before": in_currency(before), "amount": amount),
        }
    }

    pub(super) fn say_receipt(&self, receipt: &Receipt) -> Vec<String> {
        let key = match receipt.kind {
            ReceiptKind::Payment => "receipt-payment",
            ReceiptKind::Deposit => "receipt-deposit",
            ReceiptKind::PayOut => "receipt-pay-out",
            ReceiptKind::Correction => "receipt-correction",
            ReceiptKind::TopUp => "receipt-top-up",
            ReceiptKind::Refund => "receipt-refund",
        };
        let number = receipt.number.to_string();
        let when = self.say_moment(receipt.minute);
        let mut lines = vec![say!(self, key, "number": number, "when": when)];
        let each = receipt.lines.iter();
        lines.extend(each.map(|line| self.say_receipt_line(line, receipt)));
        let total = self.say_money(&receipt.total);
        let means = receipt.means.map(|means| self.say_means(means));
        lines.push(match means {
            Some(means) => say!(self, "receipt-total", "amount": total, "means": means),
            None => say!(self, "receipt-no-money"),
        });
        lines
    }

    pub(super) fn say_count(&self, count: &TillCount) -> String {
        let counted = self.say_ore(count.counted);
        let key = match count.difference.get() {
            0 => return say!(self, "till-right", "counted": counted),
            ..0 => "till-short",
            _ => "till-over",
        };
        let by = Ore::new(count.difference.get().saturating_abs()).unwrap_or_default();
        let expected = self.say_ore(count.expected);
        say!(self, key, "counted": counted, "expected": expected, "difference": self.say_ore(by))
    }

    pub(super) fn say_deposit(&self, deposit: &Deposit) -> String {
        let said = say!(self, "deposit-stands",
            "taken": self.say_ore(deposit.taken), "held": self.say_ore(deposit.held),
            "returned": self.say_ore(deposit.returned),
            "forfeited": self.say_ore(deposit.forfeited));
        if deposit.unsettled == Ore::ZERO {
            return said;
        }
        let waiting = say!(self, "deposit-unsettled", "unsettled": self.say_ore(deposit.unsettled));
        format!("{said} {waiting}")
    }

    pub(super) fn say_owed(&self, ore: Ore) -> String {
        let amount = Ore::new(ore.get().saturating_abs()).unwrap_or_default();
        let key = match ore.get() {
            0 => return say!(self, "owed-nothing"),
            ..0 => "owed-back",
            _ => "owed",
        };
        say!(self, key, "amount": self.say_ore(amount))
    }

    pub(super) fn say_account(&self, account: &Account) -> String {
        let balance = self.say_ore(account.balance);
        let said = if account.is_closed {
            say!(self, "account-closed", "balance": balance)
        } else if account.limit == Ore::ZERO {
            say!(self, "account-prepaid", "balance": balance, "here": self.say_ore(account.here))
        } else {
            say!(self, "account-tab", "balance": balance, "here": self.say_ore(account.here),
                "limit": self.say_ore(account.limit))
        };
        let allowed = account.allowances.iter().map(|allowed| {
            say!(self, "account-allowed",
                "device": self.say_key(&allowed.device), "amount": self.say_ore(allowed.ore))
        });
        let all: Vec<String> = std::iter::once(said).chain(allowed).collect();
        all.join(" ")
    }

    pub(super) fn say_account_line(&self, line: &AccountLine) -> String {
        let key = match line.posting {
            AccountPosting::TopUp => "account-top-up",
            AccountPosting::TakenBack => "account-taken-back",
            AccountPosting::Spent => "account-spent",
            AccountPosting::GivenBack => "account-given-back",
            AccountPosting::PaidOut => "account-paid-out",
        };
        say!(self, key, "when": self.say_moment(line.minute),
            "amount": self.say_ore(line.change), "number": line.receipt.to_string())
    }

    pub(super) fn say_second_pay_out(&self, ore: Ore) -> String {
        say!(self, "second-pay-out", "amount": self.say_ore(ore))
    }
}
