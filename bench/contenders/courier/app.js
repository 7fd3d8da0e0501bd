import { Courier } from "@trycourier/courier-ui-inbox";

const api = `${location.origin}/api/courier`;

Courier.shared.signIn({
  userId: "1001",
  // A JSON Web Token that nobody has signed: the stand-in does not look at it.
  jwt: "eyJhbGciOiJIUzI1NiJ9.eyJzY29wZSI6InVzZXJfaWQ6MTAwMSJ9.c2lnbmVk",
  apiUrls: {
    courier: { rest: api, graphql: `${api}/client/q` },
    inbox: { graphql: `${api}/q`, webSocket: `${api.replace("http", "ws")}/socket` },
  },
});
