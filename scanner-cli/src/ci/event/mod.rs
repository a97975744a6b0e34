//! What a job of a CI system was started for, and which commits are new then.
//!
//! Reads nothing but variables and the text of an event; [`resolve`](crate::ci::resolve) holds the
//! plan against a clone. Where a variable is missing, the plan is to scan more, never less.

use serde_json::Value;

/// The system that has started a job.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Platform {
    /// GitLab CI.
    GitLab,
    /// GitHub Actions, and what behaves like it.
    GitHub,
    /// None that is known: a shell, a hook, another CI system.
    Plain,
}

/// What has happened, as far as the environment tells. Each kind is a row of the table in the docs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Event {
    /// A merge request or pull request; the head is its own last commit.
    MergeRequest {
        /// The last commit of the source branch.
        head: String,
        /// A commit of the target branch.
        base: Option<String>,
        /// The name of the target branch, for when there is no base.
        target: Option<String>,
        /// A merge of both that the server has made to try it out.
        merge: Option<String>,
    },
    /// A pipeline for merged results, or of a merge train: the server has merged already, or
    /// rebased.
    MergedResult {
        /// What merging came to.
        result: String,
        /// What was merged into: the target branch, or the car in front.
        target: String,
        /// It is a merge train.
        is_train: bool,
    },
    /// A merge queue has put a group together.
    MergeGroup {
        /// The last commit of the group.
        head: String,
        /// What the group was put on.
        base: String,
    },
    /// A push to a branch that was there before, forced or not.
    Push {
        /// The last commit that was pushed.
        head: String,
        /// What the branch led to before.
        before: String,
        /// The branch.
        branch: String,
        /// The default branch.
        default: Option<String>,
    },
    /// The first push to a branch, perhaps the first one of a project.
    NewBranch {
        /// The last commit that was pushed.
        head: String,
        /// The new branch.
        branch: String,
        /// The default branch.
        default: Option<String>,
    },
    /// A tag was pushed.
    Tag {
        /// The commit that it leads to.
        head: String,
        /// Its name.
        name: String,
        /// The default branch.
        default: Option<String>,
    },
    /// A job that was not started by a push: by a schedule, by hand, by another pipeline.
    NothingPushed {
        /// The commit that the job runs on.
        head: String,
        /// What has started it.
        by: String,
    },
    /// An event without its head, and what is missing in it.
    MissingHead(&'static str),
    /// No CI system that is known.
    Unknown,
}

/// How the commits that are not new are found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Base {
    /// Where the head has left the history of a commit.
    MergeBase {
        /// An id, or a revision that a user has given.
        commit: String,
        /// What counts if the remote has no such commit any more.
        otherwise: Option<Box<Base>>,
    },
    /// A commit as it is, and what it leads to. After a forced push the head need not lead to it.
    Commit {
        /// Its id.
        commit: String,
        /// What counts if the remote has no such commit any more.
        otherwise: Option<Box<Base>>,
    },
    /// Where the head has left a branch of the remote: of this name, else the default one. If the
    /// branch has all of the head, nothing tells what is new, and everything is.
    Branch(Option<String>),
    /// What other branches of the remote have.
    OtherBranches {
        /// The branch that the head belongs to, which does not count.
        own: Option<String>,
        /// The default branch.
        default: Option<String>,
    },
    /// No commits: the whole history is scanned.
    Nothing,
}

/// Which commits are to be scanned.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Plan {
    /// Where it runs, which tells how its clones are made.
    pub platform: Platform,
    /// What has happened, in a few words.
    pub event: &'static str,
    /// A revision or an id. It is empty where the event does not tell it.
    pub head: String,
    /// The head is a tag of this name, whose own text belongs to the range.
    pub tag: Option<String>,
    /// A merge of base and head by the server. If the head is its second parent, its first one is
    /// not new either.
    pub merge: Option<String>,
    /// What is not new.
    pub base: Base,
    /// Why this is the range.
    pub why: String,
    /// A user has given the head or the base.
    pub is_users: bool,
    /// The name of the default branch, where the environment tells it.
    pub default_branch: Option<String>,
    /// The URL of the server that the job is of, where the environment tells it. The clone's
    /// settings for it count when something is fetched.
    pub server: Option<String>,
}

/// The ends of the range that a user chose, whatever the event says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RangeOverride {
    /// A revision that is not new.
    pub base: Option<String>,
    /// A revision that is.
    pub head: Option<String>,
}

/// Reads the event from the variables of a job and, on GitHub, the text of the event.
///
/// `variable` tells the value of an environment variable. `payload` is the text of the file that
/// `GITHUB_EVENT_PATH` names, if there is one. Empty variables, and ids that are malformed or all
/// zeros, count as absent.
#[must_use]
pub fn detect(
    variable: &dyn Fn(&str) -> Option<String>,
    payload: Option<&str>,
) -> (Platform, Event) {
    let variables = Variables { variable };
    if variables.get("GITLAB_CI").or_else(|| variables.get("CI_PIPELINE_SOURCE")).is_some() {
        (Platform::GitLab, gitlab(&variables))
    } else if variables
        .get("GITHUB_ACTIONS")
        .or_else(|| variables.get("GITHUB_EVENT_NAME"))
        .is_some()
    {
        let payload =
            payload.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
        (Platform::GitHub, github(&variables, &payload))
    } else {
        (Platform::Plain, Event::Unknown)
    }
}

/// Reads the name of the default branch from the same.
#[must_use]
pub fn default_branch(
    variable: &dyn Fn(&str) -> Option<String>,
    payload: Option<&str>,
) -> Option<String> {
    let variables = Variables { variable };
    variables.get("CI_DEFAULT_BRANCH").or_else(|| {
        let payload: Value = serde_json::from_str(payload?).ok()?;
        payload.pointer("/repository/default_branch")?.as_str().map(str::to_owned)
    })
}

/// Reads the URL of the server that the job is of.
#[must_use]
pub fn server(variable: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let variables = Variables { variable };
    let of = |mark: &str, name: &str| variables.get(mark).and_then(|_| variables.get(name));
    of("GITLAB_CI", "CI_SERVER_URL").or_else(|| of("GITHUB_ACTIONS", "GITHUB_SERVER_URL"))
}

struct Variables<'v> {
    variable: &'v dyn Fn(&str) -> Option<String>,
}

impl Variables<'_> {
    fn get(&self, name: &str) -> Option<String> {
        (self.variable)(name).filter(|value| !value.trim().is_empty())
    }

    fn id(&self, name: &str) -> Option<String> {
        self.get(name).and_then(|value| id(&value))
    }
}

/// A full id that is not all zeros.
fn id(text: &str) -> Option<String> {
    let text = text.trim();
    let is_id = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_id && text.bytes().any(|byte| byte != b'0')).then(|| text.to_ascii_lowercase())
}

fn gitlab(variables: &Variables<'_>) -> Event {
    let head = variables.id("CI_COMMIT_SHA").unwrap_or_else(|| "HEAD".to_owned());
    let source =
        variables.get("CI_PIPELINE_SOURCE").unwrap_or_else(|| "an unknown source".to_owned());
    let default = variables.get("CI_DEFAULT_BRANCH");
    // Child pipelines have these variables too, though they do not come from a merge request.
    let of_merge_request = ["CI_MERGE_REQUEST_IID", "CI_MERGE_REQUEST_DIFF_BASE_SHA"];
    if source == "merge_request_event"
        || of_merge_request.iter().any(|name| variables.get(name).is_some())
    {
        return gitlab_merge_request(variables, head);
    }
    if variables.get("CI_EXTERNAL_PULL_REQUEST_IID").is_some() {
        return Event::MergeRequest {
            head: variables.id("CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA").unwrap_or(head),
            base: variables.id("CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"),
            target: variables.get("CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"),
            merge: None,
        };
    }
    let before = variables.id("CI_COMMIT_BEFORE_SHA");
    let branch = variables.get("CI_COMMIT_BRANCH");
    match (source.as_str(), variables.get("CI_COMMIT_TAG"), branch, before) {
        ("push", Some(name), ..) => Event::Tag { head, name, default },
        // A child pipeline knows what its parent knows.
        ("push" | "parent_pipeline", None, Some(branch), Some(before)) => {
            Event::Push { head, before, branch, default }
        }
        ("push", None, Some(branch), None) => Event::NewBranch { head, branch, default },
        _ => Event::NothingPushed { head, by: source },
    }
}

fn gitlab_merge_request(variables: &Variables<'_>, head: String) -> Event {
    let kind = variables.get("CI_MERGE_REQUEST_EVENT_TYPE");
    // Only set where the server has merged or rebased. In a train it is the car in front, whose
    // commits are not new.
    if let Some(target) =
        variables.id("CI_MERGE_REQUEST_TARGET_BRANCH_SHA").filter(|target| *target != head)
        && kind.as_deref() != Some("detached")
    {
        return Event::MergedResult {
            result: head,
            target,
            is_train: kind.as_deref() == Some("merge_train"),
        };
    }
    Event::MergeRequest {
        head: variables.id("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA").unwrap_or(head),
        base: variables.id("CI_MERGE_REQUEST_DIFF_BASE_SHA"),
        target: variables.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"),
        merge: None,
    }
}

fn github(variables: &Variables<'_>, payload: &Value) -> Event {
    let sha = variables.id("GITHUB_SHA");
    let head = sha.clone().unwrap_or_else(|| "HEAD".to_owned());
    let name = variables.get("GITHUB_EVENT_NAME").unwrap_or_else(|| "an unknown event".to_owned());
    let text = |path: &str| payload.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let id_at = |path: &str| text(path).and_then(|text| id(&text));
    if let Some(head) = id_at("/pull_request/head/sha") {
        return Event::MergeRequest {
            merge: sha.filter(|sha| *sha != head),
            head,
            base: id_at("/pull_request/base/sha"),
            target: text("/pull_request/base/ref"),
        };
    }
    if let Some(target) = variables.get("GITHUB_BASE_REF") {
        // This one runs on the target branch, and only the payload tells the head.
        if name == "pull_request_target" {
            return Event::MissingHead("the event does not tell the head of the pull request");
        }
        return Event::MergeRequest { head, base: None, target: Some(target), merge: None };
    }
    if let (Some(head), Some(base)) =
        (id_at("/merge_group/head_sha"), id_at("/merge_group/base_sha"))
    {
        return Event::MergeGroup { head, base };
    }
    let reference = text("/ref").or_else(|| variables.get("GITHUB_REF")).unwrap_or_default();
    let is_deletion = payload.get("deleted").and_then(Value::as_bool).unwrap_or(false);
    if name == "push" && payload.is_object() && !is_deletion {
        let default = text("/repository/default_branch");
        if let Some(name) = reference.strip_prefix("refs/tags/") {
            return Event::Tag { head, name: name.to_owned(), default };
        }
        if let Some(branch) = reference.strip_prefix("refs/heads/") {
            let head = id_at("/after").unwrap_or(head);
            let branch = branch.to_owned();
            return match id_at("/before") {
                Some(before) => Event::Push { head, before, branch, default },
                None => Event::NewBranch { head, branch, default },
            };
        }
    }
    Event::NothingPushed { head, by: name }
}

impl Event {
    /// Returns the commits to scan.
    #[must_use]
    pub fn plan(self, platform: Platform, range_override: &RangeOverride) -> Plan {
        let is_users = range_override.base.is_some() || range_override.head.is_some();
        let mut plan = Plan {
            platform,
            event: "",
            head: String::new(),
            tag: None,
            merge: None,
            base: Base::Nothing,
            why: String::new(),
            is_users,
            default_branch: None,
            server: None,
        };
        self.fill(&mut plan);
        if let Some(head) = &range_override.head {
            plan.head.clone_from(head);
            plan.tag = None;
            plan.merge = None;
            plan.why.push_str("; the head was given");
        }
        if let Some(base) = &range_override.base {
            plan.base = Base::MergeBase { commit: base.clone(), otherwise: None };
            plan.merge = None;
            plan.why = "the base was given".to_owned();
        }
        plan
    }

    fn fill(self, plan: &mut Plan) {
        let (event, head, base, why): (_, _, _, &str) = match self {
            Self::MergeRequest { head, base: Some(commit), merge, .. } => {
                plan.merge = merge;
                let base = Base::MergeBase { commit, otherwise: None };
                (
                    "merge request",
                    head,
                    base,
                    "what the source branch has and the target branch has not",
                )
            }
            Self::MergeRequest { head, base: None, target: Some(target), .. } => {
                let why = "no base is named, so it is where the head has left the target branch";
                ("merge request", head, Base::Branch(Some(target)), why)
            }
            Self::MergeRequest { head, base: None, target: None, .. } => (
                "merge request",
                head,
                Base::Nothing,
                "the job names neither base nor target branch, so everything is new",
            ),
            Self::MergedResult { result, target, is_train } => {
                let base = Base::MergeBase { commit: target, otherwise: None };
                if is_train {
                    (
                        "merge train",
                        result,
                        base,
                        "what this merge request adds to those in front of it",
                    )
                } else {
                    ("merged results", result, base, "what merging adds to the target branch")
                }
            }
            Self::MergeGroup { head, base } => {
                let base = Base::MergeBase { commit: base, otherwise: None };
                ("merge queue", head, base, "what the group adds to what it was put on")
            }
            Self::Push { head, before, branch, default } => {
                let otherwise = match default {
                    Some(default) if default != branch => Base::Branch(Some(default)),
                    default => Base::OtherBranches { own: Some(branch), default },
                };
                let base = Base::Commit { commit: before, otherwise: Some(Box::new(otherwise)) };
                ("push", head, base, "what the branch has now and had not before")
            }
            Self::NewBranch { head, branch, default } => {
                let base = Base::OtherBranches { own: Some(branch), default };
                ("new branch", head, base, "what no other branch of the remote has")
            }
            Self::Tag { head, name, default } => {
                plan.tag = Some(name);
                // Other tags may have come with the same push, and nobody would have looked at
                // them.
                let base = Base::OtherBranches { own: None, default };
                ("tag", head, base, "what no branch of the remote has, and the tag's own text")
            }
            Self::NothingPushed { head, by } => {
                plan.why = format!(
                    "started by {by}: what is new is not known, so the whole history is scanned"
                );
                ("no push", head, Base::Nothing, "")
            }
            Self::MissingHead(what) => ("pull request", String::new(), Base::Nothing, what),
            Self::Unknown => {
                let why = "what HEAD has and the default branch of the remote has not";
                ("no CI", "HEAD".to_owned(), Base::Branch(None), why)
            }
        };
        plan.event = event;
        plan.head = head;
        plan.base = base;
        plan.why.push_str(why);
    }
}

#[cfg(test)]
mod tests;
