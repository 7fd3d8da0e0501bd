//! A notification bell for coworking portals on Nexudus.
