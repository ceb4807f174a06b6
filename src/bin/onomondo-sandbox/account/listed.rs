//! `GET /connectors` as bytes, kept until something changes: a refresh of a thousand connectors is
//! the same list again and again, and what it costs must not hide what a client costs.

use std::ops::{Deref, DerefMut};

use axum::body::Bytes;
use serde_json::json;

use super::Account;

/// An account with its list as it was answered last. Whoever may change the account drops the list.
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
    pub(crate) fn list(&mut self) -> Bytes {
        let Self { account, list } = self;
        let list = list.get_or_insert_with(|| {
            let list = account.list();
            let body = if account.quirks.list_envelope {
                json!({ "connectors": list })
            } else {
                list
            };
            body.to_string().into()
        });
        list.clone()
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
