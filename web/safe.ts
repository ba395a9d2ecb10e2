import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { WebContext } from './context.js';

/** In seconds. */
export const YEAR = 31_536_000;

type Policy = NonNullable<NonNullable<Parameters<typeof secureHeaders>[0]>['contentSecurityPolicy']>;

const OURS = ["'self'"];
const POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: OURS,
  imgSrc: ["'self'", 'data:'],
  formAction: OURS,
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** What every answer says to browsers: no script runs and no page is framed. */
export function safe(context: WebContext): MiddlewareHandler {
  return headers(context, POLICY);
}

/** The same for pages of staff: the one script that we serve runs, and speaks to us alone. */
export function safeWithScript(context: WebContext): MiddlewareHandler {
  return headers(context, { ...POLICY, scriptSrc: OURS, connectSrc: OURS });
}

function headers({ publicUrl }: WebContext, contentSecurityPolicy: Policy): MiddlewareHandler {
  return secureHeaders({
    // A page that says more than this is heard.
    overwrite: false,
    contentSecurityPolicy,
    xFrameOptions: 'DENY',
    // Browsers warn when they cannot follow it, and our pages gain nothing by it.
    originAgentCluster: false,
    strictTransportSecurity: publicUrl.startsWith('https:') ? `max-age=${YEAR}` : false,
  });
}
