//! The allocator of the custom element's bundle.

use rlsf::{GlobalTlsf, GlobalTlsfOptions};

#[global_allocator]
static HEAP: GlobalTlsf<Small> = GlobalTlsf::new();

/// What grows is moved, which costs less code than to look for room behind it.
struct Small;

impl GlobalTlsfOptions for Small {
    const ENABLE_REALLOCATION: bool = false;
    /// Lists of some thousand notifications are larger than a page of wasm memory.
    const COALESCE_POOLS: bool = true;
}
