/// Whether the committed mistake of that name is switched on. `cargo xtask mutants` puts this at the end of the
/// engine's `lib.rs` in the copy that it builds; the engine that ships has none of it.
macro_rules! mutant {
    ($name:literal) => {
        $crate::switched_on($name)
    };
}
pub(crate) use mutant;

pub(crate) fn switched_on(name: &str) -> bool {
    static ON: std::sync::LazyLock<Option<String>> =
        std::sync::LazyLock::new(|| std::env::var("ALLKONTOR_MUTANT").ok());
    ON.as_deref() == Some(name)
}
