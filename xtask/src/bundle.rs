//! The files that a page loads, put together from the built wasm, the element's module and the languages.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files::{self, has_extension};
use crate::names;
use crate::node;
use crate::process::Step;
use crate::project::{Project, WIDGET};
use crate::wasm::Glue;

/// The languages' folder in the bundle and, inside it, the one that the wasm has built in.
const LOCALES: &str = "locales";
const BUILT_IN_LOCALE: &str = "en.json";

/// The name of a build: whatever is different in the widget or in the element's modules makes another one.
pub(crate) fn build_name(project: &Project, glue: &Glue, wasm: &Path) -> Result<String> {
    let mut paths = vec![wasm.to_owned(), glue.script.clone()];
    paths.extend(files::walk(&project.path("static/element"))?);
    paths.extend(panel_styles(project)?);
    let contents: Result<Vec<_>> = paths.iter().map(|path| files::read_bytes(path)).collect();
    Ok(content_name(&contents?.concat()))
}

/// Writes all that a page loads into `to`; `build` is what the wasm calls its JavaScript.
///
/// With esbuild there are two small modules, and all files but the one that pages name are named by their content;
/// without it the modules are copied as they are.
pub(crate) fn write(
    project: &Project,
    tools: &node::Tools,
    glue: &Glue,
    wasm: &Path,
    build: &str,
    to: &Path,
) -> Result<()> {
    let stage = stage_modules(project, tools, &node::integrity(wasm), build)?;
    write_glue(&glue.script, &stage.join("glue.js"))?;
    let snippets = glue.dir.join("snippets");
    if snippets.is_dir() {
        files::copy_tree(&snippets, &stage.join("snippets"), |_| true)?;
    }
    write_locales(project, to)?;
    if tools.esbuild().is_none() {
        files::copy_tree(&stage, to, |_| true)?;
        return files::copy(wasm, &to.join(WASM));
    }
    let script = bundled(tools, &stage, BESIDE, "Bundle the JavaScript that loads the wasm")?;
    let (script_name, wasm_name) = (hashed(BESIDE, script.as_bytes()), hashed(WASM, &files::read_bytes(wasm)?));
    let loader = stage.join("loader.js");
    files::write(&loader, files::read(&loader)?.replace(BESIDE, &script_name).replace(WASM, &wasm_name))?;
    let module = format!("{WIDGET}.js");
    files::write(&to.join(&module), bundled(tools, &stage, &module, "Bundle the element's module")?)?;
    files::write(&to.join(script_name), script)?;
    files::copy(wasm, &to.join(wasm_name))
}

/// The two files that the element's module loads.
const BESIDE: &str = "coworker-notifications_bg.js";
const WASM: &str = "coworker-notifications_bg.wasm";

/// Both, each with the name that it has in `folder`: without the part that its content gives it, and with it.
pub(crate) fn content_names(folder: &Path) -> Result<Vec<(&'static str, String)>> {
    let names = files::walk(folder)?;
    let names = names.iter().filter(|path| path.parent() == Some(folder)).filter_map(|path| path.file_name()?.to_str());
    Ok(names.filter_map(|name| Some((plain_name(name)?, name.to_owned()))).collect())
}

/// A file's name without the part that its content gives it.
pub(crate) fn plain_name(name: &str) -> Option<&'static str> {
    [BESIDE, WASM].into_iter().find(|plain| {
        plain.split_once('.').is_some_and(|(stem, end)| name.starts_with(stem) && name.ends_with(&format!(".{end}")))
    })
}

/// A file's name with a part that its content gives it.
fn hashed(name: &str, content: &[u8]) -> String {
    let (stem, end) = name.split_once('.').unwrap_or((name, ""));
    format!("{stem}-{}.{end}", content_name(content))
}

/// A short name for a content (FNV-1a, 64 bits): it tells versions apart and keeps nobody from making two alike.
fn content_name(content: &[u8]) -> String {
    let hash = content
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// Writes the page and its assets around a bundle, which makes the folder one that the sandbox can serve.
pub(crate) fn write_page(project: &Project, to: &Path) -> Result<()> {
    files::copy(&project.path("index.html"), &to.join("index.html"))?;
    files::copy_tree(&project.path("static/portal"), &to.join("static/portal"), |_| true)
}

/// Writes the element's modules and the languages, beside bindings that are there as `glue.js`.
pub(crate) fn write_element(project: &Project, to: &Path) -> Result<()> {
    let stage = stage_modules(project, &node::Tools::default(), "", names::MODULE)?;
    files::copy_tree(&stage, to, |_| true)?;
    write_locales(project, to)
}

fn write_locales(project: &Project, to: &Path) -> Result<()> {
    let fetched = |path: &Path| has_extension(path, &["json"]) && !path.ends_with(BUILT_IN_LOCALE);
    files::copy_tree(&project.path("static").join(LOCALES), &to.join(LOCALES), fetched)
}

/// Names of the browser that a page's script may give to something else, as in `class Map {}`: modules see that, too. The
/// global object still has the browser's. `URL` is not among them: bundlers look for `new URL(…, import.meta.url)`.
const PAGES_NAMES: [&str; 9] = [
    "AbortController",
    "CustomEvent",
    "DOMRect",
    "IntersectionObserver",
    "Map",
    "MutationObserver",
    "Promise",
    "ResizeObserver",
    "Set",
];

/// A staged module together with what it imports.
fn bundled(tools: &node::Tools, stage: &Path, name: &str, title: &str) -> Result<String> {
    let mut esbuild = tools.esbuild().context("there is no esbuild")?;
    esbuild.arg(stage.join(name)).args(["--bundle", "--minify", "--format=esm"]);
    // Loaded when the first element wants it, not with the module.
    esbuild.arg(format!("--external:./{WIDGET}_bg*"));
    // The global object may have something else, too, by the names that this module exports.
    esbuild.arg(format!("--inject:{}", stage.join("classes.js").display()));
    for name in PAGES_NAMES {
        esbuild.arg(format!("--define:{name}=globalThis.{name}"));
    }
    // Comments that a licence asks for are in THIRD-PARTY-NOTICES.
    esbuild.args(["--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
    let out = stage.join("bundled").join(name);
    esbuild.arg(format!("--outfile={}", out.display()));
    Step::new(title).run(&mut esbuild)?;
    files::read(&out)
}

/// Copies the element's modules aside and adds what the build makes: its name, the stylesheets, the hash of the wasm.
fn stage_modules(project: &Project, tools: &node::Tools, integrity: &str, build: &str) -> Result<PathBuf> {
    let (source, stage) = (project.path("static/element"), project.target("element"));
    files::empty_dir(&stage)?;
    files::copy_tree(&source, &stage, |path| has_extension(path, &["js"]))
        .context("the element's JavaScript module belongs there")?;
    let bell = stylesheet(&source.join("bell.css"), tools)?;
    let panel: Result<String> = panel_styles(project)?.iter().map(|path| stylesheet(path, tools)).collect();
    files::write(&stage.join("build.js"), constant("build", build))?;
    files::write(&stage.join("bell-css.js"), constant("bellCss", &bell))?;
    files::write(&stage.join("built.js"), constant("panelCss", &panel?) + &constant("wasmIntegrity", integrity))?;
    Ok(stage)
}

/// The panel's stylesheets: widget.css, then the others beside it, and last what it is before the program has come.
fn panel_styles(project: &Project) -> Result<Vec<PathBuf>> {
    let folder = project.path("static");
    let mut paths = files::walk(&folder)?;
    paths.retain(|path| path.parent() == Some(&folder) && has_extension(path, &["css"]));
    paths.sort_by_key(|path| !path.ends_with("widget.css"));
    let first = paths.first().is_some_and(|path| path.ends_with("widget.css"));
    ensure!(first, "static/widget.css, the panel's stylesheet, is missing");
    paths.push(folder.join("element/preview.css"));
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

/// Lets the element's module stand between the glue and the wasm's exports, to see when the program stops, and lets calls
/// that come late do nothing.
pub(crate) fn write_glue(script: &Path, to: &Path) -> Result<()> {
    files::write(to, guarded(&files::read(script)?)?)
}

fn guarded(glue: &str) -> Result<String> {
    const EXPORTS: &str = "wasm = instance.exports;";
    // The first line of a function of the program's. Pages replace observers by ones that call a moment later, when the
    // program may have dropped the function: wasm-bindgen throws an error there, which the page would see.
    const CALLED: &str = "state.cnt++;";
    for needed in [EXPORTS, CALLED] {
        ensure!(
            glue.contains(needed),
            "the JavaScript of this wasm-bindgen has no `{needed}` for the bundle to change"
        );
    }
    // js-sys makes a default function, too, in this way (`Function::default()`), where no lint sees it.
    for evaluates in ["new Function(", "eval("] {
        ensure!(
            !glue.contains(evaluates),
            "`{evaluates}`: the program evaluates a string, which content security policies forbid"
        );
    }
    let guarded = glue.replace(EXPORTS, "wasm = guard(instance.exports);");
    let guarded = guarded.replace(CALLED, &format!("if (!state.cnt) return; {CALLED}"));
    // The element's module names the wasm; bundlers would look for this one, too, which is not there under that name.
    let guarded = guarded.replace(&format!("new URL('{WASM}', import.meta.url)"), "undefined");
    Ok(guarded + "\nlet guard;\nexport function guardWith(g) { guard = g; }\n")
}

#[cfg(test)]
mod tests {
    use super::{constant, guarded, hashed, plain_name};

    #[test]
    fn files_are_named_by_their_content() {
        let name = hashed("coworker-notifications_bg.wasm", b"\0asm");
        assert_eq!(name, "coworker-notifications_bg-2ea6307efb58f2f2.wasm");
        assert_ne!(name, hashed("coworker-notifications_bg.wasm", b"\0asn"));
        assert_eq!(plain_name(&name), Some("coworker-notifications_bg.wasm"));
        assert_eq!(plain_name("coworker-notifications_bg.js"), Some("coworker-notifications_bg.js"));
        assert_eq!(plain_name("coworker-notifications.js"), None);
    }

    #[test]
    fn stylesheets_become_strings_whatever_they_contain() {
        assert_eq!(
            constant("bellCss", ".a::before { content: \"\\201C`${x}\" }\n"),
            "export const bellCss = \".a::before { content: \\\"\\\\201C`${x}\\\" }\\n\";\n"
        );
    }

    #[test]
    fn the_glue_reaches_the_wasm_through_a_guard() {
        let glue = "function f(instance) { wasm = instance.exports; }\nfunction g(state) { state.cnt++; }";
        let and = |more: &str| guarded(&[glue, more].concat());
        let named = and("p = new URL('coworker-notifications_bg.wasm', import.meta.url);").unwrap();
        assert_eq!(named.matches("URL").count(), 0);
        assert!(named.contains("wasm = guard(instance.exports);") && named.contains("export function guardWith"));
        assert!(named.contains("{ if (!state.cnt) return; state.cnt++; }"));
        assert!(guarded("something else").is_err());
        let evaluates = and("new Function(f(a, b));");
        assert!(evaluates.unwrap_err().to_string().contains("evaluates a string"));
    }
}
