mod bundle;
mod device;
mod faults;
mod flights;
mod hostile;
mod limits;
mod many;
mod random;
