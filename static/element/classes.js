// The build puts these in the place of the browser's classes, where the program asks of which class something is. Old
// libraries call objects of their own by these names.

const like = (is) => ({ [Symbol.hasInstance]: is });

export const Element = /* @__PURE__ */ like((it) => it?.nodeType === 1);
export const Window = /* @__PURE__ */ like((it) => it?.window === it);
