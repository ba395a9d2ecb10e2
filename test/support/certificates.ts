import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** An authority of a test's own. */
export interface Authority extends Certificate {
  /** A certificate for names (`DNS:` and `IP:` of the field), by this authority, for servers and clients. */
  readonly issue: (name: string, addresses?: readonly string[]) => Certificate;
}

// DER, as far as certificates of X.509 need it (RFC 5280), so that no test needs a program for them.
const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Buffer[]) => tlv(0x30, ...parts);
const oid = (...bytes: readonly number[]) => tlv(0x06, Buffer.from(bytes));
const text = (words: string) => tlv(0x0c, Buffer.from(words));
const time = (at: string) => tlv(0x18, Buffer.from(at));
const whole = (bytes: Buffer) => tlv(0x02, bytes);
const TRUE = tlv(0x01, Buffer.from([0xff]));

const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const named = (name: string) => sequence(tlv(0x31, sequence(oid(0x55, 0x04, 0x03), text(name))));
const extension = (id: number, ...parts: readonly Buffer[]) => sequence(oid(0x55, 0x1d, id), TRUE, tlv(0x04, ...parts));

let serial = 0;

function make(plan: { name: string; issuer: string; by: KeyObject | null; addresses: readonly string[] }): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ca = plan.by === null;
  const addresses = plan.addresses.map((one) => tlv(0x87, Buffer.from(one.split('.').map(Number))));
  const names = tlv(0x82, Buffer.from(plan.name));
  const body = sequence(
    tlv(0xa0, whole(Buffer.from([2]))),
    whole(Buffer.from([1, (serial += 1)])),
    ECDSA_SHA256,
    named(plan.issuer),
    sequence(time('20200101000000Z'), time('21200101000000Z')),
    named(plan.name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(
      0xa3,
      sequence(
        extension(19, ca ? sequence(TRUE) : sequence()),
        ...(ca ? [] : [extension(17, sequence(names, ...addresses))]),
      ),
    ),
  );
  const signature = sign('sha256', body, plan.by ?? privateKey);
  const der = sequence(body, ECDSA_SHA256, tlv(0x03, Buffer.from([0]), signature));
  const lines = der.toString('base64').replace(/.{64}/gu, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Makes an authority, good for a hundred years. */
export function makeAuthority(issuer: string): Authority {
  const root = make({ name: issuer, issuer, by: null, addresses: [] });
  const by = createPrivateKey(root.key);
  return { ...root, issue: (name, addresses = []) => make({ name, issuer, by, addresses }) };
}
