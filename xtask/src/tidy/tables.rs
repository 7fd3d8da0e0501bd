//! The tables of the documentation say what the custom elements manifest says.
//!
//! npm/custom-elements.json is where attributes, events, parts and the rest are written down; a text has
//! `<!-- attributes -->` where it shows them, and what follows up to `<!-- / -->` is made from the manifest.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Finding, Source};

/// Where the names are written down.
const MANIFEST: &str = "npm/custom-elements.json";
const END: &str = "<!-- / -->";
const WHY: &str = "tables are made from npm/custom-elements.json: `cargo xtask tidy --fix` writes them anew";

/// A text in which every table is what the manifest says.
pub(super) struct Renewed {
    pub(super) path: String,
    pub(super) text: String,
}

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let stale = |renewed: Renewed| {
        let source = sources.iter().find(|source| source.path == renewed.path)?;
        let same = source.text.lines().zip(renewed.text.lines()).take_while(|(old, new)| old == new).count();
        Some(source.finding(same + 1, "the table is not what the manifest says", WHY))
    };
    renew(sources).into_iter().filter_map(stale).collect()
}

/// The texts that differ from what the manifest says, as they should be.
pub(super) fn renew(sources: &[Source]) -> Vec<Renewed> {
    let manifest = sources.iter().find(|source| source.path == MANIFEST);
    let Some(manifest) = manifest.and_then(|source| serde_json::from_str::<Value>(&source.text).ok()) else {
        return Vec::new();
    };
    let element = &manifest["modules"][0]["declarations"][0];
    let texts = sources.iter().filter(|source| source.is(&["md"]));
    let renewed = texts.map(|source| Renewed { path: source.path.clone(), text: rewrite(&source.text, element) });
    renewed.zip(sources.iter().filter(|source| source.is(&["md"]))).filter_map(differs).collect()
}

fn differs((renewed, source): (Renewed, &Source)) -> Option<Renewed> {
    (renewed.text != source.text).then_some(renewed)
}

fn rewrite(text: &str, element: &Value) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in text.lines() {
        inside &= line != END;
        if !inside {
            out += line;
            out.push('\n');
        }
        if let Some(table) = marked(line).and_then(|name| table(element, name)) {
            out = out + "\n" + &table + "\n";
            inside = true;
        }
    }
    out
}

fn marked(line: &str) -> Option<&str> {
    line.strip_prefix("<!-- ")?.strip_suffix(" -->")
}

fn table(element: &Value, name: &str) -> Option<String> {
    let members = |wanted: fn(&Value) -> bool| rows(&element["members"], wanted);
    let (head, rows): (&[&str], Vec<&Value>) = match name {
        "attributes" => (&["attribute", "default", "meaning"], rows(&element["attributes"], |_| true)),
        // The others are attributes, too.
        "properties" => {
            (&["property", "type", "meaning"], members(|it| it["kind"] == "field" && it["attribute"].is_null()))
        }
        "methods" => (&["method", "returns", "what it does"], members(|it| it["kind"] == "method")),
        "events" => (&["event", "detail", "when"], rows(&element["events"], |_| true)),
        "slots" => (&["slot", "what goes there"], rows(&element["slots"], |_| true)),
        "parts" => (&["part", "what it is"], rows(&element["cssParts"], |_| true)),
        "custom-properties" => (&["property", "default", "what for"], rows(&element["cssProperties"], |_| true)),
        _ => return None,
    };
    let mut table = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        let cells: Vec<String> = head.iter().map(|column| cell(row, column)).collect();
        _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    Some(table)
}

fn rows(list: &Value, wanted: fn(&Value) -> bool) -> Vec<&Value> {
    list.as_array().into_iter().flatten().filter(|row| wanted(row)).collect()
}

fn cell(row: &Value, column: &str) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('|', "\\|");
    let code = |text: String| if text.is_empty() { "–".to_owned() } else { format!("`{text}`") };
    let kind = text(&row["type"]["text"]);
    match column {
        "default" if row["default"] == "false" => "off".to_owned(),
        "default" => code(text(&row["default"])),
        "type" => code(kind),
        "detail" => {
            let detail = kind.strip_prefix("CustomEvent<").and_then(|kind| kind.strip_suffix('>')).unwrap_or(&kind);
            code(detail.replace("Record<string, never>", ""))
        }
        "returns" => code(text(&row["return"]["type"]["text"])),
        "method" => {
            let parameters = row["parameters"].as_array().into_iter().flatten();
            let parameters: Vec<String> = parameters.map(|parameter| text(&parameter["name"])).collect();
            code(format!("{}({})", text(&row["name"]), parameters.join(", ")))
        }
        "attribute" | "property" | "event" | "slot" | "part" => code(text(&row["name"])),
        _ => text(&row["description"]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, source};
    use super::{check, renew};

    fn manifest() -> Source {
        let element = r#"{
          "attributes": [
            { "name": "token", "description": "Bearer token." },
            { "name": "theme", "default": "auto", "description": "`a` | `b`." }
          ],
          "members": [
            { "kind": "field", "name": "token", "attribute": "token" },
            { "kind": "field", "name": "status", "type": { "text": "'a' | 'b'" }, "description": "One word." },
            { "kind": "method", "name": "dismiss", "parameters": [{ "name": "id" }],
              "return": { "type": { "text": "void" } }, "description": "Dismisses." }
          ],
          "events": [{ "name": "cn-open", "type": { "text": "CustomEvent<{ count: number }>" }, "description": "Now." }]
        }"#;
        source(super::MANIFEST, &format!("{{ \"modules\": [{{ \"declarations\": [{element}] }}] }}"))
    }

    fn renewed(text: &str) -> String {
        let sources = [manifest(), source("README.md", text)];
        renew(&sources).into_iter().next().map(|renewed| renewed.text).unwrap_or_default()
    }

    #[test]
    fn a_table_is_made_of_what_the_manifest_says() {
        assert_eq!(
            renewed("<!-- attributes -->\nold\n<!-- / -->\nafter\n"),
            "<!-- attributes -->\n\n| attribute | default | meaning |\n|---|---|---|\n| `token` | – | Bearer token. |\n\
             | `theme` | `auto` | `a` \\| `b`. |\n\n<!-- / -->\nafter\n"
        );
    }

    #[test]
    fn members_that_are_attributes_are_not_told_twice() {
        let text =
            renewed("<!-- properties -->\n<!-- / -->\n<!-- methods -->\n<!-- / -->\n<!-- events -->\n<!-- / -->\n");
        assert!(text.contains("| `status` | `'a' \\| 'b'` | One word. |"), "{text}");
        assert!(!text.contains("token"), "{text}");
        assert!(text.contains("| `dismiss(id)` | `void` | Dismisses. |"), "{text}");
        assert!(text.contains("| `cn-open` | `{ count: number }` | Now. |"), "{text}");
    }

    #[test]
    fn a_table_that_was_changed_by_hand_is_found_with_its_line() {
        let good = renewed("one\n<!-- attributes -->\n<!-- / -->\n");
        assert!(check(&[manifest(), source("README.md", &good)]).is_empty());
        let bad = good.replace("Bearer token.", "A token.");
        let findings = check(&[manifest(), source("README.md", &bad)]);
        assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [6]);
    }
}
