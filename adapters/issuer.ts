import * as oidc from 'openid-client';
import type { IssuerPlace } from './config.js';

/** What is kept of a sign-in while the browser is at the identity provider. */
export interface KeptSignIn {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE: whoever sees the code alone can do nothing with it. */
  readonly verifier: string;
}

/**
 * Who came back from the identity provider. `refused`: it, or the person there, said no. `not_believed`: what came is not
 * what that provider says to us about this very sign-in. `no_address`: it vouches for no email address. `away`: it does
 * not answer.
 */
export type Redeemed =
  | { readonly is: 'known'; readonly address: string }
  | { readonly is: 'refused' | 'not_believed' | 'no_address' | 'away'; readonly cause: unknown };

/** The identity provider of staff. */
export interface Issuer {
  /** Where the browser is to go, and what to keep until it is back; null: the provider does not answer. */
  begin(): Promise<{ readonly url: string; readonly kept: KeptSignIn } | null>;
  /** Who came back, with what the browser brought in the address. Never throws. */
  redeem(search: string, kept: KeptSignIn): Promise<Redeemed>;
}

/** Seconds until a provider counts as away; a browser waits meanwhile. */
const PATIENCE = 5;

/**
 * The provider at a place, found when it is first needed: pages start without it. `returnTo` is our own page to which it
 * sends browsers back, as it knows it.
 */
export function createIssuer(place: IssuerPlace, returnTo: string): Issuer {
  let found: Promise<oidc.Configuration> | null = null;
  const configuration = () => {
    found ??= discoverIssuer(place).catch((cause: unknown) => {
      // The next one asks again.
      found = null;
      throw cause;
    });
    return found;
  };
  return {
    begin: async () => {
      const config = await configuration().catch(() => null);
      if (config === null) return null;
      const kept = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: returnTo,
        scope: 'openid email',
        state: kept.state,
        nonce: kept.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, kept };
    },
    redeem: async (search, kept) => {
      try {
        return await redeem(await configuration(), { url: new URL(search, returnTo), kept });
      } catch (cause) {
        return { is: whyNot(cause), cause };
      }
    },
  };
}

/** Asks a provider for what it says of itself, and checks that it is the one. Throws if it does not answer so. */
export function discoverIssuer({ url, clientId, clientSecret }: IssuerPlace): Promise<oidc.Configuration> {
  const auth = clientSecret === null ? oidc.None() : bySecret(clientSecret);
  // Signatures of id tokens are checked, although they come over a line to the provider itself.
  const execute = [oidc.enableNonRepudiationChecks];
  // The configuration lets no other than one on this machine be without TLS.
  if (new URL(url).protocol === 'http:') execute.push(oidc.allowInsecureRequests);
  return oidc.discovery(new URL(url), clientId, undefined, auth, { execute, timeout: PATIENCE });
}

/** In the header, as every provider can that does not say otherwise. */
function bySecret(secret: string): oidc.ClientAuth {
  return (server, ...rest) => {
    const inBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') === false;
    return (inBody ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret))(server, ...rest);
  };
}

async function redeem(
  config: oidc.Configuration,
  { url, kept }: { readonly url: URL; readonly kept: KeptSignIn },
): Promise<Redeemed> {
  const tokens = await oidc.authorizationCodeGrant(config, url, {
    expectedState: kept.state,
    expectedNonce: kept.nonce,
    pkceCodeVerifier: kept.verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) return { is: 'not_believed', cause: null };
  const said =
    claims['email'] === undefined && config.serverMetadata().userinfo_endpoint !== undefined
      ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
      : claims;
  const { email, email_verified: verified } = said;
  // Whoever may write any address into an account would else come in as anybody. Some providers write it as a text.
  if (typeof email !== 'string' || (verified !== true && verified !== 'true')) return { is: 'no_address', cause: null };
  return { is: 'known', address: email.toLowerCase() };
}

function whyNot(cause: unknown): 'refused' | 'not_believed' | 'away' {
  if (cause instanceof oidc.AuthorizationResponseError) return 'refused';
  if (cause instanceof oidc.ResponseBodyError) return cause.status >= 500 ? 'away' : 'not_believed';
  return isLineBroken(cause) ? 'away' : 'not_believed';
}

/** Nothing came back, or too late, or no more than that it has trouble. */
function isLineBroken(cause: unknown): boolean {
  if (cause instanceof Response) return cause.status >= 500;
  if (!(cause instanceof Error)) return false;
  if (cause.name === 'TimeoutError' || cause.message === 'fetch failed') return true;
  return 'code' in cause && cause.code === 'OAUTH_TIMEOUT' ? true : isLineBroken(cause.cause);
}
