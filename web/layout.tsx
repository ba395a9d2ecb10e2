import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { DEMONSTRATION_WORDS } from '../domain/public-words.js';
import type { WebContext } from './context.js';
import { STAFF_SCRIPT_PATH } from './staff-script.js';
import { STYLE_PATH } from './style.js';

export interface PageProps {
  readonly context: WebContext;
  /** The page's own title; the organisation follows it. */
  readonly title: string;
  /** Default: en. */
  readonly lang?: string;
  /** The browser asks for the page again after so many seconds. Default: it does not. */
  readonly refresh?: number;
  /** Tables and lists need more width than forms. Default: false. */
  readonly wide?: boolean;
  /** For owners only: says where help is, and keeps search engines away. Default: false. */
  readonly help?: boolean;
  /** For staff only: keeps search engines away. Default: false. */
  readonly staff?: boolean;
  readonly children?: Child;
}

/** The page around everything: header, banner of a demonstration, main, footer. Scripts for staff alone; every text is escaped. */
export function Page(props: PageProps) {
  const { context, title, lang = 'en', refresh, wide = false, help = false, staff = false, children } = props;
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={lang}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${title} - ${context.organisation}`}</title>
          {refresh === undefined ? null : <meta http-equiv="refresh" content={String(refresh)} />}
          {help || staff ? <meta name="robots" content="noindex" /> : null}
          <link rel="stylesheet" href={STYLE_PATH} />
          {staff ? <script src={STAFF_SCRIPT_PATH} defer /> : null}
          <link rel="icon" href="data:," />
        </head>
        <body class={wide ? 'wide' : undefined}>
          <a class="skip" href="#main">
            Skip to main content
          </a>
          <header class="top">
            <div class="frame">
              <a href="/">{context.organisation}</a>
            </div>
          </header>
          {context.invented ? <Invented /> : null}
          <main class="frame" id="main">
            {children}
          </main>
          <Foot context={context} help={help} />
        </body>
      </html>
    </>
  );
}

function Invented() {
  return (
    <aside class="invented" aria-label="Demonstration">
      <div class="frame">
        <p>{DEMONSTRATION_WORDS}</p>
      </div>
    </aside>
  );
}

function Foot({ context, help }: { readonly context: WebContext; readonly help: boolean }) {
  return (
    <footer class="foot">
      <div class="frame">
        {help ? (
          <p>
            Questions or problems? Write to <a href={`mailto:${context.staffAddress}`}>{context.staffAddress}</a>. A
            person reads every message.
          </p>
        ) : null}
        <p>
          <a href="/check">Is an email from us real?</a>
        </p>
        <p>
          <a href="/standard">What a review asks</a>
        </p>
        <p>
          <a href="/">The registry of digital public goods</a>
        </p>
      </div>
    </footer>
  );
}
