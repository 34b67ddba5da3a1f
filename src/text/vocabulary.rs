//! The vocabulary: every word that a table or a rule knows, numbered, and the per-worker cache that finds a written
//! word's number and shape with one hash look-up.

use super::fold::fold;
use super::keyword;
use super::token::Shape;
use rustc_hash::FxHashMap;

/// The number of a known word. ASCII marks have their character code, the [`keyword`]s follow, then the words of the
/// gazetteers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word(pub u32);

impl Word {
    /// A word that no table and no rule knows.
    pub const UNKNOWN: Word = Word(0);
    /// The word of an ASCII mark: `Word::mark(b'-')`.
    pub const fn mark(mark: u8) -> Word {
        Word(mark as u32)
    }
}

/// All known words. Built once, shared by all workers.
pub struct Vocabulary {
    words: FxHashMap<Box<str>, Word>,
    next: u32,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let mut vocabulary = Vocabulary { words: FxHashMap::default(), next: keyword::FIRST };
        for &word in keyword::KEYWORDS {
            let added = vocabulary.add(word);
            debug_assert_eq!(fold(word), word, "keywords are written folded");
            debug_assert_eq!(added.0 + 1, vocabulary.next, "keyword {word} stands twice");
        }
        vocabulary
    }
}

impl Vocabulary {
    /// The number of `word`, which is made known if it is new.
    pub fn add(&mut self, word: &str) -> Word {
        let key = fold(word);
        if let Some(&known) = self.words.get(key.as_str()) {
            return known;
        }
        let word = Word(self.next);
        self.next += 1;
        self.words.insert(key.into_boxed_str(), word);
        word
    }

    /// The number of `word`, or [`Word::UNKNOWN`].
    pub fn get(&self, word: &str) -> Word {
        self.words.get(fold(word).as_str()).copied().unwrap_or(Word::UNKNOWN)
    }

    /// How many numbers are in use; every [`Word`] is below it.
    pub fn len(&self) -> usize {
        self.next as usize
    }

    /// Whether no word is known (never, since keywords are).
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Slots of a worker's cache; a power of two, a few times the number of common syllables.
const SLOTS: usize = 1 << 15;
/// Longest surface, in bytes, that is cached; every Vietnamese syllable is shorter.
const CACHED_BYTES: usize = 12;

/// What a worker has already looked up, kept from article to article: a written word's place is decided by its
/// bytes, and a newcomer takes the place over, so that memory stays flat.
pub struct Cache(Box<[Slot]>);

/// What is known of one surface, packed so that four slots share a line of the processor's cache: the surface in the
/// low bits, above it the word, above that the shape.
#[derive(Clone, Copy)]
struct Slot(u128);

const WORD_BITS: u32 = 28;

impl Slot {
    fn new(surface: u128, word: Word, shape: Shape) -> Self {
        debug_assert!(word.0 >> WORD_BITS == 0);
        Slot(surface | u128::from(word.0 | (shape as u32) << WORD_BITS) << (8 * CACHED_BYTES))
    }

    fn has(self, surface: u128) -> bool {
        (self.0 ^ surface) << (128 - 8 * CACHED_BYTES) == 0
    }

    fn found(self) -> (Word, Shape) {
        let bits = (self.0 >> (8 * CACHED_BYTES)) as u32;
        (Word(bits & ((1 << WORD_BITS) - 1)), Shape::ALL[(bits >> WORD_BITS) as usize])
    }
}

impl Default for Cache {
    fn default() -> Self {
        Cache(vec![Slot::new(0, Word::UNKNOWN, Shape::Mark); SLOTS].into_boxed_slice())
    }
}

impl Cache {
    fn slot(&mut self, surface: u128) -> &mut Slot {
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let (low, high) = (surface as u64, (surface >> 64) as u64);
        let mixed = (low ^ high.rotate_left(29).wrapping_mul(MIX)).wrapping_mul(MIX);
        &mut self.0[(mixed >> (64 - SLOTS.trailing_zeros())) as usize]
    }
}

/// Finds words in a vocabulary through a worker's cache, or adds them while the gazetteers are being built.
pub enum Lookup<'a> {
    /// Reading articles: unknown words stay unknown.
    Read(&'a Vocabulary, &'a mut Cache),
    /// Reading tables: unknown words are added.
    Build(&'a mut Vocabulary),
}

impl Lookup<'_> {
    /// The word of the digit run `text[start..end]`. Digits fold to themselves, and there are too many numbers to
    /// remember.
    pub fn number(&mut self, text: &str, start: usize, end: usize) -> Word {
        match self {
            Lookup::Read(vocabulary, _) if text.as_bytes()[start..end].is_ascii() => {
                vocabulary.words.get(&text[start..end]).copied().unwrap_or(Word::UNKNOWN)
            }
            Lookup::Read(vocabulary, _) => vocabulary.get(&text[start..end]),
            Lookup::Build(vocabulary) => vocabulary.add(&text[start..end]),
        }
    }

    /// The word at `at`, its shape and its length in bytes, if it was looked up before. What reaches from `at` to the
    /// next ASCII character that is no letter is looked for as a whole: where it is more than a word (`tập”`), it was
    /// never looked up as one, so that it is not found.
    #[inline]
    pub fn known(&mut self, bytes: &[u8], at: usize) -> Option<(Word, Shape, usize)> {
        let Lookup::Read(_, cache) = self else { return None };
        let window = u128::from_le_bytes(bytes.get(at..at + WINDOW)?.try_into().ok()?);
        let len = letters(window);
        if len == 0 || len > CACHED_BYTES || (window >> (8 * len)) as u8 == b'\'' {
            return None;
        }
        let surface = first_bytes(window, len);
        let slot = cache.slot(surface);
        let (word, shape) = slot.has(surface).then(|| slot.found())?;
        Some((word, shape, len))
    }

    /// The word and shape of the written word `text[start..end]`.
    pub fn find(&mut self, text: &str, start: usize, end: usize) -> (Word, Shape) {
        match self {
            Lookup::Build(vocabulary) => (vocabulary.add(&text[start..end]), shape(&text[start..end])),
            Lookup::Read(vocabulary, cache) => {
                let look_up = || (vocabulary.get(&text[start..end]), shape(&text[start..end]));
                let Some(surface) = pack(text.as_bytes(), start, end) else { return look_up() };
                let slot = cache.slot(surface);
                if !slot.has(surface) {
                    let (word, shape) = look_up();
                    *slot = Slot::new(surface, word, shape);
                }
                slot.found()
            }
        }
    }

    /// The word of a mark: all dashes are one, all double quotes are one, all slashes are one.
    pub fn mark(&mut self, surface: &str) -> Word {
        let c = surface.chars().next().unwrap_or(' ');
        if c.is_ascii() {
            return Word(c as u32);
        }
        match c {
            '‐' | '‑' | '‒' | '–' | '—' | '−' | '－' => Word::mark(b'-'),
            '“' | '”' | '„' | '«' | '»' | '″' => Word::mark(b'"'),
            '‘' | '’' | '‚' | '′' => Word::mark(b'\''),
            '⁄' | '∕' | '／' => Word::mark(b'/'),
            '…' => keyword::ELLIPSIS,
            '•' | '◼' | '►' | '●' | '▪' | '■' | '★' => keyword::BULLET,
            '²' => Word::mark(b'2'),
            '³' => Word::mark(b'3'),
            '％' => Word::mark(b'%'),
            '，' => Word::mark(b','),
            _ => match self {
                Lookup::Build(vocabulary) => vocabulary.add(surface),
                Lookup::Read(vocabulary, _) => vocabulary.get(surface),
            },
        }
    }
}

/// How many bytes are looked at at once.
const WINDOW: usize = size_of::<u128>();

/// The bytes `start..end` as one number, if they fit.
fn pack(bytes: &[u8], start: usize, end: usize) -> Option<u128> {
    let len = end - start;
    let mut window = [0; WINDOW];
    (len <= CACHED_BYTES).then(|| window[..len].copy_from_slice(&bytes[start..end]))?;
    Some(u128::from_le_bytes(window))
}

/// The first `len` bytes of a window, 1 to all.
fn first_bytes(window: u128, len: usize) -> u128 {
    window & (u128::MAX >> (8 * (WINDOW - len)))
}

/// How many bytes at the start of a window are ASCII letters or parts of other characters, all sixteen compared at
/// once: each is a lane of the number, and its highest bit tells.
fn letters(window: u128) -> usize {
    const fn each(byte: u8) -> u128 {
        u128::MAX / 0xff * byte as u128
    }
    const HIGH: u128 = each(0x80);
    let small = (window | each(0x20)) & !HIGH;
    let (from_a, past_z) = (small + each(0x80 - b'a'), small + each(0x80 - b'z' - 1));
    let letter = from_a & !past_z | window;
    ((!letter & HIGH).trailing_zeros() / 8) as usize
}

fn shape(surface: &str) -> Shape {
    let clean = super::fold::clean(surface);
    let mut letters = clean.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Digits };
    let (mut upper, mut lower) = (0, 0);
    for letter in letters {
        *(if letter.is_uppercase() { &mut upper } else { &mut lower }) += 1;
    }
    match (first.is_uppercase(), upper, lower) {
        (true, 0, 0) => Shape::Initial,
        (false, 0, _) => Shape::Lower,
        (true, 0, _) => Shape::Title,
        (true, _, 0) => Shape::Upper,
        _ => Shape::Mixed,
    }
}
