//! Pages of lists, by offset and by key, with their headers.

use serde_json::Value;

use crate::http::encode;
use crate::reply::{Outcome, Reply};
use crate::routes::Call;

/// Lists above this many rows do not say how many they have.
const MAX_COUNTED: usize = 10_000;
const FOREIGN: &str = "http://203.0.113.7";

impl Call<'_> {
    /// Answers with one page of `rows`, which `show` turns into JSON.
    ///
    /// # Errors
    ///
    /// 400 for a page that is no positive number.
    pub(crate) fn page<T>(&self, rows: &[T], show: impl Fn(&T) -> Value) -> Outcome {
        let page = self.count("page", 1)?;
        let size = self.count("per_page", 20)?.min(100);
        let start = (page - 1).saturating_mul(size).min(rows.len());
        let end = start.saturating_add(size).min(rows.len());
        let shown: Value = rows[start..end].iter().map(show).collect();
        let last = rows.len().div_ceil(size).max(1);
        let counted =
            rows.len() <= MAX_COUNTED && self.core.instance.totals && !self.core.quirks.no_totals;
        let previous = (page > 1).then(|| page - 1);
        let next = (end < rows.len()).then(|| page + 1);
        let mut links = Vec::new();
        let targets = [("prev", previous), ("next", next), ("first", Some(1))];
        for (name, target) in targets.into_iter().chain([("last", counted.then_some(last))]) {
            if let Some(target) = target {
                links.push(format!("<{}>; rel=\"{name}\"", self.link(target, size)));
            }
        }
        let number = |page: Option<usize>| page.map_or_else(String::new, |page| page.to_string());
        let mut reply = Reply::json(200, &shown)
            .with("Link", &links.join(", "))
            .with("X-Next-Page", &number(next))
            .with("X-Page", &page.to_string())
            .with("X-Per-Page", &size.to_string())
            .with("X-Prev-Page", &number(previous));
        if counted {
            reply = reply
                .with("X-Total", &rows.len().to_string())
                .with("X-Total-Pages", &last.to_string());
        }
        Ok(reply)
    }

    /// Answers with one page by key when that was asked for, else by offset. Rows are in the order
    /// of their numbers, which `id` returns.
    ///
    /// # Errors
    ///
    /// As [`Call::page`].
    pub(crate) fn keyset<T>(
        &self,
        rows: &[T],
        id: impl Fn(&T) -> u64,
        show: impl Fn(&T) -> Value,
    ) -> Outcome {
        if self.request.text("pagination").as_deref() != Some("keyset") {
            return self.page(rows, show);
        }
        let size = self.count("per_page", 20)?.min(100);
        let after = self.request.text("id_after").and_then(|text| text.parse().ok()).unwrap_or(0);
        let rest: Vec<&T> = rows.iter().filter(|row| id(row) > after).collect();
        let shown: Value = rest.iter().take(size).map(|row| show(row)).collect();
        let reply = Reply::json(200, &shown);
        if rest.len() <= size {
            return Ok(reply);
        }
        let last = rest[size - 1];
        let pairs = [("per_page", size.to_string()), ("id_after", id(last).to_string())];
        let target = self.url_with(&pairs);
        Ok(reply.with("Link", &format!("<{target}>; rel=\"next\"")))
    }

    fn count(&self, name: &str, default: usize) -> Result<usize, Reply> {
        let Some(text) = self.request.text(name) else {
            return Ok(default);
        };
        match text.parse::<usize>() {
            Ok(0) if name == "page" => Ok(1),
            Ok(0) => Ok(default),
            Ok(count) => Ok(count),
            Err(_) => Err(Reply::parameter(&format!("{name} is invalid"))),
        }
    }

    fn link(&self, page: usize, size: usize) -> String {
        self.url_with(&[("page", page.to_string()), ("per_page", size.to_string())])
    }

    /// Returns the URL of this request with these parameters in place of its own.
    fn url_with(&self, set: &[(&str, String)]) -> String {
        let kept = self.request.parameters.iter().filter_map(|(key, value)| {
            let other = set.iter().all(|(name, _)| name != key);
            Some((key.as_str(), value.as_str()?.to_owned())).filter(|_| other)
        });
        let set = set.iter().map(|(name, value)| (*name, value.clone()));
        let pairs = kept.chain(set).map(|(key, value)| format!("{key}={}", encode(&value)));
        let host = if self.core.quirks.foreign_links { FOREIGN } else { &self.core.url };
        let root = &self.core.instance.relative_url_root;
        let path = self.request.path.strip_prefix(root.as_str()).unwrap_or(&self.request.path);
        format!("{host}{path}?{}", pairs.collect::<Vec<_>>().join("&"))
    }
}
