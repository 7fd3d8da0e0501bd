//! The JSON fixtures which the widget's decoder is held to as well, and what "the same shape" means.

use std::collections::BTreeSet;

use serde_json::Value;

/// A fixture by its file name.
pub(crate) fn fixture(name: &str) -> Value {
    let path = format!("{}/../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Asserts that an answer has the keys and types of a fixture.
pub(crate) fn assert_same_shape(answer: &Value, name: &str) {
    if let Err(difference) = compare(answer, &fixture(name), "$") {
        panic!("differs from {name} at {difference}\nanswer: {answer:#}");
    }
}

/// Objects have the same keys, arrays elements like the first one; null goes with everything.
fn compare(answer: &Value, fixture: &Value, at: &str) -> Result<(), String> {
    match (answer, fixture) {
        (Value::Null, _) | (_, Value::Null) => Ok(()),
        (Value::Object(ours), Value::Object(theirs)) => {
            let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<BTreeSet<_>>();
            let difference: Vec<_> = keys(ours).symmetric_difference(&keys(theirs)).cloned().collect();
            if !difference.is_empty() {
                return Err(format!("{at}: only one side has {difference:?}"));
            }
            ours.iter().try_for_each(|(key, value)| compare(value, &theirs[key], &format!("{at}.{key}")))
        }
        (Value::Array(ours), Value::Array(theirs)) => match theirs.first() {
            Some(first) => ours.iter().try_for_each(|value| compare(value, first, &format!("{at}[]"))),
            None => Ok(()),
        },
        _ if std::mem::discriminant(answer) == std::mem::discriminant(fixture) => Ok(()),
        _ => Err(format!("{at}: {answer} beside {fixture}")),
    }
}

#[test]
fn shapes_differ_by_keys_and_types_alone() {
    let shape = |answer: Value| compare(&answer, &serde_json::json!({"a": 1, "b": [{"c": "x"}]}), "$");
    use serde_json::json;
    assert!(shape(json!({"a": 2, "b": [{"c": "y"}, {"c": null}]})).is_ok());
    assert!(shape(json!({"a": 2, "b": []})).is_ok());
    assert!(shape(json!({"a": 2})).is_err());
    assert!(shape(json!({"a": "2", "b": []})).is_err());
    assert!(shape(json!({"a": 2, "b": [{"c": "y", "d": 1}]})).is_err());
}
