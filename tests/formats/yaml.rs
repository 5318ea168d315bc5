//! Our YAML tree against `serde_yaml`: what both accept, both read alike.

use metrics_dictionary::yaml::{Data, Node, Resolved, load};
use proptest::prelude::*;
use serde_yaml::{Mapping, Number, Value};

use crate::support::{all_definitions, tree};

/// Our tree as `serde_yaml` would give it.
fn value(node: &Node<'_>) -> Value {
    match &node.data {
        Data::Scalar(scalar) => match scalar.resolve() {
            Resolved::Null => Value::Null,
            Resolved::Bool(value) => Value::Bool(value),
            Resolved::Integer(value) => match u64::try_from(value) {
                Ok(value) => Value::Number(value.into()),
                Err(_) => Value::Number(i64::try_from(value).unwrap().into()),
            },
            Resolved::Float(value) => Value::Number(Number::from(value)),
            Resolved::Text(text) => Value::String(text.to_owned()),
        },
        Data::Sequence(items) => Value::Sequence(items.iter().map(value).collect()),
        Data::Mapping(entries) => {
            let entries = entries
                .iter()
                .map(|entry| (Value::String(entry.key.clone().into_owned()), value(&entry.value)));
            Value::Mapping(entries.collect::<Mapping>())
        }
    }
}

#[test]
fn real_files_read_alike() {
    let mut compared = 0;
    for definitions in all_definitions() {
        for (path, content) in tree(&definitions).into_iter().filter(|(path, _)| path.ends_with(".yml")) {
            let text = String::from_utf8(content).unwrap();
            let document = load(&text);
            assert!(document.problems.is_empty(), "{path}: {:?}", document.problems);
            assert_eq!(
                value(&document.root.unwrap()),
                serde_yaml::from_str::<Value>(&text).unwrap(),
                "{path}"
            );
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

/// Values as definitions have them, with strings that look like other things.
fn values() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[a-z_.]{0,12}",
        "\\PC{0,20}",
        Just("16.10".to_owned()),
        Just("yes".to_owned()),
        Just("~".to_owned()),
        Just("0x1f".to_owned()),
        Just("a: b # c".to_owned()),
        Just("line\nline\n\n  more".to_owned()),
    ];
    let leaf = prop_oneof![
        text.clone().prop_map(Value::String),
        any::<i64>().prop_map(|number| Value::Number(number.into())),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 32, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Sequence),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..5).prop_map(|map| Value::Mapping(
                map.into_iter().map(|(key, value)| (Value::String(key), value)).collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn written_values_read_back(expected in values()) {
        let text = serde_yaml::to_string(&expected).unwrap();
        let document = load(&text);
        prop_assert!(document.problems.iter().all(|problem| format!("{:?}", problem.kind) == "Empty"), "{text:?}: {:?}", document.problems);
        if let Some(root) = document.root {
            prop_assert_eq!(value(&root), expected, "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_without_panic_and_within_its_bounds(text in "([ -~]|[\n\t:#'\"{}\\[\\]&*-]|\\PC){0,300}") {
        let document = load(&text);
        for problem in &document.problems {
            prop_assert!(problem.span.range().end <= text.len(), "{problem:?}");
            prop_assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
        }
    }
}
