//! Sets the `Date` of every answer to the time of the API's clock.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::DATE;
use axum::middleware::Next;
use axum::response::Response;

use crate::account::Listed;
use crate::clock::Clock;
use crate::shared::Shared;

/// The layer that sets `Date`. Quirks may change or remove it.
pub(crate) async fn date(
    State((clock, account)): State<(Clock, Shared<Listed>)>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let (omitted, off_by) = {
        let account = account.lock();
        (account.quirks.omit_date, account.quirks.date_off_by)
    };
    let off = Duration::from_secs(off_by.unsigned_abs());
    let time = if off_by < 0 {
        clock.time().checked_sub(off)
    } else {
        clock.time().checked_add(off)
    };
    if let Some(time) = time.filter(|_| !omitted)
        && let Ok(date) = HeaderValue::try_from(httpdate::fmt_http_date(time))
    {
        response.headers_mut().insert(DATE, date);
    }
    response
}
