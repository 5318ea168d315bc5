//! One field as a schema.

use serde_json::{Map, Value, json};

use super::Known;
use crate::definition::fields::{DATA_CATEGORIES, Field, LegacyField, OPERATORS, Type, UNIQUE, Values};
use crate::source::Kind;
use crate::words::capitalised;

/// The schema of a field's value, with its meaning for hovers.
pub(super) fn of(field: &Field, kind: Kind, known: &Known<'_>) -> Value {
    let mut schema = match field.name {
        "product_group" => groups(kind, known),
        "product_categories" => product_categories(kind, known),
        "events" => events(known),
        _ => typed(field, kind, known),
    };
    if let Some(object) = schema.as_object_mut() {
        describe(object, field.name, &format!("{}.", capitalised(&field.describe())));
    }
    schema
}

/// A field of older files: known, marked, and rejected where the check rejects it.
pub(super) fn legacy(field: &LegacyField, rejected: bool) -> Value {
    let help = capitalised(field.help);
    let mut schema = json!({ "deprecated": true, "doNotSuggest": true });
    if let Some(object) = schema.as_object_mut() {
        describe(object, field.name, &format!("A field of an older format: {}.", field.help));
        if rejected {
            object.insert("deprecationMessage".to_owned(), help.into());
            object.insert("not".to_owned(), json!({}));
        }
    }
    schema
}

/// Title and descriptions; the plain one is for editors that show no Markdown.
fn describe(schema: &mut Map<String, Value>, name: &str, markdown: &str) {
    schema.insert("title".to_owned(), capitalised(&name.replace('_', " ")).into());
    schema.insert("description".to_owned(), markdown.replace('`', "").into());
    schema.insert("markdownDescription".to_owned(), markdown.into());
}

/// By the field's types; a list and a string may both do.
fn typed(field: &Field, kind: Kind, known: &Known<'_>) -> Value {
    if !known.rejects(kind, "wrong-type") {
        return json!({});
    }
    let branches: Vec<Value> = field.types.iter().map(|one| of_type(*one, field, kind, known)).collect();
    match branches.len() {
        0 => json!({}),
        1 => branches.into_iter().next().unwrap_or_default(),
        _ => json!({ "anyOf": branches }),
    }
}

fn of_type(one: Type, field: &Field, kind: Kind, known: &Known<'_>) -> Value {
    match one {
        Type::String => with(json!({ "type": "string" }), values(field, kind, known)),
        Type::Boolean => match field.values {
            Values::OneOf(["true"], _) if known.rejects(kind, "invalid-value") => {
                json!({ "type": "boolean", "const": true })
            }
            _ => json!({ "type": "boolean" }),
        },
        Type::Strings => {
            let mut items = with(json!({ "type": "string" }), values(field, kind, known));
            if field.name == "time_frame" && known.rejects(kind, "invalid-value") {
                items["not"] = json!({ "const": "none" });
            }
            let mut list = json!({ "type": "array", "items": items });
            if field.distinct && known.is_error("metric/repeated-value") {
                list["uniqueItems"] = Value::Bool(true);
            }
            list
        }
        Type::List => json!({ "type": "array" }),
        Type::Mapping
            if field.name == "additional_properties" && known.is_error("event/additional-property") =>
        {
            json!({
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "required": ["description"],
                    "properties": { "description": {
                        "type": "string",
                        "description": "What the property says of an occurrence."
                    } },
                    "additionalProperties": false
                }
            })
        }
        Type::Mapping => json!({ "type": "object" }),
        Type::Null => json!({ "type": "null" }),
    }
}

/// What a string of the field must look like.
fn values(field: &Field, kind: Kind, known: &Known<'_>) -> Value {
    let strict = known.rejects(kind, "invalid-value");
    match field.values {
        Values::Any => json!({}),
        Values::Form(..) => match field.pattern.filter(|_| strict) {
            Some(pattern) => json!({ "pattern": pattern }),
            None => json!({}),
        },
        Values::OneOf(today, older) => words(today, older, strict, known.rejects(kind, "legacy-value")),
        Values::DataCategory => {
            let own = known.vocabulary.data_category_keys();
            if own.is_empty() {
                return words(DATA_CATEGORIES, &[], strict, known.rejects(kind, "legacy-value"));
            }
            let mut schema = words(&own, &[], strict, known.rejects(kind, "legacy-value"));
            let meanings = known.vocabulary.data_categories().iter();
            let meanings: Vec<&str> = meanings.map(|category| category.description.as_str()).collect();
            match schema.pointer_mut("/anyOf/0") {
                Some(first) => first["enumDescriptions"] = meanings.into(),
                None => schema["enumDescriptions"] = meanings.into(),
            }
            schema
        }
    }
}

/// Today's words, and where they are allowed older ones and other capitals.
fn words(today: &[&str], older: &[(&str, &str)], strict: bool, strict_about_older: bool) -> Value {
    if !strict {
        return suggested(json!({ "enum": today }), false);
    }
    if strict_about_older {
        return json!({ "enum": today });
    }
    let mut branches = vec![json!({ "enum": today })];
    if !older.is_empty() {
        let older: Vec<&str> = older.iter().map(|(word, _)| *word).collect();
        branches.push(json!({ "enum": older, "deprecated": true, "doNotSuggest": true }));
    }
    let any_case: Vec<String> = today.iter().map(|word| any_case(word)).collect();
    branches.push(json!({ "pattern": format!("^({})$", any_case.join("|")), "doNotSuggest": true }));
    json!({ "anyOf": branches })
}

/// A pattern for a word in any capitals; JSON Schema has no flag for it.
pub(super) fn any_case(word: &str) -> String {
    let letters = word.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphabetic() => {
            format!("[{}{}]", letter.to_ascii_uppercase(), letter.to_ascii_lowercase())
        }
        letter if letter.is_alphanumeric() || letter == '_' => letter.to_string(),
        letter => format!("[{letter}]"),
    });
    letters.collect()
}

/// A schema that completions come from, whether or not other values are rejected.
pub(super) fn suggested(values: Value, strict: bool) -> Value {
    if strict { values } else { json!({ "anyOf": [values, { "type": "string" }] }) }
}

/// One schema with the keywords of another.
fn with(mut schema: Value, more: Value) -> Value {
    if let (Some(object), Value::Object(more)) = (schema.as_object_mut(), more) {
        object.extend(more);
    }
    schema
}

/// The groups by their present keys; former keys are marked.
fn groups(kind: Kind, known: &Known<'_>) -> Value {
    if !known.vocabulary.has_groups() {
        return json!({ "type": "string" });
    }
    let groups = known.vocabulary.groups();
    let keys: Vec<&str> = groups.iter().map(|group| group.key.as_str()).collect();
    let names = groups.iter().map(|group| match &group.stage {
        Some(stage) => format!("{} ({})", group.name, stage.name),
        None => group.name.clone(),
    });
    let mut branches = vec![json!({ "enum": keys, "enumDescriptions": names.collect::<Vec<_>>() })];
    let former =
        groups.iter().flat_map(|group| group.former_keys.iter().map(move |former| (former, &group.key)));
    let former: Vec<_> = former.filter(|(former, _)| !keys.contains(&former.as_str())).collect();
    if !former.is_empty() && !known.rejects(kind, "group-spelling") {
        let (words, today): (Vec<_>, Vec<_>) =
            former.into_iter().map(|(former, today)| (former, format!("now {today}"))).unzip();
        branches.push(json!({
            "enum": words,
            "enumDescriptions": today,
            "deprecated": true,
            "deprecationMessage": "A former key: write the group's present one.",
            "doNotSuggest": true
        }));
    }
    if !known.rejects(kind, "unknown-group") {
        branches.push(json!({ "type": "string" }));
    }
    if branches.len() == 1 {
        let only = branches.into_iter().next().unwrap_or_default();
        return with(json!({ "type": "string" }), only);
    }
    json!({ "type": "string", "anyOf": branches })
}

fn product_categories(kind: Kind, known: &Known<'_>) -> Value {
    let items = match known.vocabulary.product_categories() {
        Some(categories) => {
            let strict = known.rejects(kind, "unknown-product-category");
            with(json!({ "type": "string" }), suggested(json!({ "enum": categories }), strict))
        }
        None => json!({ "type": "string" }),
    };
    json!({ "type": "array", "items": items })
}

/// The events of a metric as completions see them; what must hold is a condition on the data source.
fn events(known: &Known<'_>) -> Value {
    json!({ "items": { "properties": {
        "name": {
            "description": "The event's action.",
            "anyOf": [{ "enum": known.events }, {}]
        },
        "unique": { "description": "What is counted once; left out for totals.", "anyOf": [{ "enum": UNIQUE }, {}] },
        "filter": { "description": "The properties an occurrence must have to count." },
        "operator": {
            "description": "How occurrences are added up; left out for counts.",
            "anyOf": [{ "enum": OPERATORS }, {}]
        }
    } } })
}
