/**
 * A value as JSON. Old libraries give all arrays, or all objects, a `toJSON` that returns text: what it returns is not
 * used, so that a list stays a list.
 */
export const toJson = (value) =>
  JSON.stringify(value, function (key) {
    return this[key];
  });
