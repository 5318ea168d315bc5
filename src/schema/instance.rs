//! Our YAML tree as the JSON that validators look at.

use serde_json::{Map, Number, Value};

use crate::yaml::{Data, Node, Resolved};

/// A YAML value as JSON, scalars by YAML's core schema: `16.10` is the number 16.1, as other readers see it.
///
/// Of duplicate keys the first counts, as everywhere. What JSON has no number for (`.nan`, `.inf`) becomes its text.
pub fn instance(node: &Node<'_>) -> Value {
    match &node.data {
        Data::Scalar(scalar) => match scalar.resolve() {
            Resolved::Null => Value::Null,
            Resolved::Bool(value) => Value::Bool(value),
            Resolved::Integer(value) => integer(value).map_or_else(|| text(&scalar.text), Value::Number),
            Resolved::Float(value) => {
                Number::from_f64(value).map_or_else(|| text(&scalar.text), Value::Number)
            }
            Resolved::Text(value) => text(value),
        },
        Data::Sequence(items) => Value::Array(items.iter().map(instance).collect()),
        Data::Mapping(entries) => {
            let mut object = Map::new();
            for entry in entries {
                if !object.contains_key(entry.key.as_ref()) {
                    object.insert(entry.key.clone().into_owned(), instance(&entry.value));
                }
            }
            Value::Object(object)
        }
    }
}

fn integer(value: i128) -> Option<Number> {
    u64::try_from(value).map(Number::from).or_else(|_| i64::try_from(value).map(Number::from)).ok()
}

fn text(value: &str) -> Value {
    Value::String(value.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::instance;
    use crate::yaml::load;

    #[test]
    fn scalars_follow_the_core_schema() {
        let document = load(
            "a: 16.10\nb: \"16.10\"\nc: yes\nd: True\ne:\nf: -7\ng: .nan\nh: 18446744073709551615\na: again\ni: [~]\n",
        );
        let expected = json!({
            "a": 16.1, "b": "16.10", "c": "yes", "d": true, "e": null, "f": -7, "g": ".nan",
            "h": 18_446_744_073_709_551_615_u64, "i": [null]
        });
        assert_eq!(instance(&document.root.unwrap()), expected);
    }
}
