use super::{Raster, cover};
use crate::time::{CivilMinute, Interval};

/// Free times as long as `wanted`, the nearest first and of two as near the earlier; `wanted` itself if it is free.
///
/// `open` is when the unit may be held, `busy` what others occupy: the caller widens it by the class's buffers. Starts
/// lie on the raster.
///
/// ```
/// use allkontor_core::model::{Raster, starts_near};
/// use allkontor_core::time::{CivilMinute, Interval};
/// let span = |from, to| {
///     let at = |hour| CivilMinute::from_ymd_hm(2026, 11, 24, hour, 0).unwrap();
///     Interval::new(at(from), at(to)).unwrap()
/// };
/// let near = starts_near(span(12, 13), &[span(9, 16)], &[span(11, 13)], Raster::new(60).unwrap());
/// assert_eq!(near, [span(13, 14), span(10, 11), span(14, 15), span(9, 10), span(15, 16)]);
/// ```
pub fn starts_near(
    wanted: Interval,
    open: &[Interval],
    busy: &[Interval],
    raster: Raster,
) -> Vec<Interval> {
    let free = cover::difference(&cover::union(open.to_vec()), &cover::union(busy.to_vec()));
    let mut near: Vec<Interval> = free
        .into_iter()
        .flat_map(|gap| fits(gap, wanted.minutes(), raster))
        .collect();
    near.sort_by_key(|option| {
        (
            option.start().minutes_since(wanted.start()).unsigned_abs(),
            option.start(),
        )
    });
    near
}

/// Every interval of that length in a gap that starts on the raster.
fn fits(gap: Interval, minutes: i32, raster: Raster) -> impl Iterator<Item = Interval> {
    let step = i32::from(raster.minutes());
    let first = gap
        .start()
        .get()
        .saturating_add(step - 1)
        .div_euclid(step)
        .saturating_mul(step);
    let last = gap.end().get().saturating_sub(minutes);
    (first..=last)
        .step_by(raster.minutes().into())
        .filter_map(move |start| {
            let start = CivilMinute::new(start.into()).ok()?;
            Interval::new(start, start.plus(minutes).ok()?).ok()
        })
}
