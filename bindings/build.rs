//! Lists the languages: one for each file in `words/`.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=words");
    let mut tags = Vec::new();
    for entry in fs::read_dir("words")? {
        let path = entry?.path();
        let tag = path.file_stem().and_then(|tag| tag.to_str());
        if path.extension().is_some_and(|ending| ending == "ftl") {
            tags.extend(tag.map(str::to_owned));
        }
    }
    tags.sort();
    let mut list = String::from("[\n");
    for tag in &tags {
        let file = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/words/{tag}.ftl\")");
        let _ = writeln!(list, "    ({tag:?}, include_str!({file})),");
    }
    list.push_str("]\n");
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("languages.rs"), format!("&{list}"))
}
