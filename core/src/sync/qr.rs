//! Payloads that fit a QR code.
