/// Appends deterministic CBOR to a buffer. Map entries are the caller's to order.
#[derive(Debug, Default, Clone)]
pub struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// An empty buffer.
    pub fn new() -> Self {
        Self::default()
    }

    /// The bytes written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    fn head(&mut self, major: u8, value: u64) -> &mut Self {
        let major = major << 5;
        let bytes = value.to_be_bytes();
        let [.., b4, b5, b6, b7] = bytes;
        match value {
            0..=23 => self.out.push(major | b7),
            24..=0xff => self.out.extend([major | 24, b7]),
            0x100..=0xffff => self.out.extend([major | 25, b6, b7]),
            0x1_0000..=0xffff_ffff => self.out.extend([major | 26, b4, b5, b6, b7]),
            _ => {
                self.out.push(major | 27);
                self.out.extend(bytes);
            }
        }
        self
    }

    /// An unsigned integer.
    pub fn uint(&mut self, value: u64) -> &mut Self {
        self.head(0, value)
    }

    /// A signed integer.
    pub fn int(&mut self, value: i64) -> &mut Self {
        match u64::try_from(value) {
            Ok(value) => self.head(0, value),
            // CBOR writes a negative n as −1 − n, which is the bitwise complement.
            Err(_) => self.head(1, (!value).unsigned_abs()),
        }
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.head(2, value.len() as u64);
        self.raw(value)
    }

    /// A text string.
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.head(3, value.len() as u64);
        self.raw(value.as_bytes())
    }

    /// The head of an array of `items` items, which follow.
    pub fn array(&mut self, items: usize) -> &mut Self {
        self.head(4, items as u64)
    }

    /// The head of a map of `entries` entries, whose keys and values follow in key order.
    pub fn map(&mut self, entries: usize) -> &mut Self {
        self.head(5, entries as u64)
    }

    /// A tag; the tagged value follows.
    pub fn tag(&mut self, tag: u64) -> &mut Self {
        self.head(6, tag)
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.head(7, if value { 21 } else { 20 })
    }

    /// Bytes that already are CBOR.
    pub fn raw(&mut self, encoded: &[u8]) -> &mut Self {
        self.out.extend_from_slice(encoded);
        self
    }
}
