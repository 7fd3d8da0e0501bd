// A module that compiles only if the types say exactly what the manifest says.

const union = (names) => names.map((name) => JSON.stringify(name)).join(" | ");

export function typesOf(manifest) {
  const element = manifest.modules[0].declarations[0];
  const lines = [
    `import {`,
    `  CoworkerNotifications as Class, type CoworkerNotificationsAttributes as Attributes,`,
    `  type CoworkerNotificationsEventMap as Events, type CoworkerNotificationsProperties as Properties,`,
    `  type CoworkerNotification, type ErrorDetail, type Plural, type Preferences, type Status,`,
    `  type TokenProvider,`,
    `} from "coworker-notifications";`,
    `type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;`,
    `type Own = Exclude<keyof Class, keyof HTMLElement>;`,
    `type OwnStatic = Exclude<keyof typeof Class, keyof typeof HTMLElement>;`,
    `const all = <T extends true[]>(...same: T) => same;`,
    `export type Used = [CoworkerNotification, ErrorDetail, Plural, Preferences, Status, TokenProvider];`,
  ];
  const same = (a, b) => lines.push(`all<[Same<${a}, ${b}>]>(true);`);

  const instance = element.members.filter((member) => !member.static);
  const fields = instance.filter(({ kind }) => kind === "field");
  const methods = instance.filter(({ kind }) => kind === "method");
  same("keyof Attributes", union(element.attributes.map(({ name }) => name)));
  same("keyof Events", union(element.events.map(({ name }) => name)));
  same("Own", union(instance.map(({ name }) => name)));
  same("keyof Properties", union(fields.filter(({ readonly }) => !readonly).map(({ name }) => name)));
  same("OwnStatic", union(element.members.filter((member) => member.static).map(({ name }) => name)));
  for (const { name, type } of fields) {
    same(`Class["${name}"]`, type.text);
  }
  for (const { name, parameters, return: result } of methods) {
    const written = parameters.map((parameter) => `${parameter.name}: ${parameter.type.text}`).join(", ");
    same(`Class["${name}"]`, `(${written}) => ${result.type.text}`);
  }
  for (const { name, type } of element.events) {
    same(`Events["${name}"]`, type.text);
  }
  return lines.join("\n") + "\n";
}
