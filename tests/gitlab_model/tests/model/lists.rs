//! Pages: headers, filters, sorting, and what goes wrong with them.

use std::collections::BTreeSet;

use gitlab_model::{Fault, Profile};
use serde_json::Value;

use super::support::{Checked, model, start};

/// Follows `link` headers and returns the numbers on each page.
fn pages(model: &Checked, token: u64, first: &str) -> Vec<Vec<u64>> {
    let mut pages = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(path) = next {
        let answer = model.call(token, &format!("GET {path}"), None);
        assert_eq!(answer.status, 200, "{answer:?}");
        let rows = answer.json();
        pages
            .push(rows.as_array().unwrap().iter().map(|row| row["id"].as_u64().unwrap()).collect());
        let link = answer.link("next");
        next = link.map(|url| url.strip_prefix(&format!("{}/api/v4", model.url())).unwrap().into());
    }
    pages
}

#[test]
fn offset_pages_lead_through_all_rows() {
    let model = start(Profile::R18_4, |fixture| fixture.more_personal_tokens = 250);
    let answer = model.call(1, "GET /personal_access_tokens?per_page=500&page=2", None);
    assert_eq!(answer.header("x-per-page"), Some("100"), "at most 100");
    assert_eq!(answer.header("x-page"), Some("2"));
    assert_eq!(answer.header("x-prev-page"), Some("1"));
    assert_eq!(answer.header("x-next-page"), Some("3"));
    assert_eq!(answer.header("x-total"), Some("274"));
    assert_eq!(answer.header("x-total-pages"), Some("3"));
    assert!(answer.link("last").unwrap().contains("page=3"));
    let last = model.call(1, "GET /personal_access_tokens?per_page=100&page=3", None);
    assert_eq!((last.header("x-next-page"), last.link("next")), (Some(""), None));
    let default = model.call(1, "GET /personal_access_tokens", None);
    assert_eq!(default.json().as_array().unwrap().len(), 20);

    let ids: Vec<u64> = pages(&model, 1, "/personal_access_tokens?per_page=100").concat();
    let distinct: BTreeSet<u64> = ids.iter().copied().collect();
    assert_eq!((ids.len(), distinct.len()), (274, 274));
    let beyond = model.call(1, "GET /personal_access_tokens?page=99", None);
    assert_eq!((beyond.status, beyond.json()), (200, Value::Array(Vec::new())));
    assert_eq!(model.call(1, "GET /personal_access_tokens?page=x", None).status, 400);
}

#[test]
fn above_ten_thousand_rows_nothing_is_counted() {
    let model = start(Profile::R19_6, |fixture| fixture.more_personal_tokens = 10_050);
    let answer = model.call(1, "GET /personal_access_tokens?per_page=100", None);
    assert_eq!((answer.header("x-total"), answer.link("last")), (None, None));
    assert!(answer.link("next").is_some());
}

#[test]
fn keyset_pages_are_followed_to_the_end() {
    let model = model();
    let path = "/projects?pagination=keyset&order_by=id&sort=asc&per_page=1";
    assert_eq!(pages(&model, 1, path), [[1], [2], [3]]);
    let answer = model.call(1, &format!("GET {path}"), None);
    assert_eq!(answer.header("x-total"), None);
    let groups = "/groups/1/projects?include_subgroups=true&pagination=keyset&per_page=1";
    assert_eq!(pages(&model, 2, groups), [[1], [2]]);
    assert_eq!(pages(&model, 2, "/groups/1/projects"), [[1]]);
}

#[test]
fn filters_and_sorting_select_tokens() {
    let model = model();
    let ids = |query: &str| pages(&model, 2, &format!("/personal_access_tokens?{query}")).concat();
    let all = ids("per_page=100");
    assert!(all.contains(&2) && !all.contains(&17) && !all.contains(&18), "{all:?}");
    assert_eq!(ids("revoked=true"), [6, 7]);
    assert_eq!(ids("state=inactive"), [5, 6, 7]);
    assert_eq!(ids("search=REGISTRY"), [4]);
    let created = ids("sort=created_asc");
    assert_eq!(created.first(), Some(&8), "the oldest");
    let reversed: Vec<u64> = ids("sort=name_desc");
    let mut sorted = ids("sort=name_asc");
    sorted.reverse();
    assert_eq!(reversed, sorted);
    assert_eq!(model.call(2, "GET /personal_access_tokens?sort=x_asc", None).status, 400);
    let impersonation: Vec<u64> = pages(&model, 1, "/users/6/impersonation_tokens").concat();
    assert_eq!(impersonation, [17]);
    let managed = pages(&model, 19, "/projects/1/access_tokens").concat();
    assert_eq!(managed, [30]);
}

#[test]
fn dates_bound_lists() {
    let model = start(Profile::R19_6, |fixture| {
        fixture.now = Some("2026-03-10T12:00:00Z".parse().unwrap());
        fixture.access_tokens.retain(|token| [1, 2, 3].contains(&token.id));
        for (token, day) in fixture.access_tokens.iter_mut().zip([1, 2, 3]) {
            token.user_id = 1;
            token.created_at = format!("2026-02-0{day}T10:00:00Z").parse().unwrap();
            token.last_used_at = Some(format!("2026-03-0{day}T10:00:00Z").parse().unwrap());
            token.expires_at = Some(format!("2026-05-0{day}").parse().unwrap());
        }
    });
    let ids = |query: &str| pages(&model, 1, &format!("/personal_access_tokens?{query}")).concat();
    assert_eq!(ids("created_after=2026-02-01T10:00:00Z"), [2, 3]);
    assert_eq!(ids("created_before=2026-02-02"), [1]);
    assert_eq!(ids("expires_after=2026-05-01&expires_before=2026-05-03"), [2]);
    // The caller's own use comes last.
    assert_eq!(ids("last_used_before=2026-03-03"), [2]);
}

#[test]
fn rows_come_and_go_between_pages_on_demand() {
    let model = start(Profile::R19_6, |fixture| fixture.more_project_tokens = 50);
    model.fault(Fault::named("rows-inserted").on("GET", "/access_tokens"));
    let path = "/projects/1/access_tokens?per_page=10&sort=created_desc";
    let ids = pages(&model, 19, path).concat();
    let distinct: BTreeSet<u64> = ids.iter().copied().collect();
    assert!(distinct.len() < ids.len(), "newest first, a row is seen twice");
    model.clear_faults();
    let before = pages(&model, 19, "/projects/1/access_tokens?per_page=100").concat();
    model.fault(Fault::named("rows-removed").on("GET", "/access_tokens"));
    let seen = pages(&model, 19, "/projects/1/access_tokens?per_page=10").concat();
    assert!(seen.len() < before.len(), "rows slip through between pages");
}

#[test]
fn links_can_lead_elsewhere() {
    let model = model();
    model.fault(Fault::named("link-foreign").times(1));
    let answer = model.call(1, "GET /personal_access_tokens?per_page=5", None);
    assert!(answer.link("next").unwrap().starts_with("http://203.0.113.7/api/v4/"));
    model.fault(Fault::named("no-totals").times(1));
    let answer = model.call(1, "GET /personal_access_tokens?per_page=5", None);
    assert_eq!((answer.header("x-total"), answer.header("x-total-pages")), (None, None));

    let model = start(Profile::R19_6, |fixture| {
        fixture.instance.external_url = Some("https://git.example".to_owned());
    });
    let answer = model.call(1, "GET /personal_access_tokens?per_page=5", None);
    assert!(answer.link("next").unwrap().starts_with("https://git.example/api/v4/"));
}
