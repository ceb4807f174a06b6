//! The configurations on a page, and how to try each of them.
//!
//! A page shows them in fenced blocks of `terraform` or `hcl`. Most are complete. For the others, a
//! comment on the line above says how to try them. Readers of the page do not see it:
//!
//! ```text
//! <!-- block: with those above -->
//! <!-- block: in place of the one above -->
//! <!-- block: moves restapi_object-3.0.0 -->          a state of `tests/data/moved/`
//! <!-- block: not applied: it needs a Vault server -->
//! ```

use std::mem;

/// A fenced block.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The line of the page where it begins.
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) way: Way,
}

impl Block {
    /// Whether a line of the block begins with this text.
    pub(super) fn has(&self, start: &str) -> bool {
        self.text.lines().any(|line| line.starts_with(start))
    }
}

/// How to try a block.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Way {
    #[default]
    Alone,
    WithThoseAbove,
    InPlaceOfTheOneAbove,
    /// With the state of the generic REST provider of this name.
    Moves(String),
    /// Not at all, for the given reason.
    NotApplied(String),
}

/// The blocks of a Markdown page.
///
/// # Panics
///
/// If a block has no valid mark, or a mark has no block.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut way = None;
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let is_configuration = matches!(language, "terraform" | "hcl");
            let inside = lines.by_ref().map(|(_, line)| line);
            let text: Vec<_> = inside.take_while(|line| *line != "```").collect();
            let line = number + 1;
            if is_configuration {
                let text = text.join("\n") + "\n";
                let way = way.take().unwrap_or_default();
                blocks.push(Block { line, text, way });
            } else {
                let hidden = text.iter().find(|line| is_block(line));
                assert!(hidden.is_none(), "line {line}: {hidden:?} is not marked");
            }
        } else if let Some(mark) = line.strip_prefix("<!-- block: ") {
            let mark = mark.strip_suffix(" -->").unwrap_or_default();
            way = Some(Way::parse(mark).unwrap_or_else(|| panic!("line {}: {line}", number + 1)));
        } else {
            assert_eq!(way, None, "line {number}: there is no block below");
        }
    }
    blocks
}

/// Groups the blocks that belong together. Each group begins with a complete block.
pub(super) fn configurations(page: &str) -> Vec<Vec<Block>> {
    let mut all = Vec::new();
    let mut current = Vec::new();
    for block in blocks(page) {
        match block.way {
            Way::NotApplied(_) => continue,
            Way::Alone | Way::Moves(_) => all.push(mem::take(&mut current)),
            Way::WithThoseAbove | Way::InPlaceOfTheOneAbove => assert!(!current.is_empty()),
        }
        current.push(block);
    }
    all.push(current);
    all.retain(|blocks| !blocks.is_empty());
    all
}

impl Way {
    fn parse(mark: &str) -> Option<Self> {
        match mark {
            "with those above" => Some(Self::WithThoseAbove),
            "in place of the one above" => Some(Self::InPlaceOfTheOneAbove),
            _ => {
                let moves = mark
                    .strip_prefix("moves ")
                    .map(|it| Self::Moves(it.to_owned()));
                let reason = mark.strip_prefix("not applied: ");
                moves.or(reason.map(|it| Self::NotApplied(it.to_owned())))
            }
        }
    }
}

/// Whether a line begins a block of the language, at any indentation.
fn is_block(line: &str) -> bool {
    let keywords = [
        "data", "import", "list", "module", "moved", "provider", "removed", "resource",
    ];
    let word = line.split([' ', '{']).next().unwrap_or_default();
    keywords.contains(&word) && line.ends_with('{')
}

/// Tests how a page is read.
pub(crate) fn reads_every_block() {
    let page = "# Title\n\n```terraform\na\n```\n\ntext\n\n<!-- block: with those above -->\n```hcl\nb\n\nc\n```\n\
                <!-- block: not applied: a reason -->\n```terraform\nd\n```\n\n```shell\nterraform plan\n```\n\
                <!-- block: moves it -->\n```terraform\ne\n```\n";
    let all: Vec<_> = blocks(page)
        .into_iter()
        .map(|it| (it.line, it.text, it.way))
        .collect();
    let expected = [
        (3, "a\n".to_owned(), Way::Alone),
        (10, "b\n\nc\n".to_owned(), Way::WithThoseAbove),
        (16, "d\n".to_owned(), Way::NotApplied("a reason".to_owned())),
        (24, "e\n".to_owned(), Way::Moves("it".to_owned())),
    ];
    assert_eq!(all, expected);
    let sizes: Vec<_> = configurations(page).iter().map(Vec::len).collect();
    assert_eq!(sizes, [2, 1]);
}
