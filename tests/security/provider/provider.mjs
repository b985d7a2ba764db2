// A real OpenID provider for the browser test: any login name signs in; people.json says who they are.
// node provider.mjs PORT CALLBACK PEOPLE
import { readFileSync } from "node:fs";
import Provider from "oidc-provider";

const [port, callback, people] = process.argv.slice(2);
const person = (id) => JSON.parse(readFileSync(people, "utf8"))[id] ?? {};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: "pilots", client_secret: "pilots-secret",
    redirect_uris: [callback], post_logout_redirect_uris: [callback],
  }],
  claims: { openid: ["sub"], profile: ["name", "roles", "cities"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["only for this test"] },
  ttl: { IdToken: (_ctx, token) => person(token.payload?.sub ?? token.available?.sub).seconds ?? 600 },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: person(id).name, roles: person(id).roles, cities: person(id).cities }),
  }),
});
provider.listen(Number(port), "127.0.0.1");
