mod device;
mod flights;
