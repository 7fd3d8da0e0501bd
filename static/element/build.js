/** Which build this is: the WebAssembly imports its JavaScript by this name. `cargo xtask` writes it anew for a bundle. */
export const build = "./coworker-notifications_bg.js";
