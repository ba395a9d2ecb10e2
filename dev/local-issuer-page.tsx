import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Somebody as whom whoever sits at this machine may sign in. */
export interface LocalAccount {
  /** Their word, which is never another person's. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** Who that is, for the list. */
  readonly about: string;
}

const STYLE = `
:root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 44rem; padding: 1rem; overflow-wrap: anywhere; }
.banner { background: #fff3c4; color: #4a3b00; border-inline-start: .3rem solid #b08900; padding: .6rem 1rem; margin: 0; }
h1 { font-size: 1.7rem; line-height: 1.2; }
ul { list-style: none; padding: 0; }
li { margin-block: .8rem; }
button { font: inherit; font-weight: 700; inline-size: 100%; min-block-size: 2.75rem; padding: .6rem 1rem; text-align: start; cursor: pointer; }
button small { display: block; font-weight: 400; }
button:focus-visible { outline: 3px solid #b08900; outline-offset: 2px; }
`;

/** The list of accounts, each a button: no password is asked for. `fields` are what the request brought. */
export function chooseAccount({
  accounts,
  fields,
}: {
  readonly accounts: readonly LocalAccount[];
  readonly fields: Readonly<Record<string, string>>;
}): HtmlEscapedString | Promise<HtmlEscapedString> {
  return html`<!doctype html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Who are you?</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header>
          <p class="banner">
            These accounts are invented, for a trial on this machine. Nobody else reaches this page, and no password is
            asked for.
          </p>
        </header>
        <main>
          <h1>Who are you?</h1>
          <form method="post" action="/authorize">
            {Object.entries(fields).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <ul>
              {accounts.map(({ id, name, about }) => (
                <li>
                  <button type="submit" name="account" value={id}>
                    {name} <small>{about}</small>
                  </button>
                </li>
              ))}
            </ul>
          </form>
        </main>
      </body>
    </html>
  )}`;
}
