//! Sets and tables of object numbers.

use std::collections::HashMap;
use std::sync::Mutex;

use gix::ObjectId;
use gix::hash::oid;

use crate::git::store::objects::{Number, Objects};

/// A set of object numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    bits: Vec<u64>,
}

impl Numbers {
    /// Adds a number. Says whether it was not there.
    pub(crate) fn insert(&mut self, number: Number) -> bool {
        let (word, bit) = (number as usize / 64, 1 << (number % 64));
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        let is_new = self.bits[word] & bit == 0;
        self.bits[word] |= bit;
        is_new
    }

    pub(crate) fn remove(&mut self, number: Number) {
        if let Some(word) = self.bits.get_mut(number as usize / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bits.iter().all(|word| *word == 0)
    }

    pub(crate) fn contains(&self, number: Number) -> bool {
        self.bits.get(number as usize / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        if self.bits.len() < other.bits.len() {
            self.bits.resize(other.bits.len(), 0);
        }
        for (word, other) in self.bits.iter_mut().zip(&other.bits) {
            *word |= other;
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Number> + '_ {
        let in_word = |word: u64| (0..64).filter(move |bit| word & (1 << bit) != 0);
        (0..)
            .zip(&self.bits)
            .flat_map(move |(index, word)| in_word(*word).map(move |bit| index * 64 + bit))
    }
}

impl Extend<Number> for Numbers {
    fn extend<I: IntoIterator<Item = Number>>(&mut self, numbers: I) {
        for number in numbers {
            self.insert(number);
        }
    }
}

/// A value for each object; where none was set, the default.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByNumber<T>(Vec<T>);

impl<T: Copy + Default> ByNumber<T> {
    pub(crate) fn get(&self, number: Number) -> T {
        self.0.get(number as usize).copied().unwrap_or_default()
    }

    pub(crate) fn at(&mut self, number: Number) -> &mut T {
        let index = number as usize;
        if index >= self.0.len() {
            self.0.resize(index + 1, T::default());
        }
        &mut self.0[index]
    }

    /// Forgets all values.
    pub(crate) fn clear(&mut self) {
        self.0.fill(T::default());
    }
}

/// Numbers for ids, also for those of objects that are not stored.
pub(crate) struct Numbering<'a> {
    pub(crate) objects: &'a Objects,
    /// The ids that are mentioned and not stored; their numbers follow those of the objects.
    missing: Mutex<HashMap<ObjectId, Number>>,
}

impl<'a> Numbering<'a> {
    pub(crate) fn new(objects: &'a Objects) -> Self {
        Self { objects, missing: Mutex::default() }
    }

    pub(crate) fn number(&self, id: &oid) -> Number {
        self.objects.number(id).unwrap_or_else(|| {
            let mut missing = self.missing.lock().expect("no thread panics while it counts");
            let next = self.objects.len() + missing.len();
            *missing.entry(id.to_owned()).or_insert(next as Number)
        })
    }

    /// The missing ones by their numbers.
    pub(crate) fn missing(&self) -> HashMap<Number, ObjectId> {
        let missing = self.missing.lock().expect("no thread panics while it counts");
        missing.iter().map(|(id, number)| (*number, *id)).collect()
    }
}
