//! The application in examples/, which uses the widget as a Yew component, as a page that the sandbox can serve.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::project::Project;
use crate::toolchain::WasmToolchain;
use crate::{files, tools, wasm};

/// The example's package and folder.
pub(crate) const NAME: &str = "yew-app";
/// What stands for the program in its page.
const PROGRAM: &str = r#"<link data-trunk rel="rust" href="Cargo.toml" />"#;

/// Builds the example and writes its page into `to`, as `trunk build` does with more ado.
pub(crate) fn write(project: &Project, to: &Path) -> Result<()> {
    let compiled = wasm::compile_example(project, &WasmToolchain::ensure()?, NAME)?;
    let glue = wasm::bind(project, &tools::wasm_bindgen(project)?, &compiled, NAME)?;
    let page = files::read(&project.path("examples").join(NAME).join("index.html"))?;
    files::write(&to.join("index.html"), started(&page)?)?;
    files::copy_tree(&glue.dir, to, |_| true)
}

/// The page with a script that starts the program.
fn started(page: &str) -> Result<String> {
    ensure!(page.contains(PROGRAM), "the example's index.html has no `{PROGRAM}`");
    let script = format!(r#"<script type="module">import start from "./{NAME}.js"; start();</script>"#);
    Ok(page.replace(PROGRAM, &script))
}

#[cfg(test)]
mod tests {
    use super::started;

    #[test]
    fn the_page_starts_the_program_where_trunk_would() {
        let page = started("<head><link data-trunk rel=\"rust\" href=\"Cargo.toml\" /></head>").unwrap();
        assert!(
            page.contains(r#"<script type="module">import start from "./yew-app.js"; start();</script>"#),
            "{page}"
        );
        assert!(started("<head></head>").is_err());
    }
}
