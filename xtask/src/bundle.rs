//! The files that a page loads, put together from the built wasm, the element's module and the languages.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files::{self, has_extension};
use crate::node;
use crate::process::Step;
use crate::project::{Project, WIDGET};
use crate::wasm::Glue;

/// The languages' folder in the bundle and, inside it, the one that the wasm has built in.
const LOCALES: &str = "locales";
const BUILT_IN_LOCALE: &str = "en.json";

/// Writes all that a page loads into `to`.
///
/// With esbuild there are two small modules; without it the modules are copied as they are.
pub(crate) fn write(project: &Project, tools: &node::Tools, glue: &Glue, wasm: &Path, to: &Path) -> Result<()> {
    let stage = stage_modules(project, tools, &node::integrity(wasm))?;
    write_glue(&glue.script, &stage.join("glue.js"))?;
    let snippets = glue.dir.join("snippets");
    if snippets.is_dir() {
        files::copy_tree(&snippets, &stage.join("snippets"), |_| true)?;
    }
    write_modules(tools, &stage, to)?;
    write_locales(project, to)?;
    files::copy(wasm, &to.join(format!("{WIDGET}_bg.wasm")))
}

/// Writes the page and its assets around a bundle, which makes the folder one that the sandbox can serve.
pub(crate) fn write_page(project: &Project, to: &Path) -> Result<()> {
    files::copy(&project.path("index.html"), &to.join("index.html"))?;
    files::copy_tree(&project.path("static/portal"), &to.join("static/portal"), |_| true)
}

/// Writes the element's modules and the languages, beside bindings that are there as `glue.js`.
pub(crate) fn write_element(project: &Project, to: &Path) -> Result<()> {
    let stage = stage_modules(project, &node::Tools::default(), "")?;
    files::copy_tree(&stage, to, |_| true)?;
    write_locales(project, to)
}

fn write_locales(project: &Project, to: &Path) -> Result<()> {
    let fetched = |path: &Path| has_extension(path, &["json"]) && !path.ends_with(BUILT_IN_LOCALE);
    files::copy_tree(&project.path("static").join(LOCALES), &to.join(LOCALES), fetched)
}

/// Bundles the staged modules into the one that paints the bell and the one that comes with the wasm.
fn write_modules(tools: &node::Tools, stage: &Path, to: &Path) -> Result<()> {
    for (name, title) in [
        (format!("{WIDGET}.js"), "Bundle the element's module"),
        (format!("{WIDGET}_bg.js"), "Bundle the JavaScript that loads the wasm"),
    ] {
        let Some(mut esbuild) = tools.esbuild() else {
            return files::copy_tree(stage, to, |_| true);
        };
        esbuild.arg(stage.join(&name)).args(["--bundle", "--minify", "--format=esm"]);
        // Loaded when the first element is connected, not with the module.
        esbuild.arg(format!("--external:./{WIDGET}_bg.js"));
        // Comments that a licence asks for are in THIRD-PARTY-NOTICES.
        esbuild.args(["--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
        esbuild.arg(format!("--outfile={}", to.join(name).display()));
        Step::new(title).run(&mut esbuild)?;
    }
    Ok(())
}

/// Copies the element's modules aside and adds what the build makes: the stylesheets, and the hash of the wasm.
fn stage_modules(project: &Project, tools: &node::Tools, integrity: &str) -> Result<PathBuf> {
    let (source, stage) = (project.path("static/element"), project.target("element"));
    files::empty_dir(&stage)?;
    files::copy_tree(&source, &stage, |path| has_extension(path, &["js"]))
        .context("the element's JavaScript module belongs there")?;
    let bell = stylesheet(&source.join("bell.css"), tools)?;
    let panel: Result<String> = panel_styles(project)?.iter().map(|path| stylesheet(path, tools)).collect();
    files::write(&stage.join("bell-css.js"), constant("bellCss", &bell))?;
    files::write(&stage.join("built.js"), constant("panelCss", &panel?) + &constant("wasmIntegrity", integrity))?;
    Ok(stage)
}

/// The panel's stylesheets: widget.css, then the others beside it.
fn panel_styles(project: &Project) -> Result<Vec<PathBuf>> {
    let folder = project.path("static");
    let mut paths = files::walk(&folder)?;
    paths.retain(|path| path.parent() == Some(&folder) && has_extension(path, &["css"]));
    paths.sort_by_key(|path| !path.ends_with("widget.css"));
    let first = paths.first().is_some_and(|path| path.ends_with("widget.css"));
    ensure!(first, "static/widget.css, the panel's stylesheet, is missing");
    Ok(paths)
}

fn stylesheet(path: &Path, tools: &node::Tools) -> Result<String> {
    let Some(mut esbuild) = tools.esbuild() else {
        return files::read(path);
    };
    files::read(path)?;
    esbuild.arg(path).args(["--minify", "--charset=utf8", "--log-level=warning"]);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Step::new(&format!("Minify {name}")).run(&mut esbuild)?.trim().to_owned())
}

fn constant(name: &str, text: &str) -> String {
    // A JSON string is a JavaScript string.
    format!("export const {name} = {};\n", serde_json::Value::from(text))
}

/// Lets the element's module stand between the glue and the wasm's exports, to see when the program stops.
pub(crate) fn write_glue(script: &Path, to: &Path) -> Result<()> {
    files::write(to, guarded(&files::read(script)?)?)
}

fn guarded(glue: &str) -> Result<String> {
    const EXPORTS: &str = "wasm = instance.exports;";
    ensure!(glue.contains(EXPORTS), "the JavaScript of this wasm-bindgen has no `{EXPORTS}` for the bundle to change");
    let guarded = glue.replace(EXPORTS, "wasm = guard(instance.exports);");
    Ok(guarded + "\nlet guard;\nexport function guardWith(g) { guard = g; }\n")
}

#[cfg(test)]
mod tests {
    use super::{constant, guarded};

    #[test]
    fn stylesheets_become_strings_whatever_they_contain() {
        assert_eq!(
            constant("bellCss", ".a::before { content: \"\\201C`${x}\" }\n"),
            "export const bellCss = \".a::before { content: \\\"\\\\201C`${x}\\\" }\\n\";\n"
        );
    }

    #[test]
    fn the_glue_reaches_the_wasm_through_a_guard() {
        let glue = guarded("function f(instance) {\n    wasm = instance.exports;\n}").unwrap();
        assert!(glue.contains("wasm = guard(instance.exports);") && glue.contains("export function guardWith"));
        assert!(guarded("something else").is_err());
    }
}
