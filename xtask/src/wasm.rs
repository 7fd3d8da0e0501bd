//! From Rust to the wasm that a page loads: compile, bind, make small.

pub(crate) mod binary;
mod order;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::files::{self, is_fresh};
use crate::names;
use crate::node;
use crate::process::Step;
use crate::project::{Project, WIDGET};
use crate::toolchain::{TARGET, WasmToolchain, target_dir};
use crate::tools::WasmBindgen;

/// What a browser has that runs the bundle; the compiler relies on no more.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Small once compressed: flat code is put together again better than the compiler has done, further rounds find a little
/// more, and functions that are called from one place only, but are not tiny, stay functions, because their code then
/// looks like that of others. The lowest kilobyte of memory counts as unused: it is the far end of the stack.
const SMALL: &[&str] = &[
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size=30",
];

/// The wasm and the JavaScript that loads it.
pub(crate) struct Glue {
    /// The folder, which may also hold `snippets/` that the JavaScript imports.
    pub(crate) dir: PathBuf,
    /// The JavaScript.
    pub(crate) script: PathBuf,
    /// The wasm.
    pub(crate) wasm: PathBuf,
}

/// Compiles the widget.
pub(crate) fn compile(project: &Project, toolchain: &WasmToolchain) -> Result<PathBuf> {
    let mut cargo = toolchain.cargo(project, "rustc");
    cargo.args(ARGUMENTS).args(STACK);
    Step::new("Build the widget for wasm").run(&mut cargo)?;
    Ok(compiled(&target_dir(project)))
}

/// Compiles an application that uses the widget as a component.
pub(crate) fn compile_example(project: &Project, toolchain: &WasmToolchain, name: &str) -> Result<PathBuf> {
    let mut cargo = toolchain.cargo(project, "build");
    Step::new("Build the example for wasm").run(cargo.args(["--package", name, "--bins"]))?;
    Ok(target_dir(project).join(TARGET).join("debug").join(format!("{name}.wasm")))
}

/// Compiles the widget together with a standard library that is made for size.
///
/// A panic then ends the program without a word: the words, and what writes them, are a tenth of the download, and the
/// element tells the page all the same.
pub(crate) fn compile_small(project: &Project, toolchain: &WasmToolchain) -> Result<PathBuf> {
    let mut cargo = toolchain.cargo(project, "rustc");
    for_size(project, cargo.args(ARGUMENTS));
    cargo.args(STACK);
    Step::new("Build the widget for wasm, with a standard library made for size")
        .takes("a minute and a half the first time")
        .run(&mut cargo)?;
    Ok(compiled(&small_dir(project)))
}

/// Compiles the widget's decoder alone, as the widget is compiled: its speed is measured.
pub(crate) fn compile_decoder(project: &Project, toolchain: &WasmToolchain) -> Result<PathBuf> {
    let mut cargo = toolchain.cargo(project, "rustc");
    cargo.args(["--package", WIDGET, "--release", "--example", DECODER, "--no-default-features"]);
    cargo.args(["--features", "component"]);
    let mut dir = target_dir(project);
    if toolchain.has_std_sources() {
        for_size(project, &mut cargo);
        dir = small_dir(project);
    }
    Step::new("Build the widget's decoder for wasm").takes("two minutes the first time").run(&mut cargo)?;
    Ok(dir.join(TARGET).join("release/examples").join(format!("{DECODER}.wasm")))
}

fn small_dir(project: &Project) -> PathBuf {
    project.target("wasm-small")
}

/// Without words for panics, and without two of LLVM's passes whose code is quicker but larger: the one that keeps a loop's
/// addresses in variables of their own, and the one that computes early what only some ways need later. What is larger
/// than eight bytes is moved by one instruction, not by a load and a store for every eight.
const FOR_SIZE: &str = "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none \
    -Cllvm-args=-disable-lsr -Cllvm-args=-enable-pre=false \
    -Cllvm-args=-max-store-memcpy=1 -Cllvm-args=-max-store-memmove=1";

/// Has cargo build with a standard library made for size.
fn for_size(project: &Project, cargo: &mut Command) {
    cargo.args(["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"]);
    cargo.env("CARGO_TARGET_DIR", small_dir(project));
    // The flags are not stable yet; what they do is settled enough to build with this very compiler.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo.env_remove("RUSTFLAGS").env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", FOR_SIZE);
}

/// The example that is the decoder alone.
const DECODER: &str = "decoder";

/// The package is also an ordinary library; built together with that, it would not be optimised as a whole.
const ARGUMENTS: [&str; 8] =
    ["--package", WIDGET, "--release", "--lib", "--crate-type", "cdylib", "--features", "small-heap"];

/// The linker's own megabyte of stack would be three quarters of the program's memory. Nothing in it recurses without a
/// limit; what would run out all the same traps, as the stack stands before the data, and the element tells the page.
const STACK: [&str; 2] = ["--", "-Clink-arg=-zstack-size=131072"];

fn compiled(target_dir: &Path) -> PathBuf {
    target_dir.join(TARGET).join("release").join(format!("{}.wasm", WIDGET.replace('-', "_")))
}

/// Writes the JavaScript that loads the wasm, unless that of an earlier run still fits.
pub(crate) fn bind(project: &Project, tools: &WasmBindgen, compiled: &Path, name: &str) -> Result<Glue> {
    let dir = project.target(name);
    // The package's name, which cargo writes with underscores where it is a library's.
    let out = compiled.file_stem().unwrap_or_default().to_string_lossy().replace('_', "-");
    let glue = Glue { script: dir.join(format!("{out}.js")), wasm: dir.join(format!("{out}_bg.wasm")), dir };
    if !is_fresh(&glue.wasm, compiled) || !glue.script.is_file() || !is_fresh(&glue.wasm, &tools.bindgen) {
        let mut command = Command::new(&tools.bindgen);
        command.arg(compiled).args(["--target", "web", "--no-typescript", "--out-name", &out, "--out-dir"]);
        command.arg(&glue.dir).args(["--remove-name-section", "--remove-producers-section"]);
        Step::new("Write the JavaScript that loads the wasm").run(&mut command)?;
    }
    Ok(glue)
}

/// The wasm with the names of its functions, made small in the same way; `None` where there is no wasm-opt.
pub(crate) fn named(project: &Project, tools: &WasmBindgen, node: &node::Tools) -> Result<Option<PathBuf>> {
    let compiled = compiled(&project.target("wasm-small"));
    let Some(mut wasm_opt) = node.wasm_opt().filter(|_| compiled.is_file()) else {
        return Ok(None);
    };
    let dir = project.target("glue-named");
    let named = dir.join("named.wasm");
    if !is_fresh(&named, &compiled) {
        let mut bindgen = Command::new(&tools.bindgen);
        bindgen
            .arg(&compiled)
            .args(["--target", "web", "--no-typescript", "--out-name", WIDGET, "--out-dir"])
            .arg(&dir);
        Step::new("Bind the wasm, names and all").run(&mut bindgen)?;
        wasm_opt.args(SMALL).arg("--debuginfo").args(WASM_FEATURES);
        wasm_opt.arg(dir.join(format!("{WIDGET}_bg.wasm"))).arg("-o").arg(&named);
        Step::new("Make it small with wasm-opt").run(&mut wasm_opt)?;
    }
    Ok(Some(named))
}

/// Makes the wasm small; without a wasm-opt there is nothing to do, and `None` comes back.
pub(crate) fn optimize(tools: &node::Tools, glue: &Glue) -> Result<Option<PathBuf>> {
    let Some(mut wasm_opt) = tools.wasm_opt() else {
        return Ok(None);
    };
    let small = glue.dir.join("optimized").join(format!("{WIDGET}_bg.wasm"));
    if !is_fresh(&small, &glue.wasm) {
        let partial = small.with_extension("partial");
        files::write(&partial, [])?;
        wasm_opt.args(SMALL).args(WASM_FEATURES).args(["--strip-debug", "--strip-producers"]);
        wasm_opt.arg(&glue.wasm).arg("-o").arg(&partial);
        Step::new("Make the wasm small with wasm-opt").run(&mut wasm_opt)?;
        let ordered = order::arrange(&files::read_bytes(&partial)?);
        files::write(&partial, ordered.context("the functions of the wasm cannot be put in order")?)?;
        fs::rename(&partial, &small).with_context(|| format!("{} cannot be made", small.display()))?;
    }
    Ok(Some(small))
}

/// Gives the wasm and its glue short names for each other, and the name of their build.
pub(crate) fn shorten(glue: &Glue, wasm: &Path, build: &str) -> Result<Glue> {
    let read = fs::read(wasm).with_context(|| format!("{} cannot be read", wasm.display()))?;
    let (short_wasm, short_script) = names::shorten(&read, &files::read(&glue.script)?, build)?;
    let dir = glue.dir.join("short");
    let short = Glue {
        script: dir.join(format!("{WIDGET}.js")),
        wasm: dir.join(format!("{WIDGET}_bg.wasm")),
        dir: glue.dir.clone(),
    };
    files::write(&short.script, short_script)?;
    files::write(&short.wasm, short_wasm)?;
    Ok(short)
}
