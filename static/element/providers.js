// Token providers as the program sees them: what the element's script was told already is not asked for again.

const wrappers = new WeakMap();
let told;

/** `token(provider)` gives, once, the token that the provider was asked for before. */
export function tokensFrom(token) {
  told = token;
}

/** The same provider as the program sees it: always the same function for the same provider. */
export function shared(provider) {
  if (!wrappers.has(provider)) {
    wrappers.set(provider, () => told(provider) ?? provider());
  }
  return wrappers.get(provider);
}
