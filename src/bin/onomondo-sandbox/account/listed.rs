//! Caches the bytes of `GET /connectors` until the account changes. A refresh of a thousand
//! connectors asks for the same list many times. The cost of the sandbox must not hide the cost of
//! the client.

use std::ops::{Deref, DerefMut};

use super::list_form::Question;
use super::{Account, text};
use axum::body::Bytes;

/// An account with its cached list. Any access that may change the account drops the list.
#[derive(Debug)]
pub(crate) struct Listed {
    account: Account,
    list: Option<Bytes>,
}

impl Listed {
    pub(crate) fn new(account: Account) -> Self {
        Self {
            account,
            list: None,
        }
    }

    /// The body of `GET /connectors`.
    pub(crate) fn list(&mut self, question: Question) -> Bytes {
        let Self { account, list } = self;
        let form = &account.quirks.list;
        let answer = || text(&form.answer(&account.list(), question));
        if form.is_deaf() {
            list.get_or_insert_with(answer).clone()
        } else {
            answer()
        }
    }
}

impl Deref for Listed {
    type Target = Account;

    fn deref(&self) -> &Account {
        &self.account
    }
}

impl DerefMut for Listed {
    fn deref_mut(&mut self) -> &mut Account {
        self.list = None;
        &mut self.account
    }
}
