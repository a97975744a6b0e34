"""An endpoint of GitLab: it counts toys."""

from recipe_toys.kit import (
    MODEL, PROGRAM, SWEEP, Compiler, Recipe, Replace, Slip, Test, Write, before, behind,
)

CALL = """//! How many toys an instance has.

use crate::gitlab::client::Client;
use crate::gitlab::credential::Credential;
use crate::gitlab::error::Error;

/// Asks for the number of toys; without one where the instance does not say.
///
/// # Errors
///
/// There is no answer.
pub fn toys(client: &Client, credential: &Credential<'_>) -> Result<Option<u64>, Error> {
    let answer = client.get("/api/v4/toys", Some(credential))?;
    let count = answer.json().and_then(|value| value.get("count")?.as_u64());
    Ok(count.filter(|_| answer.is_success()))
}
"""
TEST = """//! The toy's endpoint.

use std::sync::Arc;

use gitlab_model::{Fault, Fixture, Kind, Model, Profile, Tier};
use tokensieve::gitlab::{Client, Credential, Error, Instance, Options, Scheme, toys};
use tokensieve_core::Secret;

use super::{model, secret};

fn ask(model: &Model) -> Result<Option<u64>, Error> {
    let token = Secret::new(secret(model, Kind::AccessToken, 1).as_bytes());
    let instance = Instance::parse(model.url()).unwrap();
    let client = Client::new(instance, Options::default(), Arc::default()).unwrap();
    toys(&client, &Credential::new(Scheme::PrivateToken, &token))
}

#[test]
fn toys_are_counted() {
    let model = model();
    assert_eq!(ask(&model), Ok(Some(3)));
    assert_eq!(model.violations(), Vec::<String>::new());
}

#[test]
fn old_releases_have_none() {
    let model = Model::start(Fixture::example(), Profile::R16_11, Tier::Ultimate).unwrap();
    assert_eq!(ask(&model), Ok(None));
}

#[test]
fn faults_are_no_toys() {
    for fault in ["500-json", "200-html", "200-empty", "broken-json", "403-plain"] {
        let model = model();
        model.fault(fault.parse::<Fault>().unwrap());
        assert!(!matches!(ask(&model), Ok(Some(_))), "{fault}");
    }
}
"""
ROUTES = "tests/gitlab_model/src/api/instance.rs"
ROUTE = before(
    ROUTES,
    '    Route::new("GET", "/api/v4/user", USER, own)',
    '    Route::new("GET", "/api/v4/toys", ABOUT, toys).since(17, 0).tier(Tier::Premium),\n',
)
HANDLER = before(
    ROUTES,
    "fn own(call: &mut Call<'_>) -> Outcome {\n",
    "fn toys(_: &mut Call<'_>) -> Outcome {\n"
    '    Ok(Reply::json(200, &json!({ "count": 3 })))\n}\n\n',
)
PAGE = behind(
    "tests/gitlab_model/openapi/exceptions.json",
    ' "operations": {\n',
    '  "GET /api/v4/toys": {"by": "https://docs.gitlab.com/api/toys/", '
    '"answers": {"200": "any"}},\n',
)
SWEPT = before("tests/gitlab_model/tests/model/sweep.rs", '    "/version",\n', '    "/toys",\n')
CALLED = Write("scanner-cli/src/gitlab/toys.rs", CALL)
FACE = "scanner-cli/src/gitlab/mod.rs"
EXPORT = behind(FACE, "pub use self::token::Token;\n", "pub use self::toys::toys;\n")
TESTS = "token::toy::"

RECIPE = Recipe(
    "endpoint of GitLab",
    edits=(
        ROUTE,
        HANDLER,
        PAGE,
        SWEPT,
        CALLED,
        behind(FACE, "mod token;\n", "mod toys;\n"),
        EXPORT,
        Write("tests/token/toy.rs", TEST),
        before("tests/token/mod.rs", "mod usage;\n", "mod toy;\n"),
    ),
    also=(
        (PROGRAM, "token::verify::faults_are_never_death"),
        (SWEEP, "model::sweep::no_answer_to_a_read_leaves_the_document"),
        (SWEEP, "model::sweep::administrators_and_owners_can_read_every_path"),
    ),
    slips=(
        Slip(
            "its handler",
            Compiler("gitlab-model", "E0425", "cannot find value `toys`"),
            undone=(HANDLER,),
        ),
        Slip(
            "its page in the exceptions",
            Test(
                MODEL,
                "openapi::tests::every_route_is_in_the_document_or_names_its_page",
                "GET /api/v4/toys",
            ),
            undone=(PAGE,),
            round=2,
        ),
        Slip(
            "its call in the sweep",
            Test(
                MODEL,
                "openapi::tests::every_route_that_reads_is_called_by_the_sweep",
                "does not call [\"/api/v4/toys\"]",
            ),
            undone=(SWEPT,),
            round=2,
        ),
        Slip(
            "its route",
            Test(PROGRAM, TESTS + "toys_are_counted", "right: Ok(Some(3))"),
            undone=(ROUTE,),
        ),
        Slip(
            "its first release",
            Test(PROGRAM, TESTS + "old_releases_have_none", "left: Ok(Some(3))"),
            done=(Replace(ROUTES, "toys).since(17, 0)", "toys)"),),
            round=2,
        ),
        Slip(
            "that an answer can be anything",
            Test(PROGRAM, TESTS + "faults_are_no_toys", "scanner-cli/src/gitlab/toys.rs"),
            done=(
                Replace(
                    CALLED.name,
                    "answer.json().and_then(|value| value.get",
                    "Some(answer.json().unwrap()).and_then(|value| value.get",
                ),
            ),
        ),
    ),
)
