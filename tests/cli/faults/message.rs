//! The parts that every error must have.

use serde_json::Value;

/// One diagnostic from `-json` output.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) summary: String,
    pub(crate) detail: String,
}

/// The errors in the output of a command with `-json`.
pub(crate) fn errors(output: &str) -> Vec<Message> {
    let events = output
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    events
        .filter(|event| event["diagnostic"]["severity"] == "error")
        .map(|event| {
            let text = |name: &str| {
                event["diagnostic"][name]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            Message {
                summary: text("summary"),
                detail: text("detail"),
            }
        })
        .collect()
}

impl Message {
    /// Whether it says that the write may have happened.
    pub(crate) fn may_have_written(&self) -> bool {
        self.text().contains("may have been")
    }

    #[track_caller]
    pub(crate) fn says(&self, piece: &str) -> &Self {
        assert!(
            self.text().contains(piece),
            "does not say `{piece}`: {self:#?}"
        );
        self
    }

    /// Checks that it says what happened, and after an empty line what to do.
    #[track_caller]
    pub(crate) fn is_complete(&self) -> &Self {
        let paragraphs: Vec<_> = self.detail.split("\n\n").collect();
        let complete = paragraphs.len() > 1 && paragraphs.iter().all(|it| it.trim().len() > 20);
        assert!(complete, "says too little: {self:#?}");
        self
    }

    fn text(&self) -> String {
        format!("{}\n{}", self.summary, self.detail)
    }
}
