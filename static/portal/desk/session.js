// Who is signed in, and which token the bell holds. Kept in the address, so that a reload or a
// shared link shows the same: ?member=1004&token=reader

import { byId, element } from "../dom.js";

const ABOUT = {
  1001: "Three busy weeks",
  1002: "Nothing yet",
  1003: "Ten thousand notifications",
  1004: "One of each type",
};

/** The kinds of token. `sees` says whether the bell will get notifications with it, `why` why not. */
const TOKENS = [
  { kind: "member", label: "Member", note: "reads and dismisses", value: (id) => `member-${id}`, sees: true },
  { kind: "reader", label: "Read only", note: "dismissing is refused", value: (id) => `reader-${id}`, sees: true },
  {
    kind: "expired",
    label: "Expired",
    note: "refused with 401",
    value: () => "expired",
    sees: false,
    why: "its token has expired",
  },
  {
    kind: "wrong",
    label: "Wrong",
    note: "refused with 401",
    value: () => "not-a-token",
    sees: false,
    why: "its token is wrong",
  },
  { kind: "none", label: "None", note: "the bell waits", value: () => null, sees: false, why: "it has no token" },
];

/** A gateway takes members' own tokens, which say whose they are and what they may do. */
const OWN_TOKENS = [
  { kind: "own", label: "Own", note: "reads and dismisses what is theirs", value: (id) => `portal-${id}`, sees: true },
  ...TOKENS.filter(({ sees }) => !sees),
];

export function connectSession(info, bell, onChange) {
  const asked = new URLSearchParams(location.search);
  const tokens = info.hasGateway ? OWN_TOKENS : TOKENS;
  const session = {
    member: info.coworkers.find(({ id }) => String(id) === asked.get("member")) ?? info.coworkers[0],
    token: tokens.find(({ kind }) => kind === asked.get("token")) ?? tokens[0],
  };

  const apply = () => {
    setToken(bell, session);
    bell.setAttribute("coworker-id", String(session.member.id));
    remember(session, info, tokens);
    onChange(session);
  };

  choices(
    "member",
    byId("member-choices"),
    info.coworkers,
    (member) => [member.name, describe(member)],
    session,
    apply,
  );
  choices("token", byId("token-choices"), tokens, (token) => [token.label, token.note], session, apply);
  apply();
}

function setToken(bell, { member, token }) {
  const value = token.value(member.id);
  if (value === null) bell.removeAttribute("token");
  else bell.setAttribute("token", value);
}

const describe = ({ id, company }) => [company, ABOUT[id]].filter(Boolean).join(" · ");

/** Radio buttons, one for each item; choosing one sets `session[name]`. */
function choices(name, place, items, inWords, session, apply) {
  place.replaceChildren(
    ...items.map((item) => {
      const [title, note] = inWords(item);
      const radio = element("input", { type: "radio", name, checked: session[name] === item });
      radio.onchange = () => {
        session[name] = item;
        apply();
      };
      return element(
        "label",
        { className: "choice" },
        radio,
        element("span", {}, element("strong", {}, title), element("span", {}, note)),
      );
    }),
  );
}

function remember({ member, token }, info, tokens) {
  const address = new URL(location.href);
  const keep = (name, value, usual) =>
    value === usual ? address.searchParams.delete(name) : address.searchParams.set(name, value);
  keep("member", String(member.id), String(info.coworkers[0].id));
  keep("token", token.kind, tokens[0].kind);
  history.replaceState(history.state, "", address);
}
