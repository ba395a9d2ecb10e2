import { checkSmtp } from '../../adapters/check-smtp.js';
import type { Config } from '../../adapters/config.js';
import { codeOf, isUntrusted, NotWell } from './doctor-finding.js';

/** What is to be said of the mail server. Throws with a sentence if it does not take emails from us. */
export async function mailOf({ smtpUrl, smtpMustEncrypt }: Config): Promise<string> {
  const { host, protocol, username } = new URL(smtpUrl);
  try {
    await checkSmtp({ smtpUrl, mustEncrypt: smtpMustEncrypt });
  } catch (cause) {
    throw new NotWell(`${host} ${sentenceOf(cause)} Emails wait until then.`, { cause });
  }
  const encrypted = protocol === 'smtps:' || smtpMustEncrypt ? ', over encrypted lines only' : '';
  return `${host} takes emails${username === '' ? '' : ' from our user'}${encrypted}`;
}

function sentenceOf(error: unknown): string {
  const code = codeOf(error);
  // The library hides the code of TLS behind its own.
  const said = String(error);
  if (code === 'EAUTH') return 'does not take user or password: mend those in SMTP_URL.';
  if (isUntrusted(`${code} ${said}`) || /self.signed|unable to (verify|get)/iu.test(said)) {
    return 'has a certificate for which nobody vouches whom this machine trusts: name its authority by NODE_EXTRA_CA_CERTS.';
  }
  if (/altname/iu.test(`${code} ${said}`)) return 'has a certificate for another name: mend the name in SMTP_URL.';
  if (code === 'ETLS') {
    return 'does not encrypt its lines, and emails hold links of owners: use another port, or smtps://.';
  }
  return 'does not talk to us. Is it running, and is SMTP_URL right?';
}
