import { createHash, randomBytes } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { chooseAccount, type LocalAccount } from './local-issuer-page.js';

/** An identity provider of this machine alone, for trials: whoever sits here chooses who to be, without a password. */
export interface LocalIssuer {
  /** For PERENNIAL_OIDC_ISSUER. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** What it is started with. */
export interface LocalIssuerPlan {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The one page to which browsers are sent back. */
  readonly returnTo: string;
  /** Who may be chosen, as it is when somebody looks. */
  readonly accounts: () => Promise<readonly LocalAccount[]>;
  /** What goes out as id token, for tests of forged ones. Default: the claims, signed with the key that it publishes. */
  readonly idToken?: (claims: JWTPayload, sign: (claims: JWTPayload) => Promise<string>) => Promise<string>;
}

const ALGORITHM = 'ES256';
/** A code is fetched at once. In milliseconds. */
const CODE_LASTS = 60_000;
const TOKEN_LASTS = 300;

interface Code {
  readonly account: LocalAccount;
  readonly nonce: string;
  readonly challenge: string;
  readonly until: number;
}

interface Standing {
  readonly plan: LocalIssuerPlan;
  readonly url: string;
  readonly key: CryptoKey;
  readonly published: JWK;
  readonly codes: Map<string, Code>;
  /** Accounts by their access tokens. */
  readonly tokens: Map<string, LocalAccount>;
}

/** Starts it on loopback. Throws if the port cannot be opened. */
export async function startLocalIssuer(plan: LocalIssuerPlan): Promise<LocalIssuer> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const published = {
    ...(await exportJWK(publicKey)),
    alg: ALGORITHM,
    use: 'sig',
    kid: randomBytes(8).toString('hex'),
  };
  let answer: Hono['fetch'] = () => new Response(null, { status: 503 });
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const options = { fetch: (...given: Parameters<typeof answer>) => answer(...given), hostname: '127.0.0.1' };
    const starting = serve({ ...options, port: plan.port }, () => resolve(starting));
    starting.once('error', reject);
  });
  const bound = server.address();
  const port = bound === null || typeof bound === 'string' ? plan.port : bound.port;
  const url = `http://127.0.0.1:${port}`;
  answer = pages({ plan, url, key: privateKey, published, codes: new Map(), tokens: new Map() }).fetch;
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function pages(standing: Standing): Hono {
  const { url, published } = standing;
  const app = new Hono();
  app.use(async (request, next) => {
    // Neither a proxy nor a name that somebody points at this machine leads here.
    if (request.req.header('Host') !== new URL(url).host) return request.text('Not here.', 421);
    await next();
    request.header('Cache-Control', 'no-store');
    return undefined;
  });
  // The accounts are in the database, which may be away for a moment.
  app.onError((_failure, request) => request.text('Try again in a moment.', 503));
  app.get('/.well-known/openid-configuration', (request) => request.json(aboutItself(url)));
  app.get('/jwks', (request) => request.json({ keys: [published] }));
  app.get('/authorize', (request) => choose(standing, request));
  app.post('/authorize', (request) => chosen(standing, request));
  app.post('/token', (request) => giveTokens(standing, request));
  app.get('/userinfo', (request) => {
    const account = standing.tokens.get((request.req.header('Authorization') ?? '').replace(/^Bearer /u, ''));
    return account === undefined ? request.json({ error: 'invalid_token' }, 401) : request.json(claimsOf(account));
  });
  return app;
}

function aboutItself(url: string) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    userinfo_endpoint: `${url}/userinfo`,
    jwks_uri: `${url}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [ALGORITHM],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'email'],
    authorization_response_iss_parameter_supported: true,
  };
}

/** The parts of a request that are kept while somebody chooses. */
const KEPT = [
  'client_id',
  'redirect_uri',
  'response_type',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
];
type Asked = Readonly<Record<string, string>>;

/** Whether our own pages ask, as they should. */
function isOurs({ plan }: Standing, asked: Asked): boolean {
  return (
    asked['client_id'] === plan.clientId &&
    asked['redirect_uri'] === plan.returnTo &&
    asked['response_type'] === 'code' &&
    asked['code_challenge_method'] === 'S256' &&
    (asked['code_challenge'] ?? '') !== ''
  );
}

async function choose(standing: Standing, request: Context): Promise<Response> {
  const fields = keptOf(request.req.query());
  if (!isOurs(standing, fields)) return request.text('This is no request of our own pages.', 400);
  const back = new URL(standing.plan.returnTo).origin;
  // Browsers count the way back as a part of what the form leads to.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${back}; frame-ancestors 'none'`;
  request.header('Content-Security-Policy', policy);
  return request.html(chooseAccount({ accounts: await standing.plan.accounts(), fields }));
}

async function chosen(standing: Standing, request: Context): Promise<Response> {
  const body = textsOf(await request.req.parseBody());
  const asked = keptOf(body);
  const account = (await standing.plan.accounts()).find(({ id }) => id === body['account']);
  if (account === undefined || !isOurs(standing, asked)) return request.text('This is no account of the list.', 400);
  const code = randomBytes(24).toString('base64url');
  const { nonce = '', code_challenge: challenge = '', state = '' } = asked;
  standing.codes.set(code, { account, nonce, challenge, until: Date.now() + CODE_LASTS });
  const back = new URL(standing.plan.returnTo);
  for (const [name, value] of Object.entries({ code, state, iss: standing.url })) back.searchParams.set(name, value);
  return request.redirect(back.href, 303);
}

async function giveTokens(standing: Standing, request: Context): Promise<Response> {
  const { plan, codes, tokens } = standing;
  const body = textsOf(await request.req.parseBody());
  if (!knowsSecret(plan, request.req.header('Authorization'))) return request.json({ error: 'invalid_client' }, 401);
  const given = body['code'] ?? '';
  const code = codes.get(given);
  // One use, whether it is a right one or not.
  codes.delete(given);
  const challenge = createHash('sha256')
    .update(body['code_verifier'] ?? '')
    .digest('base64url');
  const holds =
    code !== undefined &&
    code.until > Date.now() &&
    code.challenge === challenge &&
    body['redirect_uri'] === plan.returnTo &&
    body['grant_type'] === 'authorization_code';
  if (!holds) return request.json({ error: 'invalid_grant' }, 400);
  const accessToken = randomBytes(24).toString('base64url');
  tokens.set(accessToken, code.account);
  const idToken = await idTokenOf(standing, code);
  return request.json({ access_token: accessToken, token_type: 'Bearer', expires_in: TOKEN_LASTS, id_token: idToken });
}

function idTokenOf({ plan, url, key, published }: Standing, { account, nonce }: Code): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const times = { iat: now, exp: now + TOKEN_LASTS };
  const claims = { iss: url, aud: plan.clientId, nonce, ...times, ...claimsOf(account) };
  const sign = (signed: JWTPayload) =>
    new SignJWT(signed).setProtectedHeader({ alg: ALGORITHM, kid: published.kid ?? '' }).sign(key);
  return (plan.idToken ?? ((honest) => sign(honest)))(claims, sign);
}

function claimsOf({ id, address }: LocalAccount) {
  return { sub: id, email: address, email_verified: true };
}

/** Whether whoever asks for tokens knows the secret; both parts come encoded as in a form. */
function knowsSecret({ clientId, clientSecret }: LocalIssuerPlan, header: string | undefined): boolean {
  const given = Buffer.from((header ?? '').replace(/^Basic /u, ''), 'base64').toString();
  const [id, secret] = given.split(':').map((part) => new URLSearchParams(`part=${part}`).get('part'));
  return id === clientId && secret === clientSecret;
}

function keptOf(given: Asked): Asked {
  return Object.fromEntries(Object.entries(given).filter(([name]) => KEPT.includes(name)));
}

function textsOf(body: Readonly<Record<string, unknown>>): Asked {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
}
