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
/// With esbuild there is one small module; without it the modules are copied as they are.
pub(crate) fn write(project: &Project, tools: &node::Tools, glue: &Glue, wasm: &Path, to: &Path) -> Result<()> {
    write_element(project, tools, to)?;
    write_loader(project, tools, &glue.script, &to.join(format!("{WIDGET}_bg.js")))?;
    files::copy(wasm, &to.join(format!("{WIDGET}_bg.wasm")))?;
    let snippets = glue.dir.join("snippets");
    if snippets.is_dir() {
        files::copy_tree(&snippets, &to.join("snippets"), |_| true)?;
    }
    Ok(())
}

/// Writes the page and its assets around a bundle, which makes the folder one that the sandbox can serve.
pub(crate) fn write_page(project: &Project, to: &Path) -> Result<()> {
    files::copy(&project.path("index.html"), &to.join("index.html"))?;
    files::copy_tree(&project.path("static/portal"), &to.join("static/portal"), |_| true)
}

/// Writes the element's module and the languages.
pub(crate) fn write_element(project: &Project, tools: &node::Tools, to: &Path) -> Result<()> {
    let modules = stage_modules(project, tools)?;
    match tools.esbuild() {
        Some(mut esbuild) => {
            esbuild.arg(modules.join(format!("{WIDGET}.js"))).args(["--bundle", "--minify", "--format=esm"]);
            // Loaded when the first element is connected, not with the module.
            esbuild.arg(format!("--external:./{WIDGET}_bg.js"));
            // Comments that a licence asks for are in THIRD-PARTY-NOTICES.
            esbuild.args(["--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
            esbuild.arg(format!("--outfile={}", to.join(format!("{WIDGET}.js")).display()));
            Step::new("Bundle the element's module").run(&mut esbuild)?;
        }
        None => files::copy_tree(&modules, to, |_| true)?,
    }
    let locales = project.path("static").join(LOCALES);
    let fetched = |path: &Path| has_extension(path, &["json"]) && !path.ends_with(BUILT_IN_LOCALE);
    if locales.is_dir() { files::copy_tree(&locales, &to.join(LOCALES), fetched) } else { Ok(()) }
}

/// Copies the element's modules aside and adds the bell's stylesheet to them as a module.
fn stage_modules(project: &Project, tools: &node::Tools) -> Result<PathBuf> {
    let (source, stage) = (project.path("static/element"), project.target("element"));
    files::empty_dir(&stage)?;
    files::copy_tree(&source, &stage, |path| has_extension(path, &["js"]))
        .context("the element's JavaScript module belongs there")?;
    files::write(&stage.join("styles.js"), style_export("bellCss", &stylesheet(&source.join("bell.css"), tools)?))?;
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

fn style_export(name: &str, css: &str) -> String {
    // A JSON string is a JavaScript string.
    format!("export const {name} = {};\n", serde_json::Value::from(css))
}

/// Lets the element's module stand between the glue and the wasm's exports, to see when the program stops.
fn guarded(glue: &str) -> Result<String> {
    const EXPORTS: &str = "wasm = instance.exports;";
    ensure!(glue.contains(EXPORTS), "the JavaScript of this wasm-bindgen has no `{EXPORTS}` for the bundle to change");
    let guarded = glue.replace(EXPORTS, "wasm = guard(instance.exports);");
    Ok(guarded + "\nlet guard;\nexport function guardWith(g) { guard = g; }\n")
}

/// Writes the JavaScript that loads the wasm, and with it what is not needed before: the panel's styles.
pub(crate) fn write_loader(project: &Project, tools: &node::Tools, script: &Path, to: &Path) -> Result<()> {
    let panel: Result<String> = panel_styles(project)?.iter().map(|path| stylesheet(path, tools)).collect();
    let whole = guarded(&files::read(script)?)? + &style_export("panelCss", &panel?);
    let Some(mut esbuild) = tools.esbuild() else {
        return files::write(to, whole);
    };
    let staged = project.target("loader.js");
    files::write(&staged, whole)?;
    esbuild.arg(&staged).args(["--minify", "--format=esm", "--charset=utf8", "--log-level=warning"]);
    esbuild.arg(format!("--outfile={}", to.display()));
    Step::new("Minify the JavaScript that loads the wasm").run(&mut esbuild)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{guarded, style_export};

    #[test]
    fn stylesheets_become_strings_whatever_they_contain() {
        let module = style_export("bellCss", ".a::before { content: \"\\201C`${x}\" }\n");
        assert_eq!(module, "export const bellCss = \".a::before { content: \\\"\\\\201C`${x}\\\" }\\n\";\n");
    }

    #[test]
    fn the_glue_reaches_the_wasm_through_a_guard() {
        let glue = guarded("function f(instance) {\n    wasm = instance.exports;\n}").unwrap();
        assert!(glue.contains("wasm = guard(instance.exports);") && glue.contains("export function guardWith"));
        assert!(guarded("something else").is_err());
    }
}
