// Token providers as the program sees them: a token that the element's script already has is not requested again.

const wrappers = new WeakMap();
let earlyToken;

/** `token(provider)` returns, once, the token that the provider has already given. */
export function tokensFrom(token) {
  earlyToken = token;
}

/** Wraps a provider for the program: always the same function for the same provider. */
export function shared(provider) {
  if (!wrappers.has(provider)) {
    wrappers.set(provider, () => earlyToken(provider) ?? provider());
  }
  return wrappers.get(provider);
}
