//! What the kiosk answered, in its words.

use allkontor_core::device::DeviceError;

pub(super) fn answer(answer: Result<(), DeviceError>) -> String {
    answer.map_or_else(
        |error| brief(&error),
        |()| "taken in, and of no effect".into(),
    )
}

/// The first refusal in the engine's words, or what is said when none was refused outright.
pub(super) fn worst(answers: Vec<Result<(), DeviceError>>, else_say: &str) -> String {
    if answers.is_empty() {
        return "found nobody to do it to".into();
    }
    answers
        .into_iter()
        .find_map(Result::err)
        .map_or_else(|| else_say.into(), |error| brief(&error))
}

/// The engine's words, with the first eight digits of each key and id.
fn brief(error: &DeviceError) -> String {
    let words = error.to_string();
    let short = words.split(' ').map(|word| {
        let is_hex = word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        word.get(..8)
            .filter(|_| is_hex)
            .map_or(word.to_owned(), |start| format!("{start}…"))
    });
    short.collect::<Vec<_>>().join(" ")
}
