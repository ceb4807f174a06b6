//! The secrets that this process was given.
//!
//! Secrets are found by blocks of eight bytes: any sixteen bytes of a secret contain a whole block.
//! The text around a block is then compared with the secret itself. So a search takes no longer if
//! there are more or longer secrets.

use std::{
    collections::{HashMap, HashSet, hash_map::RandomState},
    hash::BuildHasher as _,
    iter, mem,
    ops::Range,
};

use secrecy::{ExposeSecret as _, SecretSlice};

use super::plain::Plain;

/// The length in bytes of a piece that is hidden wherever it appears.
const PIECE: usize = 16;

/// Half of a piece, so that every piece contains a whole block.
const BLOCK: usize = 8;

/// A shorter secret protects nothing, and replacing it would make texts unreadable.
const SHORTEST: usize = 4;

/// The maximum number of bytes of secrets to remember. At least half of them are always kept:
/// enough for five thousand keys with their certificates. Tests use less.
const MEMORY: usize = if cfg!(test) { 1 } else { 16 } * 1024 * 1024;

/// All recently learned secrets.
#[derive(Default)]
pub(super) struct Known {
    newer: Secrets,
    older: Secrets,
    hasher: RandomState,
}

/// Some of the secrets, without white space and escapes.
#[derive(Default)]
struct Secrets {
    all: Vec<SecretSlice<u8>>,
    /// The place of each block, by its hash. For a block that several secrets share, one place is
    /// enough: it is not secret by itself.
    blocks: HashMap<u64, Place>,
    /// Secrets too short for pieces, by the hash of their last bytes.
    short: HashMap<u64, Vec<usize>>,
    /// The hashes of the whole secrets.
    hashes: HashSet<u64>,
    /// The total length of the secrets.
    length: usize,
}

/// The place of a block in a secret.
#[derive(Clone, Copy)]
struct Place {
    secret: usize,
    offset: usize,
}

impl Known {
    /// Whether the secret was not learned recently. Older secrets must be learned again.
    pub(super) fn is_new(&self, secret: &str) -> bool {
        !self.newer.hashes.contains(&self.hasher.hash_one(secret))
    }

    pub(super) fn learn(&mut self, secret: &str) {
        if self.newer.length > MEMORY / 2 {
            self.older = mem::take(&mut self.newer);
        }
        let (bytes, _) = Plain::of(secret).compact();
        let newer = &mut self.newer;
        newer.hashes.insert(self.hasher.hash_one(secret));
        newer.length += bytes.len();
        for part in confidential_parts(&bytes) {
            let part_length = part.len();
            if part_length >= PIECE {
                let last = part.end - BLOCK;
                for offset in (part.start..=last).step_by(BLOCK) {
                    let hash = self.hasher.hash_one(&bytes[offset..offset + BLOCK]);
                    let secret = newer.all.len();
                    newer.blocks.entry(hash).or_insert(Place { secret, offset });
                }
            } else if part_length >= SHORTEST {
                let end = &bytes[part.end - SHORTEST..part.end];
                let short = newer.short.entry(self.hasher.hash_one(end)).or_default();
                short.push(newer.all.len());
                newer.all.push(bytes[part].to_vec().into());
            }
        }
        newer.all.push(bytes.into());
    }

    /// The ranges of a text that hold secrets or pieces of them.
    pub(super) fn find(&self, plain: &Plain) -> Vec<Range<usize>> {
        let (bytes, places) = plain.compact();
        let mut found = Vec::new();
        let (mut position, mut end) = (0, 0);
        while position + SHORTEST <= bytes.len() {
            match self.at(&bytes, position, end) {
                Some(part) => {
                    found.push(plain.origin(places[part.start]..places[part.end - 1] + 1));
                    end = part.end;
                    position = part.end.max(position + 1);
                }
                None => position += 1,
            }
        }
        found
    }

    /// The secret with a block, or the end of a short secret, at this position. Text before `end`
    /// was already matched.
    fn at(&self, bytes: &[u8], position: usize, end: usize) -> Option<Range<usize>> {
        let hash = |length| {
            let block = bytes.get(position..position + length)?;
            Some(self.hasher.hash_one(block))
        };
        let (block, short) = (hash(BLOCK), hash(SHORTEST)?);
        [&self.newer, &self.older].into_iter().find_map(|secrets| {
            let piece = block.and_then(|block| secrets.piece(block, bytes, position, end));
            piece.or_else(|| secrets.short(short, &bytes[..position + SHORTEST]))
        })
    }
}

impl Secrets {
    fn piece(&self, hash: u64, bytes: &[u8], position: usize, end: usize) -> Option<Range<usize>> {
        let Place { secret, offset } = *self.blocks.get(&hash)?;
        let secret = self.all.get(secret)?.expose_secret();
        // A piece may begin inside the matched text. Otherwise, the rest could be too short to be
        // recognized.
        let before = &bytes[end.saturating_sub(PIECE)..position];
        let (before, after) = (before.iter().rev(), bytes[position..].iter());
        let before = common(before, secret[..offset].iter().rev());
        let after = common(after, secret[offset..].iter());
        (before + after >= PIECE).then(|| position - before..position + after)
    }

    fn short(&self, hash: u64, bytes: &[u8]) -> Option<Range<usize>> {
        let secrets = self.short.get(&hash)?.iter();
        let secrets = secrets.filter_map(|index| self.all.get(*index));
        let lengths = secrets
            .map(SecretSlice::expose_secret)
            .filter(|it| bytes.ends_with(it));
        let length = lengths.map(<[u8]>::len).max()?;
        Some(bytes.len() - length..bytes.len())
    }
}

/// The length of the prefix that both have in common.
fn common<'a>(one: impl Iterator<Item = &'a u8>, other: impl Iterator<Item = &'a u8>) -> usize {
    one.zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

/// The parts of a secret that are confidential even in pieces. For PEM, the text between the armor
/// lines. For an Azure connection string, its keys, but not the host or the names of its parts.
/// Otherwise, the whole secret.
fn confidential_parts(secret: &[u8]) -> Vec<Range<usize>> {
    if secret.starts_with(b"-----BEGIN") {
        // BEGIN…, the text between, END…, and the text before the next block.
        let parts = split(secret, b"-----");
        return parts
            .filter(|part| !is_label(&secret[part.clone()]))
            .collect();
    }
    let keys = split(secret, b";").filter_map(|pair| {
        let name = secret[pair.clone()].iter().position(|byte| *byte == b'=')?;
        let value = pair.start + name + 1;
        let name = secret[pair.start..value - 1].to_ascii_lowercase();
        (name.ends_with(b"key") || name.ends_with(b"signature")).then_some(value..pair.end)
    });
    let keys: Vec<_> = keys.collect();
    match keys.as_slice() {
        [] => iter::once(0..secret.len()).collect(),
        _ => keys,
    }
}

fn is_label(part: &[u8]) -> bool {
    part.starts_with(b"BEGIN") || part.starts_with(b"END")
}

/// The parts of a text between these separators.
fn split<'a>(text: &'a [u8], separator: &'a [u8]) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut rest = Some(0);
    iter::from_fn(move || {
        let start = rest?;
        let length = text[start..]
            .windows(separator.len())
            .position(|window| window == separator);
        rest = length.map(|length| start + length + separator.len());
        Some(start..length.map_or(text.len(), |length| start + length))
    })
}
