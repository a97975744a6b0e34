use super::*;

const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const C: &str = "cccccccccccccccccccccccccccccccccccccccc";
const D: &str = "dddddddddddddddddddddddddddddddddddddddd";
const ZEROS: &str = "0000000000000000000000000000000000000000";

fn plan(variables: &[(&str, &str)], payload: Option<&str>, range_override: &RangeOverride) -> Plan {
    let variable = |name: &str| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let (platform, event) = detect(&variable, payload);
    event.plan(platform, range_override)
}

fn merge_base(commit: &str) -> Base {
    Base::MergeBase { commit: commit.to_owned(), otherwise: None }
}

fn branch(name: &str) -> Base {
    Base::Branch(Some(name.to_owned()))
}

fn others(own: Option<&str>, default: Option<&str>) -> Base {
    Base::OtherBranches { own: own.map(str::to_owned), default: default.map(str::to_owned) }
}

fn commit(commit: &str, otherwise: Base) -> Base {
    Base::Commit { commit: commit.to_owned(), otherwise: Some(Box::new(otherwise)) }
}

/// What is the case, the variables, the event, its head and its base.
type Row<'r> = (&'r str, &'r [(&'r str, &'r str)], &'r str, &'r str, Base);

#[test]
fn gitlab() {
    let rows: &[Row<'_>] = &[
        (
            "merge request, detached",
            &[
                ("CI_PIPELINE_SOURCE", "merge_request_event"),
                ("CI_MERGE_REQUEST_EVENT_TYPE", "detached"),
                ("CI_MERGE_REQUEST_DIFF_BASE_SHA", B),
                ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", ""),
                ("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", ""),
                ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
                ("CI_COMMIT_BEFORE_SHA", ZEROS),
            ],
            "merge request",
            A,
            merge_base(B),
        ),
        (
            "merged results: what the server has merged, against what it was merged into",
            &[
                ("CI_PIPELINE_SOURCE", "merge_request_event"),
                ("CI_MERGE_REQUEST_EVENT_TYPE", "merged_result"),
                ("CI_MERGE_REQUEST_DIFF_BASE_SHA", B),
                ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", C),
                ("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", D),
            ],
            "merged results",
            A,
            merge_base(C),
        ),
        (
            "merged results of a server that does not tell the target",
            &[
                ("CI_PIPELINE_SOURCE", "merge_request_event"),
                ("CI_MERGE_REQUEST_EVENT_TYPE", "merged_result"),
                ("CI_MERGE_REQUEST_DIFF_BASE_SHA", B),
                ("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", D),
            ],
            "merge request",
            D,
            merge_base(B),
        ),
        (
            "merge train: the target is the car in front",
            &[
                ("CI_PIPELINE_SOURCE", "merge_request_event"),
                ("CI_MERGE_REQUEST_EVENT_TYPE", "merge_train"),
                ("CI_MERGE_REQUEST_DIFF_BASE_SHA", B),
                ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", C),
                ("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", D),
            ],
            "merge train",
            A,
            merge_base(C),
        ),
        (
            "child pipeline of a merge request",
            &[
                ("CI_PIPELINE_SOURCE", "parent_pipeline"),
                ("CI_MERGE_REQUEST_IID", "7"),
                ("CI_MERGE_REQUEST_DIFF_BASE_SHA", B),
            ],
            "merge request",
            A,
            merge_base(B),
        ),
        (
            "merge request without a base",
            &[
                ("CI_PIPELINE_SOURCE", "merge_request_event"),
                ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
            ],
            "merge request",
            A,
            branch("main"),
        ),
        (
            "merge request that tells nothing",
            &[("CI_PIPELINE_SOURCE", "merge_request_event")],
            "merge request",
            A,
            Base::Nothing,
        ),
        (
            "pull request of another server",
            &[
                ("CI_PIPELINE_SOURCE", "external_pull_request_event"),
                ("CI_EXTERNAL_PULL_REQUEST_IID", "7"),
                ("CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA", D),
                ("CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA", C),
            ],
            "merge request",
            D,
            merge_base(C),
        ),
        (
            "push to a branch",
            &[
                ("CI_PIPELINE_SOURCE", "push"),
                ("CI_COMMIT_BRANCH", "topic"),
                ("CI_COMMIT_BEFORE_SHA", B),
                ("CI_DEFAULT_BRANCH", "main"),
            ],
            "push",
            A,
            commit(B, branch("main")),
        ),
        (
            "push to the default branch: if it was forced, other branches have to do",
            &[
                ("CI_PIPELINE_SOURCE", "push"),
                ("CI_COMMIT_BRANCH", "main"),
                ("CI_COMMIT_BEFORE_SHA", B),
                ("CI_DEFAULT_BRANCH", "main"),
            ],
            "push",
            A,
            commit(B, others(Some("main"), Some("main"))),
        ),
        (
            "child pipeline of a push",
            &[
                ("CI_PIPELINE_SOURCE", "parent_pipeline"),
                ("CI_COMMIT_BRANCH", "topic"),
                ("CI_COMMIT_BEFORE_SHA", B),
                ("CI_DEFAULT_BRANCH", "main"),
            ],
            "push",
            A,
            commit(B, branch("main")),
        ),
        (
            "new branch, or the first push of a project",
            &[
                ("CI_PIPELINE_SOURCE", "push"),
                ("CI_COMMIT_BRANCH", "topic"),
                ("CI_COMMIT_BEFORE_SHA", ZEROS),
                ("CI_DEFAULT_BRANCH", "main"),
            ],
            "new branch",
            A,
            others(Some("topic"), Some("main")),
        ),
        (
            "tag",
            &[
                ("CI_PIPELINE_SOURCE", "push"),
                ("CI_COMMIT_TAG", "v1"),
                ("CI_COMMIT_BEFORE_SHA", ZEROS),
                ("CI_DEFAULT_BRANCH", "main"),
            ],
            "tag",
            A,
            others(None, Some("main")),
        ),
        (
            "schedule",
            &[
                ("CI_PIPELINE_SOURCE", "schedule"),
                ("CI_COMMIT_BRANCH", "main"),
                ("CI_COMMIT_BEFORE_SHA", ZEROS),
            ],
            "no push",
            A,
            Base::Nothing,
        ),
        (
            "by hand, with an id from before that means nothing",
            &[
                ("CI_PIPELINE_SOURCE", "web"),
                ("CI_COMMIT_BRANCH", "main"),
                ("CI_COMMIT_BEFORE_SHA", B),
            ],
            "no push",
            A,
            Base::Nothing,
        ),
        (
            "by hand, for a tag",
            &[("CI_PIPELINE_SOURCE", "api"), ("CI_COMMIT_TAG", "v1")],
            "no push",
            A,
            Base::Nothing,
        ),
        (
            "child pipeline of something else",
            &[
                ("CI_PIPELINE_SOURCE", "parent_pipeline"),
                ("CI_COMMIT_BRANCH", "main"),
                ("CI_COMMIT_BEFORE_SHA", ZEROS),
            ],
            "no push",
            A,
            Base::Nothing,
        ),
        ("a source that is not told", &[], "no push", A, Base::Nothing),
    ];
    for (case, variables, event, head, base) in rows {
        let mut all = vec![("GITLAB_CI", "true"), ("CI_COMMIT_SHA", A)];
        all.extend(*variables);
        let plan = plan(&all, None, &RangeOverride::default());
        assert_eq!(plan.platform, Platform::GitLab, "{case}");
        assert_eq!((plan.event, plan.head.as_str(), &plan.base), (*event, *head, base), "{case}");
        assert!(!plan.why.is_empty(), "{case}");
        assert_eq!(plan.tag.is_some(), *event == "tag", "{case}");
    }
}

#[test]
fn github() {
    let pull = format!(
        r#"{{"pull_request":{{
            "base":{{"sha":"{B}","ref":"main"}},"head":{{"sha":"{C}","ref":"topic"}}
        }}}}"#
    );
    let push = |reference: &str, before: &str, rest: &str| {
        format!(
            r#"{{"ref":"{reference}","before":"{before}","after":"{A}",{rest}
            "repository":{{"default_branch":"main"}}}}"#
        )
    };
    let group = format!(r#"{{"merge_group":{{"base_sha":"{B}","head_sha":"{C}"}}}}"#);
    /// The name of the event, its reference and payload; what it is taken for, its head and its
    /// base.
    type Row<'r> = (&'r str, &'r str, Option<String>, &'r str, &'r str, Base);
    let rows: &[Row<'_>] = &[
        (
            "pull_request",
            "refs/pull/7/merge",
            Some(pull.clone()),
            "merge request",
            C,
            merge_base(B),
        ),
        ("pull_request_target", "refs/heads/main", Some(pull), "merge request", C, merge_base(B)),
        ("pull_request", "refs/pull/7/merge", None, "merge request", A, branch("main")),
        (
            "merge_group",
            "refs/heads/gh-readonly-queue/main/1",
            Some(group),
            "merge queue",
            C,
            merge_base(B),
        ),
        (
            "push",
            "refs/heads/topic",
            Some(push("refs/heads/topic", B, r#""forced":true,"#)),
            "push",
            A,
            commit(B, branch("main")),
        ),
        (
            "push",
            "refs/heads/topic",
            Some(push("refs/heads/topic", ZEROS, r#""created":true,"#)),
            "new branch",
            A,
            others(Some("topic"), Some("main")),
        ),
        (
            "push",
            "refs/tags/v1",
            Some(push("refs/tags/v1", ZEROS, "")),
            "tag",
            A,
            others(None, Some("main")),
        ),
        (
            "push",
            "refs/heads/topic",
            Some(push("refs/heads/topic", B, r#""deleted":true,"#)),
            "no push",
            A,
            Base::Nothing,
        ),
        ("push", "refs/heads/topic", None, "no push", A, Base::Nothing),
        ("push", "refs/heads/topic", Some("{ no JSON".to_owned()), "no push", A, Base::Nothing),
        ("schedule", "refs/heads/main", Some("{}".to_owned()), "no push", A, Base::Nothing),
        (
            "workflow_dispatch",
            "refs/heads/main",
            Some("{}".to_owned()),
            "no push",
            A,
            Base::Nothing,
        ),
        ("release", "refs/tags/v1", Some("{}".to_owned()), "no push", A, Base::Nothing),
    ];
    for (name, reference, payload, event, head, base) in rows {
        let mut variables = vec![
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", *name),
            ("GITHUB_REF", *reference),
        ];
        variables.push(("GITHUB_SHA", A));
        if name.starts_with("pull_request") {
            variables.push(("GITHUB_BASE_REF", "main"));
        }
        let plan = plan(&variables, payload.as_deref(), &RangeOverride::default());
        assert_eq!(plan.platform, Platform::GitHub);
        assert_eq!(
            (plan.event, plan.head.as_str(), &plan.base),
            (*event, *head, base),
            "{name} {payload:?}"
        );
    }
}

#[test]
fn a_pull_request_target_without_its_head_is_not_guessed() {
    let variables = [
        ("GITHUB_EVENT_NAME", "pull_request_target"),
        ("GITHUB_BASE_REF", "main"),
        ("GITHUB_SHA", A),
    ];
    assert_eq!(plan(&variables, None, &RangeOverride::default()).head, "");
}

#[test]
fn the_merge_of_a_pull_request_is_told() {
    let payload =
        format!(r#"{{"pull_request":{{"base":{{"sha":"{B}"}},"head":{{"sha":"{C}"}}}}}}"#);
    let variables = [("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_SHA", A)];
    assert_eq!(
        plan(&variables, Some(&payload), &RangeOverride::default()).merge.as_deref(),
        Some(A)
    );
}

#[test]
fn plain_git() {
    let plan =
        plan(&[("CI", "true"), ("CI_PIPELINE_SOURCE", " ")], None, &RangeOverride::default());
    assert_eq!(
        (plan.platform, plan.head.as_str(), plan.base),
        (Platform::Plain, "HEAD", Base::Branch(None))
    );
}

#[test]
fn what_is_given_wins() {
    let variables =
        [("GITLAB_CI", "true"), ("CI_PIPELINE_SOURCE", "schedule"), ("CI_COMMIT_SHA", A)];
    let range_override = RangeOverride { base: Some("origin/main".to_owned()), head: None };
    let of_base = plan(&variables, None, &range_override);
    assert_eq!((of_base.head.as_str(), of_base.base), (A, merge_base("origin/main")));
    assert!(of_base.is_users);
    let range_override = RangeOverride { base: None, head: Some("topic".to_owned()) };
    let of_head = plan(&variables, None, &range_override);
    assert_eq!((of_head.head.as_str(), of_head.base), ("topic", Base::Nothing));
}

#[test]
fn what_is_no_id_counts_as_absent() {
    let variables = [
        ("CI_PIPELINE_SOURCE", "push"),
        ("CI_COMMIT_BRANCH", "topic"),
        ("CI_COMMIT_SHA", "--upload-pack=x"),
        ("CI_COMMIT_BEFORE_SHA", "main"),
    ];
    let plan = plan(&variables, None, &RangeOverride::default());
    assert_eq!((plan.head.as_str(), plan.base), ("HEAD", others(Some("topic"), None)));
}
