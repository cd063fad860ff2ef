//! Where a schema stands, in words: what an inline schema may be called.

/// A step on the way from a named thing to the schema that is being read. Kept on the stack; words
/// are copied only when a type needs them.
#[derive(Debug, Clone, Copy)]
pub(in crate::normalise) struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    word: &'p str,
    /// Whether a hint can begin here: with a property or a component, not with "item".
    begins: bool,
}

/// How many hints are kept. The last one is the whole way.
const MOST_HINTS: usize = 4;

impl<'p> Place<'p> {
    /// A named thing: a component, an operation, a parameter.
    pub(in crate::normalise) const fn root(word: &'p str) -> Self {
        Self {
            parent: None,
            word,
            begins: true,
        }
    }

    /// A property, or whatever else can be called by its own word.
    pub(in crate::normalise) const fn property(&'p self, word: &'p str) -> Self {
        Self {
            parent: Some(self),
            word,
            begins: true,
        }
    }

    /// A part that needs the word before it: "item", "request", "value".
    pub(in crate::normalise) const fn part(&'p self, word: &'p str) -> Self {
        Self {
            parent: Some(self),
            word,
            begins: false,
        }
    }

    /// The hints, best first: the shortest way that can stand alone, then longer ones.
    pub(in crate::normalise) fn hints(&self) -> Vec<Vec<String>> {
        let mut way: Vec<&Place<'_>> = Vec::new();
        let mut step = Some(self);
        while let Some(place) = step {
            way.push(place);
            step = place.parent;
        }
        let mut hints: Vec<Vec<String>> = Vec::new();
        for (index, place) in way.iter().enumerate() {
            let whole = index + 1 == way.len();
            if whole || (place.begins && hints.len() + 1 < MOST_HINTS) {
                let steps = way.iter().take(index + 1).rev();
                hints.push(steps.map(|step| step.word.to_owned()).collect());
            }
        }
        hints
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_hint_begins_with_a_property_and_grows_to_the_whole_way() {
        let company = Place::root("Company");
        let field = company.property("domainName");
        let links = field.property("secondaryLinks");
        assert_eq!(
            links.part("item").hints(),
            [
                vec!["secondaryLinks", "item"],
                vec!["domainName", "secondaryLinks", "item"],
                vec!["Company", "domainName", "secondaryLinks", "item"],
            ]
        );
        assert_eq!(
            Place::root("findOne").part("response").hints(),
            [["findOne", "response"]]
        );
    }
}
