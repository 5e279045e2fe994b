import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

interface Shows {
  /** The address at which the browser stands. */
  origin?: string;
  /** Did the device know its person (finger, face, PIN)? */
  userVerified?: boolean;
  /** What the device says how often it was used. */
  counter?: number;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const NEW_KEY = 0x40;

/** A passkey in software: makes and shows itself as a browser with an authenticator would (WebAuthn, ES256, no attestation). */
export class SoftwarePasskey {
  readonly id = randomBytes(16);
  private readonly key: KeyObject;
  private readonly coseKey: Buffer;
  private counter = 0;

  constructor(private readonly origin: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.key = privateKey;
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    this.coseKey = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
  }

  /** The answer to the options that a passkey is made with. */
  make(options: string, shows: Shows = {}): string {
    const { challenge, rp } = JSON.parse(options) as { challenge: string; rp: { id: string } };
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, this.coseKey]);
    const data = Buffer.concat([this.dataFor(rp.id, NEW_KEY, shows), credential]);
    // {"fmt": "none", "attStmt": {}, "authData": data}
    const attestation = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
      Buffer.of(data.length),
      data,
    ]);
    return this.answer({
      clientDataJSON: this.clientData('webauthn.create', challenge, shows),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** The answer to the options that a passkey is asked with. */
  show(options: string, shows: Shows = {}): string {
    const { challenge, rpId } = JSON.parse(options) as { challenge: string; rpId: string };
    this.counter = shows.counter ?? this.counter + 1;
    const data = this.dataFor(rpId, 0, { ...shows, counter: this.counter });
    const clientDataJSON = this.clientData('webauthn.get', challenge, shows);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = sign('sha256', Buffer.concat([data, hash]), this.key);
    return this.answer({
      clientDataJSON,
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
    });
  }

  private dataFor(host: string, more: number, { userVerified = true, counter = 0 }: Shows): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const flags = PRESENT | more | (userVerified ? VERIFIED : 0);
    return Buffer.concat([createHash('sha256').update(host).digest(), Buffer.of(flags), count]);
  }

  private clientData(type: string, challenge: string, { origin = this.origin }: Shows): string {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');
  }

  private answer(response: object): string {
    const id = this.id.toString('base64url');
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }
}
