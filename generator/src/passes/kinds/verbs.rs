//! The words that operations are named with.

/// Verbs that are not those of making a record: a POST that is named so does something else.
const NOT_CREATE: &[&str] = &[
    "accept",
    "activate",
    "approve",
    "archive",
    "authenticate",
    "authorize",
    "calculate",
    "cancel",
    "check",
    "clear",
    "close",
    "complete",
    "confirm",
    "convert",
    "copy",
    "count",
    "deactivate",
    "delete",
    "disable",
    "download",
    "duplicate",
    "enable",
    "estimate",
    "evaluate",
    "execute",
    "export",
    "fetch",
    "filter",
    "find",
    "get",
    "import",
    "invoke",
    "list",
    "lock",
    "login",
    "logout",
    "lookup",
    "merge",
    "move",
    "patch",
    "pause",
    "ping",
    "preview",
    "process",
    "publish",
    "query",
    "read",
    "recover",
    "refresh",
    "reject",
    "remove",
    "rename",
    "reset",
    "restart",
    "restore",
    "resume",
    "retrieve",
    "retry",
    "revoke",
    "rotate",
    "run",
    "scroll",
    "search",
    "send",
    "set",
    "show",
    "start",
    "stop",
    "sync",
    "test",
    "trigger",
    "unlock",
    "unpublish",
    "update",
    "validate",
    "verify",
];

/// Verbs that are not those of changing a record.
const NOT_UPDATE: &[&str] = &[
    "add",
    "archive",
    "cancel",
    "clear",
    "close",
    "complete",
    "confirm",
    "create",
    "delete",
    "disable",
    "enable",
    "get",
    "list",
    "merge",
    "move",
    "publish",
    "remove",
    "restore",
    "send",
    "start",
    "stop",
    "unarchive",
    "undelete",
];

/// Verbs of reading.
const READ: &[&str] = &[
    "aggregate",
    "browse",
    "calculate",
    "count",
    "estimate",
    "fetch",
    "filter",
    "find",
    "get",
    "list",
    "lookup",
    "preview",
    "query",
    "read",
    "retrieve",
    "scroll",
    "search",
    "show",
    "validate",
];

/// Words that a reading verb does not go with.
const WRITES: &[&str] = &[
    "add", "create", "delete", "insert", "set", "update", "upsert", "write",
];

/// Verbs of other doings.
const OTHER: &[&str] = &[
    "abort",
    "acknowledge",
    "advance",
    "analyze",
    "answer",
    "apply",
    "assign",
    "attach",
    "ban",
    "block",
    "capture",
    "change",
    "classify",
    "clone",
    "commit",
    "compact",
    "configure",
    "decline",
    "decrypt",
    "deliver",
    "demote",
    "deny",
    "deploy",
    "deregister",
    "detach",
    "detect",
    "disconnect",
    "dismiss",
    "encrypt",
    "enroll",
    "erase",
    "expire",
    "fail",
    "favorite",
    "finalize",
    "finish",
    "follow",
    "fork",
    "fund",
    "generate",
    "grant",
    "increment",
    "initiate",
    "instantiate",
    "invite",
    "join",
    "keep",
    "leave",
    "like",
    "mark",
    "migrate",
    "mute",
    "notify",
    "pay",
    "pin",
    "play",
    "present",
    "promote",
    "protect",
    "provision",
    "purge",
    "reactivate",
    "reboot",
    "rebuild",
    "recalculate",
    "redeem",
    "redeliver",
    "refund",
    "regenerate",
    "register",
    "reindex",
    "release",
    "renew",
    "reopen",
    "reorder",
    "replace",
    "reprocess",
    "rerun",
    "resend",
    "resize",
    "resolve",
    "respond",
    "return",
    "reveal",
    "reverse",
    "rollback",
    "share",
    "ship",
    "sign",
    "simulate",
    "snooze",
    "star",
    "submit",
    "subscribe",
    "succeed",
    "summarize",
    "suspend",
    "swap",
    "synthesize",
    "terminate",
    "transcribe",
    "transfer",
    "translate",
    "unassign",
    "unban",
    "unblock",
    "undeploy",
    "unfollow",
    "unlike",
    "unlink",
    "unmute",
    "unpin",
    "unprotect",
    "unregister",
    "unshare",
    "unstar",
    "unsubscribe",
    "unsuspend",
    "upload",
    "upvote",
    "void",
    "withdraw",
];

/// Whether a word says what is done.
pub(super) fn is_verb(word: &str) -> bool {
    [NOT_CREATE, NOT_UPDATE, READ, OTHER]
        .iter()
        .any(|verbs| verbs.contains(&word))
}

/// Whether a word at the end of a path that is read says what is done.
pub(super) fn is_reading(word: &str) -> bool {
    READ.contains(&word) || matches!(word, "check" | "download" | "export" | "verify")
}

/// Whether a word at the end of a path that is deleted says what is done.
pub(super) fn is_ending(word: &str) -> bool {
    let undoes = ["de", "dis", "un"]
        .iter()
        .any(|start| word.starts_with(start));
    let ends = [
        "cancel",
        "clear",
        "close",
        "leave",
        "remove",
        "reset",
        "revoke",
        "stop",
        "terminate",
    ];
    is_verb(word) && (undoes || ends.contains(&word))
}

/// Whether a verb is as usual before a noun: `test_clocks`, `login_links`.
pub(super) fn is_also_noun(word: &str) -> bool {
    matches!(
        word,
        "login"
            | "process"
            | "query"
            | "search"
            | "share"
            | "sync"
            | "test"
            | "transfer"
            | "trigger"
            | "upload"
    )
}

/// Whether an operation with these words, the resource's taken out, may make a record.
pub(super) fn may_create(words: &[String]) -> bool {
    !starts_with(words, NOT_CREATE)
}

/// Whether it may change a record.
pub(super) fn may_update(words: &[String]) -> bool {
    !starts_with(words, NOT_UPDATE)
}

/// Whether it makes a record or changes the one that exists: `upsertPerson`, `createOrUpdate`.
pub(super) fn is_upsert(words: &[String]) -> bool {
    let has = |word: &str| words.iter().any(|other| other == word);
    has("upsert") || (has("or") && (has("create") || has("add") || has("insert")))
}

/// Whether it is about several records.
pub(super) fn is_many(words: &[String]) -> bool {
    words
        .iter()
        .any(|word| matches!(word.as_str(), "many" | "batch" | "bulk" | "multiple"))
}

/// Whether it only reads, by its words.
pub(in crate::passes) fn only_reads(words: &[String]) -> bool {
    starts_with(words, READ) && !words.iter().any(|word| WRITES.contains(&word.as_str()))
}

/// Whether the first word, or the first after a method's name, is one of these.
fn starts_with(words: &[String], verbs: &[&str]) -> bool {
    words
        .first()
        .is_some_and(|word| verbs.contains(&word.as_str()))
}
