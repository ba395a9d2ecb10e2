import { STAFF_ROLES, type StaffRole } from '../domain/staff.js';
import { STAFF_SCRIPT_PATH } from './staff-script.js';
import { STYLE_PATH } from './style.js';

/**
 * Who may use a route. `everybody`: nothing is needed. `link`: an owner's link itself. `owner`: a session that such a link
 * began, of this very review. `drafter`: the same, or one of a colleague who may fill in and save, and nothing else. A list: somebody of the staff who is one of these.
 */
export type Right = 'everybody' | 'link' | 'owner' | 'drafter' | readonly StaffRole[];

/** Whoever is of the staff, as whatever. */
const STAFF = STAFF_ROLES;
/** Whoever gives verdicts. */
const REVIEWERS: readonly StaffRole[] = ['l1', 'l2'];
/** Whoever is asked for advice: each their own questions alone. */
const EXPERTS = ['expert'] as const;
/** Who reads the console, and who acts in it. */
const CONSOLE = ['secretariat', 'coordinator', 'ops'] as const;
const SECRETARIAT = ['secretariat'] as const;

/**
 * Who may use each route of the pages; the one table of it. Pages for staff read it at every request (`forStaff`), a test
 * walks it, and a route that is not in it fails both.
 */
export const RIGHTS: Readonly<Record<string, Right>> = {
  [`GET ${STYLE_PATH}`]: 'everybody',
  [`GET ${STAFF_SCRIPT_PATH}`]: 'everybody',
  'GET /robots.txt': 'everybody',
  'GET /check': 'everybody',
  'GET /health': 'everybody',
  'GET /': 'everybody',
  'GET /r/:slug': 'everybody',
  'GET /a/:reference': 'everybody',
  'GET /r/:slug/concern': 'everybody',
  'POST /r/:slug/concern': 'everybody',
  // As the links of nominations that are to be confirmed.
  'GET /concern/:concern/:token': 'everybody',
  'POST /concern/:concern/:token': 'everybody',
  'GET /standard': 'everybody',
  'GET /standard/:version': 'everybody',
  'GET /standard/:version/questions.md': 'everybody',
  'GET /a/:reference/data.json': 'everybody',
  'GET /nominees': 'everybody',
  'GET /nominees.json': 'everybody',
  'GET /excluded': 'everybody',
  'GET /nominate': 'everybody',
  'POST /nominate': 'everybody',
  'GET /nominate/self-check': 'everybody',
  'POST /nominate/self-check': 'everybody',
  'GET /suggest': 'everybody',
  'POST /suggest': 'everybody',
  // A link too: of nobody yet, so that whoever has none reads a page of its own.
  'GET /nominate/confirm/:start/:token': 'everybody',
  'POST /nominate/confirm/:start/:token': 'everybody',
  'GET /registry.json': 'everybody',
  'GET /registry.csv': 'everybody',
  'GET /answer/new-link': 'everybody',
  'POST /answer/new-link': 'everybody',
  'GET /answer/:reference': 'drafter',
  'GET /answer/:reference/q/:page': 'drafter',
  'POST /answer/:reference/q/:page': 'drafter',
  'GET /answer/:reference/declaration': 'owner',
  'POST /answer/:reference/declaration': 'owner',
  'GET /answer/:reference/check': 'drafter',
  'GET /answer/:reference/offline': 'drafter',
  'POST /answer/:reference/offline': 'drafter',
  'GET /answer/:reference/offline.md': 'drafter',
  'POST /answer/:reference/send': 'owner',
  'GET /answer/:reference/status': 'drafter',
  'GET /answer/:reference/colleagues': 'owner',
  'POST /answer/:reference/colleagues': 'owner',
  'GET /answer/:reference/more-time': 'owner',
  'POST /answer/:reference/more-time': 'owner',
  'GET /answer/:reference/not-me': 'owner',
  'POST /answer/:reference/not-me': 'owner',
  'GET /answer/:reference/answered-elsewhere': 'owner',
  'POST /answer/:reference/answered-elsewhere': 'owner',
  'GET /answer/:reference/withdraw': 'owner',
  'POST /answer/:reference/withdraw': 'owner',
  'GET /answer/:reference/appeal': 'owner',
  'POST /answer/:reference/appeal': 'owner',
  'GET /answer/:reference/:token': 'link',
  'POST /answer/:reference/:token': 'link',
  'GET /desk/sign-in': 'everybody',
  'POST /desk/sign-in': 'everybody',
  'GET /desk/signed-in': 'everybody',
  'POST /desk/sign-out': 'everybody',
  'GET /desk': STAFF,
  'GET /desk/other-tab': STAFF,
  'POST /desk/next': REVIEWERS,
  'POST /desk/away': REVIEWERS,
  'POST /desk/back': REVIEWERS,
  'GET /desk/:reference': REVIEWERS,
  'POST /desk/:reference/verdict': REVIEWERS,
  'GET /desk/:reference/decision': REVIEWERS,
  'POST /desk/:reference/decide': REVIEWERS,
  'POST /desk/:reference/claim': REVIEWERS,
  'POST /desk/:reference/give-back': REVIEWERS,
  'POST /desk/:reference/set-aside': REVIEWERS,
  'POST /desk/:reference/conflict': REVIEWERS,
  'POST /desk/:reference/hand-over': REVIEWERS,
  'POST /desk/:reference/undo': REVIEWERS,
  'POST /desk/:reference/call-off': REVIEWERS,
  'GET /expert/sign-in': 'everybody',
  'POST /expert/sign-in': 'everybody',
  'GET /expert/code': 'everybody',
  'POST /expert/code': 'everybody',
  'GET /expert': EXPERTS,
  'GET /expert/:reference/:number/:section': EXPERTS,
  'POST /expert/:reference/:number/:section/accept': EXPERTS,
  'POST /expert/:reference/:number/:section/decline': EXPERTS,
  'POST /expert/:reference/:number/:section/advice': EXPERTS,
  'POST /desk/:reference/remove': ['l1'],
  'GET /console': CONSOLE,
  'GET /console/products': CONSOLE,
  'GET /console/products/:slug': CONSOLE,
  'POST /console/products/:slug/act': SECRETARIAT,
  'POST /console/silence': SECRETARIAT,
  'GET /console/products/:slug/contacts': CONSOLE,
  'POST /console/products/:slug/contacts': SECRETARIAT,
  'POST /console/products/:slug/colleagues': SECRETARIAT,
  'GET /console/suggestions/:id': CONSOLE,
  'POST /console/suggestions/:id/act': SECRETARIAT,
  'GET /console/contacts': CONSOLE,
  'GET /console/people': CONSOLE,
  'POST /console/people/away': SECRETARIAT,
  'POST /console/people/erase': SECRETARIAT,
  'GET /console/campaigns': CONSOLE,
  'GET /console/campaigns/new': SECRETARIAT,
  'POST /console/campaigns/plan': SECRETARIAT,
  'POST /console/campaigns/start': SECRETARIAT,
  'GET /console/campaigns/:name': CONSOLE,
  'POST /console/campaigns/:name/act': SECRETARIAT,
  'GET /console/campaigns/:name/answers.csv': SECRETARIAT,
};

/** Whether a colleague who may only draft may use a route such as `GET /answer/:reference`. */
export function isForDrafters(route: string): boolean {
  return RIGHTS[route] === 'drafter';
}

/** The roles of the staff of which one is needed for a route such as `GET /desk`. Throws if it is no route for staff. */
export function rolesFor(route: string): readonly StaffRole[] {
  const right = RIGHTS[route];
  if (typeof right === 'object') return right;
  throw new Error(`web/rights.ts does not say who of the staff may use ${route}.`);
}
