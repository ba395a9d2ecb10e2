import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { CaughtEmail, Mailbox } from './mailbox.js';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; overflow-wrap: anywhere; }
.banner { background: #fff3c4; color: #4a3b00; border-left: .3rem solid #b08900; padding: .6rem 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #8884; }
time { white-space: nowrap; }
pre { white-space: pre-wrap; border: 1px solid #8884; padding: 1rem; }
iframe { width: 100%; height: 44rem; border: 1px solid #8884; background: #fff; }
input, button { font: inherit; padding: .3rem .6rem; }
.facts th { width: 9rem; }
a:focus-visible, input:focus-visible, button:focus-visible { outline: 3px solid #b08900; outline-offset: 2px; }
`;
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'";
// The email's own HTML: no scripts, no pictures from elsewhere, in a document of its own that knows nothing of ours.
const EMAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const SHOWN = 200;

/** The page around everything: a banner that says what these emails are. */
function Page(props: { readonly title: string; readonly note: string | undefined; readonly children?: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{props.title}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <p class="banner" role="note">
          These emails were caught on this machine. None of them was sent: nothing left this machine. {props.note}
        </p>
        <main>{props.children}</main>
      </body>
    </html>
  );
}

function Row(props: { readonly email: CaughtEmail }) {
  const { id, at, to, subject } = props.email;
  return (
    <tr>
      <td>
        <time datetime={at.toISOString()}>{at.toISOString().slice(0, 19).replace('T', ' ')}</time>
      </td>
      <td>{to}</td>
      <td>
        <a href={`/dev/mail/${id}`}>{subject === '' ? '(no subject)' : subject}</a>
      </td>
    </tr>
  );
}

function List(props: { readonly emails: readonly CaughtEmail[]; readonly total: number; readonly to: string }) {
  const { emails, total, to } = props;
  return (
    <>
      <h1>Caught emails</h1>
      <form method="get" action="/dev/mail">
        <label>
          Recipient contains <input type="search" name="to" value={to} />
        </label>{' '}
        <button type="submit">Search</button>
      </form>
      <p>
        {emails.length === 0
          ? 'No email. Reload this page when one should have come.'
          : `${emails.length} of ${total}, newest first.`}
      </p>
      {emails.length === 0 ? null : (
        <table>
          <thead>
            <tr>
              <th scope="col">Caught (UTC)</th>
              <th scope="col">To</th>
              <th scope="col">Subject</th>
            </tr>
          </thead>
          <tbody>
            {emails.map((email) => (
              <Row email={email} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function One(props: { readonly email: CaughtEmail }) {
  const { id, from, to, subject, at, text, headers } = props.email;
  const facts = [
    ['From', from],
    ['To', to],
    ['Caught (UTC)', at.toISOString().slice(0, 19).replace('T', ' ')],
  ];
  return (
    <>
      <p>
        <a href="/dev/mail">All caught emails</a>
      </p>
      <h1>{subject === '' ? '(no subject)' : subject}</h1>
      <table class="facts">
        <tbody>
          {facts.map(([name, value]) => (
            <tr>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>As HTML</h2>
      {props.email.html === undefined ? (
        <p>This email has no HTML part.</p>
      ) : (
        <iframe
          src={`/dev/mail/${id}/html`}
          title="The email as HTML"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      )}
      <h2>As text</h2>
      <pre>{linked(text)}</pre>
      <details>
        <summary>Headers</summary>
        <pre>{headers.join('\n')}</pre>
      </details>
    </>
  );
}

/** The text with its web addresses as links. */
function linked(text: string): Child[] {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((part, index) => (index % 2 === 1 ? <a href={part}>{part}</a> : part));
}

/**
 * The pages of the mailbox: `/dev/mail` (newest first, `?to=` searches recipients), `/dev/mail/<id>` (text, HTML,
 * headers), `/dev/mail/<id>/html`. They work without scripts, and change nothing.
 * @param options.note - one more sentence for the banner, such as that the people are invented.
 */
export function mailboxPages(mailbox: Mailbox, options: { readonly note?: string } = {}): Hono {
  const app = new Hono();
  const page = (title: string, body: Child) =>
    html`<!doctype html>${(
      <Page title={title} note={options.note}>
        {body}
      </Page>
    )}`;
  app.get('/dev/mail', (context) => {
    const to = (context.req.query('to') ?? '').trim();
    const all = mailbox.emails();
    const found = all.filter((email) => email.to.toLowerCase().includes(to.toLowerCase())).reverse();
    context.header('Content-Security-Policy', PAGE_POLICY);
    return context.html(page('Caught emails', <List emails={found.slice(0, SHOWN)} total={all.length} to={to} />));
  });
  app.get('/dev/mail/:name', (context) => {
    const { name } = context.req.param();
    const email = mailbox.find(name);
    context.header('Content-Security-Policy', PAGE_POLICY);
    if (email === undefined) {
      return context.html(
        page(
          'No such email',
          <p>
            There is no such email. <a href="/dev/mail">All caught emails</a>
          </p>,
        ),
        404,
      );
    }
    return context.html(page(email.subject, <One email={email} />));
  });
  app.get('/dev/mail/:name/html', (context) => {
    const email = mailbox.find(context.req.param('name'));
    if (email?.html === undefined) return context.notFound();
    context.header('Content-Security-Policy', EMAIL_POLICY);
    context.header('X-Frame-Options', 'SAMEORIGIN');
    return context.html(openingBeside(email.html));
  });
  return app;
}

/** Links of the email open beside it: the sandboxed frame could not show the form that they lead to. */
function openingBeside(emailHtml: string): string {
  const base = '<base target="_blank">';
  const head = /<head[^>]*>/i;
  return head.test(emailHtml) ? emailHtml.replace(head, (tag) => `${tag}${base}`) : `${base}${emailHtml}`;
}
